"""Answers that are due on a day somebody set, and by a clock where nobody set one.

Proposals and questions have both: whoever assigns may name an earlier day; the clock fills in
its own where none was named, and no day may be later than it allows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from integrity_desk.domain.checks import label_of
from integrity_desk.domain.clocks import DueDate
from integrity_desk.domain.deadline_lines import Deadline, Run
from integrity_desk.domain.records import Record, with_values
from integrity_desk.domain.steps import Facts
from integrity_desk.domain.time_rules import TimeRules
from integrity_desk.errors import InvalidInput
from integrity_desk.wording import N_, _

START = "assigned_on"
"""The field with the day the clock counts from."""


def answer_deadline(
    type_name: str, clock: str, states: frozenset[str], *, person: str = ""
) -> Deadline:
    """Return the line of ``deadlines.DEADLINES`` for a type answered like this.

    The type declares ``due_on``, and managed beside it ``due_rule``, ``due_provisional`` and
    ``due_counted``.
    """
    return Deadline(
        type=type_name, states=states, label=N_("答复期限"),
        basis=N_("交办时确定的答复期限"), person=person, given=True,
        runs=(Run(clock=clock, start=START, states=states),),
    )  # fmt: skip


def filled_in_by(clock: str) -> Callable[[Any, TimeRules], Record]:
    """Return a ``derive`` that keeps ``due_on`` the clock's day until a person sets another.

    ``due_counted`` remembers the day that was counted last, so that a new calendar moves it and
    a person's own day stays.
    """

    def derive(record: Any, rules: TimeRules) -> Record:
        start = getattr(record, START)
        limit = rules.count(clock, start, kept=record.due_rule) if start else None
        counted = limit is not None and _follows(record, limit)
        values = {
            "due_rule": limit.rule_version if limit and counted else "",
            "due_provisional": bool(limit and counted and limit.provisional),
            "due_counted": limit.due.isoformat() if limit and counted else "",
        }
        if limit and counted:
            values["due_on"] = limit.due
        return with_values(record, values)  # type: ignore[no-any-return]

    return derive


def _follows(record: Any, limit: DueDate) -> bool:
    if record.due_on is None:
        return True
    return str(record.due_on) == (record.due_counted or limit.due.isoformat())


def within(clock: str, *, longest: bool = False) -> Callable[[Any, Facts], None]:
    """Return a guard that refuses a day later than the clock, with its extension if ``longest``."""

    def guard(record: Any, facts: Facts) -> None:
        limit = _limit(clock, record, facts.rules, longest=longest)
        if limit is not None and record.due_on is not None and record.due_on > limit.due:
            raise InvalidInput(
                "due_on",
                _("“{field}”不能晚于{day}（{clause}）。").format(
                    field=label_of(record, "due_on"), day=limit.due, clause=_(limit.clause)
                ),
            )

    return guard


def _limit(clock: str, record: Any, rules: TimeRules, *, longest: bool) -> DueDate | None:
    start = getattr(record, START)
    if start is None:
        return None
    plain = rules.count(clock, start)
    if plain is None or not longest:
        return plain
    return rules.count(clock, start, extension_days=plain.clock.extension)
