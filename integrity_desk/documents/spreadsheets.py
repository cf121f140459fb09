"""Spreadsheets out: .xlsx with a cover sheet, and .csv; long lists go row by row."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from integrity_desk.errors import MediaUnavailable
from integrity_desk.wording import _

DATA_SHEET = "数据"
"""Name of the sheet with the rows, by which ``read_rows`` finds it in any interface language."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A cell beginning so may be run as a formula by the program that opens it."""

Progress = Callable[[int], None]
"""Called with the number of rows done so far; may raise Cancelled."""


@dataclass(frozen=True, kw_only=True)
class Export:
    """What goes into a spreadsheet; ``about`` is the cover: (label, value), e.g. who and when."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[str]]
    about: Sequence[tuple[str, str]] = ()


def write_xlsx(target: Path, export: Export, progress: Progress | None = None) -> int:
    """Write a cover sheet and a data sheet; return the number of rows.

    All cells are text, so that identity numbers stay whole and nothing is run as a formula.
    MediaUnavailable when the file cannot be written; then, or when ``progress`` raises, nothing
    is left behind.
    """
    with _complete(target) as part, _workbook() as book:
        cover = book.create_sheet(_("说明"))
        data = book.create_sheet(DATA_SHEET)
        data.freeze_panes = "A2"
        for at, heading in enumerate(export.headings):
            data.column_dimensions[_letter(at)].width = max(12, 2.4 * len(heading))
        cell = _CellMaker(data)
        data.append([cell.bold(heading) for heading in export.headings])
        count = _write_all(export.rows, lambda row: data.append(cell.texts(row)), progress)
        data.auto_filter.ref = f"A1:{_letter(len(export.headings) - 1)}{count + 1}"
        _fill_cover(cover, export, count)
        book.save(part)
    return count


def write_csv(target: Path, export: Export, progress: Progress | None = None) -> int:
    """Write UTF-8 with a byte-order mark, as Excel and WPS expect; return the number of rows.

    A cell that might be run as a formula gets an apostrophe in front; ``read_rows`` takes it off.
    """
    with _complete(target) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(export.headings)
        return _write_all(export.rows, lambda row: writer.writerow(map(_harmless, row)), progress)


_PROGRESS_EVERY = 200
_NUMBER = re.compile(r"[+-]?\d[\d,.]*%?")
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
        cell = self._make(self._sheet, _CONTROLS.sub("", text))
        cell.data_type = "s"
        cell.number_format = "@"
        return cell


def _fill_cover(cover: Any, export: Export, count: int) -> None:
    cell = _CellMaker(cover)
    cover.column_dimensions["A"].width = 16
    cover.column_dimensions["B"].width = 60
    cover.append([cell.bold(export.title)])
    for label, value in (*export.about, (_("条数"), str(count))):
        cover.append(cell.texts([label, value]))


def _write_all(
    rows: Iterable[Sequence[str]],
    write: Callable[[Sequence[str]], object],
    progress: Progress | None,
) -> int:
    count = 0
    for count, row in enumerate(rows, start=1):
        write(row)
        if progress is not None and count % _PROGRESS_EVERY == 0:
            progress(count)
    if progress is not None:
        progress(count)
    return count


def _harmless(text: str) -> str:
    if text.startswith(FORMULA_STARTS) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def _letter(at: int) -> str:
    """Return the letters of column ``at`` (from 0): A … Z, AA …"""
    before = _letter(at // 26 - 1) if at >= 26 else ""
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
def _complete(target: Path) -> Iterator[Path]:
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
