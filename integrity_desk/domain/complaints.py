"""Complaints: a clue about bad faith, from the day it came to the day it is closed.

    received -> accepted | refused | referred | returned
    accepted -> verifying (-> suspended -> verifying)
    verifying -> substantiated | partly | unsubstantiated
    substantiated, partly -> rectifying -> answered;  unsubstantiated -> answered
    answered, refused, referred -> closed;  a closed case may be reopened

Firewall: nobody complained of handles the case. Who complained is in ``reporters``.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from integrity_desk.domain.areas import KeyArea, ServiceArea
from integrity_desk.domain.checks import in_order, not_after
from integrity_desk.domain.complaint_clocks import DEADLINE
from integrity_desk.domain.due_days import derive_due_day, due_date
from integrity_desk.domain.fields import (
    Choice,
    Id,
    choice,
    day,
    flag,
    link,
    links,
    long_text,
    text,
)
from integrity_desk.domain.life_cycles import LifeCycle, State, Step
from integrity_desk.domain.records import Record, record_type
from integrity_desk.domain.steps import Facts
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.wording import _


class Channel(Choice):
    """How a clue reached the desk (city notice of 2024, 五(一); bureau plan of 2022, 三(一)4)."""

    HOTLINE_12345 = "hotline_12345", "12345热线"
    HOTLINE_12350 = "hotline_12350", "12350热线"
    WEBSITE = "website", "网站"
    TELEPHONE = "telephone", "电话"
    EMAIL = "email", "电子信箱"
    LETTER = "letter", "来信"
    VISIT = "visit", "来访"
    LOST_LAWSUIT = "lost_lawsuit", "法院败诉案件推送"
    PRIVATE_ENTERPRISE = "private_enterprise", "民营企业交流"
    BUSINESS_CLIMATE = "business_climate", "营商环境监测"
    CONGRESS = "congress", "人大政协"
    MEDIA = "media", "媒体"
    SUPERVISOR = "supervisor", "社会监督员"
    SELF_CHECK = "self_check", "自查"
    OTHER = "other", "其他"


class Matter(Choice):
    """What is complained of (city notice of 2024, 五(二); city opinions of 2017, 二(四)(五))."""

    BROKEN_PROMISE = "broken_promise", "不兑现承诺"
    BREACH = "breach", "违约毁约"
    ARREARS = "arrears", "拖欠账款"
    OLD_DEBTS_IGNORED = "old_debts_ignored", "新官不理旧账"
    INACTION = "inaction", "懒政怠政、推诿拖延"
    UNFAIR_ENFORCEMENT = "unfair_enforcement", "执法不公"
    FALSE_STATISTICS = "false_statistics", "弄虚作假"
    ABUSE = "abuse", "以权谋私、失职渎职"
    SERVICE = "service", "服务质量"
    OTHER = "other", "其他"


class SuspensionGround(Choice):
    """What stops the clock of a case."""

    HEARING = "hearing", "听证"
    THIRD_PARTY = "third_party", "征求第三方意见"
    EXPERT = "expert", "鉴定、评估"


class AnswerManner(Choice):
    """How the reporter was told."""

    WRITTEN = "written", "书面"
    TELEPHONE = "telephone", "电话"
    IN_PERSON = "in_person", "当面"
    ONLINE = "online", "网络"
    NOT_POSSIBLE = "not_possible", "匿名或无联系方式，无法答复"


class Satisfaction(Choice):
    """What a call-back found."""

    SATISFIED = "satisfied", "满意"
    FAIRLY_SATISFIED = "fairly_satisfied", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"
    NOT_REACHED = "not_reached", "未能回访"


OPEN_STATES = frozenset(
    {
        "received", "accepted", "verifying", "suspended", "substantiated", "partly",
        "unsubstantiated", "rectifying",
    }
)  # fmt: skip
"""States in which the case still waits for its answer."""


def _handlers_stand_outside(record: Any) -> None:
    """Refuse handlers who are complained of or have withdrawn (firewall)."""
    if record.handler_unit_id and record.handler_unit_id == record.about_unit_id:
        raise InvalidInput(
            "handler_unit_id", _("不得将投诉举报交给被投诉举报的单位办理，请另选承办单位。")
        )
    barred = _barred(record)
    for name in ("handler_id", "stand_in_id"):
        if getattr(record, name) in barred:
            raise InvalidInput(name, _("此人是被投诉举报人或已回避，不得办理本件，请另选承办人。"))


def _outside_person(record: Complaint, facts: Facts) -> None:
    if facts.actor.person_id in _barred(record):
        raise StepRefused(_("您是被投诉举报人或已回避，不得办理本件。"))


def _firewall(record: Complaint, facts: Facts) -> None:
    _outside_person(record, facts)
    if record.about_unit_id and facts.actor.unit_id == record.about_unit_id:
        raise StepRefused(_("本件反映的是您所在的单位，应当回避。请转送上级或其他有权处理的机关。"))


def _may_be_found(record: Complaint, facts: Facts) -> None:
    _firewall(record, facts)
    not_after(record, "found_on", facts.today)


def _approved_by_another(record: Complaint, facts: Facts) -> None:
    _firewall(record, facts)
    if record.handler_id and facts.actor.person_id == record.handler_id:
        raise StepRefused(_("延期须由承办人以外的人员批准。"))
    if record.extended_to is not None and record.extended_to <= facts.today:
        raise InvalidInput("extended_to", _("延期后的期限应晚于今天。"))
    latest = due_date(DEADLINE, record, facts.rules, longest=True)
    if latest is not None and record.extended_to and record.extended_to > latest.due:
        raise InvalidInput(
            "extended_to",
            _("最多可以延到{day}（{clause}），请改早。").format(
                day=latest.due, clause=_(latest.clause)
            ),
        )


def _referral_is_receipted(record: Complaint, facts: Facts) -> None:
    _firewall(record, facts)
    if record.referred_to and not record.referral_receipt and record.answered_on is None:
        raise InvalidInput("referral_receipt", _("转送件须登记对方回执后才能办结。"))


def _barred(record: Any) -> frozenset[Id]:
    return frozenset({record.about_person_id, *record.recused_ids}) - {""}


_HANDLERS = ("handler_unit_id", "handler_id")
_FOUND = ("found_on", "finding")
_SECOND_ROUND = (
    "accepted_on", "refusal_reason", "right_channel", "refused_on", "extended_to",
    "extension_reason", "extension_told_on", "suspension_ground", "suspended_on", "resumed_on",
    "found_on", "finding", "explanation", "rectification", "rectification_order_id",
    "reported_to", "reported_on", "answered_on", "answer_manner", "answer", "closed_on",
    "satisfaction", "satisfaction_note",
)  # fmt: skip

LIFE = LifeCycle(
    states=(
        State("received", "已收到", "amber"),
        State("accepted", "已受理", "blue"),
        State("refused", "不予受理", "grey"),
        State("referred", "已转送", "grey"),
        State("returned", "已退回", "grey", final=True),
        State("verifying", "核实中", "blue"),
        State("suspended", "已中止计时", "amber"),
        State("substantiated", "属实", "red"),
        State("partly", "部分属实", "red"),
        State("unsubstantiated", "不属实", "grey"),
        State("rectifying", "整改中", "amber"),
        State("answered", "已答复", "green"),
        State("closed", "已办结", "green", final=True),
    ),
    steps=(
        Step(
            act="accept", label="受理", of=("received",), to="accepted", guard=_firewall,
            needs=("accepted_on",), asks=("recused_ids",),
        ),
        Step(
            act="refuse", label="不予受理", of=("received",), to="refused", guard=_firewall,
            needs=("refusal_reason", "right_channel", "refused_on"),
        ),
        Step(
            act="refer", label="转送", of=("received",), to="referred", guard=_outside_person,
            needs=("referred_to", "referred_on"), asks=("referral_receipt",),
        ),
        Step(
            act="return", label="退回转送机关", of=("received",), to="returned",
            guard=_outside_person, needs=("returned_to", "return_reason", "returned_on"),
        ),
        Step(
            act="take_back", label="转送件被退回", of=("referred",), to="received",
            guard=_outside_person, needs=("return_reason",),
            clears=("referred_to", "referred_on", "referral_receipt"),
        ),
        Step(
            act="assign", label="交办", of=("accepted",), to="accepted", guard=_firewall,
            needs=_HANDLERS, asks=("stand_in_id",),
        ),
        Step(
            act="verify", label="开始核实", of=("accepted",), to="verifying", guard=_firewall,
            needs=_HANDLERS,
        ),
        Step(
            act="find_substantiated", label="认定属实", of=("verifying",), to="substantiated",
            guard=_may_be_found, needs=_FOUND,
        ),
        Step(
            act="find_partly", label="认定部分属实", of=("verifying",), to="partly",
            guard=_may_be_found, needs=(*_FOUND, "explanation"),
        ),
        Step(
            act="find_unsubstantiated", label="认定不属实", of=("verifying",),
            to="unsubstantiated", guard=_may_be_found, needs=(*_FOUND, "explanation"),
        ),
        Step(
            act="reassign", label="改派承办人", of=("verifying",), to="verifying",
            guard=_firewall, needs=_HANDLERS, asks=("stand_in_id", "recused_ids"),
        ),
        Step(
            act="extend", label="延长期限", of=("verifying",), to="verifying",
            permission="approve", guard=_approved_by_another,
            needs=("extended_to", "extension_reason", "extension_told_on"),
        ),
        Step(
            act="suspend", label="中止计时", of=("verifying",), to="suspended", guard=_firewall,
            needs=("suspension_ground", "suspended_on"), clears=("resumed_on",),
        ),
        Step(
            act="resume", label="恢复计时", of=("suspended",), to="verifying", guard=_firewall,
            needs=("resumed_on",),
        ),
        Step(
            act="rectify", label="督促整改", of=("substantiated", "partly"), to="rectifying",
            guard=_firewall, needs=("rectification",),
            asks=("rectification_order_id", "reported_to", "reported_on"),
        ),
        Step(
            act="answer", label="答复", of=("unsubstantiated", "rectifying"), to="answered",
            guard=_firewall, needs=("answered_on", "answer_manner", "answer"),
        ),
        Step(
            act="close", label="办结", of=("answered", "refused", "referred"), to="closed",
            guard=_referral_is_receipted, needs=("closed_on",),
            asks=("referral_receipt", "satisfaction", "satisfaction_note"),
        ),
        Step(
            act="reopen", label="重新办理", of=("answered", "refused", "closed"), to="accepted",
            permission="approve", guard=_firewall, needs=("reopening_reason", "accepted_on"),
            clears=_SECOND_ROUND,
        ),
    ),
)  # fmt: skip


@record_type(
    "complaint", label="投诉举报", prefix="诉", title="subject", life=LIFE, numbered_at="entry",
    derive=derive_due_day(DEADLINE),
    checks=(
        _handlers_stand_outside,
        in_order("received_on", "accepted_on", "found_on", "answered_on", "closed_on"),
        in_order("received_on", "referred_on"),
        in_order("suspended_on", "resumed_on"),
    ),
)  # fmt: skip
class Complaint(Record):
    """A complaint or report about bad faith in public office (政务失信线索).

    Sources: county plan of 2019, 二(一)3; city notice of 2024, 五(一); bureau plan of 2022,
    三(一)4; 信访工作条例 22, 23, 30, 34.
    """

    channel: Channel | None = choice(
        "来源渠道", Channel, section="来件", required=True, filtered=True, listed=6
    )
    source_number: str = text("来源编号", searched=True, help="12345工单号、转办函号、案号等")
    received_on: date | None = day("收到日期", required=True, filtered=True, listed=6)
    first_asked_id: Id = link("首问责任人", to="person", help="最先接到本件的工作人员")
    due_on: date | None = day("办理期限", managed=True, filtered=True, listed=7)
    due_rule: str = text("期限依据的规则", managed=True)
    due_provisional: bool = flag("期限暂定", managed=True)
    subject: str = text(
        "事由",
        section="反映内容",
        required=True,
        searched=True,
        listed=15,
        help="不要写出投诉举报人的姓名、电话",
    )
    matter: Matter | None = choice("事项类别", Matter, required=True, filtered=True)
    facts: str = long_text(
        "反映的事实",
        required=True,
        searched=True,
        help="只写事情；能认出投诉举报人的内容写在“投诉举报人”一栏",
    )
    demand: str = long_text("诉求", searched=True)
    about_unit_id: Id = link("被反映单位", to="unit", filtered=True, listed=10)
    about_person_id: Id = link("被反映人", to="person")
    about_commitment_id: Id = link("涉及的承诺", to="commitment")
    about_others: str = text("其他被反映对象", searched=True, help="未在本系统登记的单位或人员")
    service_area: ServiceArea | None = choice("服务领域", ServiceArea, filtered=True)
    key_area: KeyArea | None = choice("重点领域", KeyArea, filtered=True)
    accepted_on: date | None = day("受理日期", section="受理")
    refusal_reason: str = long_text("不予受理的理由")
    right_channel: str = text("应当通过的途径", help="告知对方向哪里反映，如：诉讼、仲裁、复议")
    refused_on: date | None = day("告知日期")
    referred_to: str = text("转送机关")
    referred_on: date | None = day("转送日期")
    referral_receipt: str = text("转送回执")
    returned_to: str = text("退回机关")
    return_reason: str = long_text("退回理由")
    returned_on: date | None = day("退回日期")
    handler_unit_id: Id = link("承办单位", to="unit", section="办理", filtered=True)
    handler_id: Id = link("承办人", to="person", filtered=True, listed=5)
    stand_in_id: Id = link("B岗承办人", to="person")
    recused_ids: tuple[Id, ...] = links("回避人员", to="person")
    extended_to: date | None = day("延长至")
    extension_reason: str = long_text("延期理由")
    extension_told_on: date | None = day("延期告知日期")
    suspension_ground: SuspensionGround | None = choice("中止计时事由", SuspensionGround)
    suspended_on: date | None = day("中止日期")
    resumed_on: date | None = day("恢复日期")
    found_on: date | None = day("核实日期", section="核实结论")
    finding: str = long_text("核实情况", searched=True)
    explanation: str = long_text("解释说明", help="不属实的部分，写明如何解释说明")
    rectification: str = long_text("整改要求")
    rectification_order_id: Id = link("限期整改", to="rectification_order")
    reported_to: str = text("报告对象", help="属实的，向本级政府报告")
    reported_on: date | None = day("报告日期")
    answered_on: date | None = day("答复日期", section="答复和办结")
    answer_manner: AnswerManner | None = choice("答复方式", AnswerManner)
    answer: str = long_text("答复内容")
    closed_on: date | None = day("办结日期")
    satisfaction: Satisfaction | None = choice("回访结果", Satisfaction, filtered=True)
    satisfaction_note: str = long_text("回访记录")
    reopening_reason: str = long_text("重新办理的理由")
