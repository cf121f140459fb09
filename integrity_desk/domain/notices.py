"""Notices: what is put up in public, through the publication gate, and taken down in time.

draft -> in_review -> approved -> posted -> taken_down;  before the end -> withdrawn
"""

from __future__ import annotations

from datetime import date, datetime

from integrity_desk.domain.checks import in_order
from integrity_desk.domain.fields import (
    Choice,
    Id,
    choice,
    day,
    flag,
    link,
    links,
    long_text,
    moment,
    number,
    phone,
    text,
)
from integrity_desk.domain.life_cycles import LifeCycle, State, Step
from integrity_desk.domain.notice_recalls import with_recall_day
from integrity_desk.domain.records import Record, record_type
from integrity_desk.domain.sheets import Layout, Paper
from integrity_desk.domain.steps import Facts, require
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.wording import N_, _


class NoticeKind(Choice):
    """What is announced (county plan of 2019, 二(四)1; city plans on 公开栏, 光荣榜, 曝光台)."""

    COMMITMENT = "commitment", "承诺公示"
    FULFILMENT = "fulfilment", "履行公示"
    UNTRUSTWORTHY = "untrustworthy", "失信公示"
    HONOUR_ROLL = "honour_roll", "光荣榜"
    EXPOSURE_LIST = "exposure_list", "曝光台"
    EVALUATION = "evaluation", "考评公示"
    QUESTION_ANSWER = "question_answer", "点题答复"
    CORRECTION = "correction", "更正公告"
    REVOCATION = "revocation", "撤销公告"
    RESTORATION = "restoration", "恢复名誉公告"
    INFORMATION = "information", "信息公开"


class GateAnswer(Choice):
    """Answer to one question of the publication gate."""

    NOT_INVOLVED = "not_involved", "不涉及"
    REDACTED = "redacted", "涉及，已遮盖"
    PUBLISHABLE = "publishable", "涉及，依法可以公开"


class PrintReason(Choice):
    """Why a sheet was printed."""

    FIRST = "first", "张贴"
    LOST = "lost", "遗失补打"
    MORE = "more", "加印"


ITEMS = ("commitment", "integrity_record", "question", "proposal")
"""What may stand on a notice."""

ABOUT_ANOTHER = frozenset({NoticeKind.CORRECTION, NoticeKind.REVOCATION})
"""Kinds that say something of an earlier notice, and name it."""

WAS_PUBLIC = frozenset({"posted", "taken_down"})
"""States of a notice that anybody could read."""

_ABSOLUTE = ("state_secret", "forbidden", "danger")
_RELATIVE = ("third_party", "internal", "process", "case_file")


def must_come_down(record: Notice, today: date) -> bool:
    """Whether a posted notice has reached its last day."""
    return record.state == "posted" and record.until_on is not None and record.until_on <= today


def _passes_the_gate(record: Notice, _facts: Facts) -> None:
    """Refuse what 政府信息公开条例 14 forbids and 15, 16 leave open without a ground."""
    for name in _ABSOLUTE:
        if getattr(record, name) is GateAnswer.PUBLISHABLE:
            raise InvalidInput(
                name,
                _("《政府信息公开条例》第十四条所列信息不予公开，请删去或遮盖后再提交。"),
            )
    if record.state_secret is not GateAnswer.NOT_INVOLVED:
        raise InvalidInput(
            "state_secret", _("涉及国家秘密的内容不得录入本系统，也不得公示，请停止办理。")
        )
    answers = {getattr(record, name) for name in (*_ABSOLUTE, *_RELATIVE)}
    if GateAnswer.PUBLISHABLE in answers:
        require(record, ("publication_ground",))
    if record.kind in ABOUT_ANOTHER:
        require(record, ("about_id",))
    if not record.item_ids and not record.body:
        raise InvalidInput("body", _("公示内容是空的，请选择公示事项或填写正文。"))


def _still_runs(record: Notice, facts: Facts) -> None:
    if record.until_on is not None and facts.today > record.until_on:
        raise StepRefused(_("公示截止日期已过，请退回修改期限后再张贴。"))


GATE = (*_ABSOLUTE, *_RELATIVE)
"""The questions of the publication gate, each answered before review."""
_COMPLETE = ("place", "from_on", "until_on", "contact", "phone", *GATE)

_POSTED = N_("公示已经张贴，不能撤销。有误的，请办理“撤下”或“撤销公示”，再张贴更正公告。")

LIFE = LifeCycle(
    states=(
        State("draft", "草稿", "grey", private=True),
        State("in_review", "待审核", "amber", private=True),
        State("approved", "已批准", "blue"),
        State("posted", "公示中", "green"),
        State("taken_down", "已撤下", "grey", final=True),
        State("withdrawn", "已撤销", "grey", final=True),
    ),
    steps=(
        Step(
            act="submit", label="提交审核", of=("draft",), to="in_review",
            permission="notice", needs=_COMPLETE, asks=("redaction", "publication_ground"),
            guard=_passes_the_gate,
        ),
        Step(
            act="send_back", label="退回修改", of=("in_review", "approved"), to="draft",
            permission="approve", needs=("review_opinion",),
        ),
        Step(
            act="approve", label="批准公示", of=("in_review",), to="approved", numbered=True,
            permission="approve", second_person=True, asks=("review_opinion",),
            guard=_passes_the_gate,
        ),
        Step(
            act="post", label="张贴", of=("approved",), to="posted", permission="notice",
            needs=("posted_on", "posted_by_id"), guard=_still_runs, binding=_POSTED,
        ),
        Step(
            act="take_down", label="撤下", of=("posted",), to="taken_down",
            permission="notice", needs=("taken_down_on",), asks=("feedback",),
        ),
        Step(
            act="withdraw", label="撤销公示", of=("draft", "in_review", "approved", "posted"),
            to="withdrawn", permission="notice", needs=("withdrawal_reason",),
            asks=("taken_down_on",),
        ),
    ),
)  # fmt: skip


