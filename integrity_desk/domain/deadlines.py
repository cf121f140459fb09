"""What a record is due for: derived from its days, never a state of its own."""

from __future__ import annotations

from datetime import date, timedelta

from integrity_desk.domain import commitments, complaints, proposals, questions, rectification
from integrity_desk.domain.records import Record, type_of

SOON = timedelta(days=7)

DUE_FIELDS: dict[str, tuple[str, frozenset[str]]] = {
    "commitment": ("due_on", commitments.OPEN_STATES),
    "complaint": ("due_on", complaints.OPEN_STATES - {"suspended"}),
    "proposal": ("due_on", proposals.OPEN_STATES),
    "question": ("due_on", questions.OPEN_STATES),
    "rectification_order": ("due_on", rectification.OPEN_STATES - {"reported"}),
}
"""Per type: the field that holds the day, and the states in which it still counts."""


def due_day(record: Record) -> date | None:
    """Return the day by which something must happen with this record; None when nothing must."""
    field, states = DUE_FIELDS.get(type_of(record).name, ("", frozenset()))
    if record.state not in states:
        return None
    due: date | None = getattr(record, field)
    return due


def due_tone(record: Record, today: date) -> str:
    """Return the urgency of a record's due day."""
    return urgency(due_day(record), today)


def urgency(due: date | None, today: date) -> str:
    """Return "red" for late, "amber" for due within a week, "" otherwise."""
    if due is None or due > today + SOON:
        return ""
    return "red" if due < today else "amber"
