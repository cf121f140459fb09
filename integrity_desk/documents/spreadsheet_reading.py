"""Spreadsheets in: .xlsx and .csv as other offices send them, row by row, all values as text."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from integrity_desk.documents.spreadsheets import (
    COVER_SHEETS,
    DATA_SHEET,
    beside,
    letter,
)
from integrity_desk.domain.csv_cells import unescaped
from integrity_desk.errors import DeskError, InvalidInput, MediaUnavailable
from integrity_desk.wording import _


@dataclass(frozen=True, kw_only=True)
class SheetTable:
    """One sheet with a heading row; ``rows`` is read once, while the file is open.

    ``lead`` is what stands above the headings and the file's name: a title, often with the year.
    ``from_1904`` says by which calendar bare day numbers count. ``columns`` maps a heading to
    the letters of its column. ``followed`` says whether a table of parts comes after it.
    """

    name: str
    path: Path
    headings: tuple[str, ...]
    heading_row: int
    lead: str
    rows: Iterable[tuple[int, dict[str, str]]] = field(repr=False)
    from_1904: bool = False
    followed: bool = False

    @property
    def columns(self) -> dict[str, str]:
        """Heading to column letters."""
        return {heading: letter(at) for at, heading in enumerate(self.headings) if heading}


def read_tables(path: Path, parts: Iterable[str] = ()) -> Iterator[SheetTable]:
    """Yield the sheet with the rows, then those named in ``parts``; each is read in its turn.

    The heading row is the first with two filled cells, so that a title above it does not matter.
    Empty rows are skipped; days become ISO (2026-02-03), whole numbers lose their ".0", numbers
    too long for a spreadsheet program show as 3.50526199001011E+17. A further table of a .csv
    is the file beside it that ``documents.spreadsheets.beside`` names.
    InvalidInput when it is no table; MediaUnavailable when the file cannot be read.
    """
    magic = _magic(path)
    if magic == _OLD_EXCEL:
        raise InvalidInput(
            "", _("“{name}”是旧版 .xls 表格，请另存为 .xlsx 再导入。").format(name=path.name)
        )
    if magic == _ZIP:
        yield from _xlsx_tables(path, tuple(parts))
        return
    further = {name: each for name in parts if (each := beside(path, name)).exists()}
    yield replace(_under_headings(_csv_rows(path), DATA_SHEET, path), followed=bool(further))
    for name, each in further.items():
        yield _under_headings(_csv_rows(each), name, each)


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (row number as the sheet shows it, heading to text) of the first table."""
    for table in read_tables(path):
        yield from table.rows
        return


def is_workbook(path: Path) -> bool:
    """Whether the file is an .xlsx, whatever its name."""
    return _magic(path) == _ZIP


def csv_texts(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, texts) of a .csv, as they are read for an import."""
    yield from _csv_rows(path)


_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_ENCODINGS = ("utf-8-sig", "gb18030")
_CERTAIN = 10**15
"""Spreadsheet programs keep fifteen digits of a number; from here on the last ones are lost."""


def _magic(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4)
    except OSError as error:
        raise _unreadable(path) from error


def _xlsx_tables(path: Path, parts: tuple[str, ...]) -> Iterator[SheetTable]:
    with _opened(path) as book:
        by_name = {sheet.title: sheet for sheet in book.worksheets}
        plain = [sheet for name, sheet in by_name.items() if name not in COVER_SHEETS]
        main = by_name.get(DATA_SHEET) or (plain or book.worksheets)[0]
        further = [by_name[name] for name in parts if name in by_name and by_name[name] != main]
        for sheet in (main, *further):
            sheet.reset_dimensions()
            cells = (
                (number, [_plain(value) for value in row])
                for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
            )
            table = _under_headings(cells, sheet.title, path)
            yield replace(
                table, from_1904=book.epoch.year == 1904, followed=sheet is main and bool(further)
            )


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    # lazy: 138 ms, needed only for spreadsheets
    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=True)
            yield book
            book.close()
    except OSError as error:
        raise _unreadable(path) from error
    except (BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, SyntaxError) as e:
        raise InvalidInput(
            "", _("“{name}”不是完好的表格文件，请重新索取或另存后再导入。").format(name=path.name)
        ) from e


def _csv_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file, _csv_sentences(path):
        reader = csv.reader(file, dialect=_dialect(file.readline()))
        file.seek(0)
        number = 1
        for row in reader:
            yield number, [_plain(text) for text in row]
            number = reader.line_num + 1


def _encoding(path: Path) -> str:
    """Return the encoding of the whole file: UTF-8, or else what Chinese Excel writes."""
    content = path.read_bytes()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    for encoding in _ENCODINGS:
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if b"\0" not in content:
            return encoding
    raise InvalidInput(
        "", _("“{name}”不是表格文件，请选择 .xlsx 或 .csv 文件。").format(name=path.name)
    )


def _dialect(first_line: str) -> type[csv.Dialect]:
    return csv.excel_tab if first_line.count("\t") > first_line.count(",") else csv.excel


@contextmanager
def _csv_sentences(path: Path) -> Iterator[None]:
    try:
        yield
    except csv.Error as error:
        raise InvalidInput(
            "", _("“{name}”中的引号不成对，请检查后再导入。").format(name=path.name)
        ) from error


def _under_headings(cells: Iterator[tuple[int, list[str]]], name: str, path: Path) -> SheetTable:
    above = [path.stem]
    for number, row in cells:
        filled = [text for text in row if text]
        if len(filled) > 1:
            return SheetTable(
                name=name, path=path, headings=_checked_headings(row, path.name),
                heading_row=number, lead="\n".join(above),
                rows=_filled_rows(cells, _checked_headings(row, path.name)),
            )  # fmt: skip
        above += filled
    raise InvalidInput("", _("“{name}”中没有找到表头行。").format(name=path.name))


def _filled_rows(
    cells: Iterator[tuple[int, list[str]]], headings: tuple[str, ...]
) -> Iterator[tuple[int, dict[str, str]]]:
    for number, row in cells:
        values = dict(zip(headings, row + [""] * len(headings), strict=False))
        values.pop("", None)
        if any(values.values()):
            yield number, values


def _checked_headings(row: list[str], name: str) -> tuple[str, ...]:
    headings = tuple(text.replace("\n", "") for text in row)
    doubled = next((each for each in headings if each and headings.count(each) > 1), None)
    if doubled is not None:
        raise InvalidInput(
            "",
            _("“{name}”的表头“{heading}”出现了两次，请改成不同的名称。").format(
                name=name, heading=doubled
            ),
        )
    return headings


def _plain(value: Any) -> str:
    """Return any cell as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, datetime):
        at_midnight = value.time() == time()
        return value.date().isoformat() if at_midnight else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value)
    return _plain_text(str(value))


def _number(value: float) -> str:
    if abs(value) >= _CERTAIN:
        return f"{value:.14E}"
    return str(int(value)) if isinstance(value, int) or value.is_integer() else repr(value)


def _plain_text(text: str) -> str:
    text = unescaped(text.strip())
    found = _DAY.fullmatch(text)
    if found is None:
        return text
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        return text


def _unreadable(path: Path) -> DeskError:
    return MediaUnavailable(
        _("文件“{name}”无法读取，请确认它还在原处，并且没有被其他程序占用。").format(name=path.name)
    )
