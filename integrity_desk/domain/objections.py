"""Objections: a subject's protest against one integrity record (异议).

received -> verifying -> decided -> told;  received, verifying -> withdrawn
"""

from __future__ import annotations

from datetime import date

from integrity_desk.domain.checks import in_order, not_after
from integrity_desk.domain.fields import Choice, Id, choice, day, link, long_text, phone, text
from integrity_desk.domain.life_cycles import LifeCycle, State, Step
from integrity_desk.domain.records import Record, record_type
from integrity_desk.domain.steps import Facts
from integrity_desk.wording import N_


class Finding(Choice):
    """How an objection ends."""

    MAINTAIN = "maintain", "维持"
    CORRECT = "correct", "更正"
    REVOKE = "revoke", "撤销"


OPEN_STATES = frozenset({"received", "verifying"})
"""While an objection is here, its record is marked and measures on it are suspended."""


def _decided_by_today(record: Objection, facts: Facts) -> None:
    not_after(record, "decided_on", facts.today)


_TOLD = N_(
    "结果已经告知异议人，不能撤销。告知有误的，请另行告知；结论有误的，请登记新的异议再作处理。"
)

LIFE = LifeCycle(
    states=(
        State("received", "已收到", "amber"),
        State("verifying", "核实中", "blue"),
        State("decided", "已决定", "blue"),
        State("told", "已告知", "green", final=True),
        State("withdrawn", "已撤回", "grey", final=True),
    ),
    steps=(
        Step(
            act="verify", label="开始核实", of=("received",), to="verifying",
            needs=("handler_id",),
        ),
        Step(
            act="decide", label="作出结论", of=("verifying",), to="decided",
            permission="approve", second_person=True, guard=_decided_by_today,
            needs=("finding", "finding_reason", "decided_on"),
        ),
        Step(
            act="tell", label="告知结果", of=("decided",), to="told",
            needs=("told_on", "told_how"), binding=_TOLD,
        ),
        Step(
            act="withdraw", label="撤回异议", of=("received", "verifying"), to="withdrawn",
            needs=("withdrawn_on",),
        ),
    ),
)  # fmt: skip


@record_type(
    "objection", label="异议", prefix="异", title="applicant", life=LIFE, numbered_at="entry",
    checks=(in_order("received_on", "decided_on", "told_on"),),
)  # fmt: skip
class Objection(Record):
    """A protest against one integrity record.

    Sources: city opinions of 2017, 三(六); county plan of 2019, 二(四)2.
    """

    record_id: Id = link(
        "诚信记录", to="integrity_record", section="异议", required=True, listed=14
    )
    applicant: str = text("异议申请人", required=True, searched=True, listed=10)
    phone: str = phone("联系电话")
    reason: str = long_text("异议理由", required=True, searched=True)
    demand: str = text("请求", listed=10, help="如：更正认定事实、撤销记录")
    received_on: date | None = day("收到日期", required=True, filtered=True, listed=7)
    handler_id: Id = link("核实人", to="person", section="核实结论")
    finding: Finding | None = choice("核实结论", Finding, filtered=True, listed=4)
    finding_reason: str = long_text("结论理由", searched=True)
    decided_on: date | None = day("决定日期")
    told_on: date | None = day("告知日期", section="告知")
    told_how: str = text("告知方式", help="如：书面送达、电话")
    withdrawn_on: date | None = day("撤回日期")
