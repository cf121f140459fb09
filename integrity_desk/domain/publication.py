"""Whether something is made public, and why not: decisions shared by several registers."""

from __future__ import annotations

from typing import Any

from integrity_desk.domain.fields import Choice
from integrity_desk.domain.records import Record
from integrity_desk.errors import InvalidInput
from integrity_desk.wording import _


class Publication(Choice):
    """The decision to publish or not."""

    PUBLISH = "publish", "公示"
    WITHHOLD = "withhold", "不公示"


class Exemption(Choice):
    """Grounds for not publishing: 政府信息公开条例 14, 15, 16."""

    STATE_SECRET = "state_secret", "国家秘密（第十四条）"
    FORBIDDEN = "forbidden", "法律、行政法规禁止公开（第十四条）"
    DANGER = "danger", "危及国家、公共、经济安全或社会稳定（第十四条）"
    THIRD_PARTY = "third_party", "商业秘密、个人隐私（第十五条）"
    INTERNAL = "internal", "内部事务信息（第十六条）"
    PROCESS = "process", "过程性信息（第十六条）"
    CASE_FILE = "case_file", "行政执法案卷信息（第十六条）"


def withholding_has_reason(record: Record) -> None:
    """Refuse "not published" without ``publication_reason``."""
    decided: Any = record
    if decided.publication is Publication.WITHHOLD and not decided.publication_reason:
        raise InvalidInput("publication_reason", _("决定不公示的，请写明不公示的理由。"))
