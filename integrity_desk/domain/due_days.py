"""How a record's due day is declared, and derived from a legal clock where one runs.

A deadline is one line of data; ``deadlines.DEADLINES`` is the table of them. Where it names
clocks, ``derive_due_day(line)`` is the ``derive`` of its record type:

    Deadline(
        type="objection", states=OPEN, label=N_("作出结论"), person="handler_id",
        runs=(Run(clock="objection", start="received_on", states=OPEN),),
    )
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from integrity_desk.domain.clocks import Clock, DueDate, Pause, Suspension, count
from integrity_desk.domain.records import Record
from integrity_desk.domain.time_rules import TimeRules
from integrity_desk.errors import NotFound

_DAY = timedelta(days=1)


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
    own_pile: bool = False
    """Whether it stands in a pile of its own on the workbench, not among what is due."""

    def is_open(self, record: Any) -> bool:
        """Whether something is still awaited by the day."""
        if record.state not in self.states:
            return False
        if self.less is None:
            return True
        paid, owed = (getattr(record, name) or 0 for name in self.less)
        return bool(paid < owed)

    def day(self, record: Any) -> date | None:
        """Return the day by which it must happen; None when nothing must."""
        due: date | None = getattr(record, self.field) if self.is_open(record) else None
        return due


def derive_due_day(deadline: Deadline) -> Callable[[Any, TimeRules], Record]:
    """Return the ``derive`` of a record type whose due day follows from clocks.

    It fills in the day, the rule version it was counted by, and whether it is provisional; the
    day is empty while nothing is awaited or the clock stands still.
    """

    def derive(record: Any, rules: TimeRules) -> Record:
        counted = due_date(deadline, record, rules)
        due = counted.due if counted else None
        extended = getattr(record, deadline.extended) if deadline.extended else None
        if extended and counted:
            due = extended
        derived: Record = dataclasses.replace(
            record,
            **{deadline.field: due},
            due_rule=counted.rule_version if counted else _kept_in_pause(deadline, record),
            due_provisional=bool(counted and counted.provisional),
        )
        return derived

    return derive


def due_date(
    deadline: Deadline, record: Any, rules: TimeRules, *, longest: bool = False
) -> DueDate | None:
    """Return the counted limit of a record as it stands; None when no clock runs.

    ``longest`` adds the whole extension that the rule allows.
    """
    begun = _running(deadline, record, rules)
    if begun is None:
        return None
    running, start = begun
    return count(
        running, start, calendar=rules.calendar,
        suspensions=_stopping(deadline, record, running),
        extension_days=running.extension if longest else 0,
    )  # fmt: skip


def counted_runs(
    deadline: Deadline, record: Any, rules: TimeRules, today: date
) -> Iterator[tuple[DueDate, bool, bool]]:
    """Yield every limit that ever began for a record: (count, runs now, stands still now).

    Of a clock that stands still the count goes on from today: the earliest day it can still be.
    """
    paused = record.state in deadline.paused_in
    current = _current(deadline, record, paused=paused)
    for run in deadline.runs:
        if not run.applies(record):
            continue
        start = getattr(record, run.start)
        kept = record.due_rule if run is current else ""
        try:
            running = rules.clock(run.clock, on=start, kept=kept)
        except NotFound:
            continue
        stands = paused and run is current
        counted = count(
            running, start, calendar=rules.calendar,
            suspensions=(
                *_stopping(deadline, record, running),
                *(_standing_still(deadline, record, running, today) if stands else ()),
            ),
        )  # fmt: skip
        yield counted, run is current and not stands, stands


def pause(first: date | None, resumed: date | None, ground: Any) -> tuple[Suspension, ...]:
    """Return the days from ``first`` to the day before ``resumed``; () when they are not both.

    ``ground`` is a choice whose codes are those of ``Pause``.
    """
    if not (first and resumed and ground) or resumed <= first:
        return ()
    return (Suspension(first=first, last=resumed - _DAY, pause=Pause(ground.value)),)  # type: ignore[call-arg]


def _running(deadline: Deadline, record: Any, rules: TimeRules) -> tuple[Clock, date] | None:
    for run in deadline.runs:
        if run.fits(record):
            start = getattr(record, run.start)
            try:
                return rules.clock(run.clock, on=start, kept=record.due_rule), start
            except NotFound:
                return None
    return None


def _current(deadline: Deadline, record: Any, *, paused: bool) -> Run | None:
    """The clock that runs now, or that a pause has stopped: the one the record was counted by."""
    if paused:
        counted_by = record.due_rule.partition("@")[0]
        named = (each for each in deadline.runs if each.clock == counted_by)
        return next((each for each in named if each.applies(record)), None)
    return next((each for each in deadline.runs if each.fits(record)), None)


def _standing_still(
    deadline: Deadline, record: Any, running: Clock, today: date
) -> tuple[Suspension, ...]:
    since = getattr(record, deadline.paused_since) if deadline.paused_since else None
    if since is None or since > today or not running.suspended_by:
        return ()
    return (Suspension(first=since, last=today, open=True),)


def _stopping(deadline: Deadline, record: Any, running: Clock) -> tuple[Suspension, ...]:
    stopped = deadline.pauses(record) if deadline.pauses else ()
    return tuple(each for each in stopped if each.pause in running.suspended_by)


def _kept_in_pause(deadline: Deadline, record: Any) -> str:
    """A clock that stands still goes on by the rule it was counted by."""
    return str(record.due_rule) if record.state in deadline.paused_in else ""
