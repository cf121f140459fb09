"""Reporters: who complained, kept apart from the complaint so that nothing else can show it."""

from __future__ import annotations

from typing import Any

from integrity_desk.domain.fields import Choice, Id, choice, citizen_id, link, phone, text
from integrity_desk.domain.records import Record, record_type
from integrity_desk.domain.steps import require


class ReporterKind(Choice):
    """How a reporter wishes to be known."""

    NAMED = "named", "实名"
    CONFIDENTIAL = "confidential", "实名，要求保密"
    ANONYMOUS = "anonymous", "匿名"


def _named_has_a_name(record: Any) -> None:
    if record.kind in (ReporterKind.NAMED, ReporterKind.CONFIDENTIAL):
        require(record, ("name",))


@record_type(
    "reporter", label="投诉举报人", title="name", part_of="complaint", companion=True,
    restricted=True, synced=False, register=False, checks=(_named_has_a_name,),
)  # fmt: skip
class Reporter(Record):
    """Who complained: seen by the case's handler and reviewers, never printed or sent.

    Rule: 信访工作条例 30, no passing of a report's material to the one reported.
    """

    complaint_id: Id = link("投诉举报", to="complaint", section="投诉举报人", required=True)
    kind: ReporterKind | None = choice("署名方式", ReporterKind, required=True)
    name: str = text("姓名或名称", sensitive=True)
    citizen_id: str = citizen_id("证件号码")
    phone: str = phone("联系电话")
    email: str = text("电子信箱", sensitive=True)
    address: str = text("通信地址", sensitive=True)
    relation: str = text("与事项的关系", sensitive=True, help="如：合同相对人、受益村民、知情人")
