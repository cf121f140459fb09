"""Registers as spreadsheets: exported in the columns of the declaration, imported from the same.

An import is looked at first: every row's problems are shown, and nothing is written until the
person says so; then all of it is one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar

from integrity_desk.domain.access import Handout
from integrity_desk.domain.display import local_minute, words
from integrity_desk.domain.fields import Field, Id, Kind
from integrity_desk.domain.plain import record_from_plain, to_plain
from integrity_desk.domain.reading import read_day, read_fen, read_moment, read_number
from integrity_desk.domain.records import Record, RecordType, type_named
from integrity_desk.domain.steps import check, require
from integrity_desk.errors import InvalidInput, NotPermitted
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.records import enter_record
from integrity_desk.services.registers import Filter, selection, titles_of
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _

_PAGE_ROWS = 500
_MOST_PROBLEMS = 1_000
_YES = frozenset({"是", "有", "√", "y", "yes", "true", "1"})


@dataclass(frozen=True, kw_only=True)
class ExportRegister(Command[int]):
    """Write a register to .xlsx or .csv; the outcome is the number of rows.

    Private values are masked. That it was handed out, to whom and how much, stays in the store.
    """

    permission: ClassVar[str] = "print"
    filter: Filter
    path: Path


@dataclass(frozen=True, kw_only=True)
class CheckImport(Question["ImportPreview"]):
    """What importing a spreadsheet would do; nothing is written."""

    permission: ClassVar[str] = "edit"
    type: str
    path: Path


@dataclass(frozen=True, kw_only=True)
class ImportRows(Command[int]):
    """Enter every row of a spreadsheet; the outcome is how many. Any problem refuses it whole."""

    type: str
    path: Path


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing wrong with one row; ``heading`` is "" when the row as a whole is meant."""

    row: int
    heading: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class ImportPreview:
    """What a dry run found; ``ignored`` headings match no field."""

    rows: int
    problems: tuple[Problem, ...]
    ignored: tuple[str, ...]


@performs(ExportRegister)
def export_register(command: ExportRegister, work: UnitOfWork) -> int:
    """Stream pages of rows into the file, then note that it was handed out."""
    from integrity_desk.documents.spreadsheets import (  # noqa: PLC0415  (lazy: openpyxl)
        Export,
        write_csv,
        write_xlsx,
    )

    declared = _register(command.filter.type)
    columns = _columns(declared)
    rows = records.row_numbers(work.database, selection(command.filter, work))
    export = Export(
        title=_(declared.label),
        headings=[_(field.label) for field in columns],
        rows=_cells(rows, declared, columns, work),
        about=_cover(declared, len(rows), work),
    )
    write = write_csv if command.path.suffix.lower() == ".csv" else write_xlsx
    total = len(rows)
    count = write(command.path, export, lambda done: work.progress.step(done, total, _("导出")))
    handout = Handout(
        register=declared.name,
        narrowed=command.filter.text,
        rows=count,
        digest=sha256(command.path.read_bytes()).hexdigest(),
        handed_by=work.actor.account_id,
    )
    check(handout)
    work.add(handout)
    return count


@answers(CheckImport)
def check_import(question: CheckImport, reader: Reader) -> ImportPreview:
    """Read and check every row as if it were entered."""
    declared = _register(question.type)
    problems: list[Problem] = []
    count = 0
    ignored: tuple[str, ...] = ()
    for row, cells in _read(question.path):
        count += 1
        if count == 1:
            ignored = tuple(name for name in cells if name not in _by_heading(declared))
        problems += _problems(row, cells, declared, reader)
        reader.progress.step(count, 0, _("核对"))
        if len(problems) >= _MOST_PROBLEMS:
            break
    return ImportPreview(rows=count, problems=tuple(problems), ignored=ignored)


@performs(ImportRows)
def import_rows(command: ImportRows, work: UnitOfWork) -> int:
    """Enter row by row; the first problem rolls everything back and names its row."""
    declared, count = _register(command.type), 0
    for row, cells in _read(command.path):
        try:
            enter_record(declared.name, _values(cells, declared, work), work)
        except InvalidInput as problem:
            raise InvalidInput(
                problem.field,
                _("第{row}行：{problem}没有导入任何内容，请改正后重新导入。").format(
                    row=row, problem=problem.sentence
                ),
            ) from problem
        count += 1
        work.progress.step(count, 0, _("导入"))
    return count


def _register(name: str) -> RecordType:
    """Return a type that has a register; accounts, reporters and logs are no spreadsheets."""
    declared = type_named(name)
    if not (declared.register and declared.handed_out):
        sentence = _("“{type}”没有台账，不能导入或导出。")
        raise NotPermitted(sentence.format(type=_(declared.label)))
    return declared


