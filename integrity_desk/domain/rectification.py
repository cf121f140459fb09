"""Rectification orders: mend it by a day, and explain in writing (限期整改, 督办).

draft -> issued -> reported -> passed;  reported -> issued;  issued, reported -> escalated
"""

from __future__ import annotations

from datetime import date

from integrity_desk.domain.areas import KeyArea
from integrity_desk.domain.checks import in_order, not_after
from integrity_desk.domain.fields import Id, choice, day, link, long_text, text
from integrity_desk.domain.life_cycles import LifeCycle, State, Step
from integrity_desk.domain.records import Record, record_type
from integrity_desk.domain.steps import Facts

OPEN_STATES = frozenset({"issued", "reported"})
"""States in which the unit, or the check, is still awaited."""


def is_late(record: RectificationOrder, today: date) -> bool:
    """Whether the unit has not reported by the due day."""
    return record.state == "issued" and record.due_on is not None and today > record.due_on


def _checked_by_today(record: RectificationOrder, facts: Facts) -> None:
    not_after(record, "checked_on", facts.today)


LIFE = LifeCycle(
    states=(
        State("draft", "草稿", "grey", private=True),
        State("issued", "整改中", "amber"),
        State("reported", "待核查", "blue"),
        State("passed", "整改到位", "green", final=True),
        State("escalated", "已转追责", "red", final=True),
        State("cancelled", "已取消", "grey", final=True),
    ),
    steps=(
        Step(
            act="issue", label="下达", of=("draft",), to="issued", permission="approve",
            second_person=True, numbered=True, needs=("issued_on", "due_on"),
        ),
        Step(
            act="report", label="报告整改结果", of=("issued",), to="reported",
            needs=("explanation", "result", "reported_on"),
        ),
        Step(
            act="pass", label="核查通过", of=("reported",), to="passed", permission="approve",
            second_person=True, needs=("checked_on", "check_result"), guard=_checked_by_today,
        ),
        Step(
            act="send_back", label="核查不通过", of=("reported",), to="issued",
            permission="approve", needs=("checked_on", "check_result", "due_on"),
            guard=_checked_by_today, clears=("reported_on",),
        ),
        Step(
            act="escalate", label="转追责", of=("issued", "reported"), to="escalated",
            permission="approve", needs=("escalation",),
        ),
        Step(
            act="cancel", label="取消", of=("draft", "issued"), to="cancelled",
            permission="approve", needs=("cancellation_reason",),
        ),
    ),
)  # fmt: skip


@record_type(
    "rectification_order", label="限期整改", prefix="督", title="problem", life=LIFE,
    checks=(in_order("issued_on", "due_on"), in_order("issued_on", "reported_on", "checked_on")),
)  # fmt: skip
class RectificationOrder(Record):
    """An order to a unit to mend a matter by a day and explain it in writing.

    Sources: city opinions of 2017, 三(五); city notice of 2024, 二(五), 五(一).
    """

    unit_id: Id = link(
        "责任单位", to="unit", section="整改要求", required=True, filtered=True, listed=12
    )
    person_id: Id = link("责任人", to="person", listed=5)
    problem: str = text("存在问题", required=True, searched=True, listed=18)
    demand: str = long_text("整改要求", required=True, searched=True)
    basis: str = text("依据", help="规定名称和条款")
    key_area: KeyArea | None = choice("重点领域", KeyArea, filtered=True)
    source_id: Id = link("来源记录", to=("complaint", "integrity_record", "commitment"))
    issued_on: date | None = day("下达日期", listed=7)
    due_on: date | None = day("整改期限", filtered=True, listed=7)
    explanation: str = long_text("书面说明", section="整改结果", help="失信原因和责任")
    result: str = long_text("整改结果", searched=True)
    reported_on: date | None = day("报告日期")
    checked_on: date | None = day("核查日期", section="核查")
    check_result: str = long_text("核查意见")
    escalation: str = long_text("转追责情况", help="逾期未整改的，移送哪个机关、追究谁的责任")
    cancellation_reason: str = long_text("取消理由")
