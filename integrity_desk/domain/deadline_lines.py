"""How a thing that falls due is declared: one line of data for each.

``deadlines.DEADLINES`` is the table of them. Where a line names clocks,
``due_days.derive_due_day(line)`` is the ``derive`` of its record type:

    Deadline(
        type="objection", states=OPEN, label=N_("作出结论"), person="handler_id",
        runs=(Run(clock="objection", start="received_on", states=OPEN),),
    )
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from integrity_desk.domain.clocks import Suspension


@dataclass(frozen=True, kw_only=True)
class Run:
    """One clock a deadline may run by; of several, the first whose conditions hold counts."""

    clock: str
    """Id of the clock in ``resources/rules/clocks*.toml``."""
    start: str
    """The field with the day of the event; while it is empty this clock does not run."""
    states: frozenset[str]
    only: Mapping[str, frozenset[Any]] = dataclasses.field(default_factory=dict)
    """Field -> values among which it must be."""

    def fits(self, record: Any) -> bool:
        """Whether the record stands so that this clock runs."""
        return record.state in self.states and self.applies(record)

    def applies(self, record: Any) -> bool:
        """Whether this clock ever began for the record."""
        return getattr(record, self.start) is not None and all(
            getattr(record, name) in allowed for name, allowed in self.only.items()
        )


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """One thing that falls due with records of a type.

    With ``runs`` the day is derived, and the type declares the managed fields ``due_rule``
    (text: the rule version) and ``due_provisional`` (flag) beside it. Without, a person gives it.
    """

    type: str
    states: frozenset[str]
    """States in which the day counts; {""} for a type without a life cycle."""
    label: str
    """What has to happen by the day, in a word or two: 答复."""
    basis: str = ""
    """What a day that a person gives rests on; of a clock's day it is the clause."""
    field: str = "due_on"
    person: str = ""
    """The link field of who has to see to it."""
    runs: tuple[Run, ...] = ()
    paused_in: frozenset[str] = frozenset()
    """States in which the clock stands still; nothing is due then."""
    pauses: Callable[[Any], tuple[Suspension, ...]] | None = None
    """The days not counted, of a record; what the clock's rule does not know is passed over."""
    paused_since: str = ""
    """The field with the day since which the clock stands still, in those states."""
    extended: str = ""
    """The field with the day to which an approved extension moved the limit."""
    less: tuple[str, str] | None = None
    """Amounts of which the first must be less than the second: paid and owed."""
    given: bool = False
    """Whether a person may set the day; it is the clock's only while ``due_rule`` names a rule."""
    follows: str = ""
    """The clock that a day kept as it was once counted rests on; its clause is the basis."""
    only: Mapping[str, tuple[str | None, ...]] = dataclasses.field(default_factory=dict)
    """Choice field -> the codes, None for not chosen, with which anything is awaited at all."""
    owner_states: frozenset[str] = frozenset()
    """Of a part: the states of its owner in which its day counts; empty for all."""
    own_pile: bool = False
    """Whether it stands in a pile of its own on the workbench, not among what is due."""

    def is_counted(self, record: Any) -> bool:
        """Whether the day follows from a clock, not from what a person set."""
        return bool(self.runs) and bool(not self.given or record.due_rule)

    def is_open(self, record: Any) -> bool:
        """Whether something is still awaited by the day."""
        if record.state not in self.states:
            return False
        if any(_code(getattr(record, name)) not in codes for name, codes in self.only.items()):
            return False
        if self.less is None:
            return True
        paid, owed = (getattr(record, name) or 0 for name in self.less)
        return bool(paid < owed)

    @property
    def awaited(self) -> Mapping[str, tuple[Any, ...]]:
        """What a selection of the open ones asks of fields: the state, and the choices."""
        states = {} if self.states == {""} else {"state": tuple(sorted(self.states))}
        return {**states, **self.only}

    @property
    def looked_at(self) -> frozenset[str]:
        """The fields that tell whether anything is awaited, and by when."""
        return frozenset({"state", self.field, *(self.less or ()), *self.only})

    def day(self, record: Any) -> date | None:
        """Return the day by which it must happen; None when nothing must."""
        due: date | None = getattr(record, self.field) if self.is_open(record) else None
        return due


def _code(chosen: Any) -> str | None:
    return None if chosen is None else str(chosen.value)
