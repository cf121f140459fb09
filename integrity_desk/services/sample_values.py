"""Filling the sample's texts: a template of ``resources/sample`` becomes the values of one act.

A list means one of its members, a table ``{all = […]}`` all of them, and ``{pick = 5, of =
"commitment", wanted = ["publish"], states = ["registered"]}`` up to five such records. Text is
formatted with the words of the scene. Text that begins with @ stands for something else:

    @day, @day+30, @today-5    a day, from that of the act or of the whole sample
    @yuan 20000 90000          an amount in fen, in whole thousands of yuan
    @part 4                    a fourth of the commitment's amount, in fen
    @commitment, @handler      the record of that name in the story
    @measure.executed_by_id    what that record was entered with
    @notice.item_ids.0         the first of several that it was entered with
    @last_quarter_first, @last_quarter_last   the ends of the quarter before the act's
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from integrity_desk.domain.display import long_day
from integrity_desk.domain.fields import Id
from integrity_desk.domain.identifiers import citizen_check_digit, credit_check_symbol
from integrity_desk.domain.periods import before, quarter_of

_DIVISION = "999901"
"""A division that is assigned to nobody, so that no number made here belongs to anyone."""

_DAY = re.compile(r"@(day|today)([+-]\d+)?")
_AMOUNT = re.compile(r"@(yuan|part) (\d+)(?: (\d+))?")
_QUARTER_ENDS = ("@last_quarter_first", "@last_quarter_last")
_THOUSAND_YUAN_FEN = 100_000


@dataclass
class Known:
    """A record of the sample as the stories remember it."""

    id: Id
    values: dict[str, Any]
    state: str = ""
    contested: bool = False
    """Whether its story objects to it, repairs it or ends it; such are put on no notice."""

    def fits(self, wanted: Sequence[str]) -> bool:
        """Whether every wanted word is one of the values."""
        return all(any(each == word for each in self.values.values()) for word in wanted)


@dataclass
class Scene:
    """One story under way: the records that play in it, and the words its texts are made with."""

    day: date
    today: date
    contested: bool = False
    words: dict[str, Any] = field(default_factory=dict)
    cast: dict[str, Known] = field(default_factory=dict)

    def spoken(self) -> dict[str, Any]:
        """Return every word a text may use: ``{place}``, ``{complaint[subject]}``, ``{year}``."""
        dated = {
            "day": long_day(self.day),
            "year": self.day.year,
            "last_year": self.day.year - 1,
            "month": self.day.month,
            "quarter": (self.day.month + 2) // 3,
            "last_quarter": before(quarter_of(self.day)).words,
        }
        return {**self.words, **dated, **{name: each.values for name, each in self.cast.items()}}


class Filler:
    """Fills templates; the same random numbers give the same values."""

    def __init__(self, rng: random.Random, known: Mapping[str, Sequence[Known]]) -> None:
        self._rng = rng
        self._known = known

    def fill(self, template: Any, scene: Scene) -> Any:
        """Return the value of one template in this scene."""
        if isinstance(template, list):
            return self.fill(self._rng.choice(template), scene)
        if isinstance(template, dict):
            return self._table(template, scene)
        if isinstance(template, str) and template.startswith("@"):
            return self._reference(template, scene)
        return template.format_map(scene.spoken()) if isinstance(template, str) else template

    def fill_all(self, templates: Mapping[str, Any], scene: Scene) -> dict[str, Any]:
        """Return the values of several templates; ``either`` is a choice between whole tables."""
        chosen = dict(templates)
        for several in chosen.pop("either", {}).values():
            chosen.update(self._rng.choice(several))
        return {name: self.fill(template, scene) for name, template in chosen.items()}

    def _table(self, table: Mapping[str, Any], scene: Scene) -> Any:
        if "all" in table:
            return [self.fill(each, scene) for each in table["all"]]
        if "pick" in table:
            return self._picked(table)
        return self.fill_all(table, scene)

    def _picked(self, table: Mapping[str, Any]) -> list[Id]:
        fitting = [
            each.id
            for each in self._known[table["of"]]
            if each.state in table["states"]
            and each.fits(table.get("wanted", ()))
            and not any(each.fits([word]) for word in table.get("unwanted", ()))
            and not each.contested
        ]
        recent = fitting[-3 * table["pick"] :]
        return sorted(self._rng.sample(recent, min(table["pick"], len(recent))))

    def _reference(self, text: str, scene: Scene) -> Any:
        if dated := _DAY.fullmatch(text):
            start = scene.day if dated[1] == "day" else scene.today
            return (start + timedelta(days=int(dated[2] or 0))).isoformat()
        if amount := _AMOUNT.fullmatch(text):
            first = int(amount[2])
            if amount[1] == "part":
                return scene.cast["commitment"].values["amount_fen"] // first
            return self._rng.randint(first // 1000, int(amount[3]) // 1000) * _THOUSAND_YUAN_FEN
        if text in _QUARTER_ENDS:
            quarter = before(quarter_of(scene.day))
            return (quarter.first if text == _QUARTER_ENDS[0] else quarter.last).isoformat()
        role, *names = text[1:].split(".")
        if not names:
            return scene.cast[role].id
        value = scene.cast[role].values[names[0]]
        return value[int(names[1])] if names[1:] else value


def citizen_number(rng: random.Random) -> str:
    """Return a citizen number with a right check digit that belongs to nobody."""
    born = date(rng.randint(1966, 1998), rng.randint(1, 12), rng.randint(1, 28))
    first_17 = f"{_DIVISION}{born:%Y%m%d}{rng.randint(0, 999):03d}"
    return first_17 + citizen_check_digit(first_17)


def credit_code(rng: random.Random, managed_by: str) -> str:
    """Return a credit code with a right check symbol; ``managed_by`` are its first two signs."""
    first_17 = f"{managed_by}{_DIVISION}{rng.randint(0, 999_999_999):09d}"
    return first_17 + credit_check_symbol(first_17)


def mobile(rng: random.Random) -> str:
    """Return a mobile number of an invented range."""
    return f"1390000{rng.randint(0, 9999):04d}"


def landline(rng: random.Random) -> str:
    """Return an office number that cannot be dialled."""
    return f"200000{rng.randint(0, 99):02d}"
