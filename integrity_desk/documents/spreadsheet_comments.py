"""A copy of a spreadsheet with remarks as comments on its cells, to be worked off one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from integrity_desk.documents.spreadsheet_reading import csv_texts, is_workbook
from integrity_desk.documents.spreadsheets import DATA_SHEET, complete
from integrity_desk.errors import InvalidInput
from integrity_desk.wording import _

_AUTHOR = "诚信台账"
_GROUND = "FFF2CC"
_LARGEST_BYTES = 12 << 20
"""Larger workbooks would not fit the memory of an office computer when opened whole."""


@dataclass(frozen=True, kw_only=True)
class Remark:
    """One sentence at one cell; without ``column`` it stands at the first cell of the row."""

    sheet: str
    row: int
    column: str
    text: str


def write_commented(path: Path, target: Path, remarks: Iterable[Remark]) -> None:
    """Write the copy to ``target``, an .xlsx; of a .csv too. The original is not touched.

    InvalidInput when the copy would replace the original or the workbook is too large.
    """
    if target.suffix.lower() != ".xlsx":
        raise InvalidInput("", _("核对报告请保存为 .xlsx 文件。"))
    if target.exists() and target.samefile(path):
        raise InvalidInput("", _("核对报告不能盖住原来的表格，请换一个文件名。"))
    if path.stat().st_size > _LARGEST_BYTES:
        raise InvalidInput("", _("表格太大，写不出带批注的副本，请分成几份再核对。"))
    book = _whole(path) if is_workbook(path) else _from_csv(path)
    placed: dict[tuple[str, str], list[str]] = {}
    for each in remarks:
        placed.setdefault((each.sheet, f"{each.column or 'A'}{each.row}"), []).append(each.text)
    for (sheet, address), texts in placed.items():
        _mark(book[sheet if sheet in book.sheetnames else book.sheetnames[0]][address], texts)
    with complete(target) as part, part.open("wb") as file:
        book.save(file)


def _mark(cell: Any, texts: list[str]) -> None:
    from openpyxl.comments import Comment  # noqa: PLC0415  (lazy: 138 ms)
    from openpyxl.styles import PatternFill  # noqa: PLC0415

    cell.comment = Comment("\n".join(texts), _AUTHOR, width=320, height=40 + 40 * len(texts))
    cell.fill = PatternFill("solid", fgColor=_GROUND)


def _whole(path: Path) -> Any:
    from openpyxl import load_workbook  # noqa: PLC0415  (lazy: 138 ms)

    return load_workbook(path)


def _from_csv(path: Path) -> Any:
    from openpyxl import Workbook  # noqa: PLC0415  (lazy: 138 ms)

    book = Workbook()
    sheet = book.active
    sheet.title = DATA_SHEET
    for number, row in csv_texts(path):
        for column, text in enumerate(row, start=1):
            if text:
                cell = sheet.cell(number, column, text)
                cell.data_type = "s"
                cell.number_format = "@"
    return book
