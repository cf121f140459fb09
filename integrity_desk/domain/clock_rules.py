"""Legal time limits as data: which clock holds, where and since when.

The clocks are ``resources/rules/clocks*.toml``; ``clocks.count`` counts by them. A local rule
file of the same form can be read with ``read_clocks`` and passed as ``extra``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from integrity_desk.domain.fields import Choice
from integrity_desk.errors import InvalidInput, NotFound
from integrity_desk.paths import resource
from integrity_desk.wording import _


class Unit(Choice):
    """What a clock counts in."""

    CALENDAR_DAY = "calendar_day", "日"
    WORKING_DAY = "working_day", "个工作日"
    MONTH = "month", "个月"
    YEAR = "year", "年"


class Pause(Choice):
    """What stops a clock; the time it takes is not counted."""

    HEARING = "hearing", "听证"
    THIRD_PARTY = "third_party", "征求第三方意见"
    OTHER_ORGAN = "other_organ", "征求其他机关意见"
    EXPERT = "expert", "检验、检测、鉴定或者专家评审"


@dataclass(frozen=True, kw_only=True)
class Clock:
    """One version of one legal time limit; ``length`` and ``extension`` are in ``unit``."""

    id: str
    name: str
    clause: str
    unit: Unit
    length: int
    extension: int = 0
    suspended_by: tuple[Pause, ...] = ()
    region: str = ""
    effective_from: date | None = None
    effective_until: date | None = None

    @property
    def version(self) -> str:
        """Which rule this is, to be kept with what it decided: objection@31/2017-10-01."""
        since = self.effective_from.isoformat() if self.effective_from else ""
        return f"{self.id}@{self.region}/{since}"

    def holds_on(self, day: date) -> bool:
        """Whether a period that begins on ``day`` runs by this version."""
        since, until = self.effective_from, self.effective_until
        return (since is None or since <= day) and (until is None or day <= until)

    def as_plain(self) -> dict[str, Any]:
        """Return the clock as JSON values, for ``clock --list --json``."""
        plain = asdict(self)
        for name in ("effective_from", "effective_until"):
            plain[name] = plain[name].isoformat() if plain[name] else None
        plain["unit"] = self.unit.value
        plain["suspended_by"] = [each.value for each in self.suspended_by]
        return plain | {"version": self.version}


def clocks(
    region: str = "", *, on: date | None = None, extra: tuple[Clock, ...] = ()
) -> Mapping[str, Clock]:
    """Return by id the clocks of ``region`` (a division code) that hold on a day.

    Without ``on`` the newest version of each. A clock that held nowhere yet on ``on`` is missing.
    """
    found = {}
    for clock_id, versions in _versions(extra).items():
        chosen = _choose(versions, region, on)
        if chosen is not None:
            found[clock_id] = chosen
    return found


def clock(clock_id: str, *, on: date, region: str = "", extra: tuple[Clock, ...] = ()) -> Clock:
    """Return the clock by which a period beginning on ``on`` runs in ``region``.

    Raises NotFound for an unknown id, or when no version was in force on that day.
    """
    versions = _versions(extra).get(clock_id)
    if versions is None:
        sentence = _("没有代号为“{id}”的时限，请用 clock --list 查看全部时限。")
        raise NotFound(sentence.format(id=clock_id))
    chosen = _choose(versions, region, on)
    if chosen is None:
        sentence = _("{day}尚无“{name}”的时限规定，请核对起算日期。")
        raise NotFound(sentence.format(day=on, name=_(versions[0].name)))
    return chosen


def every_clock() -> tuple[Clock, ...]:
    """Return every version of every shipped clock, those of one clock together, newest first."""
    return tuple(each for versions in _versions(()).values() for each in versions)


def clock_of_version(version: str) -> Clock | None:
    """Return the shipped rule that a record names as the one it was counted by, if it is known."""
    return _by_version().get(version)


def read_clocks(path: Path) -> tuple[Clock, ...]:
    """Read a rule file; InvalidInput says in a sentence what is wrong with it."""
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except OSError as problem:
        raise _refused(path, _("文件打不开")) from problem
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise _refused(path, _("格式不对（{detail}）").format(detail=problem)) from problem
    entries = content.get("clock")
    if not isinstance(entries, list) or not entries or set(content) != {"clock"}:
        raise _refused(path, _("应当只有[[clock]]各节"))
    return tuple(_read_clock(path, entry) for entry in entries)


_TYPES: Mapping[str, type] = {
    "id": str,
    "name": str,
    "clause": str,
    "unit": str,
    "length": int,
    "extension": int,
    "suspended_by": list,
    "region": str,
    "effective_from": date,
    "effective_until": date,
}
_UNITS = {each.value: each for each in Unit}
_PAUSES = {each.value: each for each in Pause}
_NEEDED = ("id", "name", "clause", "unit", "length")
_LONGEST = 3660


def _read_clock(path: Path, entry: dict[str, Any]) -> Clock:
    place = str(entry.get("id", "?"))
    for key, value in entry.items():
        if key not in _TYPES:
            raise _refused(path, _("“{clock}”中不认识“{key}”这一项").format(clock=place, key=key))
        if not isinstance(value, _TYPES[key]) or isinstance(value, bool | datetime):
            raise _refused(path, _("“{clock}”的“{key}”不合格").format(clock=place, key=key))
    for key in _NEEDED:
        if not entry.get(key):
            raise _refused(path, _("“{clock}”缺少“{key}”").format(clock=place, key=key))
    if not (0 < entry["length"] <= _LONGEST and 0 <= entry.get("extension", 0) <= _LONGEST):
        raise _refused(path, _("“{clock}”的期限长度不合理").format(clock=place))
    try:
        unit = _UNITS[entry["unit"]]
        pauses = tuple(_PAUSES[each] for each in entry.get("suspended_by", ()))
    except KeyError as problem:
        detail = _("“{clock}”中不认识单位或中止事由“{code}”")
        raise _refused(path, detail.format(clock=place, code=problem.args[0])) from problem
    read = Clock(**{**entry, "unit": unit, "suspended_by": pauses})
    if read.effective_from and not read.holds_on(read.effective_from):
        raise _refused(path, _("“{clock}”的失效日期早于生效日期").format(clock=place))
    return read


@lru_cache(maxsize=8)
def _versions(extra: tuple[Clock, ...]) -> Mapping[str, tuple[Clock, ...]]:
    """All versions by id, the one to be preferred first: narrowest region, local, newest."""
    grouped: dict[str, list[Clock]] = {}
    for each in (*extra, *_shipped()):
        grouped.setdefault(each.id, []).append(each)
    return {clock_id: tuple(sorted(each, key=_rank)) for clock_id, each in grouped.items()}


def _rank(each: Clock) -> tuple[int, int]:
    since = each.effective_from or date.min
    return -len(each.region), -since.toordinal()


def _choose(versions: Iterable[Clock], region: str, on: date | None) -> Clock | None:
    for each in versions:
        if region.startswith(each.region) and (on is None or each.holds_on(on)):
            return each
    return None


@lru_cache(maxsize=1)
def _by_version() -> Mapping[str, Clock]:
    return {each.version: each for each in _shipped()}


@lru_cache(maxsize=1)
def _shipped() -> tuple[Clock, ...]:
    paths = sorted(resource("rules").glob("clocks*.toml"))
    return tuple(each for path in paths for each in read_clocks(path))


def _refused(path: Path, reason: str) -> InvalidInput:
    sentence = _("时限规则文件“{name}”不能采用：{reason}。请改正后重新导入。")
    return InvalidInput("", sentence.format(name=path.name, reason=reason))
