"""What a record is due for: derived from its days, never a state of its own."""

from __future__ import annotations

from datetime import date, timedelta

from integrity_desk.domain.commitments import OPEN_STATES as OPEN_COMMITMENTS
from integrity_desk.domain.commitments import Commitment
from integrity_desk.domain.records import Record

SOON = timedelta(days=7)


def due_day(record: Record) -> date | None:
    """Return the day by which something must happen with this record; None when nothing must."""
    if isinstance(record, Commitment) and record.state in OPEN_COMMITMENTS:
        return record.due_on
    return None


def due_tone(record: Record, today: date) -> str:
    """Return "red" for late, "amber" for due within a week, "" otherwise."""
    due = due_day(record)
    if due is None or due > today + SOON:
        return ""
    return "red" if due < today else "amber"
