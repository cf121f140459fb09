"""The items of a notice that are not a table: a list, one after another, or a single item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from integrity_desk.documents.blocks import paragraph_height, write_centred, write_paragraph
from integrity_desk.documents.fonts import Role
from integrity_desk.documents.notice_looks import Look
from integrity_desk.documents.page import Flow
from integrity_desk.documents.pens import GREY, Pen
from integrity_desk.documents.tables import TableStyle, write_table
from integrity_desk.domain.sheets import Layout, NoticeSheet, Row
from integrity_desk.wording import _


@dataclass(frozen=True, kw_only=True)
class EntryStyle:
    """Type sizes of items in points, and the table's for the layout that is one."""

    size: float
    leading: float
    table: TableStyle


def write_items(flow: Flow, sheet: NoticeSheet, style: EntryStyle, look: Look) -> None:
    """Write the items in the sheet's layout, with a little room before and after."""
    if not sheet.rows:
        return
    flow.y -= 0.3 * style.leading
    if sheet.layout is Layout.TABLE:
        write_table(flow, sheet.columns, sheet.rows, style.table)
    for number, row in enumerate(sheet.rows, 1):
        if sheet.layout is Layout.LIST:
            _write_entry(flow, sheet, row, number, style, look)
        elif sheet.layout is Layout.SINGLE:
            _write_single(flow, sheet, row, number, style, look)
    flow.y -= 0.3 * style.leading


def _write_entry(
    flow: Flow, sheet: NoticeSheet, row: Row, number: int, style: EntryStyle, look: Look
) -> None:
    """Write one item of a list: its name as a heading, what is said of it beneath."""
    pdf = flow.pdf
    (_heading, name), *rest = _told(sheet, row)
    body = pdf.pen(Role.BODY, style.size)
    told = [_("{heading}：{text}").format(heading=heading, text=text) for heading, text in rest]
    keep = _height(flow, body, told, style.leading)
    if look.centred:
        pen = pdf.pen(Role.TITLE, style.size * 1.25, look.entry)
        flow.need(1.5 * style.leading + keep)
        write_centred(flow, pen, name, 1.5 * style.leading)
    else:
        pen = pdf.pen(Role.HEAD, style.size, look.entry)
        words = _("{number}．{name}").format(number=number, name=name)
        write_paragraph(flow, pen, words, style.leading, keep=keep)
    for words in told:
        write_paragraph(flow, body, words, style.leading)
    if number < len(sheet.rows):
        y = flow.y - 0.2 * style.leading
        pdf.line(flow.x, y, flow.x + flow.width, y, 0.5, look.frame if look.centred else GREY)
        flow.y -= 0.4 * style.leading


def _height(flow: Flow, pen: Pen, told: Sequence[str], leading: float) -> float:
    """What must follow an item's name: all that is said of it, or of a long item two lines."""
    if not told:
        return 0.0
    whole = sum(paragraph_height(flow, pen, words, leading) for words in told)
    return whole if whole <= flow.least_room * _KEPT_WHOLE else 2 * leading


_KEPT_WHOLE = 0.4
"""Share of a page up to which an item is not divided."""


def _write_single(
    flow: Flow, sheet: NoticeSheet, row: Row, number: int, style: EntryStyle, look: Look
) -> None:
    """Write an item by itself: every column a heading with its text under it."""
    pdf = flow.pdf
    if number > 1:
        flow.y -= 0.6 * style.leading
    head, body = pdf.pen(Role.HEAD, style.size, look.entry), pdf.pen(Role.BODY, style.size)
    for heading, text in _told(sheet, row):
        words = _("【{heading}】").format(heading=heading)
        write_paragraph(flow, head, words, style.leading, indent_em=0, keep=2 * style.leading)
        for paragraph in text.splitlines():
            write_paragraph(flow, body, paragraph, style.leading)


def _told(sheet: NoticeSheet, row: Row) -> list[tuple[str, str]]:
    """Return (heading, text) of the cells that say something; the running number is left out."""
    return list(_filled(sheet, row)) or [("", row.place)]


def _filled(sheet: NoticeSheet, row: Row) -> Iterator[tuple[str, str]]:
    for column, cell in zip(sheet.columns, row.cells, strict=True):
        if cell and column.heading != _("序号"):
            yield column.heading, cell
