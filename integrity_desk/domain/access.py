"""Access: that somebody looked at a masked value, and why (个人信息保护法 51, 54)."""

from __future__ import annotations

from integrity_desk.domain.fields import Id, link, text
from integrity_desk.domain.records import Record, record_type

_ANY = ("person", "reporter", "unit", "complaint")


@record_type("access", label="查看记录", title="reason", synced=False, register=False)
class Access(Record):
    """One unmasking of one field, kept for the auditor."""

    record_id: Id = link("被查看的记录", to=_ANY, managed=True, required=True)
    field: str = text("项目", managed=True, required=True)
    seen_by: Id = link("查看人", to="account", managed=True, required=True)
    reason: str = text("理由", section="查看记录", required=True, help="如：核对处分文件上的身份信息")
