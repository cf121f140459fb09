"""Inquiries: who asked about whose integrity, what for, and what they were told (信用查询).

An inquiry is a log entry: it is written once with its answer, never amended, and kept as long as
the rule says (clock ``inquiry_log_retention``). It stays on this desk.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from integrity_desk.domain.checks import not_negative
from integrity_desk.domain.fields import (
    Choice,
    Id,
    choice,
    day,
    link,
    links,
    long_text,
    moment,
    number,
    text,
)
from integrity_desk.domain.records import Record, record_type
from integrity_desk.domain.steps import require

RETENTION_CLOCK = "inquiry_log_retention"
"""How long an inquiry is kept, counted from the day it was made."""


class Purpose(Choice):
    """What an inquiry is for (city opinions of 2017, 三(三); city notice of 2024, 二(三))."""

    RECRUITMENT = "recruitment", "录用"
    TRANSFER = "transfer", "调任"
    APPOINTMENT = "appointment", "任用"
    AWARD = "award", "评优评先"
    TITLE = "title", "职称评聘"
    OWN = "own", "本人查阅"
    OTHER = "other", "其他"


def _others_are_explained(record: Any) -> None:
    if record.purpose is Purpose.OTHER:
        require(record, ("purpose_note",))
    if record.purpose is not Purpose.OWN:
        require(record, ("authority",))


@record_type(
    "inquiry", label="信用查询", prefix="查", title="asked_by", synced=False,
    numbered_at="entry", written_once=True, checks=(_others_are_explained,),
)  # fmt: skip
class Inquiry(Record):
    """One inquiry about one or many persons and units."""

    asked_by: str = text(
        "查询单位或人员", section="信用查询", required=True, searched=True, listed=14
    )
    purpose: Purpose | None = choice("查询目的", Purpose, required=True, filtered=True, listed=6)
    purpose_note: str = text("目的说明", searched=True)
    authority: str = text(
        "查询依据", searched=True, listed=14, help="批准文件或授权书的名称和文号；本人查阅的不填"
    )
    asked_on: date | None = day("查询日期", required=True, filtered=True, listed=7)
    subject_ids: tuple[Id, ...] = links("查询对象", to=("person", "unit"), required=True)
    keep_until: date | None = day("至少保存到", managed=True, listed=7)
    keep_rule: str = text("保存期限依据", managed=True)


@record_type(
    "inquiry_result", label="查询结果", title="subject_name", part_of="inquiry", register=False,
    synced=False, checks=(not_negative("in_force", "disputed", "ended"),),
)  # fmt: skip
class InquiryResult(Record):
    """What was told of one subject, as it stood that day."""

    inquiry_id: Id = link("信用查询", to="inquiry", managed=True, required=True)
    subject_id: Id = link("查询对象", to=("person", "unit"), managed=True, required=True)
    subject_name: str = text("姓名或名称", managed=True, required=True, listed=8)
    in_force: int | None = number("有效失信", managed=True, listed=4)
    disputed: int | None = number("其中异议中", managed=True, listed=4)
    ended: int | None = number("已终止失信", managed=True, listed=4)
    trustworthy: int | None = number("守信", managed=True, listed=4)
    told: str = long_text("查询结论", managed=True)


@record_type(
    "credit_report", label="信用报告", title="code", part_of="inquiry", register=False,
    synced=False,
)  # fmt: skip
class CreditReport(Record):
    """One printed answer, kept byte for byte, so that a paper can be told from a forgery."""

    inquiry_id: Id = link("信用查询", to="inquiry", managed=True, required=True)
    version: int | None = number("版次", managed=True, required=True, listed=4)
    code: str = text("校验码", managed=True, required=True, searched=True, listed=12)
    pages: int | None = number("页数", managed=True, listed=4)
    sha256: str = text("文件摘要", managed=True, required=True)
    printed_by: Id = link("出具人", to="account", managed=True, listed=6)
    printed_at: datetime | None = moment("出具时间", managed=True, listed=9)
