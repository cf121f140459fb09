"""Integrity records: the entries that make up the integrity file of a person or a unit.

draft -> in_review -> effective -> expired | repaired | revoked | corrected
effective -> delisted, for an entry of the court's list
expired, repaired, delisted -> revoked | corrected, when the decision itself proves wrong
"""

from __future__ import annotations

from datetime import date
from typing import Any

from integrity_desk.domain import court_lists
from integrity_desk.domain.areas import KeyArea
from integrity_desk.domain.checks import in_order, not_after, not_negative
from integrity_desk.domain.court_lists import Performance
from integrity_desk.domain.fields import (
    Choice,
    Id,
    choice,
    day,
    flag,
    link,
    long_text,
    money,
    text,
)
from integrity_desk.domain.life_cycles import LifeCycle, State, Step
from integrity_desk.domain.publication import Publication, withholding_has_reason
from integrity_desk.domain.records import Record, record_type
from integrity_desk.domain.steps import Facts, require
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.wording import _


class Nature(Choice):
    """Whether a record speaks for or against its subject."""

    TRUSTWORTHY = "trustworthy", "守信"
    UNTRUSTWORTHY = "untrustworthy", "失信"


class RecordKind(Choice):
    """What was decided or found (city opinions of 2017, 三(二); county plan of 2019, 二(二)2)."""

    HONOUR = "honour", "荣誉表彰"
    COMMENDATION = "commendation", "嘉奖"
    MERIT = "merit", "记功"
    TITLE = "title", "授予称号"
    PERFORMANCE = "performance", "履职成绩"
    REFUSED_BRIBE = "refused_bribe", "拒腐"
    JUDGMENT = "judgment", "司法裁判"
    ADMINISTRATIVE_PENALTY = "administrative_penalty", "行政处罚"
    GOVERNMENT_SANCTION = "government_sanction", "政务处分"
    DISCIPLINARY_SANCTION = "disciplinary_sanction", "纪律处分"
    ACCOUNTABILITY = "accountability", "问责处理"
    COURT_LIST = court_lists.KIND, "失信被执行人"
    BREACH = "breach", "违约毁约"
    ARREARS = "arrears", "拖欠账款"
    FALSE_STATISTICS = "false_statistics", "统计造假"
    SOCIAL_MORALITY = "social_morality", "违反社会公德"
    OTHER = "other", "其他失信"


TRUSTWORTHY_KINDS = frozenset(
    {
        RecordKind.HONOUR,
        RecordKind.COMMENDATION,
        RecordKind.MERIT,
        RecordKind.TITLE,
        RecordKind.PERFORMANCE,
        RecordKind.REFUSED_BRIBE,
    }
)
"""Kinds that speak for the subject; all others speak against it."""


class Severity(Choice):
    """Weight of an untrustworthy act; terms of publication depend on it."""

    MINOR = "minor", "轻微"
    ORDINARY = "ordinary", "一般"
    SERIOUS = "serious", "严重"


class SourceKind(Choice):
    """Where the desk learned of it."""

    DOCUMENT = "document", "决定文书"
    COMPLAINT = "complaint", "投诉举报"
    COMMITMENT = "commitment", "承诺履行"
    COURT_LIST = "court_list", "法院名单"
    OWN_FINDING = "own_finding", "自查发现"


class Sanction(Choice):
    """Government sanctions (政务处分法 7)."""

    WARNING = "warning", "警告"
    DEMERIT = "demerit", "记过"
    SERIOUS_DEMERIT = "serious_demerit", "记大过"
    DEMOTION = "demotion", "降级"
    REMOVAL = "removal", "撤职"
    DISMISSAL = "dismissal", "开除"


class SanctionRule(Choice):
    """The law a sanction was given under; it decides whether lifting needs a decision."""

    SANCTIONS_LAW = "sanctions_law", "公职人员政务处分法"
    REGULATION_2007 = "regulation_2007", "行政机关公务员处分条例（2007年）"


