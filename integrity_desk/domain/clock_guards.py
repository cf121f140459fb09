"""What stopping and extending a legal clock ask, of whatever record runs by one.

The record declares ``extended_to`` and ``handler_id``, and for pauses the fields that ``pauses``
reads; ``verifying`` is the state in which its clock runs and from which it is stopped.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from integrity_desk.domain.deadline_lines import Deadline
from integrity_desk.domain.due_days import due_date
from integrity_desk.domain.pauses import pauses_of
from integrity_desk.domain.steps import Facts
from integrity_desk.domain.time_rules import TimeRules
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.wording import _

Guard = Callable[[Any, Facts], None]

RUNNING = "verifying"


def extended_by_another(deadline: Deadline, *handlers: str) -> Guard:
    """Return a guard: who handles the case does not approve, and the rule's own limit holds."""

    def guard(record: Any, facts: Facts) -> None:
        if facts.actor.person_id in {getattr(record, name) for name in handlers} - {""}:
            raise StepRefused(_("延期须由承办人以外的人员批准。"))
        if record.extended_to is not None and record.extended_to <= facts.today:
            raise InvalidInput("extended_to", _("延期后的期限应晚于今天。"))
        latest = due_date(deadline, record, facts.rules, longest=True)
        if latest is not None and record.extended_to and record.extended_to > latest.due:
            sentence = _("最多可以延到{day}（{clause}），请改早。")
            raise InvalidInput(
                "extended_to", sentence.format(day=latest.due, clause=_(latest.clause))
            )

    return guard


def extendable(deadline: Deadline) -> Callable[[Any, TimeRules], bool]:
    """Return whether the rule a record runs by can be extended at all."""

    def applies(record: Any, rules: TimeRules) -> bool:
        counted = due_date(deadline, record, rules)
        return counted is not None and counted.clock.extension > 0

    return applies


def stoppable(deadline: Deadline) -> Callable[[Any, TimeRules], bool]:
    """Return whether anything stops the clock that a record runs by."""

    def applies(record: Any, rules: TimeRules) -> bool:
        counted = due_date(deadline, record, rules)
        return counted is not None and bool(counted.clock.suspended_by)

    return applies


def may_stop(deadline: Deadline) -> Guard:
    """Return a guard: only what the clock's rule names stops it, and one pause ends before the
    next begins."""

    def guard(record: Any, facts: Facts) -> None:
        before = pauses_of(record)[:-1]
        if before and before[-1].resumed and record.suspended_on < before[-1].resumed:
            raise InvalidInput(
                "suspended_on",
                _("上一次中止到{day}才恢复，本次中止不能早于此日。").format(day=before[-1].resumed),
            )
        counted = due_date(deadline, dataclasses.replace(record, state=RUNNING), facts.rules)
        if counted is None or record.suspension_ground.value in counted.clock.suspended_by:
            return
        sentence = _(
            "“{clock}”不因“{ground}”中止计算（{clause}）。需要更多时间的，请办理“延长期限”。"
        )
        raise InvalidInput(
            "suspension_ground",
            sentence.format(
                clock=_(counted.clock.name),
                ground=_(record.suspension_ground.label),
                clause=_(counted.clause),
            ),
        )

    return guard
