"""A unit or person on the court's list (失信被执行人): performance, settlement, and the way off it.

County plan of 2019, 二(三)2: perform in full, or settle with the applicant and perform that, ask
the court to be taken off the list; whoever lets the day pass answers for it. These are acts in the
life of an integrity record of that kind (``integrity_files``).
"""

from __future__ import annotations

from typing import Any

from integrity_desk.domain.checks import in_order, not_after
from integrity_desk.domain.deadline_lines import Deadline
from integrity_desk.domain.fields import Choice
from integrity_desk.domain.life_cycles import Step
from integrity_desk.domain.steps import Facts
from integrity_desk.domain.time_rules import TimeRules
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.wording import N_, _

KIND = "court_list"
"""The kind of integrity record all this is about."""


class Performance(Choice):
    """How far a court obligation is met."""

    UNPERFORMED = "unperformed", "未履行"
    PARTLY = "partly", "部分履行"
    PERFORMED = "performed", "全部履行"
    SETTLED = "settled", "和解并履行完毕"


DONE = frozenset({Performance.PERFORMED, Performance.SETTLED})
"""How far a court obligation must be met before its bearer leaves the list."""


def _is_owed(record: Any, _rules: TimeRules) -> bool:
    return _is_entry(record) and record.performance not in DONE


def _is_met(record: Any, _rules: TimeRules) -> bool:
    return _is_entry(record) and record.performance in DONE


def _is_entry(record: Any) -> bool:
    return record.kind is not None and record.kind.value == KIND


def _of_the_list(record: Any) -> None:
    if not _is_entry(record):
        raise StepRefused(_("只有“失信被执行人”记录才登记履行、和解和移出名单。"))


def _may_be_settled(record: Any, facts: Facts) -> None:
    _of_the_list(record)
    not_after(record, "settled_on", facts.today)


def _may_be_performed(record: Any, facts: Facts) -> None:
    """Part or all of it, or a settlement that stands there."""
    _of_the_list(record)
    not_after(record, "performed_on", facts.today)
    not_after(record, "removal_asked_on", facts.today)
    if record.performance is Performance.UNPERFORMED:
        raise InvalidInput("performance", _("请选择已经履行到什么程度。"))
    if record.performance is Performance.SETTLED:
        if record.settled_on is None:
            raise InvalidInput("performance", _("还没有登记和解协议，请先办理“登记和解”。"))
        in_order("settled_on", "performed_on")(record)


def _may_leave_the_list(record: Any, facts: Facts) -> None:
    """Nobody leaves the court's list before the obligation is met."""
    _of_the_list(record)
    not_after(record, "court_removed_on", facts.today)
    if record.performance not in DONE:
        raise StepRefused(
            _("移出失信名单前，须先办理“登记履行”：履行情况应为“全部履行”或“和解并履行完毕”。")
        )


DEADLINE = Deadline(
    type="integrity_record", states=frozenset({"effective"}), label=N_("限期履行"),
    basis=N_("法院裁判或和解协议确定的履行期限"), field="settle_due_on",
    only={
        "kind": (KIND,),
        "performance": (None, Performance.UNPERFORMED.value, Performance.PARTLY.value),
    },
)  # fmt: skip
"""The day by which a listed one has to perform; settled anew, the day agreed upon."""

CHECKS = (
    in_order("court_listed_on", "performed_on", "removal_asked_on", "court_removed_on"),
    in_order("court_listed_on", "settled_on"),
)

STEPS = (
    Step(
        act="perform", label="登记履行", of=("effective",), to="effective", applies=_is_owed,
        needs=("performance", "performed_on", "performance_proof"),
        asks=("removal_asked_on",), anew=True, guard=_may_be_performed,
    ),
    Step(
        act="settle", label="登记和解", of=("effective",), to="effective", applies=_is_owed,
        needs=("settled_on", "settlement"), asks=("settle_due_on",), anew=True,
        guard=_may_be_settled,
    ),
    Step(
        act="delist", label="移出名单", of=("effective",), to="delisted", applies=_is_met,
        needs=("court_removed_on",), asks=("ending_document",), guard=_may_leave_the_list,
        permission="approve", second_person=True,
    ),
)  # fmt: skip
"""The acts of an entry of the list, while its record is in force."""
