"""What is left out of a sheet, and why: fields and passages that may not be published.

Sources: 政府信息公开条例 14, 15, 16, and 37 (what can be told apart is published, the rest is not).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from integrity_desk.domain.fields import Id, choice, link, long_text, text
from integrity_desk.domain.notices import ITEMS
from integrity_desk.domain.publication import Exemption
from integrity_desk.domain.records import Record, record_type
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.wording import _

MARK = "〔已隐去〕"
"""What stands in place of hidden words; always the same, so that it does not tell their length."""

EVERYWHERE = "各栏"
"""The column of a passage that is hidden wherever it stands."""


def _says_what(record: Any) -> None:
    if record.heading == EVERYWHERE and not record.passage:
        raise InvalidInput("passage", _("遮盖各栏的，请写明要遮盖的文字。"))


@record_type(
    "redaction", label="遮盖", title="heading", part_of="notice", register=False,
    checks=(_says_what,),
)  # fmt: skip
class Redaction(Record):
    """One field or passage that does not stand on the sheets of a notice."""

    notice_id: Id = link("公示", to="notice", section="遮盖", required=True)
    item_id: Id = link("所在事项", to=ITEMS, listed=14, help="遮盖公示自身的标题、导语、正文时不选")
    heading: str = text(
        "栏目", required=True, listed=8, help="要遮盖的栏目名称，如“事实”；填“各栏”的，处处遮盖"
    )
    passage: str = long_text("遮盖的文字", listed=12, help="照原文填写；不填的，整栏隐去")
    exemption: Exemption | None = choice("依据", Exemption, required=True, listed=12)
    reason: str = long_text("遮盖的理由", required=True, listed=14)


def applies(redaction: Redaction, label: str) -> bool:
    """Whether a redaction concerns the column of this label."""
    return redaction.heading in (label, EVERYWHERE)


def redacted(text: str, label: str, redactions: Iterable[Redaction]) -> str:
    """Return what may be printed of the text of a column.

    StepRefused when a passage to be hidden no longer stands where it was: it was reworded since,
    and printing the new words unseen could publish what was to be hidden.
    """
    for each in redactions:
        if not applies(each, label):
            continue
        if not each.passage:
            return MARK if text else ""
        if each.heading == EVERYWHERE or each.passage in text:
            text = text.replace(each.passage, MARK)
        else:
            raise StepRefused(
                _(
                    "“{column}”的内容改过，原来要遮盖的文字找不到了。请把公示退回修改，重新遮盖。"
                ).format(column=label)
            )
    return text
