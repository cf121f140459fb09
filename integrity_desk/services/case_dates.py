"""All dates of a case with their clauses: what ran, what runs, what is paused or provisional."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from integrity_desk.domain.clocks import DayLine, DueDate
from integrity_desk.domain.deadline_lines import Deadline
from integrity_desk.domain.deadlines import DEADLINES
from integrity_desk.domain.due_days import basis, counted_runs, due_date
from integrity_desk.domain.fields import Id, Kind
from integrity_desk.domain.records import Record, parts_of, record_types, type_of
from integrity_desk.errors import NotFound, NotPermitted
from integrity_desk.services.acts import Question, answers
from integrity_desk.services.visibility import may_see
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import N_, _

LIMIT, EXTENDED, LATEST, GIVEN = "limit", "extended", "latest", "day"
"""Kinds of dates: counted by a clock; moved by an approved extension; the latest an extension may
reach; a day somebody entered."""

_LATEST = N_("最多可以延至")
_ENTERED = N_("登记的日期")


@dataclass(frozen=True, kw_only=True)
class ShowDates(Question["CaseDates"]):
    """The dates of one record; with ``explain`` each limit is counted out day by day."""

    id: Id
    explain: bool = False


@dataclass(frozen=True, kw_only=True)
class FindDates(Question["CaseDates"]):
    """The dates of the record of that number, of whatever register."""

    number: str
    explain: bool = False


@dataclass(frozen=True, kw_only=True)
class CaseDate:
    """One date: what it is for, the day, and what it rests on."""

    name: str
    kind: str
    day: date
    clause: str = ""
    rule: str = ""
    """The rule version it was counted by."""
    start: date | None = None
    provisional: bool = False
    paused: bool = False
    """The clock stands still; the day is the earliest it can still be."""
    running: bool = False
    """Something is awaited by this day."""
    late: bool = False
    summary: str = ""
    lines: tuple[DayLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CaseDates:
    """A record and its dates: limits first, then what was entered, each in order of days."""

    id: Id
    type: str
    number: str
    title: str
    state_label: str
    dates: tuple[CaseDate, ...]


@answers(ShowDates)
def show_dates(question: ShowDates, reader: Reader) -> CaseDates:
    """Load the record and list its dates."""
    return _dates_of(reader.load_any(question.id), reader, explain=question.explain)


@answers(FindDates)
def find_dates(question: FindDates, reader: Reader) -> CaseDates:
    """Look for the number in every register that gives numbers."""
    number = question.number.strip()
    for declared in record_types():
        if declared.prefix:
            for record in reader.find(declared.cls, number=number)[:1]:
                return _dates_of(record, reader, explain=question.explain)
    raise NotFound(_("没有编号为“{number}”的登记，请核对编号。").format(number=number))


def limits_of(record: Record, reader: Reader, *, explain: bool = False) -> list[CaseDate]:
    """Return the dates that a record's deadlines give, in the order of days."""
    found = [
        each
        for deadline in DEADLINES
        if deadline.type == type_of(record).name
        for each in _limits(deadline, record, reader, explain=explain)
    ]
    return sorted(found, key=lambda each: each.day)


def _dates_of(record: Record, reader: Reader, *, explain: bool) -> CaseDates:
    if not may_see(record, reader):
        raise NotPermitted(_("这条内容只对经办人和复核员开放。"))
    declared = type_of(record)
    limits = limits_of(record, reader, explain=explain)
    for part in parts_of(declared.name):
        for each in reader.find(part.cls, **{f"{declared.name}_id": record.id}):
            limits += limits_of(each, reader, explain=explain)
    state = declared.life.state(record.state) if declared.life else None
    return CaseDates(
        id=record.id, type=declared.name, number=record.number,
        title=declared.title_of(record), state_label=state.label if state else "",
        dates=(*sorted(limits, key=lambda each: each.day), *_entered(record)),
    )  # fmt: skip


def _limits(
    deadline: Deadline, record: Any, reader: Reader, *, explain: bool
) -> Iterator[CaseDate]:
    if not deadline.is_counted(record):
        day = getattr(record, deadline.field)
        if day is not None:
            yield CaseDate(
                name=_named(deadline, record), kind=LIMIT, day=day,
                clause=basis(deadline, record, reader.rules),
                running=deadline.is_open(record), late=_late(deadline, record, day, reader),
            )  # fmt: skip
        return
    for counted, runs, paused in counted_runs(deadline, record, reader.rules, reader.today):
        limit = _counted(counted, running=runs, paused=paused, explain=explain)
        kept = deadline.day(record)
        moved = kept if runs and deadline.extended and kept != counted.due else None
        late = runs and not moved and _late(deadline, record, counted.due, reader)
        yield dataclasses.replace(limit, late=late)
        if moved is not None:
            yield CaseDate(
                name=type_of(record).field(deadline.extended).label, kind=EXTENDED, day=moved,
                clause=counted.clause, rule=counted.rule_version, running=True,
                late=_late(deadline, record, moved, reader),
            )  # fmt: skip
    latest = due_date(deadline, record, reader.rules, longest=True)
    if latest is not None and latest.extension_days and deadline.extended:
        yield dataclasses.replace(_counted(latest), name=_LATEST, kind=LATEST)


def _counted(
    counted: DueDate, *, running: bool = False, paused: bool = False, explain: bool = False
) -> CaseDate:
    return CaseDate(
        name=counted.clock.name, kind=LIMIT, day=counted.due, clause=counted.clause,
        rule=counted.rule_version, start=counted.start, provisional=counted.provisional,
        paused=paused, running=running, summary=counted.summary,
        lines=counted.explanation if explain else (),
    )  # fmt: skip


def _late(deadline: Deadline, record: Any, day: date, reader: Reader) -> bool:
    return deadline.is_open(record) and day < reader.today


def _named(deadline: Deadline, record: Record) -> str:
    """A part's deadline carries which part it is: 分期应付日 3."""
    declared = type_of(record)
    label = _(deadline.label)
    return f"{label} {declared.title_of(record)}" if declared.part_of else label


def _entered(record: Record) -> Iterator[CaseDate]:
    fields = {each.field for each in DEADLINES if each.type == type_of(record).name}
    for field in type_of(record).fields:
        day = getattr(record, field.name) if field.kind is Kind.DAY else None
        if day is not None and field.name not in fields:
            yield CaseDate(name=field.label, kind=GIVEN, day=day, clause=_ENTERED)
