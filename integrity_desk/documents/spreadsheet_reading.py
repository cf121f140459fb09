"""Spreadsheets in: .xlsx and .csv as other offices send them, row by row, all values as text."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from integrity_desk.documents.spreadsheets import DATA_SHEET, FORMULA_STARTS
from integrity_desk.errors import DeskError, InvalidInput, MediaUnavailable
from integrity_desk.wording import _


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (row number as the sheet shows it, heading to text) below the heading row.

    The heading row is the first with two filled cells, so that a title above it does not matter.
    Empty rows are skipped; days become ISO (2026-02-03), whole numbers lose their ".0".
    InvalidInput when it is no table; MediaUnavailable when the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        raise _unreadable(path) from error
    if magic == _OLD_EXCEL:
        raise InvalidInput(
            "", _("“{name}”是旧版 .xls 表格，请另存为 .xlsx 再导入。").format(name=path.name)
        )
    cells = _xlsx_rows(path) if magic == _ZIP else _csv_rows(path)
    yield from _under_headings(cells, path.name)


_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_ENCODINGS = ("utf-8-sig", "gb18030")


def _xlsx_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    # lazy: 138 ms, needed only for spreadsheets
    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=True)
            named = [sheet for sheet in book.worksheets if sheet.title == DATA_SHEET]
            sheet = (named or book.worksheets)[0]
            sheet.reset_dimensions()
            for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
                yield number, [_plain(value) for value in row]
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


def _under_headings(
    cells: Iterable[tuple[int, list[str]]], name: str
) -> Iterator[tuple[int, dict[str, str]]]:
    headings: list[str] = []
    for number, row in cells:
        filled = sum(bool(text) for text in row)
        if not filled:
            continue
        if headings:
            values = dict(zip(headings, row + [""] * len(headings), strict=False))
            values.pop("", None)
            if any(values.values()):
                yield number, values
        elif filled > 1:
            headings = _checked_headings(row, name)
    if not headings:
        raise InvalidInput("", _("“{name}”中没有找到表头行。").format(name=name))


def _checked_headings(row: list[str], name: str) -> list[str]:
    headings = [text.replace("\n", "") for text in row]
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
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _plain_text(str(value))


def _plain_text(text: str) -> str:
    text = text.strip()
    if text.startswith("'") and text[1:].startswith(FORMULA_STARTS):
        return text[1:]
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
