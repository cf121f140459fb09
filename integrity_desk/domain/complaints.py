"""Complaints: a clue about bad faith, from the day it came to the day it is closed.

Its life is ``complaint_life``, its clocks ``complaint_clocks``, who may not handle it ``firewall``;
who complained is in ``reporters``.
"""

from __future__ import annotations

from datetime import date

from integrity_desk.domain.areas import KeyArea, ServiceArea
from integrity_desk.domain.checks import in_order
from integrity_desk.domain.complaint_clocks import Procedure, procedure_of, with_dates
from integrity_desk.domain.complaint_life import LIFE, OPEN_STATES
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
from integrity_desk.domain.firewall import handlers_stand_outside
from integrity_desk.domain.records import Record, record_type

__all__ = [
    "LIFE", "OPEN_STATES", "AnswerManner", "Channel", "Complaint", "Matter", "Satisfaction",
    "SuspensionGround",
]  # fmt: skip


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
    OTHER_ORGAN = "other_organ", "征求其他机关意见"
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


@record_type(
    "complaint", label="投诉举报", prefix="诉", title="subject", life=LIFE, numbered_at="entry",
    derive=with_dates,
    checks=(
        handlers_stand_outside,
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
    referred_by: str = text(
        "转来机关", help="由其他机关转送、交办的填写；不属本单位职权的须按期退回"
    )
    first_asked_id: Id = link("首问责任人", to="person", help="最先接到本件的工作人员")
    procedure: Procedure | None = choice(
        "适用程序", Procedure, filtered=True, help="不填的，按来源渠道和事项类别确定期限"
    )
    due_on: date | None = day("办理期限", managed=True, filtered=True, listed=7)
    due_rule: str = text("期限依据的规则", managed=True)
    due_provisional: bool = flag("期限暂定", managed=True)
    return_by_on: date | None = day("退回期限", managed=True)
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
    recused_ids: tuple[Id, ...] = links(
        "回避人员", to="person", help="与本件有利害关系、不得办理的人员，随时可以补登"
    )
    service_area: ServiceArea | None = choice("服务领域", ServiceArea, filtered=True)
    key_area: KeyArea | None = choice("重点领域", KeyArea, filtered=True)
    accepted_on: date | None = day("受理日期", section="受理")
    refusal_reason: str = long_text("不予受理的理由")
    right_channel: str = text("应当通过的途径", help="告知对方向哪里反映，如：诉讼、仲裁、复议")
    refused_on: date | None = day("告知日期")
    referred_to: str = text("转送机关")
    referred_on: date | None = day("转送日期")
    referral_receipt: str = text("转送回执")
    referral_receipted_on: date | None = day("回执日期")
    returned_to: str = text("退回机关")
    return_reason: str = long_text("退回理由")
    returned_on: date | None = day("退回日期")
    return_agreement: str = text("转送机关意见", help="超过期限退回的，写明转送机关同意的情况")
    joined_to_id: Id = link(
        "主办件", to="complaint", help="与它合并办理，随它答复；编号和经过各自保留"
    )
    separation_reason: str = long_text("分案理由")
    handler_unit_id: Id = link("承办单位", to="unit", section="办理", filtered=True)
    handler_id: Id = link("承办人", to="person", filtered=True, listed=5)
    stand_in_id: Id = link("B岗承办人", to="person")
    extended_to: date | None = day("延长至")
    extension_reason: str = long_text("延期理由")
    extension_told_on: date | None = day("延期告知日期")
    extension_told_how: AnswerManner | None = choice("延期告知方式", AnswerManner)
    suspension_ground: SuspensionGround | None = choice("中止计时事由", SuspensionGround)
    suspended_on: date | None = day("中止日期")
    resumed_on: date | None = day("恢复日期")
    pauses: str = long_text("历次中止", managed=True)
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
    called_back_on: date | None = day("回访日期")
    satisfaction: Satisfaction | None = choice("回访结果", Satisfaction, filtered=True)
    satisfaction_note: str = long_text("回访记录")
    reopening_reason: str = long_text("重新办理的理由")

    @property
    def procedure_in_force(self) -> Procedure:
        """The procedure whose clocks it runs by."""
        return procedure_of(self)

    @property
    def round_began_on(self) -> date | None:
        """The day a hotline order's clock counts from: it came, or was taken up again."""
        return self.accepted_on if self.reopening_reason else self.received_on
