"""A record's due day counted from a legal clock, and every limit that ever began for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from integrity_desk.domain.clock_rules import clock_of_version, clocks
from integrity_desk.domain.clocks import Clock, DueDate, Pause, Suspension, count
from integrity_desk.domain.deadline_lines import Deadline, Run
from integrity_desk.domain.records import Record, with_values
from integrity_desk.domain.time_rules import TimeRules
from integrity_desk.errors import NotFound

_DAY = timedelta(days=1)


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
        derived: Record = with_values(
            record,
            {
                deadline.field: due,
                "due_rule": counted.rule_version if counted else _kept_in_pause(deadline, record),
                "due_provisional": bool(counted and counted.provisional),
            },
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
    """Yield every limit that ever counted for a record: (count, runs now, stands still now).

    Of several that would count in the same states only the first does, as in ``due_date``.
    Of a clock that stands still the count goes on from today: the earliest day it can still be.
    """
    paused = record.state in deadline.paused_in
    current = _current(deadline, record, paused=paused)
    for run in _that_counted(deadline, record):
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


def basis(deadline: Deadline, record: Any, rules: TimeRules) -> str:
    """Return the clause that a record's day rests on, or who set it; "" when it is not known."""
    if deadline.is_counted(record):
        counted_by = clock_of_version(record.due_rule)
        return counted_by.clause if counted_by else ""
    followed = clocks(rules.region).get(deadline.follows)
    return followed.clause if followed else deadline.basis


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


def _that_counted(deadline: Deadline, record: Any) -> Iterator[Run]:
    """The clocks that began and, in some state at least, come before any other that began."""
    taken: frozenset[str] = frozenset()
    for run in deadline.runs:
        if run.applies(record):
            if not run.states <= taken:
                yield run
            taken |= run.states


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
