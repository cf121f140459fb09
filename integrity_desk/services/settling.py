"""The settle list: what two desks wrote into the same field, side by side, until a person decides.

Settling is a new write that names all the versions it replaces, so it holds at every desk.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from integrity_desk.domain.attachments import owner_of
from integrity_desk.domain.fields import Id
from integrity_desk.domain.merging import Merged, Survivor, merged
from integrity_desk.domain.plain import from_plain, to_plain
from integrity_desk.domain.records import Record, RecordType, type_named, type_of
from integrity_desk.domain.revisions import VOID, Clock, Revision, Value
from integrity_desk.domain.steps import check, derived
from integrity_desk.domain.times import from_epoch_ms
from integrity_desk.errors import InvalidInput, NotFound, NotPermitted
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.record_history import author_of, desk_of, written_words
from integrity_desk.services.visibility import may_see
from integrity_desk.storage import foreign
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import N_, _

KEEP, REMOVE = "keep", "remove"
"""What may be decided of a record that one desk declared void while another wrote to it."""

VOID_LABEL = N_("是否删除")


@dataclass(frozen=True, kw_only=True)
class ListUnsettled(Question["tuple[UnsettledLine, ...]"]):
    """The records with something to settle that this account may see."""


@dataclass(frozen=True, kw_only=True)
class ShowUnsettled(Question["Unsettled"]):
    """All versions of everything to settle in one record."""

    id: Id


@dataclass(frozen=True, kw_only=True)
class Settle(Command[Id]):
    """Decide disputed fields of one record.

    ``chosen`` maps a field to the version ("replica-n") that shall stand, or, for ``_void``, to
    "keep" or "remove"; ``written`` maps a field to a third value, as plain value.
    """

    id: Id
    chosen: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class UnsettledLine:
    """One record of the list: where it is opened, and the labels of its disputed fields."""

    page: str
    id: Id
    type_label: str
    number: str
    title: str
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of a field: what it says, who wrote it, when and on which desk."""

    code: str
    words: str
    by: str
    desk: str
    at: datetime
    shown: bool


@dataclass(frozen=True, kw_only=True)
class Disputed:
    """One field to settle; ``free`` when a person may write something else instead."""

    name: str
    label: str
    versions: tuple[Version, ...]
    free: bool


@dataclass(frozen=True, kw_only=True)
class Unsettled:
    """One record and everything in it that waits for a person; ``may_settle`` for this account."""

    page: str
    owner: Id
    id: Id
    type: str
    type_label: str
    number: str
    title: str
    fields: tuple[Disputed, ...]
    may_settle: bool


@answers(ListUnsettled)
def list_unsettled(question: ListUnsettled, reader: Reader) -> tuple[UnsettledLine, ...]:
    """Read the list that merging keeps."""
    found = []
    for rec, type_name, names in foreign.unsettled(reader.database):
        record = _standing(rec, reader)
        if record is None or not may_see(record, reader):
            continue
        declared = type_named(type_name)
        found.append(
            UnsettledLine(
                page=declared.name, id=rec, type_label=declared.label, number=record.number,
                title=declared.title_of(record),
                fields=tuple(_label(declared, name) for name in names),
            )
        )  # fmt: skip
    return tuple(found)


@answers(ShowUnsettled)
def show_unsettled(question: ShowUnsettled, reader: Reader) -> Unsettled:
    """Put the versions of every disputed field beside one another."""
    record = reader.load_any(question.id)
    if not may_see(record, reader):
        raise NotPermitted(_("这条内容只对经办人和复核员开放。"))
    declared = type_of(record)
    revisions = reader.history(record.id)
    by_dot = {each.dot: each for each in revisions}
    shown = merged(revisions)
    owner = owner_of(record) or record.id
    return Unsettled(
        page=type_of(reader.load_any(owner)).name,
        owner=owner,
        id=record.id,
        type=declared.name,
        type_label=declared.label,
        number=record.number,
        title=declared.title_of(record),
        fields=tuple(
            _disputed(declared, name, writes, by_dot, reader)
            for name, writes in _in_form_order(declared, shown)
        ),
        may_settle=_may_settle(record, shown, reader),
    )


