"""Commitments: what a unit promised in public, by when, who answers, and how it ended.

    draft -> registered -> in_progress -> fulfilled | partly_fulfilled | breached
                                        | lawfully_changed
    draft, registered -> withdrawn

Overdue is never a state: ``is_late`` derives it from the due day.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from integrity_desk.domain.areas import KeyArea, ServiceArea
from integrity_desk.domain.checks import in_order, not_after, not_negative
from integrity_desk.domain.fields import (
    Choice,
    Id,
    choice,
    day,
    link,
    long_text,
    money,
    number,
    text,
)
from integrity_desk.domain.life_cycles import LifeCycle, State, Step
from integrity_desk.domain.publication import Publication, withholding_has_reason
from integrity_desk.domain.records import Record, record_type
from integrity_desk.domain.steps import Facts, require
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.wording import _


class CommitmentKind(Choice):
    """What sort of promise it is (city opinions of 2017, 二(三); county plan of 2019, 三)."""

    SERVICE_QUALITY = "service_quality", "服务质量承诺"
    DEADLINE = "deadline", "期限承诺"
    GUARANTEE = "guarantee", "保障承诺"
    INVESTMENT_POLICY = "investment_policy", "招商引资政策承诺"
    CONTRACT = "contract", "合同协议"
    DEBT = "debt", "债务清偿"
    LIVELIHOOD_PROJECT = "livelihood_project", "民生实事"
    PLAN_TARGET = "plan_target", "规划计划目标"
    COURT_OBLIGATION = "court_obligation", "法院裁判履行"


class ChangeGround(Choice):
    """Grounds given for changing a promise; the last four are never lawful ones."""

    NATIONAL_INTEREST = "national_interest", "国家利益"
    PUBLIC_INTEREST = "public_interest", "社会公共利益"
    STATUTORY = "statutory", "其他法定事由"
    DIVISION_CHANGE = "division_change", "行政区划调整"
    CHANGE_OF_TERM = "change_of_term", "政府换届"
    CHANGE_OF_FUNCTION = "change_of_function", "机构或职能调整"
    CHANGE_OF_PERSON = "change_of_person", "相关责任人更替"


UNLAWFUL_GROUNDS = frozenset(
    {
        ChangeGround.DIVISION_CHANGE,
        ChangeGround.CHANGE_OF_TERM,
        ChangeGround.CHANGE_OF_FUNCTION,
        ChangeGround.CHANGE_OF_PERSON,
    }
)
"""Grounds that 优化营商环境条例 31 forbids (新官不理旧账)."""

DATED_KINDS = frozenset(
    {
        CommitmentKind.DEADLINE,
        CommitmentKind.DEBT,
        CommitmentKind.LIVELIHOOD_PROJECT,
        CommitmentKind.PLAN_TARGET,
        CommitmentKind.COURT_OBLIGATION,
    }
)
"""Kinds that cannot be registered without a due day; the others may be standing promises."""


class LateInterest(Choice):
    """What is owed besides the amount when it is paid late."""

    STATUTORY = "statutory", "未约定，按法定日利率"
    AGREED = "agreed", "按约定利率"
    NONE = "none", "不计利息"


OPEN_STATES = frozenset({"registered", "in_progress", "partly_fulfilled"})
"""States in which something is still owed."""


class WithdrawalGround(Choice):
    """Why an entry is withdrawn; a promise once given is never withdrawn, only the entry of it."""

    DUPLICATE = "duplicate", "重复登记"
    MISTAKEN = "mistaken", "登记有误"
    NOT_A_COMMITMENT = "not_a_commitment", "不属于承诺事项"


def _agreed_rate_is_given(record: Any) -> None:
    if (record.late_interest is LateInterest.AGREED) != (record.agreed_rate is not None):
        raise InvalidInput("agreed_rate", _("选择“按约定利率”时填写约定年利率；其他情况不要填写。"))


def is_late(record: Commitment, today: date) -> bool:
    """Whether something is still owed after its due day."""
    return record.state in OPEN_STATES and record.due_on is not None and today > record.due_on


def _may_be_registered(record: Commitment, facts: Facts) -> None:
    if record.service_area is None and record.key_area is None:
        raise InvalidInput("key_area", _("请至少选择一个服务领域或重点领域。"))
    if record.kind in DATED_KINDS:
        require(record, ("due_on",))
    if record.kind is CommitmentKind.DEBT:
        require(record, ("amount_fen",))
    not_after(record, "made_on", facts.today)


def _was_reported(record: Commitment, facts: Facts) -> None:
    if record.reported_on is None:
        raise StepRefused(_("尚未报告履行情况，请责任单位先报告，再核定结果。"))
    not_after(record, "judged_on", facts.today)


def _changes_lawfully(record: Commitment, facts: Facts) -> None:
    ground = record.change_ground
    if ground is not None and ground in UNLAWFUL_GROUNDS:
        raise InvalidInput(
            "change_ground",
            _(
                "不得以“{ground}”为由改变承诺：《优化营商环境条例》第三十一条规定，"
                "不得以行政区划调整、政府换届、机构或者职能调整以及相关责任人更替等为由"
                "违约毁约。请继续履行，或者依法说明国家利益、社会公共利益或其他法定事由。"
            ).format(ground=_(ground.label)),
        )
    not_after(record, "changed_on", facts.today)


_JUDGEMENT: dict[str, Any] = {
    "permission": "approve",
    "second_person": True,
    "needs": ("judged_on", "judgement"),
}

LIFE = LifeCycle(
    states=(
        State("draft", "草稿", "grey", private=True),
        State("registered", "已登记", "blue"),
        State("in_progress", "履行中", "blue"),
        State("fulfilled", "已兑现", "green", final=True),
        State("partly_fulfilled", "部分兑现", "amber"),
        State("breached", "违约失信", "red"),
        State("lawfully_changed", "已依法变更", "amber", final=True),
        State("withdrawn", "已撤销登记", "grey", final=True),
    ),
    steps=(
        Step(
            act="register", label="登记", of=("draft",), to="registered", numbered=True,
            needs=("publication",), asks=("publication_reason",), guard=_may_be_registered,
        ),
        Step(act="start", label="开始履行", of=("registered",), to="in_progress"),
        Step(
            act="report_fulfilled", label="报告履行情况", of=("in_progress",), to="in_progress",
            needs=("reported_on", "fulfilment_report"),
        ),
        Step(
            act="fulfil", label="核定为已兑现", of=("in_progress", "partly_fulfilled"),
            to="fulfilled", guard=_was_reported, **_JUDGEMENT,
        ),
        Step(
            act="fulfil_partly", label="核定为部分兑现", of=("in_progress",),
            to="partly_fulfilled", guard=_was_reported, **_JUDGEMENT,
        ),
        Step(
            act="breach", label="认定违约失信",
            of=("registered", "in_progress", "partly_fulfilled"), to="breached", **_JUDGEMENT,
        ),
        Step(
            act="change_lawfully", label="依法变更",
            of=("registered", "in_progress", "partly_fulfilled"), to="lawfully_changed",
            permission="approve", second_person=True, guard=_changes_lawfully,
            needs=(
                "change_ground", "change_facts", "change_authority", "change_procedure",
                "change_document", "changed_on", "change_compensation",
            ),
            asks=("change_compensation_fen",),
        ),
        Step(
            act="reopen", label="撤销核定", of=("fulfilled", "partly_fulfilled", "breached"),
            to="in_progress", permission="approve", second_person=True,
            needs=("reopening_reason",),
            clears=("reported_on", "fulfilment_report", "judged_on", "judgement"),
        ),
        Step(
            act="withdraw", label="撤销登记", of=("draft", "registered"), to="withdrawn",
            permission="approve", second_person=True, needs=("withdrawal_ground",),
            asks=("withdrawal_note",),
        ),
    ),
)  # fmt: skip


@record_type(
    "commitment", label="公开承诺", prefix="诺", title="subject", life=LIFE,
    checks=(
        in_order("made_on", "due_on"),
        not_negative("amount_fen", "change_compensation_fen", "agreed_rate"),
        _agreed_rate_is_given,
        withholding_has_reason,
    ),
)  # fmt: skip
class Commitment(Record):
    """A public promise and its outcome (守信践诺).

    Sources: city opinions of 2017, 二(三), 四(五)(八); county plan of 2019, 三(四)(六);
    city notice of 2024, 三(四); 优化营商环境条例 31.
    """

    subject: str = text(
        "承诺事项",
        section="承诺内容",
        required=True,
        searched=True,
        published=True,
        listed=16,
        help="一句话写清承诺什么",
    )
    kind: CommitmentKind | None = choice(
        "承诺类别", CommitmentKind, required=True, filtered=True, published=True, listed=6
    )
    service_area: ServiceArea | None = choice(
        "服务领域", ServiceArea, filtered=True, published=True
    )
    key_area: KeyArea | None = choice("重点领域", KeyArea, filtered=True)
    content: str = long_text(
        "具体内容",
        required=True,
        searched=True,
        published=True,
        help="照公开承诺书、合同或文件原文填写",
    )
    target: str = long_text("可衡量的目标", published=True, help="数量、标准、完成标志")
    beneficiary: str = text("承诺对象", searched=True, help="受益群众、企业或合同对方")
    basis: str = text("依据文件", searched=True, published=True, help="文件名称和文号")
    unit_id: Id = link(
        "责任单位",
        to="unit",
        section="责任",
        required=True,
        filtered=True,
        published=True,
        listed=10,
    )
    person_id: Id = link("责任人", to="person", required=True, published=True, listed=5)
    stand_in_id: Id = link("B岗责任人", to="person", help="责任人不在岗时代行职责的人")
    first_asked_id: Id = link("首问责任人", to="person", help="最先受理、负责引导和答复的人")
    made_on: date | None = day("作出日期", section="期限和金额", required=True, published=True)
    due_on: date | None = day(
        "兑现期限",
        filtered=True,
        published=True,
        listed=7,
        help="长期有效的服务承诺可以不填",
    )
    amount_fen: int | None = money(
        "承诺金额", published=True, help="分期兑付的，另在“分期兑付”中逐期登记"
    )
    late_interest: LateInterest | None = choice(
        "逾期利息",
        LateInterest,
        help="拖欠中小企业款项未约定利率的，选“未约定，按法定日利率”",
    )
    agreed_rate: int | None = number(
        "约定年利率（万分之）", help="年利率3.45%填345；不得低于合同订立时一年期贷款市场报价利率"
    )
    last_year_id: Id = link("上年同项承诺", to="commitment", help="结转下年时由程序填写")
    publication: Publication | None = choice("是否公示", Publication, section="公示", filtered=True)
    publication_reason: str = long_text("公示说明", help="不公示的必须写明理由")
    reported_on: date | None = day("报告日期", section="履行情况")
    fulfilment_report: str = long_text("履行情况报告", searched=True, published=True)
    judged_on: date | None = day("核定日期", published=True)
    judgement: str = long_text("核定意见", searched=True, published=True)
    reopening_reason: str = long_text("撤销核定的理由")
    change_ground: ChangeGround | None = choice(
        "变更事由", ChangeGround, section="依法变更", published=True
    )
    change_facts: str = long_text("事由说明", help="写明为什么确需改变")
    change_authority: str = text("决定机关", published=True)
    change_procedure: str = long_text("履行的程序", help="论证、听证、合法性审查、集体讨论等")
    change_document: str = text("决定文号", searched=True, published=True)
    changed_on: date | None = day("决定日期", published=True)
    change_compensation: str = long_text("补偿安排", help="确无损失的，写明依据")
    change_compensation_fen: int | None = money("补偿金额")
    withdrawal_ground: WithdrawalGround | None = choice(
        "撤销登记事由", WithdrawalGround, section="撤销登记"
    )
    withdrawal_note: str = long_text("撤销登记说明")
