"""Repairs: how a subject that has made good gets its name back (信用修复).

received -> accepted -> granted -> effective;  accepted -> refused
received <-> supplementing;  received, supplementing, accepted -> withdrawn
"""

from __future__ import annotations

from datetime import date

from integrity_desk.domain.checks import in_order, not_after
from integrity_desk.domain.fields import Id, day, flag, link, long_text, phone, text
from integrity_desk.domain.integrity_terms import day_after_least
from integrity_desk.domain.life_cycles import LifeCycle, State, Step
from integrity_desk.domain.records import Record, record_type
from integrity_desk.domain.steps import Facts
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.wording import N_, _


def _preconditions_hold(record: Repair, facts: Facts) -> None:
    """Corrected, effect removed, least publication period over (信用修复管理办法)."""
    if not record.effect_removed:
        raise InvalidInput("effect_removed", _("尚未消除不良影响的，不能准予修复。"))
    least = record.published_at_least_until
    if least is not None and facts.today < day_after_least(least):
        raise StepRefused(
            _("最短公示期至{last}届满，最早可于{day}准予修复。").format(
                last=least, day=day_after_least(least)
            )
        )
    not_after(record, "corrected_on", facts.today)
    not_after(record, "decided_on", facts.today)


def _has_come_into_effect(record: Repair, facts: Facts) -> None:
    not_after(record, "effective_on", facts.today)


_TOLD = N_("补正要求已经通知申请人，不能撤销。有误的，请用“修改”更正，并另行告知申请人。")

LIFE = LifeCycle(
    states=(
        State("received", "已申请", "amber"),
        State("supplementing", "待补正", "amber"),
        State("accepted", "已受理", "blue"),
        State("granted", "已准予修复", "blue"),
        State("refused", "不予修复", "red", final=True),
        State("effective", "已生效", "green", final=True),
        State("withdrawn", "已撤回", "grey", final=True),
    ),
    steps=(
        Step(
            act="accept", label="受理", of=("received",), to="accepted",
            needs=("accepted_on",),
        ),
        Step(
            act="ask_supplement", label="通知补正", of=("received",), to="supplementing",
            needs=("supplement",), binding=_TOLD,
        ),
        Step(
            act="supplement", label="收到补正", of=("supplementing",), to="received",
            needs=("supplemented_on",),
        ),
        Step(
            act="grant", label="准予修复", of=("accepted",), to="granted",
            permission="approve", second_person=True, guard=_preconditions_hold,
            needs=(
                "corrected_on", "decided_on", "decision_document", "decision_reason",
                "effective_on",
            ),
        ),
        Step(
            act="refuse", label="不予修复", of=("accepted",), to="refused",
            permission="approve", second_person=True, needs=("decided_on", "decision_reason"),
            asks=("decision_document",),
        ),
        Step(
            act="take_effect", label="修复生效", of=("granted",), to="effective",
            permission="approve", needs=("effective_on",), guard=_has_come_into_effect,
        ),
        Step(
            act="withdraw", label="撤回申请", of=("received", "supplementing", "accepted"),
            to="withdrawn", needs=("withdrawn_on",),
        ),
    ),
)  # fmt: skip


@record_type(
    "repair", label="信用修复", prefix="修", title="applicant", life=LIFE, numbered_at="entry",
    checks=(in_order("applied_on", "accepted_on", "decided_on", "effective_on"),),
)  # fmt: skip
class Repair(Record):
    """An application to repair one integrity record.

    Sources: city opinions of 2017, 三(七); county plan of 2019, 二(四)2; bureau plan of 2022,
    三(二)4.
    """

    record_id: Id = link(
        "诚信记录", to="integrity_record", section="申请", required=True, listed=14
    )
    applicant: str = text("申请人", required=True, searched=True, listed=10)
    phone: str = phone("联系电话")
    applied_on: date | None = day("申请日期", required=True, filtered=True, listed=7)
    grounds: str = long_text("申请理由", required=True, searched=True)
    corrected_on: date | None = day("纠正日期", section="修复条件")
    correction: str = long_text("纠正情况", required=True, searched=True)
    effect_removed: bool = flag("已消除不良影响")
    effect_removal: str = long_text("消除影响情况")
    published_at_least_until: date | None = day("最短公示期至", help="记录未公示的不填")
    pledge: bool = flag("已签信用修复承诺书")
    accepted_on: date | None = day("受理日期", section="受理")
    supplement: str = long_text("需补正的材料")
    supplemented_on: date | None = day("补正日期")
    decided_on: date | None = day("决定日期", section="决定")
    decision_document: str = text("决定文号", searched=True)
    decision_reason: str = long_text("决定理由", searched=True)
    effective_on: date | None = day("生效日期", listed=7)
    withdrawn_on: date | None = day("撤回日期")
