"""What is left out of a sheet, and why: fields and passages that may not be published.

Sources: 政府信息公开条例 14, 15, 16, and 37 (what can be told apart is published, the rest is not).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from integrity_desk.domain.fields import Id, choice, link, long_text, text
from integrity_desk.domain.notices import ITEMS
from integrity_desk.domain.publication import Exemption
from integrity_desk.domain.records import Record, record_type
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.wording import _

MARK = "〔已隐去〕"
"""What stands in place of hidden words; always the same, so that it does not tell their length.

On paper it is drawn as a black bar, and copied out as this.
"""

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


@dataclass(frozen=True, kw_only=True)
class Hiding:
    """What is hidden on one sheet; with several grounds every mark bears its ground's number."""

    redactions: tuple[Redaction, ...]
    numbers: Mapping[Exemption | None, str]

    def of(self, item_id: Id) -> Hiding:
        """Return what is hidden of one item; of the notice's own words for ""."""
        mine = tuple(each for each in self.redactions if each.item_id == item_id)
        return Hiding(redactions=mine, numbers=self.numbers)

    def over(self, text: str, label: str) -> str:
        """Return what may be printed of the text of a column.

        StepRefused when a passage to be hidden no longer stands where it was: it was reworded
        since, and printing the new words unseen could publish what was to be hidden.
        """
        for each in self.redactions:
            if not applies(each, label):
                continue
            mark = MARK + self.numbers.get(each.exemption, "")
            if not each.passage:
                return mark if text else ""
            if each.heading == EVERYWHERE or each.passage in text:
                text = text.replace(each.passage, mark)
            else:
                raise StepRefused(
                    _(
                        "“{column}”的内容改过，原来要遮盖的文字找不到了。"
                        "请把公示退回修改，重新遮盖。"
                    ).format(column=label)
                )
        return text


def grounds_of(redactions: Iterable[Redaction]) -> tuple[Exemption, ...]:
    """Return the grounds on which something is hidden, in the order of the law."""
    given = {each.exemption for each in redactions}
    return tuple(each for each in Exemption if each in given)


def numbers_of(grounds: Sequence[Exemption]) -> dict[Exemption | None, str]:
    """Return the number of each ground; nothing when there is only one, which needs none."""
    return dict(zip(grounds, _NUMBERS, strict=False)) if len(grounds) > 1 else {}


_NUMBERS = "①②③④⑤⑥⑦⑧⑨"
assert len(Exemption) <= len(_NUMBERS)