def _kind_fits_nature(record: Any) -> None:
    trustworthy = record.kind in TRUSTWORTHY_KINDS
    if trustworthy is not (record.nature is Nature.TRUSTWORTHY):
        raise InvalidInput(
            "kind",
            _("“{kind}”不属于{nature}记录，请重新选择记录类别。").format(
                kind=_(record.kind.label), nature=_(record.nature.label)
            ),
        )


def _may_be_reviewed(record: IntegrityRecord, facts: Facts) -> None:
    if record.nature is Nature.UNTRUSTWORTHY:
        require(record, ("severity", "publication"))
    if record.kind is RecordKind.COURT_LIST:
        require(record, ("court", "case_number", "court_listed_on"))
    if record.kind is RecordKind.GOVERNMENT_SANCTION:
        require(record, ("sanction", "sanction_rule"))
    if record.source_kind in (SourceKind.COMPLAINT, SourceKind.COMMITMENT):
        require(record, ("source_id",))
    not_after(record, "decided_on", facts.today)


def _has_run_out(record: IntegrityRecord, facts: Facts) -> None:
    if record.expires_on is None or facts.today <= record.expires_on:
        raise StepRefused(_("记录有效期尚未届满，不能办理到期。"))


ENDED = ("expired", "repaired", "delisted")
"""States of a record that was right and has ended."""
STANDING = ("effective", *ENDED)
"""States of a record that is held to be right; a mistake in it can still be put right."""

_SECOND: dict[str, Any] = {"permission": "approve", "second_person": True}

LIFE = LifeCycle(
    states=(
        State("draft", "草稿", "grey", private=True),
        State("in_review", "待复核", "amber", private=True),
        State("effective", "有效", "blue"),
        State("expired", "已到期", "grey", final=True),
        State("repaired", "已修复", "green", final=True),
        State("delisted", "已移出名单", "green", final=True),
        State("revoked", "已撤销", "grey", final=True),
        State("corrected", "已更正", "grey", final=True),
    ),
    steps=(
        Step(
            act="submit", label="提交复核", of=("draft",), to="in_review",
            guard=_may_be_reviewed,
        ),
        Step(
            act="send_back", label="退回修改", of=("in_review",), to="draft",
            permission="approve", needs=("review_opinion",),
        ),
        Step(
            act="approve", label="复核通过", of=("in_review",), to="effective", numbered=True,
            needs=("effective_on",), asks=("review_opinion", "expires_on"),
            guard=_may_be_reviewed, **_SECOND,
        ),
        *court_lists.STEPS,
        Step(
            act="expire", label="到期", of=("effective",), to="expired", needs=("expires_on",),
            guard=_has_run_out,
        ),
        Step(
            act="repair", label="信用修复", of=("effective",), to="repaired",
            permission="approve", needs=("ended_on", "ending_reason", "repair_id"),
        ),
        Step(
            act="revoke", label="撤销", of=STANDING, to="revoked",
            needs=("ended_on", "ending_reason"), asks=("ending_document",), **_SECOND,
        ),
        Step(
            act="correct", label="更正", of=STANDING, to="corrected",
            needs=("ended_on", "ending_reason", "replaced_by_id"), asks=("ending_document",),
            **_SECOND,
        ),
    ),
)  # fmt: skip


