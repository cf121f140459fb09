"""Taking the last act on a record back, where it may be; and saying beforehand whether it may."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import ClassVar

from integrity_desk.domain.attachments import Attachment
from integrity_desk.domain.fields import Id
from integrity_desk.domain.records import Record, type_of
from integrity_desk.domain.revisions import Clock, Revision
from integrity_desk.domain.steps import check
from integrity_desk.domain.undoing import LastAct, refuse_undo, restored
from integrity_desk.errors import DeskError, NotPermitted
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.guarding import guard
from integrity_desk.services.visibility import may_see
from integrity_desk.storage import deliveries, records, revisions
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _


@dataclass(frozen=True, kw_only=True)
class UndoLast(Command[Id]):
    """Restore what a record held before its last act; a new revision, so history keeps both."""

    id: Id


@dataclass(frozen=True, kw_only=True)
class JudgeUndo(Question["Undoable"]):
    """Whether the last act on a record may be taken back, and if not, what can be done instead."""

    permission: ClassVar[str] = "edit"
    id: Id


@dataclass(frozen=True, kw_only=True)
class Undoable:
    """The end of a record's history; ``refusal`` is "" when it may be taken back."""

    id: Id
    type: str
    refusal: str


@performs(UndoLast)
def undo_last(command: UndoLast, work: UnitOfWork) -> Id:
    """Load the record and its history, decide, save what stood before."""
    record = _visible(command.id, work)
    work.save(_before(record, work))
    return record.id


@answers(JudgeUndo)
def judge_undo(question: JudgeUndo, reader: Reader) -> Undoable:
    """Decide as the act itself would, and write nothing."""
    record = _visible(question.id, reader)
    try:
        _before(record, reader)
        refusal = ""
    except DeskError as refused:
        refusal = refused.sentence
    return Undoable(id=record.id, type=type_of(record).name, refusal=refusal)


def may_undo(record: Record, reader: Reader) -> bool:
    """Whether this account may take back the last act on a record it sees."""
    if not reader.actor.may(UndoLast.permission):
        return False
    try:
        _before(record, reader)
    except DeskError:
        return False
    return True


def _visible(rec: Id, reader: Reader) -> Record:
    record = reader.load_any(rec)
    if not may_see(record, reader):
        raise NotPermitted(_("这条内容只对经办人和复核员开放。"))
    return record


def _before(record: Record, reader: Reader) -> Record:
    """Return the record as it stood before its last act; DeskError when it must stay."""
    declared, history = type_of(record), reader.history(record.id)
    last = history[-1]
    act = LastAct(
        revisions=history,
        replica=reader.identity.replica,
        sent=deliveries.is_sealed(reader.database, last.dot),
        built_on=_others_with(last, reader) or _hangs_on(record, last, reader),
    )
    refuse_undo(declared, act, reader.actor, reader.today)
    before = dataclasses.replace(record, **restored(declared, history))
    check(before)
    guard(record, before, reader)
    return before


def _others_with(last: Revision, reader: Reader) -> bool:
    """Whether the same act wrote other records: its lines lie together, of one moment."""
    moment = Clock.at(last.hlc).ms
    beside = revisions.neighbours(reader.database, last.replica, last.n)
    return any(
        each.rec != last.rec and each.cmd == last.cmd and Clock.at(each.hlc).ms == moment
        for each in beside
    )


def _hangs_on(record: Record, last: Revision, reader: Reader) -> bool:
    """Whether something that points at the record was entered after the act."""
    pointing = [
        *records.pointing_at(reader.database, record.id, type_of(record).name),
        *reader.find(Attachment, owner_id=record.id),
    ]
    return any(reader.history(each.id)[0].hlc > last.hlc for each in pointing)
