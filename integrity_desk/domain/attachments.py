"""Attachments: files that prove a record, kept by their digest."""

from __future__ import annotations

from integrity_desk.domain.fields import Choice, Id, choice, link, number, text
from integrity_desk.domain.records import Record, record_type, type_of

OWNERS = (
    "unit",
    "person",
    "annual_assessment",
    "commitment",
    "progress_entry",
    "instalment",
    "integrity_record",
    "measure",
    "objection",
    "repair",
    "rectification_order",
    "complaint",
    "reporter",
    "proposal",
    "question",
    "notice",
    "evaluation_scheme",
    "training",
    "pledge",
    "inquiry",
)
"""Types that carry files. What shows who complained belongs to the ``reporter``; a sealed item
carries nothing."""


class Purpose(Choice):
    """What a file proves."""

    EVIDENCE = "evidence", "证据材料"
    DECISION = "decision", "决定文书"
    SOURCE = "source", "承诺书或合同原件"
    ANSWER = "answer", "答复文书"
    PHOTO = "photo", "现场照片"
    OTHER = "other", "其他"


@record_type("attachment", label="附件", title="file_name", register=False)
class Attachment(Record):
    """One file of a record; its bytes lie in the store under their SHA-256."""

    owner_id: Id = link("所属记录", to=OWNERS, managed=True, required=True)
    file_name: str = text("文件名", section="附件", required=True, searched=True, listed=20)
    purpose: Purpose | None = choice("用途", Purpose, listed=8)
    note: str = text("说明", searched=True, listed=14)
    media_type: str = text("文件类型", managed=True, required=True)
    size_bytes: int | None = number("大小（字节）", managed=True, required=True, listed=6)
    sha256: str = text("文件摘要", managed=True, required=True)


def owner_of(record: Record) -> Id:
    """Return what a part or an attachment belongs to; "" for a record of its own."""
    if isinstance(record, Attachment):
        return record.owner_id
    owner = type_of(record).part_of
    return str(getattr(record, f"{owner}_id")) if owner else ""
