"""Objections: a subject's protest against one integrity record (异议).

received -> verifying -> decided -> told;  verifying -> suspended -> verifying
received, verifying, suspended -> withdrawn

The clock of a region runs from the day it came until the applicant has been told; where other
units must be asked some regions give longer, and some do not count the time of an expert opinion.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from integrity_desk.domain.checks import in_order, not_after
from integrity_desk.domain.clock_guards import (
    extendable,
    extended_by_another,
    may_stop,
    stoppable,
)
from integrity_desk.domain.complaints import AnswerManner, SuspensionGround
from integrity_desk.domain.deadline_lines import Deadline, Run
from integrity_desk.domain.due_days import derive_due_day
from integrity_desk.domain.fields import (
    Choice,
    Id,
    choice,
    day,
    flag,
    link,
    long_text,
    phone,
    text,
)
from integrity_desk.domain.life_cycles import LifeCycle, State, Step
from integrity_desk.domain.pauses import days_not_counted, pauses_kept
from integrity_desk.domain.records import Record, record_type, with_values
from integrity_desk.domain.steps import Facts
from integrity_desk.domain.time_rules import TimeRules
from integrity_desk.wording import N_


class Finding(Choice):
    """How an objection ends."""

    MAINTAIN = "maintain", "维持"
    CORRECT = "correct", "更正"
    REVOKE = "revoke", "撤销"


OPEN_STATES = frozenset({"received", "verifying", "suspended"})
"""While an objection is here, its record is marked and measures on it are suspended."""

_RUNNING = frozenset({"received", "verifying", "decided"})

DEADLINE = Deadline(
    type="objection",
    states=_RUNNING,
    label=N_("异议办理期限"),
    person="handler_id",
    runs=(
        Run(
            clock="objection_with_inquiry", start="received_on", states=_RUNNING,
            only={"asks_others": frozenset({True})},
        ),
        Run(clock="objection", start="received_on", states=_RUNNING),
    ),
    paused_in=frozenset({"suspended"}),
    paused_since="suspended_on",
    pauses=days_not_counted,
    extended="extended_to",
)  # fmt: skip

_due_day = derive_due_day(DEADLINE)


def _with_dates(record: Any, rules: TimeRules) -> Record:
    return _due_day(with_values(record, {"pauses": pauses_kept(record)}), rules)


def _decided_by_today(record: Objection, facts: Facts) -> None:
    not_after(record, "decided_on", facts.today)


_TOLD = N_(
    "结果已经告知异议人，不能撤销。告知有误的，请另行告知；结论有误的，请登记新的异议再作处理。"
)
_EXTENSION_TOLD = N_("延期已经告知异议人，不能撤销。告知有误的，请更正并另行告知。")

LIFE = LifeCycle(
    states=(
        State("received", "已收到", "amber"),
        State("verifying", "核实中", "blue"),
        State("suspended", "已中止计时", "amber"),
        State("decided", "已决定", "blue"),
        State("told", "已告知", "green", final=True),
        State("withdrawn", "已撤回", "grey", final=True),
    ),
    steps=(
        Step(
            act="verify", label="开始核实", of=("received",), to="verifying",
            needs=("handler_id",), asks=("asks_others",),
        ),
        Step(
            act="extend", label="延长期限", of=("verifying",), to="verifying",
            permission="approve", guard=extended_by_another(DEADLINE, "handler_id"),
            needs=("extended_to", "extension_reason", "extension_told_on"),
            asks=("extension_told_how",), binding=_EXTENSION_TOLD,
            applies=extendable(DEADLINE),
        ),
        Step(
            act="suspend", label="中止计时", of=("verifying",), to="suspended",
            guard=may_stop(DEADLINE), needs=("suspension_ground", "suspended_on"),
            clears=("resumed_on",), applies=stoppable(DEADLINE),
        ),
        Step(
            act="resume", label="恢复计时", of=("suspended",), to="verifying",
            needs=("resumed_on",),
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
            act="withdraw", label="撤回异议", of=("received", "verifying", "suspended"),
            to="withdrawn", needs=("withdrawn_on",),
        ),
    ),
)  # fmt: skip


@record_type(
    "objection", label="异议", prefix="异", title="applicant", life=LIFE, numbered_at="entry",
    derive=_with_dates,
    checks=(
        in_order("received_on", "decided_on", "told_on"),
        in_order("suspended_on", "resumed_on"),
    ),
)  # fmt: skip
class Objection(Record):
    """A protest against one integrity record.

    Sources: city opinions of 2017, 三(六); county plan of 2019, 二(四)2.
    """

    record_id: Id = link(
        "诚信记录", to="integrity_record", section="异议", required=True, listed=14
    )
    applicant: str = text("异议申请人", required=True, searched=True, listed=8)
    phone: str = phone("联系电话")
    reason: str = long_text("异议理由", required=True, searched=True)
    demand: str = text("请求", listed=9, help="如：更正认定事实、撤销记录")
    received_on: date | None = day("收到日期", required=True, filtered=True, listed=7)
    asks_others: bool = flag(
        "须向其他单位核查", help="有的地区规定，须向提供信息的单位核查的，办理期限较长"
    )
    due_on: date | None = day("异议办理期限", managed=True, filtered=True, listed=7)
    due_rule: str = text("期限依据的规则", managed=True)
    due_provisional: bool = flag("期限暂定", managed=True)
    handler_id: Id = link("核实人", to="person", section="核实")
    extended_to: date | None = day("延长至")
    extension_reason: str = long_text("延期理由")
    extension_told_on: date | None = day("延期告知日期")
    extension_told_how: AnswerManner | None = choice("延期告知方式", AnswerManner)
    suspension_ground: SuspensionGround | None = choice("中止计时事由", SuspensionGround)
    suspended_on: date | None = day("中止日期")
    resumed_on: date | None = day("恢复日期")
    pauses: str = long_text("历次中止", managed=True)
    finding: Finding | None = choice(
        "核实结论", Finding, section="核实结论", filtered=True, listed=4
    )
    finding_reason: str = long_text("结论理由", searched=True)
    decided_on: date | None = day("决定日期")
    told_on: date | None = day("告知日期", section="告知")
    told_how: str = text("告知方式", help="如：书面送达、电话")
    withdrawn_on: date | None = day("撤回日期")
