"""The chapters of an integrity file: which records belong to a person or a unit, and as what.

A file is a view over the registers, never a record of its own (city opinions of 2017, 三(二)(四);
county plan of 2019, 二(二)2, 二(三)1). Names that begin with ``owner.`` belong to the record that a
part hangs on. What was complained of somebody stands in no file: only what was found does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from integrity_desk.wording import N_

OWNER = "owner."


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """One kind of entry in a file."""

    type: str
    label: str
    says: tuple[str, ...]
    """The fields that tell what it is about."""
    events: tuple[tuple[str, str], ...] = ()
    """(day field, words) of what happened on which day; the first is the entry's own day."""
    subject: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Subject type -> the link fields that name the subject."""
    hangs_on: str = ""
    """The link field that names an integrity record of the subject, where that is what makes it."""
    about: str = ""
    """The link field that names any record of the chapters before, where that is what makes it."""
    year: str = ""
    """The field with the year of an entry that has no day."""


def _both(*fields: str) -> Mapping[str, tuple[str, ...]]:
    return {"person": fields, "unit": fields}


_PERSON = {"person": ("person_id",)}
_DUTY = {"person": ("person_id",), "unit": ("unit_id",)}

CHAPTERS: tuple[Chapter, ...] = (
    Chapter(
        type="integrity_record", label=N_("诚信记录"), subject=_both("subject_id"),
        says=("kind", "severity", "subject", "organ", "document_number"),
        events=(
            ("decided_on", N_("作出决定")), ("effective_on", N_("诚信记录生效")),
            ("sanction_lifted_on", N_("处分解除")), ("settled_on", N_("达成和解")),
            ("performed_on", N_("履行法院裁判")), ("court_removed_on", N_("移出失信名单")),
            ("ended_on", N_("诚信记录终止")),
        ),
    ),
    Chapter(
        type="measure", label=N_("奖惩措施"), hangs_on="record_id", says=("kind", "content"),
        events=(
            ("from_on", N_("措施开始")), ("carried_out_on", N_("措施落实")),
            ("suspended_on", N_("措施暂停")),
            ("resumed_on", N_("措施恢复")), ("ended_on", N_("措施终止")),
        ),
    ),
    Chapter(
        type="objection", label=N_("异议"), hangs_on="record_id", says=("reason", "finding"),
        events=(
            ("received_on", N_("提出异议")), ("decided_on", N_("异议作出结论")),
            ("withdrawn_on", N_("撤回异议")),
        ),
    ),
    Chapter(
        type="repair", label=N_("信用修复"), hangs_on="record_id",
        says=("grounds", "decision_document"),
        events=(
            ("applied_on", N_("申请信用修复")), ("decided_on", N_("信用修复作出决定")),
            ("effective_on", N_("信用修复生效")), ("withdrawn_on", N_("撤回修复申请")),
        ),
    ),
    Chapter(
        type="commitment", label=N_("负责的公开承诺"), subject=_DUTY, says=("subject", "due_on"),
        events=(
            ("made_on", N_("作出承诺")), ("judged_on", N_("承诺核定")),
            ("changed_on", N_("承诺依法变更")),
        ),
    ),
    Chapter(
        type="stage_duty", label=N_("负责的项目阶段"), subject=_DUTY,
        says=("owner.subject", "stage", "duty"),
        events=(("from_on", N_("开始负责")), ("until_on", N_("不再负责"))),
    ),
    Chapter(
        type="rectification_order", label=N_("限期整改"), subject=_DUTY, says=("problem", "due_on"),
        events=(
            ("issued_on", N_("下达限期整改")), ("reported_on", N_("报告整改结果")),
            ("checked_on", N_("核查整改")),
        ),
    ),
    Chapter(
        type="evaluation_result", label=N_("考核评价"), subject={"unit": ("unit_id",)},
        says=("owner.title", "grade", "veto_reason"),
        events=(("owner.decided_on", N_("考核定等")),),
    ),
    Chapter(
        type="annual_assessment", label=N_("年度考核"), subject=_PERSON,
        says=("grade", "organ", "note"), year="year",
    ),
    Chapter(
        type="personal_matters_report", label=N_("个人事项报告"), subject=_PERSON,
        says=("check_result", "handling"), year="year",
        events=(("reported_on", N_("报告个人事项")),),
    ),
    Chapter(
        type="post_history", label=N_("任职经历"), subject=_PERSON,
        says=("unit_id", "post", "rank", "basis"),
        events=(("from_on", N_("任职")), ("until_on", N_("免职"))),
    ),
    Chapter(
        type="attendance", label=N_("诚信教育"), subject=_PERSON,
        says=("owner.topic", "presence", "reason"),
        events=(("owner.held_on", N_("诚信教育")), ("made_up_on", N_("补学"))),
    ),
    Chapter(
        type="pledge", label=N_("诚信承诺书"), subject=_both("subject_id"),
        says=("template", "occasion"),
        events=(("issued_on", N_("发放承诺书")), ("signed_on", N_("签署承诺书"))),
    ),
    Chapter(
        type="inquiry_result", label=N_("信用查询"), subject=_both("subject_id"),
        says=("owner.asked_by", "owner.purpose", "told"),
        events=(("owner.asked_on", N_("信用查询")),),
    ),
    Chapter(
        type="letter", label=N_("文书"), about="record_id", says=("title",),
        events=(("issued_on", N_("文书成文")),),
    ),
)  # fmt: skip
"""Every chapter, in the order of the printed file."""
