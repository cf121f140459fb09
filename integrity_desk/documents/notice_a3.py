"""A notice as an A3 poster for the notice board, in type that is legible at two metres."""

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
from integrity_desk.documents.notice_looks import Look, draw_band, draw_frame, look_of
from integrity_desk.documents.notice_words import (
    is_heading,
    objection_sentence,
    period_sentence,
    withheld_sentence,
)
from integrity_desk.documents.page import A3, MM, Flow, PdfFile, total_wording
from integrity_desk.documents.pens import GREY
from integrity_desk.documents.tables import TableStyle
from integrity_desk.documents.tiling import SCALE, TiledPdf
from integrity_desk.domain.sheets import NoticeSheet
from integrity_desk.wording import _


def render(sheet: NoticeSheet, fonts: Fonts, *, tiled: bool = False) -> bytes:
    """Return the poster in the largest type that keeps it on one sheet, or on two A4 if ``tiled``.

    Type smaller than can be read at two metres is not used: the poster then has more sheets.
    """
    scale = SCALE if tiled else 1.0
    sizes = [each for each in _BODY_SIZES if each * scale >= _BODY_SIZES[-1]]
    tries = (*((size, False) for size in sizes), *((size, True) for size in sizes[-3:]))
    for size, close in tries:
        pdf = _compose(sheet, fonts, size, tiled=tiled, close=close)
        if pdf.page_number == 1:
            break
    else:
        smaller = ((size, True) for size in sizes[-2:])
        tried = [
            _compose(sheet, fonts, size, tiled=tiled, close=close)
            for size, close in (*_OF_SEVERAL_SHEETS, *smaller)
        ]
        pdf = min(tried, key=lambda each: each.page_number)
    pdf.end_page()
    return pdf.to_bytes()


_BODY_SIZES = (32.0, 30.0, 28.0, 26.0, 24.0, 22.0)
"""The smallest is 7.8 mm: thirteen minutes of arc at two metres."""
_OF_SEVERAL_SHEETS = ((26.0, False), (24.5, False))
"""The largest, unless a smaller one saves a sheet."""
_SMALLEST_CELL = 20.0
"""7 mm: twelve minutes of arc at two metres."""
_MARGIN = 28 * MM
_FRET = 8 * MM
"""What the ornaments at the foot take of the page."""
_TITLE_SIZES = (40.0, 30.0)
_KIND_SIZES, _LEADINGS = (92.0, 72.0), (1.5, 1.36)
"""As it should be, and where that saves a second sheet."""


def _compose(sheet: NoticeSheet, fonts: Fonts, size: float, *, tiled: bool, close: bool) -> PdfFile:
    """Return the poster, its last page still open; ``close`` saves on heading and leading."""
    look = look_of(sheet)
    pdf = (TiledPdf if tiled else PdfFile)(
        fonts, title=sheet.title, subject=f"{sheet.kind} {sheet.number}",
        author=sheet.issuer, made_on=sheet.issued_on, size=A3,
    )  # fmt: skip
    flow = Flow(
        pdf, x=_MARGIN, width=pdf.width - 2 * _MARGIN, top=pdf.height - _MARGIN,
        bottom=_MARGIN + (_FRET if look.ornaments else 0.0),
        furnish=lambda: _furnish(pdf, sheet, look),
    )  # fmt: skip
    _write_heading(flow, sheet, look, _KIND_SIZES[close])
    smallest = _SMALLEST_CELL / (SCALE if tiled else 1.0)
    _write_body(flow, sheet, size, look, smallest, _LEADINGS[close])
    return pdf


def _write_heading(flow: Flow, sheet: NoticeSheet, look: Look, largest: float) -> None:
    pdf = flow.pdf
    pdf.bookmark(sheet.title)
    spaced = _spaced(sheet.kind)
    size = fitting_size(pdf, Role.TITLE, spaced, flow.width, largest)
    if look.band:
        draw_band(pdf, look, flow.y - size * 1.42, size * 1.56, _MARGIN - 4 * MM)
    write_centred(flow, pdf.pen(Role.TITLE, size, look.kind), spaced, size * 1.3)
    flow.y -= 26 if look.band else 8
    size = fitting_size(pdf, Role.TITLE, sheet.title, flow.width * 0.96, _TITLE_SIZES[0])
    size = max(size, _TITLE_SIZES[1])
    write_centred(flow, pdf.pen(Role.TITLE, size), sheet.title, size * 1.35)
    flow.y -= 14
    pdf.line(flow.x, flow.y, flow.x + flow.width, flow.y, 2, look.accent)
    flow.y -= 18


def _write_body(
    flow: Flow, sheet: NoticeSheet, size: float, look: Look, smallest: float, spread: float
) -> None:
    pdf = flow.pdf
    leading = size * spread
    body, head = pdf.pen(Role.BODY, size), pdf.pen(Role.HEAD, size)
    for paragraph in sheet.lead:
        pen = head if is_heading(paragraph) else body
        write_paragraph(flow, pen, paragraph, leading, keep=leading if pen is head else 0.0)
    small = max(size * 0.8, smallest)
    table = TableStyle(
        size=small, leading=small * 1.4, padding=7, rule=0.8, frame=1.6, careful=True,
        head=look.head,
    )  # fmt: skip
    write_items(flow, sheet, EntryStyle(size=size, leading=leading, table=table), look)
    if legend := withheld_sentence(sheet):
        write_paragraph(flow, body, legend, leading)
    write_paragraph(flow, body, period_sentence(sheet), leading)
    seal = SealStyle(size=max(size * 0.9, smallest), leading=size * 1.7, small=13, qr_side=32 * MM)
    closing = leading if sheet.closing else 0.0
    height = seal_block_height(seal)
    write_paragraph(flow, body, objection_sentence(sheet), leading, keep=closing + height)
    if sheet.closing:
        write_paragraph(flow, body, sheet.closing, leading, keep=height)
    flow.need(height)
    flow.y = flow.bottom + height
    write_seal_block(flow, sheet, seal)


def _spaced(kind: str) -> str:
    """Set a short kind (公示) apart as headings on notice boards are."""
    return "　".join(kind) if len(kind) <= 3 else "\u2002".join(kind)


def _furnish(pdf: PdfFile, sheet: NoticeSheet, look: Look) -> None:
    draw_frame(pdf, look)
    pen = pdf.pen(Role.BODY, 12, GREY)
    words = _("{number}　第{page}页　").format(number=sheet.number, page=pdf.page_number)
    x, y = pdf.width / 2 - pen.width(words) / 2, 23 * MM
    pdf.write(pen.text(x, y, words))
    pdf.total_pages(pen, x + pen.width(words), y, total_wording)
