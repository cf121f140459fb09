"""The integrity file of a person or a unit: one view over the registers, with a timeline.

Drafts and what waits for review are nobody's record yet: they are counted, not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from integrity_desk.domain.archiving import is_archived
from integrity_desk.domain.display import words
from integrity_desk.domain.fields import Id
from integrity_desk.domain.file_chapters import CHAPTERS, OWNER, Chapter
from integrity_desk.domain.integrity_files import IntegrityRecord
from integrity_desk.domain.people import Person
from integrity_desk.domain.records import Record, links_of, type_named, type_of
from integrity_desk.domain.units import Unit
from integrity_desk.errors import InvalidInput, NotPermitted
from integrity_desk.services.acts import Question, answers
from integrity_desk.services.naming import subject_of
from integrity_desk.services.standing import open_objections, standing_of
from integrity_desk.services.visibility import may_see
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _

MOST_SHOWN = 300
"""How many entries of one chapter a window shows, the newest; paper has them all."""


@dataclass(frozen=True, kw_only=True)
class ShowFile(Question["SubjectFile"]):
    """The integrity file of a person or a unit, as far as this account may see it."""

    subject_id: Id
    most: int = MOST_SHOWN


@dataclass(frozen=True, kw_only=True)
class FileEntry:
    """One record in a file. ``page`` and ``page_id`` are where it is opened, "" for nowhere."""

    chapter: str
    day: date | None
    when: str
    number: str
    says: str
    state_label: str
    tone: str
    page: str
    page_id: Id


@dataclass(frozen=True, kw_only=True)
class FileEvent:
    """Something that happened on a day."""

    day: date
    what: str
    says: str
    number: str
    tone: str
    page: str
    page_id: Id


@dataclass(frozen=True, kw_only=True)
class FileChapter:
    """The entries of one kind, newest first; ``count`` tells how many there are in all."""

    type: str
    label: str
    entries: tuple[FileEntry, ...]
    count: int


@dataclass(frozen=True, kw_only=True)
class SubjectFile:
    """A whole file: who it is about, how they stand, its chapters and its timeline."""

    subject_id: Id
    type: str
    name: str
    note: str
    told: str
    """How the subject stands, in one sentence."""
    measures: int
    """How many measures are in force or suspended."""
    chapters: tuple[FileChapter, ...]
    events: tuple[FileEvent, ...]
    """Newest first."""
    waiting: int
    """How many records are drafts or wait for review; they are not shown."""


@answers(ShowFile)
def show_file(question: ShowFile, reader: Reader) -> SubjectFile:
    """Load the subject and gather what the table of chapters names."""
    return file_of(subject_named(question.subject_id, reader), reader, most=question.most)


def subject_named(subject_id: Id, reader: Reader) -> Record:
    """Return a person or a unit that this account may see."""
    subject = reader.load_any(subject_id)
    if not isinstance(subject, Person | Unit):
        raise InvalidInput("subject_id", _("只有公务人员和单位有诚信档案。"))
    if not may_see(subject, reader):
        raise NotPermitted(_("这条内容只对经办人和复核员开放。"))
    return subject


def file_of(subject: Record, reader: Reader, *, most: int = 0) -> SubjectFile:
    """Return the file; ``most`` entries of each chapter, 0 for all."""
    known, standing = subject_of(subject, reader), standing_of(subject, reader)
    chapters, events, waiting = [], [], 0
    told_of = {subject.id}
    for chapter in CHAPTERS:
        found = list(_found(chapter, subject, told_of, reader))
        decided = [each for each in found if not _private(each)]
        told_of |= {each.id for each in decided}
        waiting += len(found) - len(decided)
        shown = _Shown(chapter, subject, decided, reader)
        entries = sorted(
            (shown.entry(each) for each in decided), key=lambda each: each.day or date.min,
            reverse=True,
        )  # fmt: skip
        told = type_named(chapter.type)
        if entries:
            kept = tuple(entries[:most] if most else entries)
            chapters.append(
                FileChapter(type=told.name, label=chapter.label, entries=kept, count=len(entries))
            )
        events += [event for each in decided for event in shown.events(each)]
    events.sort(key=lambda each: each.day, reverse=True)
    return SubjectFile(
        subject_id=subject.id,
        type=type_of(subject).name,
        name=known.name,
        note=known.note,
        told=standing.told(),
        measures=len(standing.measures),
        chapters=tuple(chapters),
        events=tuple(events[: most * 2] if most else events),
        waiting=waiting,
    )


def _found(
    chapter: Chapter, subject: Record, told_of: Iterable[Id], reader: Reader
) -> Iterator[Record]:
    """Every record of the chapter that this account may see, once each."""
    cls, seen = type_named(chapter.type).cls, set()
    for equals in _named_by(chapter, subject, told_of, reader):
        for each in reader.find(cls, **equals):
            if each.id not in seen and may_see(each, reader):
                seen.add(each.id)
                yield each


def _named_by(
    chapter: Chapter, subject: Record, told_of: Iterable[Id], reader: Reader
) -> Iterator[dict[str, Id]]:
    for name in chapter.subject.get(type_of(subject).name, ()):
        yield {name: subject.id}
    if chapter.hangs_on:
        for each in reader.find(IntegrityRecord, subject_id=subject.id):
            yield {chapter.hangs_on: each.id}
    if chapter.about:
        yield from ({chapter.about: rec} for rec in sorted(told_of))


def _private(record: Record) -> bool:
    life = type_of(record).life
    return life is not None and life.state(record.state).private


class _Shown:
    """How the records of one chapter read: with the names of what they link to, and owners."""

    def __init__(
        self, chapter: Chapter, subject: Record, found: Sequence[Record], reader: Reader
    ) -> None:
        self._chapter, self._subject, self._reader = chapter, subject, reader
        declared = type_named(chapter.type)
        owner = f"{declared.part_of}_id" if declared.part_of else chapter.about
        self._owners: dict[Id, Record] = {}
        for each in found if owner else ():
            rec = getattr(each, owner)
            if rec not in self._owners:
                self._owners[rec] = reader.load_any(rec)
        self._owner_of = owner
        everything = (*found, *self._owners.values())
        links = (linked for each in everything for _field, linked in links_of(each))
        self._titles = records.titles(reader.database, links)

    def entry(self, record: Any) -> FileEntry:
        """Return the record as one line of its chapter."""
        days = [self._value(record, name) for name, _words in self._chapter.events]
        day = next((each for each in days if each is not None), None)
        year = getattr(record, self._chapter.year) if self._chapter.year else None
        state, tone = self._state(record)
        page, page_id = self._page(record)
        return FileEntry(
            chapter=self._chapter.label,
            day=date(year, 12, 31) if year else day,
            when=_("{year}年度").format(year=year) if year else str(day or ""),
            number=self._number(record),
            says=self._says(record),
            state_label=state,
            tone=tone,
            page=page,
            page_id=page_id,
        )

    def events(self, record: Any) -> Iterator[FileEvent]:
        """What happened with the record, day by day."""
        page, page_id = self._page(record)
        for name, what in self._chapter.events:
            day = self._value(record, name)
            if day is not None and day <= self._reader.today:
                yield FileEvent(
                    day=day, what=what, says=self._says(record), number=self._number(record),
                    tone=self._state(record)[1], page=page, page_id=page_id,
                )  # fmt: skip

    def _says(self, record: Any) -> str:
        told = []
        for name in self._chapter.says:
            of, bare = self._of(record, name)
            field = type_of(of).field(bare)
            value = words(field, getattr(of, bare), self._titles).strip("。；\n")
            told.append(_("期限{day}").format(day=value) if value and bare == "due_on" else value)
        return _("，").join(filter(None, told))

    def _value(self, record: Any, name: str) -> Any:
        of, bare = self._of(record, name)
        return getattr(of, bare)

    def _of(self, record: Any, name: str) -> tuple[Any, str]:
        if not name.startswith(OWNER):
            return record, name
        return self._owners[getattr(record, self._owner_of)], name.removeprefix(OWNER)

    def _number(self, record: Any) -> str:
        owner = self._owner(record)
        return record.number or (owner.number if owner is not None else "")

    def _state(self, record: Record) -> tuple[str, str]:
        life = type_of(record).life
        if isinstance(record, IntegrityRecord) and open_objections(record.id, self._reader):
            return _("异议处理中"), "amber"
        if isinstance(record, IntegrityRecord) and self._archived(record):
            return _("已存档"), "grey"
        if life is None:
            return "", "grey"
        state = life.state(record.state)
        return _(state.label), state.tone

    def _archived(self, record: IntegrityRecord) -> bool:
        return is_archived(record, self._reader.rules, self._reader.today)

    def _owner(self, record: Any) -> Record | None:
        return self._owners.get(getattr(record, self._owner_of)) if self._owner_of else None

    def _page(self, record: Record) -> tuple[str, Id]:
        """Where it is opened: in its register, or where its owner is; parts of the subject not."""
        shown = self._owner(record) or record
        declared = type_of(shown)
        here = shown.id == self._subject.id or not declared.register
        return ("", "") if here else (declared.name, shown.id)
