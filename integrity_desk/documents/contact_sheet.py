"""A contact sheet: many documents small on few pages, each with its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from integrity_desk.documents.blocks import balanced
from integrity_desk.documents.fonts import Fonts, Role
from integrity_desk.documents.page import A4_LANDSCAPE, MM, PdfFile
from integrity_desk.documents.pens import GREY, Colour
from integrity_desk.wording import _


@dataclass(frozen=True, kw_only=True)
class Thumbnail:
    """One document: its name, how many pages it has, and its first page as a PNG file."""

    name: str
    pages: int
    image: bytes


def render_contact_sheet(
    title: str, thumbnails: Sequence[Thumbnail], fonts: Fonts, *, made_on: date
) -> bytes:
    """Return the sheet as a PDF; twelve documents a page."""
    pdf = PdfFile(
        fonts, title=title, subject=_("共{count}种").format(count=len(thumbnails)), author=title,
        made_on=made_on, size=A4_LANDSCAPE,
    )  # fmt: skip
    for first in range(0, max(1, len(thumbnails)), _A_PAGE):
        _write_page(pdf, title, thumbnails[first : first + _A_PAGE])
    return pdf.to_bytes()


_COLUMNS, _ROWS = 6, 2
_A_PAGE = _COLUMNS * _ROWS
_MARGIN = 12 * MM
_TITLE_SIZE, _NAME_SIZE = 14.0, 8.5
_NAME_LEADING = 11.0
_HEAD_HEIGHT = 12 * MM
_NAME_HEIGHT = 12 * MM
_GAP = 4 * MM
_HAIRLINE: Colour = (0.6, 0.6, 0.6)


def _write_page(pdf: PdfFile, title: str, shown: Sequence[Thumbnail]) -> None:
    pdf.bookmark(_("第{page}页").format(page=pdf.page_number))
    top = pdf.height - _MARGIN
    pdf.write(pdf.pen(Role.HEAD, _TITLE_SIZE).text(_MARGIN, top - _TITLE_SIZE, title))
    number = _("第{page}页").format(page=pdf.page_number)
    pdf.write(pdf.pen(Role.BODY, 9, GREY).right(pdf.width - _MARGIN, top - _TITLE_SIZE, number))
    width = (pdf.width - 2 * _MARGIN + _GAP) / _COLUMNS
    height = (pdf.height - 2 * _MARGIN - _HEAD_HEIGHT + _GAP) / _ROWS
    for at, each in enumerate(shown):
        x = _MARGIN + at % _COLUMNS * width
        y = top - _HEAD_HEIGHT - at // _COLUMNS * height
        _write_one(pdf, each, x, y, width - _GAP, height - _GAP)
    pdf.end_page()


def _write_one(
    pdf: PdfFile, shown: Thumbnail, x: float, top: float, width: float, height: float
) -> None:
    bottom = top - height + _NAME_HEIGHT
    pdf.picture(shown.image, x, bottom, width, height - _NAME_HEIGHT)
    pdf.frame(x, bottom, width, height - _NAME_HEIGHT, 0.4, _HAIRLINE)
    pen = pdf.pen(Role.BODY, _NAME_SIZE)
    words = _("{name}（{pages}页）").format(name=shown.name, pages=shown.pages)
    y = bottom - _NAME_LEADING
    for line in balanced(pen, words, width)[:2]:
        pdf.write(pen.centred(x + width / 2, y, line))
        y -= _NAME_LEADING
