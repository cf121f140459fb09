"""Drafts of forms: typed but not saved, kept across a crash or a closed window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from integrity_desk.domain.fields import Id
from integrity_desk.domain.records import type_named, type_of
from integrity_desk.errors import NotFound
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.storage import drafts
from integrity_desk.storage.drafts import Draft
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork

__all__ = ["DiscardDraft", "Draft", "DraftLine", "KeepDraft", "ListDrafts", "ShowDrafts"]


@dataclass(frozen=True, kw_only=True)
class KeepDraft(Command[None]):
    """Keep a form's plain values under a key that says where they belong.

    "new:<type>", "amend:<id>", "step:<id>:<act>", or "part:<owner>:<id of the part, or its type>".
    """

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


@dataclass(frozen=True, kw_only=True)
class ShowDrafts(Question["tuple[DraftLine, ...]"]):
    """This account's drafts as the workbench lists them, newest first."""

    permission: ClassVar[str] = "view"


@dataclass(frozen=True, kw_only=True)
class DraftLine:
    """One unsaved form: of a new record (``id`` is ""), or of something done to a record."""

    type: str
    id: Id
    title: str
    saved_at: datetime


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


@answers(ShowDrafts)
def show_drafts(question: ShowDrafts, reader: Reader) -> tuple[DraftLine, ...]:
    """Name each draft by what was typed, or by the record it amends."""
    kept = drafts.of_account(reader.database, reader.actor.account_id)
    return tuple(line for each in kept if (line := _line(each, reader)) is not None)


def _line(draft: Draft, reader: Reader) -> DraftLine | None:
    """None for the amendment of a record that is gone since."""
    kind, place, *_further = draft.key.split(":")
    if kind != "new":
        try:
            record = reader.load_any(place)
        except NotFound:
            return None
        declared = type_of(record)
        title = declared.title_of(record)
    else:
        declared = type_named(place)
        title = str(draft.content.get("values", {}).get(declared.title) or "")
    return DraftLine(
        type=declared.name,
        id=place if kind != "new" else "",
        title=title,
        saved_at=draft.saved_at,
    )
