"""The gate's memory: what was answered for a record before, by whom and when, offered again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from integrity_desk.domain.exemption_checks import (
    ExemptionCheck,
    answers_for,
    content_digest,
    strictest,
)
from integrity_desk.domain.fields import Id
from integrity_desk.domain.notices import GATE, GateAnswer, Notice
from integrity_desk.domain.records import made, type_of
from integrity_desk.domain.redactions import Redaction
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.following import follows
from integrity_desk.services.guarding import guard
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class RecallGate(Question["GateMemory"]):
    """What was answered before for these items, newest first for each of them."""

    item_ids: tuple[Id, ...]


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """The newest check of one item; ``changed`` when it was reworded since."""

    item_id: Id
    title: str
    by: str
    at: datetime | None
    notice: str
    changed: bool
    redactions: int


@dataclass(frozen=True, kw_only=True)
class GateMemory:
    """``answers`` are the most careful of all; offered only when every item was checked as is."""

    items: tuple[Remembered, ...]
    unchecked: int
    answers: dict[str, GateAnswer]
    publication_ground: str

    @property
    def redactions(self) -> int:
        """How many passages and fields were hidden when they were checked."""
        return sum(each.redactions for each in self.items)

    @property
    def offered(self) -> bool:
        """Whether the old answers can be taken over."""
        return bool(self.items) and not self.unchecked and not any(x.changed for x in self.items)


@dataclass(frozen=True, kw_only=True)
class RepeatRedactions(Command[int]):
    """Hide on a draft what was hidden of its items on the notices they stood on last."""

    permission: ClassVar[str] = "notice"
    notice_id: Id


@follows("notice", "submit")
def remember(notice: Notice, work: UnitOfWork) -> None:
    """Keep the answers for each item of a submitted notice."""
    hidden = work.find(Redaction, notice_id=notice.id)
    given = {name: getattr(notice, name) for name in GATE}
    for item_id in notice.item_ids:
        answers_given: dict[str, Any] = {**answers_for(item_id, given, hidden)}
        work.add(
            made(
                ExemptionCheck,
                item_id=item_id,
                notice_id=notice.id,
                content=content_digest(work.load_any(item_id)),
                publication_ground=notice.publication_ground,
                checked_by=work.actor.account_id,
                checked_at=work.now.replace(microsecond=0),
                **answers_given,
            )
        )


@answers(RecallGate)
def recall_gate(question: RecallGate, reader: Reader) -> GateMemory:
    """Look at the newest check of each item."""
    found = [_newest(item_id, reader) for item_id in question.item_ids]
    checks = [each for each in found if each is not None]
    linked = [each for check in checks for each in (check.checked_by, check.notice_id)]
    titles = records.titles(reader.database, linked)
    grounds = dict.fromkeys(each.publication_ground for each in checks if each.publication_ground)
    return GateMemory(
        items=tuple(_remembered(each, titles, reader) for each in checks),
        unchecked=len(found) - len(checks),
        answers=strictest(checks),
        publication_ground="\n".join(grounds),
    )


@performs(RepeatRedactions)
def repeat_redactions(command: RepeatRedactions, work: UnitOfWork) -> int:
    """Copy them; one whose words are gone is left for a person, by its guard's refusal."""
    notice = work.load(Notice, command.notice_id)
    standing = {_what(each) for each in work.find(Redaction, notice_id=notice.id)}
    copied = 0
    for item_id in notice.item_ids:
        check = _newest(item_id, work)
        for each in _redactions(check, work):
            if _what(each) in standing:
                continue
            copy = Redaction(
                notice_id=notice.id, item_id=item_id, heading=each.heading, passage=each.passage,
                exemption=each.exemption, reason=each.reason,
            )  # fmt: skip
            guard(None, copy, work)
            work.add(copy)
            copied += 1
    return copied


def _newest(item_id: Id, reader: Reader) -> ExemptionCheck | None:
    checks = reader.find(ExemptionCheck, item_id=item_id)
    return max(checks, key=lambda each: each.id, default=None)


def _redactions(check: ExemptionCheck | None, reader: Reader) -> Sequence[Redaction]:
    if check is None:
        return ()
    return reader.find(Redaction, notice_id=check.notice_id, item_id=check.item_id)


def _what(each: Redaction) -> tuple[Id, str, str]:
    return each.item_id, each.heading, each.passage


def _remembered(check: ExemptionCheck, titles: dict[Id, str], reader: Reader) -> Remembered:
    item = reader.load_any(check.item_id)
    return Remembered(
        item_id=item.id,
        title=type_of(item).title_of(item),
        by=titles.get(check.checked_by, ""),
        at=check.checked_at,
        notice=titles.get(check.notice_id, ""),
        changed=content_digest(item) != check.content,
        redactions=len(_redactions(check, reader)),
    )