@record_type(
    "notice", label="公示", prefix="公示", title="title", life=LIFE,
    checks=(in_order("from_on", "until_on"), in_order("posted_on", "taken_down_on")),
    derive=with_recall_day,
)  # fmt: skip
class Notice(Record):
    """One announcement to the public (公示).

    Sources: county plan of 2019, 二(四)1; 政府信息公开条例 14, 15, 16. Each question of the gate
    is answered before a second person approves.
    """

    title: str = text(
        "标题", section="公示内容", required=True, searched=True, published=True, listed=18
    )
    kind: NoticeKind | None = choice(
        "公示类别", NoticeKind, required=True, filtered=True, published=True, listed=6
    )
    issuer_id: Id = link(
        "公示单位", to="unit", required=True, filtered=True, published=True, listed=10
    )
    lead: str = long_text("导语", published=True, help="印在事项之前，说明依据和目的")
    item_ids: tuple[Id, ...] = links("公示事项", to=ITEMS, published=True)
    layout: Layout | None = choice("版式", Layout, help="不选的，按表格排版")
    about_id: Id = link(
        "所指公示", to="notice", help="更正、撤销的是哪一份公示；张贴后，原公示单随之失效"
    )
    concerns_id: Id = link(
        "针对的登记", to=("integrity_record", "measure", "evaluation_scheme"),
        help="更正、撤销、恢复名誉公告所针对的记录或措施，公布的是哪一次考核",
    )  # fmt: skip
    body: str = long_text(
        "正文", searched=True, published=True, help="更正、撤销、恢复名誉等公告写在这里"
    )
    place: str = text(
        "公示地点", section="公示期", searched=True, published=True, help="如：镇政府公开栏"
    )
    from_on: date | None = day("起始日期", filtered=True, published=True, listed=7)
    until_on: date | None = day("截止日期", filtered=True, published=True, listed=7)
    contact: str = text("异议受理联系人", published=True)
    phone: str = phone("异议受理电话", sensitive=False, published=True)
    state_secret: GateAnswer | None = choice("国家秘密（第十四条）", GateAnswer, section="公开审查")
    forbidden: GateAnswer | None = choice("法律、行政法规禁止公开（第十四条）", GateAnswer)
    danger: GateAnswer | None = choice("危及安全稳定（第十四条）", GateAnswer)
    third_party: GateAnswer | None = choice(
        "商业秘密、个人隐私（第十五条）",
        GateAnswer,
        help="第三方同意，或不公开会对公共利益造成重大影响的，可以公开",
    )
    internal: GateAnswer | None = choice("内部事务信息（第十六条）", GateAnswer)
    process: GateAnswer | None = choice("过程性信息（第十六条）", GateAnswer)
    case_file: GateAnswer | None = choice(
        "行政执法案卷信息（第十六条）", GateAnswer, help="包括正在调查处理的案件"
    )
    redaction: str = long_text("遮盖内容和理由", help="写明遮盖了哪些字段、依据哪一条")
    publication_ground: str = long_text("可以公开的理由")
    review_opinion: str = long_text("审核意见", section="审核")
    posted_on: date | None = day("张贴日期", section="张贴和撤下")
    posted_by_id: Id = link("张贴人", to="person")
    recall_ids: tuple[Id, ...] = links(
        "已撤销、更正或修复的事项", to="integrity_record", managed=True
    )
    recall_from_on: date | None = day("事项变动日期", managed=True)
    recall_by_on: date | None = day("撤下或更正期限", managed=True)
    due_rule: str = text("期限依据的规则", managed=True)
    due_provisional: bool = flag("期限暂定", managed=True)
    taken_down_on: date | None = day("撤下日期")
    feedback: str = long_text("公示期间收到的反映")
    withdrawal_reason: str = long_text("撤销公示的理由")


@record_type("printed_sheet", label="印张", title="code", part_of="notice", register=False)
class PrintedSheet(Record):
    """One printing of a notice, by which a sheet on the wall is checked without a network."""

    notice_id: Id = link("公示", to="notice", managed=True, required=True)
    version: int | None = number("印次", managed=True, required=True, listed=4)
    code: str = text("校验码", managed=True, required=True, searched=True, listed=14)
    paper: Paper | None = choice("纸张", Paper, managed=True, listed=4)
    pages: int | None = number("页数", managed=True, listed=4)
    copies: int | None = number("份数", managed=True, listed=4)
    fonts: str = text("所用字体", managed=True)
    reason: PrintReason | None = choice("打印原因", PrintReason, managed=True, listed=6)
    printed_by: Id = link("打印人", to="account", managed=True, listed=6)
    printed_at: datetime | None = moment("打印时间", managed=True, listed=9)
    sha256: str = text("文件摘要", managed=True, required=True)
