"""Drafts of forms: typed but not saved, kept across a crash or a closed window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.storage import drafts
from integrity_desk.storage.drafts import Draft
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork

__all__ = ["DiscardDraft", "Draft", "KeepDraft", "ListDrafts"]


@dataclass(frozen=True, kw_only=True)
class KeepDraft(Command[None]):
    """Keep a form's plain values; ``key`` is "new:<type>" or "amend:<id>"."""

    key: str
    content: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class DiscardDraft(Command[None]):
    """Forget a draft."""

    key: str


@dataclass(frozen=True, kw_only=True)
class ListDrafts(Question["tuple[Draft, ...]"]):
    """This account's drafts, newest first."""

    permission: ClassVar[str] = "view"


@performs(KeepDraft)
def keep_draft(command: KeepDraft, work: UnitOfWork) -> None:
    """Write the draft."""
    drafts.keep(work.database, command.key, work.actor.account_id, dict(command.content), work.now)
    work.touch("drafts")


@performs(DiscardDraft)
def discard_draft(command: DiscardDraft, work: UnitOfWork) -> None:
    """Take the draft away."""
    drafts.discard(work.database, command.key, work.actor.account_id)
    work.touch("drafts")


@answers(ListDrafts)
def list_drafts(question: ListDrafts, reader: Reader) -> tuple[Draft, ...]:
    """Read the drafts."""
    return tuple(drafts.of_account(reader.database, reader.actor.account_id))
