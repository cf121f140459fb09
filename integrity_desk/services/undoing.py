"""Taking the last act on a record back, where it may be."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from integrity_desk.domain.attachments import Attachment
from integrity_desk.domain.fields import Id
from integrity_desk.domain.records import Record, type_of
from integrity_desk.domain.revisions import Clock, Revision
from integrity_desk.domain.steps import check
from integrity_desk.domain.undoing import LastAct, refuse_undo, restored
from integrity_desk.errors import NotPermitted
from integrity_desk.services.acts import Command, performs
from integrity_desk.services.guarding import guard
from integrity_desk.services.visibility import may_see
from integrity_desk.storage import deliveries, records, revisions
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _


@dataclass(frozen=True, kw_only=True)
class UndoLast(Command[Id]):
    """Restore what a record held before its last act; a new revision, so history keeps both."""

    id: Id


@performs(UndoLast)
def undo_last(command: UndoLast, work: UnitOfWork) -> Id:
    """Load the record and its history, decide, save what stood before."""
    record = work.load_any(command.id)
    if not may_see(record, work):
        raise NotPermitted(_("这条内容只对经办人和复核员开放。"))
    declared, history = type_of(record), work.history(record.id)
    last = history[-1]
    act = LastAct(
        revisions=history,
        replica=work.identity.replica,
        sent=deliveries.is_sealed(work.database, last.dot),
        built_on=_others_with(last, work) or _hangs_on(record, last, work),
    )
    refuse_undo(declared, act, work.actor, work.today)
    before = dataclasses.replace(record, **restored(declared, history))
    check(before)
    guard(record, before, work)
    work.save(before)
    return record.id


def _others_with(last: Revision, work: UnitOfWork) -> bool:
    """Whether the same act wrote other records: its lines lie together, of one moment."""
    moment = Clock.at(last.hlc).ms
    beside = revisions.neighbours(work.database, last.replica, last.n)
    return any(
        each.rec != last.rec and each.cmd == last.cmd and Clock.at(each.hlc).ms == moment
        for each in beside
    )


def _hangs_on(record: Record, last: Revision, work: UnitOfWork) -> bool:
    """Whether something that points at the record was entered after the act."""
    pointing = [
        *records.pointing_at(work.database, record.id, type_of(record).name),
        *work.find(Attachment, owner_id=record.id),
    ]
    return any(work.history(each.id)[0].hlc > last.hlc for each in pointing)
