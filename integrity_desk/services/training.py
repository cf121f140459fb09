"""Training for many at once: people picked by unit, attendance marked together or from a sheet."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from integrity_desk.domain.fields import Id
from integrity_desk.domain.people import Person
from integrity_desk.domain.records import made
from integrity_desk.domain.steps import check
from integrity_desk.domain.training import Attendance, Presence, Training
from integrity_desk.errors import InvalidInput
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.guarding import guard
from integrity_desk.services.naming import names_on, resolve
from integrity_desk.services.training_rules import of_person, require_open_list
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _


@dataclass(frozen=True, kw_only=True)
class ListStaff(Question["tuple[Staff, ...]"]):
    """Everybody in post, by unit; for picking many persons at once."""


@dataclass(frozen=True, kw_only=True)
class Staff:
    """One person that may be picked."""

    id: Id
    name: str
    unit_id: Id
    unit: str
    post: str


@dataclass(frozen=True, kw_only=True)
class ExpectPeople(Command[int]):
    """Put people on the list of a session; those already there are passed over."""

    training_id: Id
    person_ids: tuple[Id, ...]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """How one person's line on the list is to read."""

    presence: Presence
    reason: str = ""
    made_up_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class MarkAttendance(Command[int]):
    """Write who was there: {attendance id: mark}; the outcome is how many lines changed."""

    marks: Mapping[Id, Mark]


@dataclass(frozen=True, kw_only=True)
class StrikePeople(Command[int]):
    """Take people off the list again who were put there by mistake."""

    attendance_ids: tuple[Id, ...]


@dataclass(frozen=True, kw_only=True)
class ShowAttendance(Question["tuple[AttendanceLine, ...]"]):
    """The list of one session, by unit and name."""

    training_id: Id


@dataclass(frozen=True, kw_only=True)
class AttendanceLine:
    """One person on the list."""

    id: Id
    person_id: Id
    name: str
    unit: str
    presence: Presence
    reason: str
    made_up_on: date | None


@dataclass(frozen=True, kw_only=True)
class ImportAttendance(Command["SheetReading"]):
    """Take a sign-in sheet: who stands on it was there; others on the list stay as they are."""

    training_id: Id
    path: Path


@dataclass(frozen=True, kw_only=True)
class SheetReading:
    """What a sign-in sheet brought: how many are present, and whom nobody here is called."""

    present: int
    unknown: tuple[str, ...]


@answers(ListStaff)
def list_staff(question: ListStaff, reader: Reader) -> tuple[Staff, ...]:
    """Read who is in post, in the order of units and names."""
    people = reader.find(Person, state="in_post")
    units = records.titles(reader.database, (each.unit_id for each in people))
    staff = (
        Staff(
            id=each.id, name=each.name, unit_id=each.unit_id,
            unit=units.get(each.unit_id, ""), post=each.post,
        )
        for each in people
    )  # fmt: skip
    return tuple(sorted(staff, key=lambda each: (each.unit, each.name)))


@performs(ExpectPeople)
def expect_people(command: ExpectPeople, work: UnitOfWork) -> int:
    """Enter a line for each."""
    there = {each.person_id for each in _list(command.training_id, work)}
    wanted = [each for each in dict.fromkeys(command.person_ids) if each not in there]
    for person_id in wanted:
        _expect(command.training_id, person_id, Presence.EXPECTED, work)
    return len(wanted)


@performs(MarkAttendance)
def mark_attendance(command: MarkAttendance, work: UnitOfWork) -> int:
    """Write each line; one without its reason refuses all, by name."""
    for rec, mark in command.marks.items():
        line = work.load(Attendance, rec)
        marked = dataclasses.replace(
            line, presence=mark.presence, reason=mark.reason.strip(), made_up_on=mark.made_up_on
        )
        try:
            check(marked)
        except InvalidInput as problem:
            raise InvalidInput(
                problem.field,
                _("{name}：{problem}").format(name=line.person_name, problem=problem.sentence),
            ) from problem
        guard(line, marked, work)
        work.save(marked)
    return len(command.marks)


@performs(StrikePeople)
def strike_people(command: StrikePeople, work: UnitOfWork) -> int:
    """Void the lines; a session that is closed keeps its list."""
    for rec in command.attendance_ids:
        line = work.load(Attendance, rec)
        require_open_list(work.load(Training, line.training_id))
        work.void(line)
    return len(command.attendance_ids)


@answers(ShowAttendance)
def show_attendance(question: ShowAttendance, reader: Reader) -> tuple[AttendanceLine, ...]:
    """Read the list."""
    found = _list(question.training_id, reader)
    units = records.titles(reader.database, (each.unit_id for each in found))
    lines = (
        AttendanceLine(
            id=each.id, person_id=each.person_id, name=each.person_name,
            unit=units.get(each.unit_id, ""), presence=each.presence or Presence.EXPECTED,
            reason=each.reason, made_up_on=each.made_up_on,
        )
        for each in found
    )  # fmt: skip
    return tuple(sorted(lines, key=lambda line: (line.unit, line.name)))


@performs(ImportAttendance)
def import_attendance(command: ImportAttendance, work: UnitOfWork) -> SheetReading:
    """Find everybody on the sheet; who was not expected is put on the list as well."""
    there = {each.person_id: each for each in _list(command.training_id, work)}
    found = resolve(names_on(command.path), ("person",), work)
    for person_id in found.ids:
        line = there.get(person_id)
        if line is None:
            _expect(command.training_id, person_id, Presence.PRESENT, work)
        else:
            present = dataclasses.replace(
                line, presence=Presence.PRESENT, reason="", made_up_on=None
            )
            guard(line, present, work)
            work.save(present)
    return SheetReading(present=len(found.ids), unknown=found.unresolved)


def _list(training_id: Id, reader: Reader) -> list[Attendance]:
    return reader.find(Attendance, training_id=training_id)


def _expect(training_id: Id, person_id: Id, presence: Presence, work: UnitOfWork) -> None:
    """Write one line with all that belongs to it, so that it is one revision."""
    line = made(
        Attendance, training_id=training_id, person_id=person_id, presence=presence,
        **of_person(person_id, work),
    )  # fmt: skip
    check(line)
    guard(None, line, work)
    work.add(line)
