"""Questions: what citizens asked to be made public, and the notice that answers (群众点题公开).

received -> assigned -> answered | declined -> closed;  received -> merged

A question is answered by a notice that hangs; one asked before leads to the first (merged).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from integrity_desk.domain.answer_days import answer_deadline, filled_in_by, within
from integrity_desk.domain.areas import KeyArea, ServiceArea
from integrity_desk.domain.checks import in_order
from integrity_desk.domain.complaints import Satisfaction
from integrity_desk.domain.fields import (
    Choice,
    Id,
    choice,
    choices,
    day,
    flag,
    link,
    long_text,
    text,
)
from integrity_desk.domain.life_cycles import LifeCycle, State, Step
from integrity_desk.domain.publication import Exemption
from integrity_desk.domain.records import Record, record_type
from integrity_desk.domain.steps import Facts
from integrity_desk.errors import InvalidInput
from integrity_desk.wording import N_, _


class AskedThrough(Choice):
    """How a question was put."""

    BOX = "box", "点题箱"
    BOARD = "board", "公开栏点题栏"
    TELEPHONE = "telephone", "电话"
    VISIT = "visit", "来访"
    MEETING = "meeting", "村（居）民会议"
    WEBSITE = "website", "网站"


OPEN_STATES = frozenset({"assigned"})
"""States in which an answer is still owed."""

CLOCK = "question_answer"
"""The clock an answer runs by, from the day the question was assigned."""

DEADLINE = answer_deadline("question", CLOCK, OPEN_STATES)

_PUBLISHED = N_("答复已经公开，不能撤销。答复有误的，请办理“重新答复”，并发更正公告。")


def _dissatisfaction_is_explained(record: Any, facts: Facts) -> None:
    if record.satisfaction == Satisfaction.DISSATISFIED and not record.satisfaction_note:
        raise InvalidInput(
            "satisfaction_note", _("评价不满意的，请写明不满意的原因；应当重办的，请重新答复。")
        )


LIFE = LifeCycle(
    states=(
        State("received", "已收到", "amber"),
        State("assigned", "答题中", "blue"),
        State("answered", "已公开", "green"),
        State("declined", "不予公开", "grey"),
        State("merged", "已并入前题", "grey", final=True),
        State("closed", "已办结", "green", final=True),
    ),
    steps=(
        Step(
            act="assign", label="交办答题", of=("received",), to="assigned",
            needs=("answer_unit_id", "assigned_on"), asks=("due_on",), guard=within(CLOCK),
        ),
        Step(
            act="merge", label="并入前题", of=("received",), to="merged", needs=("same_as_id",),
        ),
        Step(
            act="answer", label="公开答复", of=("assigned",), to="answered",
            permission="notice", needs=("notice_id", "answered_on"), asks=("answer",),
            binding=_PUBLISHED,
        ),
        Step(
            act="decline", label="不予公开", of=("assigned",), to="declined",
            permission="approve", second_person=True,
            needs=("exemptions", "decline_reason", "answered_on"),
        ),
        Step(
            act="close", label="办结", of=("answered", "declined"), to="closed",
            needs=("satisfaction",), asks=("satisfaction_note",),
            guard=_dissatisfaction_is_explained,
        ),
        Step(
            act="reopen", label="重新答复", of=("answered", "declined", "closed"),
            to="assigned", permission="approve", needs=("reopening_reason", "due_on"),
            clears=(
                "notice_id", "answered_on", "answer", "exemptions", "decline_reason",
                "satisfaction", "satisfaction_note",
            ),
        ),
    ),
)  # fmt: skip


@record_type(
    "question", label="点题", prefix="点", title="question", life=LIFE, numbered_at="entry",
    derive=filled_in_by(CLOCK),
    checks=(
        in_order("asked_on", "assigned_on", "due_on"),
        in_order("assigned_on", "answered_on"),
        in_order("asked_on", "answered_on"),
    ),
)  # fmt: skip
class Question(Record):
    """One thing that citizens asked to see published (点题栏 of the city plans on openness)."""

    question: str = text(
        "点题内容", section="点题", required=True, searched=True, published=True, listed=20
    )
    detail: str = long_text("补充说明", searched=True, published=True)
    asked_by: str = text("点题人", listed=8, sensitive=True, help="可写“村民代表”等，不必写姓名")
    asked_through: AskedThrough | None = choice(
        "点题方式", AskedThrough, required=True, filtered=True, listed=6
    )
    asked_on: date | None = day("点题日期", required=True, filtered=True, listed=7)
    service_area: ServiceArea | None = choice("服务领域", ServiceArea, filtered=True)
    key_area: KeyArea | None = choice("重点领域", KeyArea, filtered=True)
    answer_unit_id: Id = link("答题单位", to="unit", section="答复", filtered=True, published=True)
    assigned_on: date | None = day("交办日期")
    due_on: date | None = day(
        "答复期限", filtered=True, listed=7, help="不填的，自交办之日起按规定期限计算"
    )
    due_rule: str = text("期限依据的规则", managed=True)
    due_provisional: bool = flag("期限暂定", managed=True)
    due_counted: str = text("算出的期限", managed=True)
    same_as_id: Id = link("前题", to="question", help="以前有人点过的同一题，随它答复")
    answer: str = long_text("答复内容", searched=True, published=True)
    answered_on: date | None = day("答复日期", published=True)
    notice_id: Id = link("答复公示", to="notice")
    exemptions: tuple[Exemption, ...] = choices("不予公开情形", Exemption)
    decline_reason: str = long_text("不予公开的理由")
    satisfaction: Satisfaction | None = choice(
        "满意度", Satisfaction, section="评价", filtered=True
    )
    satisfaction_note: str = long_text("评价意见")
    reopening_reason: str = long_text("重新答复的理由")
