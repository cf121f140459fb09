"""What falls due: one table, read by lists, the workbench and the opened record.

To let something fall due, add its line; a day given by a person needs no more, one that follows
from a legal clock also ``derive=derive_due_day(line)`` at its record type. Late is never a state.
"""

from __future__ import annotations

from datetime import date, timedelta

from integrity_desk.domain import (
    commitments,
    complaint_clocks,
    court_lists,
    notice_recalls,
    objections,
    proposals,
    questions,
    rectification,
)
from integrity_desk.domain.deadline_lines import Deadline
from integrity_desk.domain.records import Record, type_of
from integrity_desk.wording import N_

SOON = timedelta(days=7)

_ALWAYS = frozenset({""})
"""The state of types without a life cycle."""

DEADLINES: tuple[Deadline, ...] = (
    Deadline(
        type="commitment", states=commitments.OPEN_STATES, label=N_("兑现期限"),
        basis=N_("公开承诺的兑现期限"),
        person="person_id",
    ),
    complaint_clocks.DEADLINE,
    complaint_clocks.RETURN,
    objections.DEADLINE,
    Deadline(
        type="instalment", states=_ALWAYS, label=N_("分期应付日"),
        basis=N_("还款（付款）计划的应付日期"),
        less=("paid_fen", "amount_fen"),
        owner_states=commitments.OPEN_STATES | {"breached"},
    ),
    proposals.DEADLINE,
    questions.DEADLINE,
    Deadline(
        type="rectification_order", states=rectification.OPEN_STATES - {"reported"},
        label=N_("整改期限"), basis=N_("限期整改通知确定的期限"),
        person="person_id",
    ),
    court_lists.DEADLINE,
    Deadline(
        type="notice", states=frozenset({"posted"}), label=N_("公示撤下"),
        basis=N_("公示的截止日期"),
        field="until_on",
        own_pile=True,
    ),
    notice_recalls.DEADLINE,
)  # fmt: skip
"""Every deadline; of several of one type the first is the one its list shows."""

_MAIN: dict[str, Deadline] = {each.type: each for each in reversed(DEADLINES)}


def main_deadline(type_name: str) -> Deadline | None:
    """Return the deadline that the list of a type shows; None for a type with none."""
    return _MAIN.get(type_name)


def due_day(record: Record) -> date | None:
    """Return the day by which something must happen with this record; None when nothing must."""
    deadline = main_deadline(type_of(record).name)
    return deadline.day(record) if deadline else None


def due_tone(record: Record, today: date) -> str:
    """Return the urgency of a record's due day."""
    return urgency(due_day(record), today)


def urgency(due: date | None, today: date) -> str:
    """Return "red" for late, "amber" for due within a week, "" otherwise."""
    if due is None or due > today + SOON:
        return ""
    return "red" if due < today else "amber"
