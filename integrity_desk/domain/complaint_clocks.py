"""Which legal clock a complaint runs by now, and the day it must be answered.

received: the acceptance clock from the day received; afterwards the handling clock from the
day accepted, or the hotline's from the day received; an approved extension names the day
itself. A clock that the law stops does not run while the case is suspended.
"""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any

from integrity_desk.domain.calendars import published_calendar
from integrity_desk.domain.clocks import Clock, DueDate, Pause, Suspension, clock, count
from integrity_desk.domain.records import Record
from integrity_desk.errors import NotFound

_HOTLINES = frozenset({"hotline_12345", "hotline_12350"})
_RUNNING = frozenset(
    {"accepted", "verifying", "substantiated", "partly", "unsubstantiated", "rectifying"}
)
_DAY = timedelta(days=1)


def with_due_day(record: Any) -> Record:
    """Return the complaint with its due day, the clock it was counted by, and its certainty.

    ``due_on`` is None when nothing is awaited, or while the case is suspended.
    """
    counted = due_date(record)
    due = counted.due if counted else None
    if record.extended_to and record.state in _RUNNING:
        due = record.extended_to
    derived: Record = dataclasses.replace(
        record,
        due_on=due,
        due_rule=counted.rule_version if counted else "",
        due_provisional=bool(counted and counted.provisional),
    )
    return derived


def due_date(record: Any) -> DueDate | None:
    """Return the counted time limit of a complaint as it stands; None when none runs."""
    begun = _clock_and_start(record)
    if begun is None:
        return None
    running, start = begun
    return count(
        running, start, calendar=published_calendar(), suspensions=_suspensions(record, running)
    )


def latest_extension(record: Any) -> DueDate | None:
    """Return the time limit with the whole extension that its rule allows; None when none runs."""
    begun = _clock_and_start(record)
    if begun is None:
        return None
    running, start = begun
    return count(
        running,
        start,
        calendar=published_calendar(),
        suspensions=_suspensions(record, running),
        extension_days=running.extension,
    )


def _clock_and_start(record: Any) -> tuple[Clock, date] | None:
    hotline = record.channel in _HOTLINES
    if record.received_on and (hotline and record.state in _RUNNING | {"received"}):
        return _named("hotline_order", record.received_on)
    if record.received_on and record.state == "received":
        return _named("petition_acceptance", record.received_on)
    if record.accepted_on and record.state in _RUNNING:
        return _named("petition_handling", record.accepted_on)
    return None


def _named(clock_id: str, start: date) -> tuple[Clock, date] | None:
    try:
        return clock(clock_id, on=start), start
    except NotFound:
        return None


def _suspensions(record: Any, running: Clock) -> tuple[Suspension, ...]:
    if not (record.suspended_on and record.resumed_on and record.suspension_ground):
        return ()
    pause = Pause(record.suspension_ground.value)  # type: ignore[call-arg]
    if pause not in running.suspended_by or record.resumed_on <= record.suspended_on:
        return ()
    return (Suspension(first=record.suspended_on, last=record.resumed_on - _DAY, pause=pause),)
