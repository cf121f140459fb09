"""What a person answered when something was checked before publication, remembered per record.

Sources: 政府信息公开条例 14, 15, 16, 17 (whoever publishes checks first).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from integrity_desk.domain.fields import Id, choice, link, long_text, moment, text
from integrity_desk.domain.notices import GATE, ITEMS, GateAnswer
from integrity_desk.domain.plain import to_plain
from integrity_desk.domain.records import Record, record_type, type_of
from integrity_desk.domain.redactions import Redaction


@record_type(
    "exemption_check", label="公开审查", register=False, synced=False,
    written_once=True,
)  # fmt: skip
class ExemptionCheck(Record):
    """The answers given for one item when its notice was submitted; the newest one counts."""

    item_id: Id = link("公示事项", to=ITEMS, managed=True, required=True, listed=14)
    notice_id: Id = link("公示", to="notice", managed=True, required=True, listed=14)
    state_secret: GateAnswer | None = choice("国家秘密（第十四条）", GateAnswer, managed=True)
    forbidden: GateAnswer | None = choice(
        "法律、行政法规禁止公开（第十四条）", GateAnswer, managed=True
    )
    danger: GateAnswer | None = choice("危及安全稳定（第十四条）", GateAnswer, managed=True)
    third_party: GateAnswer | None = choice(
        "商业秘密、个人隐私（第十五条）", GateAnswer, managed=True
    )
    internal: GateAnswer | None = choice("内部事务信息（第十六条）", GateAnswer, managed=True)
    process: GateAnswer | None = choice("过程性信息（第十六条）", GateAnswer, managed=True)
    case_file: GateAnswer | None = choice("行政执法案卷信息（第十六条）", GateAnswer, managed=True)
    publication_ground: str = long_text("可以公开的理由", managed=True)
    content: str = text("内容摘要值", managed=True, required=True)
    checked_by: Id = link("审查人", to="account", managed=True, listed=8)
    checked_at: datetime | None = moment("审查时间", managed=True, listed=9)


_STRICTNESS = (GateAnswer.NOT_INVOLVED, GateAnswer.PUBLISHABLE, GateAnswer.REDACTED)
"""From what asks for least care to what asks for most."""


def answers_for(
    item_id: Id, given: Mapping[str, GateAnswer], redactions: Iterable[Redaction]
) -> dict[str, GateAnswer]:
    """Return what the answers given for a whole notice mean for one of its items.

    "Redacted" belongs to the items in which something is hidden on that ground; to all of them
    when nothing was hidden item by item.
    """
    hidden = [each for each in redactions if each.item_id]
    found = {}
    for name, answer in given.items():
        by_ground = [each for each in hidden if each.exemption and each.exemption.value == name]
        elsewhere = by_ground and not any(each.item_id == item_id for each in by_ground)
        concerns = answer is not GateAnswer.REDACTED or not elsewhere
        found[name] = answer if concerns else GateAnswer.NOT_INVOLVED
    return found


def strictest(checks: Iterable[ExemptionCheck]) -> dict[str, GateAnswer]:
    """Return the most careful remembered answer to each question."""
    kept = tuple(checks)
    found = {}
    for name in GATE:
        answers = [answer for each in kept if (answer := getattr(each, name)) is not None]
        if answers:
            found[name] = max(answers, key=_STRICTNESS.index)
    return found


def content_digest(item: Record) -> str:
    """Return the digest of what of a record may be published; another one means: check anew."""
    said = {
        field.name: to_plain(field, getattr(item, field.name))
        for field in type_of(item).fields
        if field.published
    }
    words = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()
