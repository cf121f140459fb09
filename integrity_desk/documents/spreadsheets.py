"""Spreadsheets out: .xlsx with a cover sheet, and .csv; long lists go row by row."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from integrity_desk.domain.csv_cells import harmless, kept_apart
from integrity_desk.errors import MediaUnavailable
from integrity_desk.wording import _

DATA_SHEET = "数据"
"""Name of the sheet with the rows, by which it is found again in any interface language."""
COVER_SHEETS = ("说明", "About")
"""Names of the cover in every interface language; it is never read as rows."""

_NARROWEST = 12
"""The least width of a column, in characters."""

Progress = Callable[[int], None]
"""Called with the number of rows done so far; may raise Cancelled."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """One sheet of a workbook, or one .csv; the last ``hidden`` columns are not for reading.

    ``numbers``: from the second column on only numbers between these two are to be filled in; the
    spreadsheet program refuses others.
    """

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[str]]
    hidden: int = 0
    numbers: tuple[int, int] | None = None
    first_width: int = _NARROWEST
    """Of the first column, in characters."""


@dataclass(frozen=True, kw_only=True)
class Export:
    """What goes into a spreadsheet; ``about`` is the cover: (label, value), e.g. who and when.

    ``further`` are tables that belong to the rows: sheets of their own, or files beside a .csv.
    """

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[str]]
    about: Sequence[tuple[str, str]] = ()
    hidden: int = 0
    numbers: tuple[int, int] | None = None
    first_width: int = _NARROWEST
    further: Sequence[Table] = ()

    @property
    def main(self) -> Table:
        """The register's own rows."""
        return Table(
            name=DATA_SHEET, headings=self.headings, rows=self.rows, hidden=self.hidden,
            numbers=self.numbers, first_width=self.first_width,
        )  # fmt: skip


def write_xlsx(target: Path, export: Export, progress: Progress | None = None) -> int:
    """Write a cover sheet and the data sheets; return the number of rows of the first.

    All cells are text, so that identity numbers stay whole and nothing is run as a formula.
    MediaUnavailable when the file cannot be written; then, or when ``progress`` raises, nothing
    is left behind.
    """
    tally = Tally(progress)
    with complete(target) as part, _workbook() as book:
        cover = book.create_sheet(_("说明"))
        for table in (export.main, *export.further):
            _fill_sheet(book.create_sheet(table.name), table, tally)
        cell = _CellMaker(cover)
        cover.column_dimensions["A"].width = 16
        cover.column_dimensions["B"].width = 60
        cover.append([cell.bold(export.title)])
        for label, value in tally.cover(export):
            cover.append(cell.texts([label, value]))
        book.save(part)
    return tally.counts[DATA_SHEET]


def write_csv(target: Path, export: Export, progress: Progress | None = None) -> int:
    """Write UTF-8 with a byte-order mark, as Excel and WPS expect; return the number of rows.

    A cell that might be run as a formula gets an apostrophe in front; reading takes it off.
    Further tables with rows, and the cover, become files of their own beside ``target``.
    """
    tally = Tally(progress)
    _write_csv_table(target, export.main, tally)
    for table in export.further:
        first, rows = _peek(table.rows)
        if first is not None:
            filled = Table(name=table.name, headings=table.headings, rows=rows)
            _write_csv_table(beside(target, table.name), filled, tally)
    about = Table(name="", headings=(_("说明"), export.title), rows=list(tally.cover(export)))
    _write_csv_table(beside(target, COVER_SHEETS[0]), about, Tally(None))
    return tally.counts[DATA_SHEET]


def beside(target: Path, name: str) -> Path:
    """Return the path of the .csv that holds a further table of ``target``."""
    return target.with_name(f"{target.stem}-{name}{target.suffix}")


class Tally:
    """Counts rows and digests their content while they are written."""

    def __init__(self, progress: Progress | None) -> None:
        self.counts: dict[str, int] = {}
        self._progress = progress
        self._digest = sha256()

    def through(self, table: Table) -> Iterator[Sequence[str]]:
        """Yield the rows of a table; say how far it is every two hundred."""
        self.counts[table.name] = count = 0
        self._add(table.name, table.headings)
        for row in table.rows:
            yield row
            self._add(row)
            self.counts[table.name] = count = count + 1
            if self._progress is not None and count % _PROGRESS_EVERY == 0:
                self._progress(sum(self.counts.values()))
        if self._progress is not None:
            self._progress(sum(self.counts.values()))

    def cover(self, export: Export) -> Iterator[tuple[str, str]]:
        """Yield the lines of the cover, with the counts and the digest of all rows."""
        yield from export.about
        yield _("条数"), str(self.counts.get(DATA_SHEET, 0))
        for name, count in self.counts.items():
            if name != DATA_SHEET:
                yield _("其中：{part}").format(part=name), str(count)
        yield _("内容摘要"), self._digest.hexdigest()

    def _add(self, *parts: Any) -> None:
        self._digest.update(json.dumps(parts, ensure_ascii=False, default=list).encode() + b"\n")


