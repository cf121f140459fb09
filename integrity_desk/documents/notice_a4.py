"""A notice as an official document on A4, on the grid of GB/T 9704-2012."""

from __future__ import annotations

from integrity_desk.documents.blocks import (
    SealStyle,
    fitting_size,
    seal_block_height,
    write_centred,
    write_paragraph,
    write_seal_block,
)
from integrity_desk.documents.fonts import Fonts, Role
from integrity_desk.documents.notice_entries import EntryStyle, write_items
from integrity_desk.documents.notice_looks import Look, look_of
from integrity_desk.documents.notice_words import (
    is_heading,
    objection_sentence,
    period_sentence,
    withheld_sentence,
)
from integrity_desk.documents.page import (
    A4,
    BODY_LEADING,
    BODY_SIZE,
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MARGIN_RIGHT,
    MARGIN_TOP,
    MM,
    Flow,
    PdfFile,
    total_wording,
)
from integrity_desk.documents.pens import GREY
from integrity_desk.documents.tables import TableStyle
from integrity_desk.domain.sheets import NoticeSheet
from integrity_desk.wording import _


def render(sheet: NoticeSheet, fonts: Fonts) -> bytes:
    """Return the notice as A4 pages."""
    look = look_of(sheet)
    pdf = PdfFile(
        fonts, title=sheet.title, subject=f"{sheet.kind} {sheet.number}",
        author=sheet.issuer, made_on=sheet.issued_on, size=A4,
    )  # fmt: skip
    flow = Flow(
        pdf, x=MARGIN_LEFT, width=pdf.width - MARGIN_LEFT - MARGIN_RIGHT,
        top=pdf.height - MARGIN_TOP, bottom=MARGIN_BOTTOM - 0.5 * MM,
        furnish=lambda: _furnish(pdf, sheet),
    )  # fmt: skip
    _write_letterhead(flow, sheet, look)
    _write_body(flow, sheet, look)
    pdf.end_page()
    return pdf.to_bytes()


_SEAL = SealStyle(size=BODY_SIZE, leading=BODY_LEADING, small=9, qr_side=24 * MM)
_TABLE = TableStyle(size=10.5, leading=16, padding=4, careful=True)
_ISSUER_SIZE = 36.0
_TITLE_SIZE = 22.0
"""No. 2 type."""
_PAGE_NUMBER_SIZE = 14.0
"""No. 4 type; the number's upper edge is 7 mm below the text block."""


def _write_letterhead(flow: Flow, sheet: NoticeSheet, look: Look) -> None:
    """Issuer in red (or the look's accent), number, double rule, title: seven lines of the grid."""
    pdf = flow.pdf
    size = fitting_size(pdf, Role.TITLE, sheet.issuer, flow.width * 0.96, _ISSUER_SIZE)
    middle = flow.x + flow.width / 2
    pdf.write(pdf.pen(Role.TITLE, size, look.accent).centred(middle, flow.y - 40, sheet.issuer))
    pdf.write(pdf.pen(Role.BODY, BODY_SIZE).centred(middle, flow.y - 72, sheet.number))
    right = flow.x + flow.width
    pdf.line(flow.x, flow.y - 84, right, flow.y - 84, 2.4, look.accent)
    pdf.line(flow.x, flow.y - 87.4, right, flow.y - 87.4, 0.8, look.accent)
    flow.y -= 4 * BODY_LEADING
    pdf.bookmark(sheet.title)
    write_centred(flow, pdf.pen(Role.TITLE, _TITLE_SIZE), sheet.title, 1.2 * BODY_LEADING)
    flow.y -= 0.6 * BODY_LEADING


def _write_body(flow: Flow, sheet: NoticeSheet, look: Look) -> None:
    pdf = flow.pdf
    body, head = pdf.pen(Role.BODY, BODY_SIZE), pdf.pen(Role.HEAD, BODY_SIZE)
    for paragraph in sheet.lead:
        heading = is_heading(paragraph)
        keep = 2 * BODY_LEADING if heading else 0.0
        write_paragraph(flow, head if heading else body, paragraph, BODY_LEADING, keep=keep)
    entries = EntryStyle(size=BODY_SIZE, leading=BODY_LEADING, table=_TABLE)
    write_items(flow, sheet, entries, look)
    if legend := withheld_sentence(sheet):
        write_paragraph(flow, body, legend, BODY_LEADING)
    write_paragraph(flow, body, period_sentence(sheet), BODY_LEADING)
    seal = seal_block_height(_SEAL)
    closing = BODY_LEADING if sheet.closing else 0.0
    write_paragraph(flow, body, objection_sentence(sheet), BODY_LEADING, keep=closing + seal)
    if sheet.closing:
        write_paragraph(flow, body, sheet.closing, BODY_LEADING, keep=seal)
    write_seal_block(flow, sheet, _SEAL)


def _furnish(pdf: PdfFile, sheet: NoticeSheet) -> None:
    """Page number — n — outside, right on odd pages and left on even ones; sheet data inside."""
    number = f"— {pdf.page_number} —"
    pen, small = pdf.pen(Role.BODY, _PAGE_NUMBER_SIZE), pdf.pen(Role.BODY, 8, GREY)
    y = MARGIN_BOTTOM - 7 * MM - _PAGE_NUMBER_SIZE
    left, right = MARGIN_LEFT + _PAGE_NUMBER_SIZE, pdf.width - MARGIN_RIGHT - _PAGE_NUMBER_SIZE
    footer = _("{number}　第{page}页　").format(number=sheet.number, page=pdf.page_number)
    if pdf.page_number % 2:
        pdf.write(pen.right(right, y, number))
        at = MARGIN_LEFT
    else:
        pdf.write(pen.text(left, y, number))
        at = right - small.width(footer + total_wording(1000))
    pdf.write(small.text(at, y, footer))
    pdf.total_pages(small, at + small.width(footer), y, total_wording)
