"""Access: who looked at a masked value and why, and who took a register away.

Rule: 个人信息保护法 51, 54.
"""

from __future__ import annotations

from integrity_desk.domain.fields import Id, flag, link, number, text
from integrity_desk.domain.records import Record, record_type

_ANY = ("person", "reporter", "unit", "complaint")


@record_type("access", label="查看记录", title="reason", synced=False, register=False)
class Access(Record):
    """One unmasking of one field, kept for the auditor."""

    record_id: Id = link("被查看的记录", to=_ANY, managed=True, required=True)
    field: str = text("项目", managed=True, required=True)
    seen_by: Id = link("查看人", to="account", managed=True, required=True)
    reason: str = text(
        "理由", section="查看记录", required=True, help="如：核对处分文件上的身份信息"
    )


@record_type("handout", label="导出记录", title="register", synced=False, register=False)
class Handout(Record):
    """One spreadsheet handed out: which register, how much of it, and its digest."""

    register: str = text("台账", managed=True, required=True)
    narrowed: str = text("筛选", managed=True)
    rows: int | None = number("行数", managed=True, required=True)
    digest: str = text("文件摘要", managed=True, required=True)
    handed_by: Id = link("导出人", to="account", managed=True, required=True)
    in_full: bool = flag("未遮盖", managed=True)
    reason: str = text("理由", managed=True)
