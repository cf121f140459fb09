"""Proposals of congress deputies and consultative members, and how they were answered.

received -> assigned -> answered -> closed;  received -> returned;  answered -> assigned
"""

from __future__ import annotations

from datetime import date

from integrity_desk.domain.areas import KeyArea, ServiceArea
from integrity_desk.domain.checks import in_order
from integrity_desk.domain.complaints import Satisfaction
from integrity_desk.domain.fields import Choice, Id, choice, day, link, links, long_text, text
from integrity_desk.domain.life_cycles import LifeCycle, State, Step
from integrity_desk.domain.publication import Publication, withholding_has_reason
from integrity_desk.domain.records import Record, record_type


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
            needs=("lead_unit_id", "due_on"), asks=("joint_unit_ids", "handler_id"),
        ),
        Step(
            act="return", label="退回交办机关", of=("received",), to="returned",
            needs=("return_reason",),
        ),
        Step(
            act="answer", label="答复", of=("assigned",), to="answered",
            needs=("answered_on", "answer", "settlement", "publication"),
            asks=("answer_document", "publication_reason"),
        ),
        Step(
            act="redo", label="重新办理", of=("answered",), to="assigned",
            needs=("redo_reason", "due_on"), clears=("answered_on", "satisfaction"),
        ),
        Step(
            act="close", label="办结", of=("answered",), to="closed", needs=("satisfaction",),
            asks=("satisfaction_note",),
        ),
    ),
)  # fmt: skip


@record_type(
    "proposal", label="建议提案", prefix="建", title="title", life=LIFE, numbered_at="entry",
    checks=(
        in_order("received_on", "due_on"),
        in_order("received_on", "answered_on"),
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
    due_on: date | None = day("答复期限", filtered=True, listed=7)
    lead_unit_id: Id = link("主办单位", to="unit", section="办理", filtered=True, published=True)
    joint_unit_ids: tuple[Id, ...] = links("协办单位", to="unit")
    handler_id: Id = link("承办人", to="person")
    return_reason: str = long_text("退回理由")
    answered_on: date | None = day("答复日期", section="答复", published=True)
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
