"""Counting from the registers by declared formulas: what is looked at, and what is a hit.

The formulas are data (``resources/rules/indicators.toml``), so that a reader sees what was
counted. Here stands how a record is judged by one; which records there are, the services ask.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any

from integrity_desk.domain import complaint_clocks
from integrity_desk.domain.due_days import derive_due_day
from integrity_desk.domain.fields import Field, Id
from integrity_desk.domain.records import type_named
from integrity_desk.domain.time_rules import TimeRules
from integrity_desk.paths import resource
from integrity_desk.wording import _


class Counts(Enum):
    """What a formula gives."""

    SHARE = "share"
    """Hits among what is looked at, in percent; nothing when nothing is looked at."""
    NUMBER = "number"
    """How many hits."""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One thing that must hold of a record."""

    field: str
    codes: tuple[str, ...] = ()
    filled: bool | None = None
    not_after: str = ""
    at_least: str = ""

    def holds(self, record: Any, rules: TimeRules) -> bool:
        """Whether it holds; a field that is not filled in is neither in time nor enough."""
        value = operand(record, self.field, rules)
        if self.codes:
            return str(value) in self.codes
        if self.filled is not None:
            return bool(value) is self.filled
        other = operand(record, self.not_after or self.at_least, rules)
        if value is None or other is None:
            return False
        return bool(value <= other) if self.not_after else bool(value >= other)

    def words(self, register: str) -> str:
        """Return the condition as a reader understands it, in the words of the declaration."""
        label = _label(register, self.field)
        if self.codes:
            shown = _("、").join(_code_words(register, self.field, code) for code in self.codes)
            return _("{field}为{values}").format(field=label, values=shown)
        if self.filled is not None:
            sentence = _("已填写{field}") if self.filled else _("未填写{field}")
            return sentence.format(field=label)
        if self.not_after:
            sentence, other = _("{field}不晚于{other}"), self.not_after
        else:
            sentence, other = _("{field}不少于{other}"), self.at_least
        return sentence.format(field=label, other=_label(register, other))


@dataclass(frozen=True, kw_only=True)
class Formula:
    """One way of counting; ``full`` earns all points, ``zero`` none."""

    id: str
    name: str
    title: str
    clause: str
    effective_from: date
    counts: Counts
    register: str
    day: str
    unit: str
    among: tuple[Condition, ...]
    hits: tuple[Condition, ...]
    full: float
    zero: float
    weight: int = 0
    veto: int | None = None

    def judge(self, record: Any, rules: TimeRules) -> bool | None:
        """Whether a record is a hit; None when it is not looked at."""
        if not all(each.holds(record, rules) for each in self.among):
            return None
        return all(each.holds(record, rules) for each in self.hits)

    @property
    def sign(self) -> str:
        """What follows the number."""
        return "%" if self.counts is Counts.SHARE else ""

    @property
    def fields(self) -> frozenset[str]:
        """The fields that judging needs; a derived operand needs the whole record."""
        conditions = (*self.among, *self.hits)
        names = {name for c in conditions for name in (c.field, c.not_after, c.at_least) if name}
        return frozenset(names | {each.partition(".")[0] for each in (self.day, self.unit)})

    @property
    def is_derived(self) -> bool:
        """Whether something it counts by is not a field but follows from several."""
        return any(name.startswith("@") for name in self.fields)

    def described(self) -> tuple[tuple[str, str], ...]:
        """Return the formula line by line, as (label, words), from the declarations themselves."""
        register = type_named(self.register)
        every = _("；")
        lines = [
            (_("怎样算"), _(self.title)),
            (_("统计哪个台账"), _(register.label)),
            (_("按哪个日期"), _label(self.register, self.day)),
            (_("统计范围"), every.join(each.words(self.register) for each in self.among)),
            (_("达标条件"), every.join(each.words(self.register) for each in self.hits)),
            (_("依据"), _(self.clause)),
        ]
        return tuple(line for line in lines if line[1])


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What a formula found: the records that are hits, and those that were looked at in vain."""

    hits: tuple[Id, ...] = ()
    misses: tuple[Id, ...] = ()

    @property
    def looked_at(self) -> int:
        """How many records were looked at."""
        return len(self.hits) + len(self.misses)

    def value(self, counts: Counts) -> float | None:
        """Return the indicator's value: percent or number; None when there is nothing to share."""
        if counts is Counts.NUMBER:
            return float(len(self.hits))
        return 100 * len(self.hits) / self.looked_at if self.looked_at else None


def formulas() -> Mapping[str, Formula]:
    """Return every formula by its id, in the order of the file."""
    return _formulas()


def operand(record: Any, name: str, rules: TimeRules) -> Any:
    """Return a field's value, or what follows from several fields for a name with @."""
    if name.startswith("@"):
        return _DERIVED[name](record, rules)
    return getattr(record, name)


def _deadline(complaint: Any, rules: TimeRules) -> date | None:
    """The day on which a complaint had to be answered, also when it has been answered since."""
    if complaint.accepted_on is None:
        return None
    running: Any = _with_due_day(dataclasses.replace(complaint, state="verifying"), rules)
    due: date | None = running.due_on
    return due


_with_due_day = derive_due_day(complaint_clocks.DEADLINE)
_DERIVED: Mapping[str, Callable[[Any, TimeRules], Any]] = {"@deadline": _deadline}


def _label(register: str, name: str) -> str:
    if name.startswith("@"):
        return _("办理期限")
    link, _dot, further = name.partition(".")
    field = type_named(register).field(link)
    return _(type_named(field.to[0]).field(further).label) if further else _(field.label)


def _code_words(register: str, name: str, code: str) -> str:
    declared = type_named(register)
    if name == "state" and declared.life is not None:
        return _(declared.life.state(code).label)
    field: Field = declared.field(name)
    assert field.choices is not None, name
    return _(field.choices(code).label)  # type: ignore[call-arg]


@lru_cache(maxsize=1)
def _formulas() -> dict[str, Formula]:
    with resource("rules/indicators.toml").open("rb") as file:
        entries = tomllib.load(file)["formula"]
    return {entry["id"]: _read(entry) for entry in entries}


def _read(entry: Mapping[str, Any]) -> Formula:
    conditions = {
        name: tuple(
            Condition(
                **{"codes" if key == "is" else key: _frozen(value) for key, value in c.items()}
            )
            for c in entry[name]
        )
        for name in ("among", "hits")
    }
    return Formula(**{**entry, **conditions, "counts": Counts(entry["counts"])})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
