"""What a draft would print, and what is left out of it: for the person who redacts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from integrity_desk.domain.fields import Id
from integrity_desk.domain.notices import Notice
from integrity_desk.domain.records import type_of
from integrity_desk.domain.redactions import EVERYWHERE, Redaction
from integrity_desk.errors import StepRefused
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.notice_items import printed_texts
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _


@dataclass(frozen=True, kw_only=True)
class OpenRedactions(Question["Redactable"]):
    """The words of a notice, item by item, and what is hidden of them."""

    notice_id: Id


@dataclass(frozen=True, kw_only=True)
class Part:
    """One item, or the notice's own words (``id`` is ""): column -> words."""

    id: Id
    title: str
    texts: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Hidden:
    """One redaction, in words."""

    id: Id
    part: str
    heading: str
    words: str
    ground: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Redactable:
    """What a notice is made of, and what is hidden; ``open`` while it can be changed."""

    title: str
    parts: tuple[Part, ...]
    hidden: tuple[Hidden, ...]
    open: bool


@dataclass(frozen=True, kw_only=True)
class DropRedaction(Command[None]):
    """Take a redaction off a draft."""

    permission: ClassVar[str] = "notice"
    id: Id


@answers(OpenRedactions)
def open_redactions(question: OpenRedactions, reader: Reader) -> Redactable:
    """Read the notice, its items and its redactions."""
    notice = reader.load(Notice, question.notice_id)
    own = Part(id="", title=_("公示自身的文字"), texts=printed_texts(notice, "", reader))
    items = [reader.load_any(each) for each in notice.item_ids]
    parts = (
        *(
            Part(
                id=each.id,
                title=type_of(each).title_of(each),
                texts=printed_texts(notice, each.id, reader),
            )
            for each in items
        ),
        own,
    )
    titles = {each.id: each.title for each in parts}
    return Redactable(
        title=notice.title,
        parts=parts,
        hidden=tuple(
            _in_words(each, titles) for each in reader.find(Redaction, notice_id=notice.id)
        ),
        open=notice.state == "draft",
    )


@performs(DropRedaction)
def drop_redaction(command: DropRedaction, work: UnitOfWork) -> None:
    """Void it, while its notice is a draft."""
    redaction = work.load(Redaction, command.id)
    if work.load(Notice, redaction.notice_id).state != "draft":
        raise StepRefused(_("公示提交审核后不能再改遮盖内容，请先退回修改。"))
    work.void(redaction)


def _in_words(each: Redaction, titles: dict[Id, str]) -> Hidden:
    return Hidden(
        id=each.id,
        part=titles.get(each.item_id, _("（已移出的事项）")),
        heading=_(each.heading) if each.heading == EVERYWHERE else each.heading,
        words=each.passage or _("整栏"),
        ground=_(each.exemption.label) if each.exemption else "",
        reason=each.reason,
    )