_PROGRESS_EVERY = 200
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML 1.0, and so .xlsx, cannot hold."""


class _CellMaker:
    """Makes text cells of one sheet (format @), so that editing keeps long numbers whole."""

    def __init__(self, sheet: Any) -> None:
        # lazy: 138 ms, needed only for spreadsheets
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
        from openpyxl.styles import Font  # noqa: PLC0415

        self._sheet = sheet
        self._make = WriteOnlyCell
        self._bold = Font(bold=True)

    def bold(self, text: str) -> Any:
        """Return a heading."""
        cell = self._text(text)
        cell.font = self._bold
        return cell

    def texts(self, row: Sequence[str]) -> list[Any]:
        """Return one row; empty cells are left out."""
        return [self._text(text) if text else None for text in row]

    def _text(self, text: str) -> Any:
        cell = self._make(self._sheet, _CONTROLS.sub("", kept_apart(text)))
        cell.data_type = "s"
        cell.number_format = "@"
        return cell


def _fill_sheet(sheet: Any, table: Table, tally: Tally) -> None:
    sheet.freeze_panes = "A2"
    shown = len(table.headings) - table.hidden
    for at, heading in enumerate(table.headings):
        column = sheet.column_dimensions[letter(at)]
        column.width = max(_NARROWEST if at else table.first_width, 2.4 * len(heading))
        column.hidden = at >= shown
    cell = _CellMaker(sheet)
    sheet.append([cell.bold(heading) for heading in table.headings])
    for row in tally.through(table):
        sheet.append(cell.texts(row))
    last = f"{letter(len(table.headings) - 1)}{tally.counts[table.name] + 1}"
    sheet.auto_filter.ref = f"A1:{last}"
    if table.numbers is not None:
        _ask_for_numbers(sheet, f"B2:{letter(shown - 1)}{tally.counts[table.name] + 1}", table)


def _ask_for_numbers(sheet: Any, cells: str, table: Table) -> None:
    """Let the spreadsheet program refuse what is no number between the limits."""
    # lazy: 138 ms, needed only for spreadsheets
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    assert table.numbers is not None
    least, most = table.numbers
    words = _("请填{least}至{most}之间的数。").format(least=least, most=most)
    asked = DataValidation(
        type="custom", formula1=f"AND(ISNUMBER(B2+0),B2+0>={least},B2+0<={most})",
        allow_blank=True, showErrorMessage=True, error=words,
    )  # fmt: skip
    asked.add(cells)
    sheet.data_validations.append(asked)


def _write_csv_table(target: Path, table: Table, tally: Tally) -> None:
    with complete(target) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.headings)
        for row in tally.through(table):
            writer.writerow(map(harmless, row))


def _peek(rows: Iterable[Sequence[str]]) -> tuple[Sequence[str] | None, Iterator[Sequence[str]]]:
    """Return the first row, or None, and all rows."""
    following = iter(rows)
    first = next(following, None)

    def whole() -> Iterator[Sequence[str]]:
        if first is not None:
            yield first
        yield from following

    return first, whole()


def letter(at: int) -> str:
    """Return the letters of column ``at`` (from 0): A … Z, AA …"""
    before = letter(at // 26 - 1) if at >= 26 else ""
    return before + chr(ord("A") + at % 26)


@contextmanager
def _workbook() -> Iterator[Any]:
    """Yield a streaming workbook; if it is not saved, its temporary files go at once."""
    # lazy: 138 ms, needed only for spreadsheets
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook(write_only=True)
    try:
        yield book
    finally:
        for sheet in book.worksheets:
            if not sheet.closed:
                sheet.close()
                sheet._writer.cleanup()


@contextmanager
def complete(target: Path) -> Iterator[Path]:
    """Yield a file beside ``target`` that takes its place only when it is complete."""
    part = target.with_name(target.name + ".part")
    try:
        yield part
        part.replace(target)
    except OSError as error:
        raise MediaUnavailable(
            _(
                "文件“{name}”无法写入。请关闭正在打开它的程序，检查磁盘空间和写入权限，或换一个位置。"
            ).format(name=target.name)
        ) from error
    finally:
        part.unlink(missing_ok=True)
