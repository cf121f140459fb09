"""The sample's stories: what happens in each, on which day; read from ``resources/sample``.

A story is written as lines of ``days-after  verb  record  #which``:

    "0 enter commitment #debt"    "1 register commitment"    "30 amend instalment:1"

``enter`` and ``amend`` are what they say, ``take`` casts a record that is there already,
``write`` prints the letter of that template, ``print`` the sheet of a notice, ``attach`` adds the
file of that tag, ``score`` has an indicator scored by third parties, ``inquire`` asks about the
person of the story; every other verb is a step of the record's life cycle. A line may be
``[line, {field = template}]``.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from integrity_desk.domain.calendars import Calendar, published_calendar
from integrity_desk.paths import resource
from integrity_desk.services.sample_values import Scene

SPAN = timedelta(days=730)
"""How far back the sample goes."""

_SETTLING_IN = timedelta(days=5)
_DAY = timedelta(days=1)
_AGAINST = frozenset({"objection", "repair"})
_ENDS = frozenset({"revoke", "expire", "correct", "withdraw"})
_LINE = re.compile(r"(?P<after>\d+) (?P<verb>\w+) (?P<role>\w+(?::\d+)?)(?: #(?P<which>\S+))?")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One act of a story; ``role`` names the record in the story, ``instalment:2``."""

    after: int
    verb: str
    role: str
    which: tuple[str, ...]
    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """The record type of the role."""
        return self.role.partition(":")[0]


@dataclass(frozen=True, kw_only=True)
class Act:
    """One line of one story, on its day."""

    on: date
    scene: Scene
    line: Line


def read_texts() -> dict[str, Any]:
    """Return everything in ``resources/sample`` as one table; no two files share a heading."""
    texts: dict[str, Any] = {}
    for path in sorted(resource("sample").glob("*.toml")):
        content = tomllib.loads(path.read_text("utf-8"))
        assert not texts.keys() & content.keys(), path
        texts |= content
    return texts


def planned_acts(stories: list[Any], today: date, rng: random.Random) -> list[Act]:
    """Return the acts of all stories in order of days; none lies after ``today``."""
    calendar = published_calendar()
    acts = [
        act
        for story in stories
        for nth in range(story["count"])
        for act in _acts_of(story, nth, today, rng, calendar)
    ]
    return sorted(acts, key=lambda act: act.on)


def _acts_of(
    story: Mapping[str, Any], nth: int, today: date, rng: random.Random, calendar: Calendar
) -> Iterator[Act]:
    lines = [_line(each) for each in story["acts"]]
    length = timedelta(days=sum(line.after for line in lines))
    longest = (SPAN - _SETTLING_IN - length).days
    nearest, farthest = story["ago"]
    ago = nearest + (farthest - nearest) * (nth + rng.random()) / story["count"]
    day = today - length - timedelta(days=min(int(ago), longest))
    contested = any(line.type in _AGAINST or line.verb in _ENDS for line in lines)
    scene = Scene(day=day, today=today, contested=contested)
    for line in lines:
        day += timedelta(days=line.after)
        yield Act(on=_worked(day, calendar), scene=scene, line=line)


def _line(written: Any) -> Line:
    text, given = written if isinstance(written, list) else (written, {})
    read = _LINE.fullmatch(text)
    assert read is not None, text
    which = tuple(read["which"].split("|")) if read["which"] else ()
    return Line(
        after=int(read["after"]), verb=read["verb"], role=read["role"], which=which, given=given
    )


def _worked(day: date, calendar: Calendar) -> date:
    """Return the day, or the last working day before it."""
    while not calendar.is_working(day):
        day -= _DAY
    return day
