"""Finding subjects by what people paste: names, identity numbers, credit codes, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from integrity_desk.domain.fields import Id, Kind
from integrity_desk.domain.identifiers import citizen_forms, normalise
from integrity_desk.domain.people import Person
from integrity_desk.domain.records import Record, type_of
from integrity_desk.domain.units import Unit
from integrity_desk.errors import InvalidInput
from integrity_desk.services.acts import Question, answers
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import N_, _


@dataclass(frozen=True, kw_only=True)
class ResolveSubjects(Question["Resolved"]):
    """Who is meant by a pasted list: one to a line, or divided by commas, stops or tabs."""

    text: str
    types: tuple[str, ...] = ("person", "unit")


@dataclass(frozen=True, kw_only=True)
class ResolveSheet(Question["Resolved"]):
    """Who is meant by the rows of a spreadsheet with a column of names or numbers."""

    path: Path
    types: tuple[str, ...] = ("person", "unit")


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One person or unit that was found, with what tells it from others of the name."""

    id: Id
    type: str
    name: str
    note: str
    """Unit and post of a person, kind of a unit."""


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """One pasted word that several bear; a person chooses among them."""

    text: str
    candidates: tuple[Subject, ...]


@dataclass(frozen=True, kw_only=True)
class Resolved:
    """Whom a list means; ``unknown`` words nobody bears, ``doubts`` several."""

    subjects: tuple[Subject, ...]
    doubts: tuple[Doubt, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Named:
    """Whom a list of words means, for lists that are not asked about further."""

    ids: tuple[Id, ...]
    unresolved: tuple[str, ...]


@answers(ResolveSubjects)
def resolve_subjects(question: ResolveSubjects, reader: Reader) -> Resolved:
    """Look each pasted word up."""
    return _resolved(_words(question.text), question.types, reader)


@answers(ResolveSheet)
def resolve_sheet(question: ResolveSheet, reader: Reader) -> Resolved:
    """Look each row up."""
    return _resolved(names_on(question.path), question.types, reader)


def names_on(path: Path) -> list[str]:
    """Return what each row of a sheet calls its person or unit, by the surest column it fills.

    InvalidInput when no column is headed as one of names or numbers.
    """
    from integrity_desk.documents.spreadsheet_reading import (  # noqa: PLC0415  (lazy: openpyxl)
        read_rows,
    )

    headings = [word for each in _NAME_HEADINGS for word in (each, _(each))]
    names = []
    for _row, cells in read_rows(path):
        told = next((cells[each].strip() for each in headings if cells.get(each)), "")
        if not told and not any(each in cells for each in headings):
            raise InvalidInput("", _("表格里没有“姓名”“单位名称”或“公民身份号码”一列。"))
        if told:
            names.append(told)
    return names


def _resolved(words: Iterable[str], types: tuple[str, ...], reader: Reader) -> Resolved:
    """Look each word up; identity numbers and codes are surer than names."""
    found: dict[Id, Subject] = {}
    doubts, unknown = [], []
    for word in dict.fromkeys(words):
        candidates = subjects_called(word, types, reader)
        if len(candidates) == 1:
            found[candidates[0].id] = candidates[0]
        elif candidates:
            doubts.append(Doubt(text=word, candidates=candidates))
        else:
            unknown.append(word)
    return Resolved(subjects=tuple(found.values()), doubts=tuple(doubts), unknown=tuple(unknown))


def resolve(words: Iterable[str], types: tuple[str, ...], reader: Reader) -> Named:
    """Return who is meant beyond doubt, and the words that leave a doubt."""
    ids: dict[Id, None] = {}
    unresolved = []
    for word in dict.fromkeys(words):
        candidates = subjects_called(word, types, reader)
        if len(candidates) == 1:
            ids[candidates[0].id] = None
        else:
            unresolved.append(word)
    return Named(ids=tuple(ids), unresolved=tuple(unresolved))


def subjects_called(word: str, types: tuple[str, ...], reader: Reader) -> tuple[Subject, ...]:
    """Return everybody of these types who bears a name, an identity number or a credit code."""
    found: dict[Id, Record] = {}
    if "person" in types:
        for person in (*reader.find(Person, name=word), *persons_numbered(word, reader)):
            if person.state != "merged":
                found[person.id] = person
    if "unit" in types:
        code = normalise(word, Kind.CREDIT_CODE)
        for equals in ({"name": word}, {"short_name": word}, {"credit_code": code}):
            found.update((unit.id, unit) for unit in reader.find(Unit, **equals))
    return tuple(subject_of(each, reader) for each in found.values())


def persons_numbered(number: str, reader: Reader) -> list[Person]:
    """Return whoever is registered under this identity number, in its old form too."""
    forms = citizen_forms(number)
    return [each for form in forms if form for each in reader.find(Person, citizen_id=form)]


def subject_of(record: Record, reader: Reader) -> Subject:
    """Return a person or unit as lists show it."""
    if isinstance(record, Person):
        unit = records.titles(reader.database, (record.unit_id,)).get(record.unit_id, "")
        note = _("，").join(filter(None, (unit, record.post)))
        return Subject(id=record.id, type="person", name=record.name, note=note)
    assert isinstance(record, Unit)
    kind = _(record.kind.label) if record.kind else ""
    return Subject(id=record.id, type=type_of(record).name, name=record.name, note=kind)


_NAME_HEADINGS = (
    N_("公民身份号码"), N_("身份证号"), N_("统一社会信用代码"), N_("姓名"), N_("单位名称"),
    N_("名称"),
)  # fmt: skip
"""Headings of a list of names, the surest first."""
_BETWEEN = re.compile(r"[\n\r\t,，;；、]+")


def _words(text: str) -> Iterable[str]:
    return (word.strip() for word in _BETWEEN.split(text) if word.strip())
