"""Proposals of congress deputies and consultative members, and how they were answered.

received -> assigned -> answered -> closed;  received -> returned;  answered -> assigned

The answer is due by the law's clock from the day of assignment unless an earlier day was set; a
hard one may be extended once, with leave of another than the handler, within the same clock.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from integrity_desk.domain.answer_days import answer_deadline, filled_in_by, within
from integrity_desk.domain.areas import KeyArea, ServiceArea
from integrity_desk.domain.checks import in_order
from integrity_desk.domain.complaints import Satisfaction
from integrity_desk.domain.fields import Choice, Id, choice, day, flag, link, links, long_text, text
from integrity_desk.domain.life_cycles import LifeCycle, State, Step
from integrity_desk.domain.publication import Publication, withholding_has_reason
from integrity_desk.domain.records import Record, record_type
from integrity_desk.domain.steps import Facts
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.wording import N_, _


class ProposalKind(Choice):
    """Who proposes, and in what form."""

    DEPUTY_SUGGESTION = "deputy_suggestion", "人大代表建议"
    COMMITTEE_PROPOSAL = "committee_proposal", "政协委员提案"


class Settlement(Choice):
    """How far the answer meets the proposal (the A, B, C, D of official answers)."""

    SOLVED = "solved", "A类：已经解决或采纳"
    IN_PLAN = "in_plan", "B类：正在解决或列入计划"
    NOT_NOW = "not_now", "C类：暂不能解决"
    FOR_REFERENCE = "for_reference", "D类：留作参考"


OPEN_STATES = frozenset({"received", "assigned"})
"""States in which an answer is still owed."""

CLOCK = "proposal_answer"
"""The clock an answer runs by, from the day the proposal was assigned."""

DEADLINE = answer_deadline("proposal", CLOCK, OPEN_STATES, person="handler_id")

_TOLD = N_("已经答复代表（委员），不能撤销。答复有误的，请办理“重新办理”。")


def _extended_by_another(record: Any, facts: Facts) -> None:
    if record.handler_id and facts.actor.person_id == record.handler_id:
        raise StepRefused(_("延期须由承办人以外的人员批准。"))
    if record.due_on <= facts.today:
        raise InvalidInput("due_on", _("延期后的期限应晚于今天。"))
    within(CLOCK, longest=True)(record, facts)


def _dissatisfaction_is_explained(record: Any, facts: Facts) -> None:
    if record.satisfaction == Satisfaction.DISSATISFIED and not record.satisfaction_note:
        raise InvalidInput(
            "satisfaction_note", _("评价不满意的，请写明不满意的原因；应当重办的，请重新办理。")
        )


LIFE = LifeCycle(
    states=(
        State("received", "已收到", "amber"),
        State("assigned", "办理中", "blue"),
        State("answered", "已答复", "green"),
        State("closed", "已办结", "green", final=True),
        State("returned", "已退回", "grey", final=True),
    ),
    steps=(
        Step(
            act="assign", label="交办", of=("received",), to="assigned",
            needs=("lead_unit_id", "assigned_on"), asks=("due_on", "joint_unit_ids", "handler_id"),
            guard=within(CLOCK),
        ),
        Step(
            act="extend", label="延长答复期限", of=("assigned",), to="assigned",
            permission="approve", needs=("extension_reason", "due_on"),
            guard=_extended_by_another,
        ),
        Step(
            act="return", label="退回交办机关", of=("received",), to="returned",
            needs=("return_reason",),
        ),
        Step(
            act="answer", label="答复", of=("assigned",), to="answered",
            needs=("answered_on", "answer", "settlement", "publication"),
            asks=("talked_on", "answer_document", "publication_reason"), binding=_TOLD,
        ),
        Step(
            act="redo", label="重新办理", of=("answered",), to="assigned",
            needs=("redo_reason", "due_on"), clears=("answered_on", "satisfaction"),
        ),
        Step(
            act="close", label="办结", of=("answered",), to="closed", needs=("satisfaction",),
            asks=("satisfaction_note",), guard=_dissatisfaction_is_explained,
        ),
    ),
)  # fmt: skip


@record_type(
    "proposal", label="建议提案", prefix="建", title="title", life=LIFE, numbered_at="entry",
    derive=filled_in_by(CLOCK),
    checks=(
        in_order("received_on", "assigned_on", "due_on"),
        in_order("assigned_on", "answered_on"),
        withholding_has_reason,
    ),
)  # fmt: skip
class Proposal(Record):
    """A deputy's suggestion or member's proposal (county plan of 2019, 二(一)2)."""

    kind: ProposalKind | None = choice(
        "类别",
        ProposalKind,
        section="来件",
        required=True,
        filtered=True,
        published=True,
        listed=6,
    )
    official_number: str = text(
        "建议（提案）编号",
        required=True,
        searched=True,
        published=True,
        listed=8,
        help="人大、政协编的号",
    )
    session: str = text("届次", help="如：示例县第二届人大第三次会议")
    proposer: str = text("领衔代表（委员）", required=True, searched=True, published=True, listed=6)
    title: str = text("案由", required=True, searched=True, published=True, listed=15)
    content: str = long_text("内容", searched=True)
    service_area: ServiceArea | None = choice("服务领域", ServiceArea, filtered=True)
    key_area: KeyArea | None = choice("重点领域", KeyArea, filtered=True)
    received_on: date | None = day("收到日期", required=True, filtered=True)
    due_on: date | None = day(
        "答复期限", filtered=True, listed=7, help="不填的，自交办之日起按法定期限计算"
    )
    due_rule: str = text("期限依据的规则", managed=True)
    due_provisional: bool = flag("期限暂定", managed=True)
    due_counted: str = text("算出的期限", managed=True)
    lead_unit_id: Id = link("主办单位", to="unit", section="办理", filtered=True, published=True)
    joint_unit_ids: tuple[Id, ...] = links("协办单位", to="unit")
    handler_id: Id = link("承办人", to="person")
    assigned_on: date | None = day("交办日期")
    extension_reason: str = long_text("延期理由", help="涉及面广、办理难度大的，写明情况")
    return_reason: str = long_text("退回理由")
    talked_on: date | None = day("沟通日期", section="答复", help="答复前与代表（委员）沟通的日期")
    answered_on: date | None = day("答复日期", published=True)
    answer: str = long_text("答复内容", searched=True, published=True)
    answer_document: str = text("答复文号", searched=True, published=True)
    settlement: Settlement | None = choice("办理结果", Settlement, filtered=True, published=True)
    publication: Publication | None = choice("是否公示", Publication)
    publication_reason: str = long_text("公示说明", help="不公示的必须写明理由")
    satisfaction: Satisfaction | None = choice(
        "满意度", Satisfaction, section="评价", filtered=True, published=True, listed=5
    )
    satisfaction_note: str = long_text("评价意见")
    redo_reason: str = long_text("重新办理的理由")
