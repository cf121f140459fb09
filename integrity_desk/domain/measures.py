"""Measures: what follows from an integrity record, for better or worse (联合奖惩).

draft -> in_force -> ended | lifted | undone;  in_force <-> suspended;  draft -> waived
ended, lifted -> undone, when what it rested on proves wrong
"""

from __future__ import annotations

from datetime import date

from integrity_desk.domain.checks import in_order, not_after
from integrity_desk.domain.fields import Choice, Id, choice, day, link, long_text, text
from integrity_desk.domain.life_cycles import LifeCycle, State, Step
from integrity_desk.domain.records import Record, record_type
from integrity_desk.domain.steps import Facts
from integrity_desk.errors import StepRefused
from integrity_desk.wording import _


class MeasureKind(Choice):
    """Consequences (city opinions of 2017, 三(五); county plan of 2019, 二(二)3, 二(三)3)."""

    RECTIFY = "rectify", "限期整改并书面说明"
    TALK = "talk", "警示约谈"
    CIRCULAR = "circular", "通报批评"
    NO_HONOURS = "no_honours", "取消评优评先资格"
    NOT_EXCELLENT = "not_excellent", "年度考核不得确定为优秀"
    RESTRICT_APPOINTMENT = "restrict_appointment", "限制任用、升迁"
    RESTRICT_TITLE = "restrict_title", "限制职称评聘"
    ACCOUNTABILITY = "accountability", "追究责任"
    PRIORITY = "priority", "优先考虑"
    COMMENDATION = "commendation", "表彰奖励"
    POLICY_FAVOUR = "policy_favour", "政策倾斜"


def _has_run_out(record: Measure, facts: Facts) -> None:
    if record.until_on is None or facts.today <= record.until_on:
        raise StepRefused(_("措施期限尚未届满，不能办理期满。"))


def _ended_by_today(record: Measure, facts: Facts) -> None:
    not_after(record, "ended_on", facts.today)


def _carried_out_by_today(record: Measure, facts: Facts) -> None:
    not_after(record, "carried_out_on", facts.today)


_IN_FORCE = ("in_force", "suspended")

LIFE = LifeCycle(
    states=(
        State("draft", "草稿", "grey", private=True),
        State("in_force", "执行中", "blue"),
        State("suspended", "已暂停执行", "amber"),
        State("ended", "已期满", "grey", final=True),
        State("lifted", "已解除", "green", final=True),
        State("undone", "已撤销", "grey", final=True),
        State("waived", "已免予实施", "grey", final=True),
    ),
    steps=(
        Step(
            act="impose", label="决定实施", of=("draft",), to="in_force", permission="approve",
            second_person=True, numbered=True, needs=("decision_document", "from_on"),
            asks=("until_on",),
        ),
        Step(
            act="waive", label="免予实施", of=("draft",), to="waived", permission="approve",
            second_person=True, needs=("waiver_reason",),
        ),
        Step(
            act="carry_out", label="登记落实情况", of=("in_force",), to="in_force",
            needs=("carried_out_on", "carried_out"), guard=_carried_out_by_today,
        ),
        Step(
            act="suspend", label="暂停执行", of=("in_force",), to="suspended",
            needs=("objection_id", "suspended_on"), clears=("resumed_on",),
        ),
        Step(
            act="resume", label="恢复执行", of=("suspended",), to="in_force",
            needs=("resumed_on",),
        ),
        Step(
            act="end", label="期满", of=("in_force",), to="ended", needs=("until_on",),
            guard=_has_run_out,
        ),
        Step(
            act="lift", label="解除", of=_IN_FORCE, to="lifted", permission="approve",
            needs=("ended_on", "ending_reason"), asks=("repair_id",), guard=_ended_by_today,
        ),
        Step(
            act="undo", label="撤销并恢复名誉", of=(*_IN_FORCE, "ended", "lifted"), to="undone",
            permission="approve",
            needs=("ended_on", "ending_reason"), asks=("restoration_id",),
            guard=_ended_by_today,
        ),
    ),
)  # fmt: skip


@record_type(
    "measure", label="奖惩措施", prefix="措", life=LIFE,
    checks=(
        in_order("from_on", "until_on"), in_order("from_on", "carried_out_on"),
        in_order("suspended_on", "resumed_on"),
    ),
)  # fmt: skip
class Measure(Record):
    """One reward or sanction that follows from an integrity record.

    Sources: city opinions of 2017, 三(五) (kinds), 三(六) (suspended while an objection is open,
    name restored after a wrong measure), 三(七) (lifted by a repair, lighter or none after
    self-correction); city notice of 2024, 二(五), 五(二).
    """

    record_id: Id = link(
        "诚信记录", to="integrity_record", section="措施", required=True, filtered=True, listed=12
    )
    kind: MeasureKind | None = choice(
        "措施种类", MeasureKind, required=True, filtered=True, published=True, listed=11
    )
    content: str = long_text("具体内容", searched=True, published=True)
    basis: str = text("依据", required=True, searched=True, published=True, help="规定名称和条款")
    decided_by_id: Id = link("决定单位", to="unit", required=True, published=True)
    decision_document: str = text("决定文号", searched=True, published=True)
    executed_by_id: Id = link("执行单位", to="unit", required=True, filtered=True, listed=10)
    from_on: date | None = day("起始日期", section="期限", published=True, listed=7)
    until_on: date | None = day("截止日期", filtered=True, published=True, listed=7)
    carried_out_on: date | None = day("落实日期", section="执行")
    carried_out: str = long_text("落实情况", help="执行单位怎样落实的，回执可作为附件上传")
    waiver_reason: str = long_text("免予实施的理由", help="如：主动挽回损失、消除不良影响")
    objection_id: Id = link("暂停所依据的异议", to="objection", section="暂停和终止")
    suspended_on: date | None = day("暂停日期")
    resumed_on: date | None = day("恢复日期")
    ended_on: date | None = day("终止日期")
    ending_reason: str = long_text("终止理由", searched=True)
    repair_id: Id = link("信用修复", to="repair")
    restoration_id: Id = link("恢复名誉公告", to="notice")
