"""One person entered twice becomes one, and may become two again: nothing is lost either way.

Merging points whatever names the one at the other, in one act; the log keeps what stood before.
Splitting puts back what that act wrote, except where somebody has written since. What was asked
and looked at stays with whom it was about (inquiries, looks at private values): a log is not
rewritten.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from integrity_desk.domain.fields import Field, Id
from integrity_desk.domain.identifiers import citizen_forms
from integrity_desk.domain.merging import merged
from integrity_desk.domain.people import Person
from integrity_desk.domain.plain import from_plain, to_plain
from integrity_desk.domain.records import Record, record_types, type_of
from integrity_desk.domain.revisions import Revision
from integrity_desk.domain.training import Attendance
from integrity_desk.errors import InvalidInput
from integrity_desk.services.following import follows
from integrity_desk.services.guarding import Guarded, guards
from integrity_desk.services.naming import persons_numbered
from integrity_desk.storage import revisions
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _

MERGE = "person.merge"
"""The act's name in the log."""
STAYING = frozenset({"access", "handout", "inquiry", "inquiry_result", "credit_report"})
"""Types that say what was done at a time; they keep the name they were written with."""
_TRACES = ("divided_from_id", "divided_into_ids", "divide_reason")
"""Fields that say what was done to a registration; they stay with it."""
_OWN = ("merged_into_id", "merge_reason", "left_on", "left_to", *_TRACES)
"""Fields of a person that are not handed on."""


@guards("person")
def merged_with_somebody_else(guarded: Guarded[Person], work: UnitOfWork) -> None:
    """Into another person, who is not merged, and whose identity number is no other."""
    if guarded.act != "merge":
        return
    gone = guarded.after
    kept = work.load(Person, gone.merged_into_id)
    if kept.id == gone.id or kept.state == "merged":
        words = _("不能并入本人，也不能并入已并入他人的登记，请另选。")
        raise InvalidInput("merged_into_id", words)
    both = gone.citizen_id and kept.citizen_id
    if both and kept.citizen_id not in citizen_forms(gone.citizen_id):
        words = _("两份登记的身份证号码不同，不是同一人。确系同一人的，请先更正号码再并入。")
        raise InvalidInput("merged_into_id", words)


@guards("person")
def registered_once(guarded: Guarded[Person], work: UnitOfWork) -> None:
    """One identity number is one person, unless a note beside it says why it stands twice."""
    person, before = guarded.after, guarded.before
    same = before is not None and before.citizen_id == person.citizen_id
    if guarded.act or same or not person.citizen_id or person.citizen_id_note:
        return
    for other in persons_numbered(person.citizen_id, work):
        if other.id != person.id and other.state != "merged":
            words = _("这个号码已登记给“{name}”，请用那一份登记；确有两人同号的，写明核对说明。")
            raise InvalidInput("citizen_id", words.format(name=other.name))


@follows("person", "merge")
def hand_on(gone: Person, work: UnitOfWork) -> None:
    """Point at the kept person whatever named the one gone, and fill what is empty there."""
    kept = work.load(Person, gone.merged_into_id)
    for record, field in list(naming(gone.id, work)):
        if not _is_there_already(record, kept, work):
            work.save(pointed(work.load_any(record.id), field, gone.id, kept.id))
    kept = work.load(Person, kept.id)
    filled = {
        field.name: getattr(gone, field.name)
        for field in type_of(Person).typed_fields
        if field.name not in _OWN and getattr(kept, field.name) == field.empty
    }
    work.save(dataclasses.replace(kept, **filled))


@follows("person", "split")
def take_back(person: Person, work: UnitOfWork) -> None:
    """Put back what the merging wrote, and the state the person had before it."""
    history = work.history(person.id)
    at = next(at for at in reversed(range(len(history))) if history[at].cmd == MERGE)
    for line in revisions.of_act(work.database, history[at]):
        _put_back(line, work)
    state = str(merged(history[:at]).values.get("state", "in_post"))
    work.save(dataclasses.replace(work.load(Person, person.id), state=state))


def naming(person_id: Id, reader: Reader) -> Iterator[tuple[Record, Field]]:
    """Yield every record that names a person, with the field that does."""
    for declared in record_types():
        if declared.name in STAYING:
            continue
        for field in declared.link_fields:
            if "person" not in field.to or field.name in _TRACES:
                continue
            if field.empty == ():
                found = [
                    each for each in reader.find(declared.cls)
                    if person_id in getattr(each, field.name)
                ]  # fmt: skip
            else:
                found = reader.find(declared.cls, **{field.name: person_id})
            yield from ((each, field) for each in found if each.id != person_id)


def merged_into(person_id: Id, reader: Reader) -> tuple[Id, ...]:
    """Return the persons that were merged into this one, whose looks and inquiries are its own."""
    return tuple(each.id for each in reader.find(Person, merged_into_id=person_id))


def stood_under(person: Person, reader: Reader) -> Iterator[tuple[Id, datetime | None]]:
    """Yield every registration a person stood under, and until when; None for until today."""
    yield person.id, None
    for each in merged_into(person.id, reader):
        yield each, None
    if person.divided_from_id:
        yield person.divided_from_id, person.entered_at


def pointed(record: Any, field: Field, gone: Id, kept: Id) -> Record:
    """Return the record with one person in the place of another."""
    value: Any = kept
    if field.empty == ():
        ids = (kept if each == gone else each for each in getattr(record, field.name))
        value = tuple(dict.fromkeys(ids))
    changed: Record = dataclasses.replace(record, **{field.name: value})
    return changed


def _is_there_already(record: Record, kept: Person, reader: Reader) -> bool:
    """Whether the kept person stands on the same list; nobody stands twice on one."""
    if not isinstance(record, Attendance):
        return False
    found = reader.find(Attendance, training_id=record.training_id, person_id=kept.id)
    return bool(found)


def _put_back(line: Revision, work: UnitOfWork) -> None:
    """Restore the fields a line wrote, where its writing still stands."""
    record: Any = work.load_any(line.rec)
    declared = type_of(record)
    earlier = [each for each in work.history(line.rec) if each.hlc < line.hlc]
    before = merged(earlier).values
    restored = {
        name: from_plain(declared.field(name), before[name])
        if name in before
        else declared.field(name).empty
        for name, written in line.set.items()
        if declared.has(name) and to_plain(declared.field(name), getattr(record, name)) == written
    }
    work.save(dataclasses.replace(record, **restored))