@record_type(
    "integrity_record", label="诚信记录", prefix="信", title="subject", life=LIFE,
    checks=(
        _kind_fits_nature,
        in_order("decided_on", "effective_on", "expires_on"),
        in_order("published_from", "published_until"),
        *court_lists.CHECKS,
        not_negative("obligation_fen"),
        withholding_has_reason,
    ),
)  # fmt: skip
class IntegrityRecord(Record):
    """One entry in the integrity file of a person or unit (诚信记录).

    Sources: county plan of 2019, 二(二)2 (people), 二(三)1–2 (units, court list); city plan of
    2007, 三(七) (good entries beside bad ones); city opinions of 2017, 三(七) (self-correction).
    """

    subject_id: Id = link(
        "诚信主体",
        to=("unit", "person"),
        section="记录内容",
        required=True,
        filtered=True,
        published=True,
        listed=12,
    )
    nature: Nature | None = choice(
        "性质", Nature, required=True, filtered=True, published=True, listed=4
    )
    kind: RecordKind | None = choice(
        "记录类别", RecordKind, required=True, filtered=True, published=True, listed=7
    )
    subject: str = text(
        "事由",
        required=True,
        searched=True,
        published=True,
        listed=16,
        help="一句话写清因何受奖或失信",
    )
    facts: str = long_text(
        "事实", required=True, searched=True, published=True, help="照决定文书认定的事实填写"
    )
    severity: Severity | None = choice(
        "失信程度", Severity, filtered=True, published=True, help="守信记录不填"
    )
    key_area: KeyArea | None = choice("重点领域", KeyArea, filtered=True)
    document_number: str = text(
        "决定文号",
        section="决定",
        required=True,
        searched=True,
        published=True,
        help="没有文号的，写文书名称",
    )
    organ: str = text("决定机关", required=True, searched=True, published=True)
    decided_on: date | None = day(
        "决定日期", required=True, filtered=True, published=True, listed=7
    )
    effective_on: date | None = day("生效日期", published=True)
    expires_on: date | None = day("有效期至", published=True, help="届满后不再作为失信记录使用")
    sanction: Sanction | None = choice("处分种类", Sanction, section="处分", published=True)
    sanction_rule: SanctionRule | None = choice("处分依据", SanctionRule)
    sanction_until: date | None = day("处分期至")
    sanction_lifted_on: date | None = day("解除日期")
    lifting_document: str = text("解除文号", help="依2007年处分条例作出的处分须有解除决定")
    source_kind: SourceKind | None = choice(
        "来源", SourceKind, section="来源", required=True, filtered=True
    )
    source_id: Id = link("来源记录", to=("complaint", "commitment"))
    self_corrected: bool = flag(
        "主动纠正", section="自我纠错", help="主动挽回损失、消除影响的，可从轻或免于惩戒"
    )
    self_correction: str = long_text("主动纠正情况")
    court: str = text("执行法院", section="失信被执行人", searched=True, published=True)
    case_number: str = text("执行案号", searched=True, published=True)
    court_listed_on: date | None = day("列入日期", published=True)
    obligation: str = long_text("应履行的义务", published=True)
    obligation_fen: int | None = money("应履行金额", published=True)
    settle_due_on: date | None = day("限期履行日期")
    performance: Performance | None = choice("履行情况", Performance, filtered=True)
    settled_on: date | None = day("和解日期")
    settlement: str = long_text("和解协议", help="与申请执行人约定了什么，协议可作为附件上传")
    performed_on: date | None = day("履行日期")
    performance_proof: str = text(
        "履行凭证", help="如：转账凭证号、申请执行人的收条、结案通知书文号"
    )
    removal_asked_on: date | None = day("提请移出日期", help="向法院提请从名单中删除的日期")
    court_removed_on: date | None = day("移出名单日期", published=True)
    publication: Publication | None = choice("是否公示", Publication, section="公示", filtered=True)
    publication_reason: str = long_text("公示说明", help="不公示的必须写明理由")
    published_from: date | None = day("公示起始日期")
    published_until: date | None = day("公示截止日期")
    review_opinion: str = long_text("复核意见", section="复核和终止")
    ended_on: date | None = day("终止日期")
    ending_reason: str = long_text("终止理由", searched=True)
    ending_document: str = text("终止文号")
    repair_id: Id = link("信用修复", to="repair")
    replaced_by_id: Id = link("更正后的记录", to="integrity_record")