def _read(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    from integrity_desk.documents.spreadsheet_reading import (  # noqa: PLC0415  (lazy: openpyxl)
        read_rows,
    )

    return read_rows(path)


def _columns(declared: RecordType) -> list[Field]:
    first = [declared.field("number")] if declared.prefix else []
    return [*first, *declared.typed_fields]


def _cells(
    rows: Iterable[int], declared: RecordType, columns: list[Field], reader: Reader
) -> Iterator[list[str]]:
    numbers = list(rows)
    for start in range(0, len(numbers), _PAGE_ROWS):
        page = numbers[start : start + _PAGE_ROWS]
        found = records.at_rows(reader.database, declared.name, page)
        titles = titles_of(found.values(), columns, reader)
        for row in page:
            yield [words(field, getattr(found[row], field.name), titles) for field in columns]


def _cover(declared: RecordType, count: int, reader: Reader) -> list[tuple[str, str]]:
    return [
        (_("台账"), _(declared.label)),
        (_("登记点"), reader.desk_name),
        (_("导出人"), reader.actor.name),
        (_("导出时间"), local_minute(reader.now)),
        (_("行数"), str(count)),
    ]


def _problems(
    row: int, cells: Mapping[str, str], declared: RecordType, reader: Reader
) -> list[Problem]:
    """Every cell that cannot be read and every required one left empty, then the row's rules."""
    found, filled = [], _filled(cells, declared)
    for field in declared.entry_fields:
        try:
            if field.name in filled:
                _plain(field, filled[field.name], reader)
            elif field.required:
                require(declared.cls(), (field.name,))
        except InvalidInput as problem:
            found.append(_problem(row, declared, problem))
    return found or _broken_rules(row, cells, declared, reader)


def _broken_rules(
    row: int, cells: Mapping[str, str], declared: RecordType, reader: Reader
) -> list[Problem]:
    try:
        check(record_from_plain(declared, "", _values(cells, declared, reader)))
    except InvalidInput as problem:
        return [_problem(row, declared, problem)]
    return []


def _problem(row: int, declared: RecordType, problem: InvalidInput) -> Problem:
    heading = _(declared.field(problem.field).label) if declared.has(problem.field) else ""
    return Problem(row=row, heading=heading, sentence=problem.sentence)


def _values(cells: Mapping[str, str], declared: RecordType, reader: Reader) -> dict[str, Any]:
    """Turn the cells of one row into plain values by their headings."""
    return {
        name: _plain(declared.field(name), text, reader)
        for name, text in _filled(cells, declared).items()
    }


def _filled(cells: Mapping[str, str], declared: RecordType) -> dict[str, str]:
    fields = _by_heading(declared)
    return {fields[head].name: text for head, text in cells.items() if head in fields and text}


def _by_heading(declared: RecordType) -> dict[str, Field]:
    """Return the fields that may be imported by their words in Chinese and in this language."""
    fields = declared.entry_fields
    return {_(field.label): field for field in fields} | {field.label: field for field in fields}


def _plain(field: Field, text: str, reader: Reader) -> Any:
    try:
        return to_plain(field, _typed(field, text, reader))
    except InvalidInput as problem:
        sentence = _("“{field}”：{problem}").format(field=_(field.label), problem=problem.sentence)
        raise InvalidInput(field.name, sentence) from problem


def _typed(field: Field, text: str, reader: Reader) -> Any:
    if field.kind is Kind.DAY:
        return read_day(text)
    if field.kind is Kind.MOMENT:
        return read_moment(text)
    if field.kind is Kind.MONEY:
        return read_fen(text)
    if field.kind is Kind.NUMBER:
        return read_number(text)
    if field.kind is Kind.FLAG:
        return text.strip().lower() in _YES
    if field.choices is not None:
        return _chosen(field, text)
    if field.is_link:
        return _linked(field, text, reader)
    if field.sensitive and "*" in text:
        raise InvalidInput(field.name, _("遮盖过的内容不能导入，请填写完整内容，或者留空。"))
    return text.strip()


def _chosen(field: Field, text: str) -> Any:
    assert field.choices is not None
    by_label = {
        word: each for each in field.choices for word in (_(each.label), each.label, each.value)
    }
    parts = text.replace("，", "、").split("、") if field.kind is Kind.CHOICES else [text]
    unknown = next((part for part in parts if part.strip() not in by_label), None)
    if unknown is not None:
        raise InvalidInput(field.name, _("“{text}”不在可选的范围内。").format(text=unknown.strip()))
    chosen = tuple(by_label[part.strip()] for part in parts)
    return chosen if field.kind is Kind.CHOICES else chosen[0]


def _linked(field: Field, text: str, reader: Reader) -> Any:
    """Find the records that a cell names, by number or by name; exactly one each."""
    parts = text.replace("，", "、").split("、") if field.kind is Kind.LINKS else [text]
    found = tuple(_one_named(field, part.strip(), reader) for part in parts)
    return found if field.kind is Kind.LINKS else found[0]


def _one_named(field: Field, name: str, reader: Reader) -> Id:
    matching: list[Record] = []
    for target in field.to:
        declared = type_named(target)
        by_name = {declared.title: name} if declared.title else {}
        matching += reader.find(declared.cls, **by_name) if by_name else []
        matching += reader.find(declared.cls, number=name) if declared.prefix else []
    if len(matching) != 1:
        sentence = _("没有找到“{name}”，请先登记或改用编号。")
        if matching:
            sentence = _("有{count}条都叫“{name}”，请改用编号。")
        raise InvalidInput(field.name, sentence.format(name=name, count=len(matching)))
    return matching[0].id