@performs(Settle)
def settle(command: Settle, work: UnitOfWork) -> Id:
    """Write what was decided; what nobody decided stays on the list."""
    record = work.load_any(command.id)
    shown = merged(work.history(record.id))
    if not may_see(record, work) or not _may_settle(record, shown, work):
        raise NotPermitted(_("这条登记已经复核，只能由复核员裁定。"))
    decided = {**_chosen(command, record, shown), **_written(command, record, shown)}
    removal = decided.pop(VOID, None)
    if removal is True:
        work.void(record)
        return record.id
    declared = type_of(record)
    typed = {name: from_plain(declared.field(name), value) for name, value in decided.items()}
    settled = derived(dataclasses.replace(record, **typed), work.rules)
    check(settled)
    if removal is False:
        decided[VOID] = False
    if decided:
        work.decide(settled, {**_followed(record, settled), **decided})
    return record.id


def _chosen(command: Settle, record: Record, shown: Merged) -> dict[str, Value]:
    decided: dict[str, Value] = {}
    for name, code in command.chosen.items():
        if name == VOID and VOID in shown.conflicts and code in (KEEP, REMOVE):
            decided[VOID] = code == REMOVE
            continue
        found = [each for each in shown.conflicts.get(name, ()) if each.dot == code]
        if name == VOID or not found:
            raise NotFound(_("这一项已经裁定过，或又有了新的版本，请刷新后再看。"))
        decided[name] = found[0].value
    return decided


def _written(command: Settle, record: Record, shown: Merged) -> dict[str, Value]:
    declared = type_of(record)
    decided: dict[str, Value] = {}
    for name, plain in command.written.items():
        if name not in shown.conflicts or not declared.has(name) or declared.field(name).managed:
            raise InvalidInput(name, _("没有名为“{name}”的项目。").format(name=name))
        decided[name] = to_plain(declared.field(name), from_plain(declared.field(name), plain))
    return decided


def _followed(record: Record, settled: Record) -> dict[str, Value]:
    """What the program derives from the fields that were decided."""
    return {
        each.name: to_plain(each, getattr(settled, each.name))
        for each in type_of(record).fields
        if each.managed and getattr(settled, each.name) != getattr(record, each.name)
    }


def _may_settle(record: Record, shown: Merged, reader: Reader) -> bool:
    """Where a second person's word is at stake, a second person decides."""
    if reader.is_newer(record.id) or not reader.actor.may("edit"):
        return False
    life = type_of(record).life
    judged = life is not None and life.judged(record.state)
    grave = judged or not shown.conflicts.keys().isdisjoint({VOID, "state"})
    return reader.actor.may("approve") or not grave


def _in_form_order(declared: RecordType, shown: Merged) -> list[tuple[str, tuple[Survivor, ...]]]:
    """The same order at every desk, whatever came first; the question of deletion last."""
    places = {each.name: place for place, each in enumerate(declared.fields)}
    last = len(places)
    return sorted(shown.conflicts.items(), key=lambda each: (places.get(each[0], last), each[0]))


def _disputed(
    declared: RecordType,
    name: str,
    writes: tuple[Survivor, ...],
    by_dot: Mapping[str, Revision],
    reader: Reader,
) -> Disputed:
    if name == VOID:
        return _deletion(writes, by_dot, reader)
    known = declared.field(name) if declared.has(name) else None
    versions = tuple(
        Version(
            code=write.dot, words=written_words(known, write.value, reader),
            shown=write is writes[-1], **_signed(write, by_dot[write.dot], reader),
        )
        for write in reversed(writes)
    )  # fmt: skip
    return Disputed(
        name=name, label=_label(declared, name), versions=versions,
        free=known is not None and not known.managed and not known.is_link,
    )  # fmt: skip


def _deletion(
    writes: tuple[Survivor, ...], by_dot: Mapping[str, Revision], reader: Reader
) -> Disputed:
    removed = [each for each in writes if each.field == VOID and each.value is True]
    beside = [each for each in writes if each not in removed]
    sides = ((KEEP, N_("保留（另有新的修改）"), beside), (REMOVE, N_("删除"), removed))
    versions = tuple(
        Version(
            code=code, words=_(said), shown=code == KEEP,
            **_signed(some[-1], by_dot[some[-1].dot], reader),
        )
        for code, said, some in sides
        if some
    )  # fmt: skip
    return Disputed(name=VOID, label=VOID_LABEL, versions=versions, free=False)


def _signed(write: Survivor, revision: Revision, reader: Reader) -> dict[str, Any]:
    return {
        "by": author_of(revision, reader),
        "desk": desk_of(revision, reader),
        "at": from_epoch_ms(Clock.at(write.hlc).ms),
    }


def _label(declared: RecordType, name: str) -> str:
    if name == VOID:
        return VOID_LABEL
    return declared.field(name).label if declared.has(name) else name


def _standing(rec: Id, reader: Reader) -> Record | None:
    try:
        return reader.load_any(rec)
    except NotFound:
        return None
