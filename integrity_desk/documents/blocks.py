"""The parts notices are made of: paragraphs, centred titles, the seal block with its QR code."""

from __future__ import annotations

from dataclasses import dataclass

from integrity_desk.documents.fonts import Role
from integrity_desk.documents.lines import Line, set_paragraph, wrap
from integrity_desk.documents.page import MM, Flow, PdfFile
from integrity_desk.documents.pens import Pen
from integrity_desk.domain.display import long_day
from integrity_desk.domain.sheets import NoticeSheet, sheet_code, sheet_qr_text
from integrity_desk.wording import _

ASCENT = 0.88
"""Height of a Han character above its baseline, in em."""


@dataclass(frozen=True, kw_only=True)
class SealStyle:
    """Measures of the seal block in points."""

    size: float
    leading: float
    small: float
    qr_side: float
    seal_radius: float = 21 * MM
    """Seals of county and township organs are 42 mm across (国务院关于国家行政机关印章的规定)."""


def write_paragraph(
    flow: Flow, pen: Pen, text: str, leading: float, *, indent_em: float = 2.0, keep: float = 0.0
) -> None:
    """Write one paragraph; ``keep`` is the height that must follow its last line on the page.

    No line of it stands alone on a page; one of up to three lines is not divided.
    """
    measure = flow.width / pen.size * 1000
    lines = set_paragraph(text, pen.typeface, measure, indent=indent_em * 1000)
    for at, line in enumerate(lines):
        left = len(lines) - at
        if left <= 2 or (at == 0 and left == 3):
            flow.need(left * leading + keep)
        else:
            flow.need(leading if at else 2 * leading)
        _write_line(flow, pen, line, leading)


def paragraph_height(
    flow: Flow, pen: Pen, text: str, leading: float, *, indent_em: float = 2.0
) -> float:
    """Return the height ``write_paragraph`` takes for a text."""
    measure = flow.width / pen.size * 1000
    lines = set_paragraph(text, pen.typeface, measure, indent=indent_em * 1000)
    return len(lines) * leading


def write_centred(flow: Flow, pen: Pen, text: str, leading: float) -> None:
    """Write a title in the middle, in lines of about equal length."""
    for part in balanced(pen, text, flow.width):
        y = flow.y - (leading - pen.size) / 2 - ASCENT * pen.size
        _write_spaced(flow.pdf, pen, flow.x + flow.width / 2, y, part)
        flow.y -= leading


def balanced(pen: Pen, text: str, width: float) -> list[str]:
    """Break a title into as few lines as ``width`` allows, the lines about equally long."""
    advances = pen.typeface.advances
    measure = width / pen.size * 1000
    least = len(wrap(text, advances, measure))
    narrow = pen.typeface.width(text) / least
    while len(lines := wrap(text, advances, narrow)) > least:
        narrow += 250
    return lines


def fitting_size(pdf: PdfFile, role: Role, text: str, width: float, largest: float) -> float:
    """Return the largest type size, at most ``largest``, at which ``text`` is one line."""
    natural = pdf.fonts.typeface(role).width(text) / 1000
    return min(largest, width / natural) if natural else largest


def seal_block_height(style: SealStyle) -> float:
    """Return the height the seal block takes."""
    return max(2 * style.seal_radius, style.qr_side + 3.6 * style.small) + style.leading * 0.4


def write_seal_block(flow: Flow, sheet: NoticeSheet, style: SealStyle) -> None:
    """Write the place of the seal over issuer and date, and the code that proves the sheet."""
    flow.need(seal_block_height(style))
    pdf = flow.pdf
    top = flow.y - style.leading * 0.4
    most = flow.width * _SEAL_SHARE
    pen = pdf.pen(Role.BODY, fitting_size(pdf, Role.BODY, sheet.issuer, most, style.size))
    half = max(style.seal_radius, pen.width(sheet.issuer) / 2)
    middle = flow.x + flow.width - half - style.size * 2
    centre = top - style.seal_radius
    pdf.dashed_circle(middle, centre, style.seal_radius, _SEAL_RED)
    pdf.write(pen.centred(middle, centre + style.leading * 0.45, sheet.issuer))
    _write_spaced(pdf, pen, middle, centre - style.leading * 0.55, long_day(sheet.issued_on))
    seal_pen = pdf.pen(Role.BODY, style.small * 1.1, _SEAL_RED)
    pdf.write(seal_pen.centred(middle, centre - style.seal_radius * 0.72, _("（公章）")))
    _write_proof(flow, sheet, style, top)
    flow.y -= seal_block_height(style)


_ENDLESS = 1e6
_SEAL_SHARE = 0.6
"""Share of the width that issuer and seal may take beside the QR code."""
_SEAL_RED = (0.85, 0.35, 0.35)


def _write_spaced(pdf: PdfFile, pen: Pen, x: float, y: float, text: str) -> None:
    """Write one line centred about x, Han and Western characters a little apart."""
    [line] = set_paragraph(text, pen.typeface, _ENDLESS, ragged=True)
    pdf.write(pen.at(x - pen.line_width(line) / 2, y, pen.show_line(line)))


def _write_line(flow: Flow, pen: Pen, line: Line, leading: float) -> None:
    x = flow.x + line.indent * pen.size / 1000
    y = flow.y - (leading - pen.size) / 2 - ASCENT * pen.size
    flow.pdf.write(pen.at(x, y, pen.show_line(line)))
    flow.y -= leading


def _write_proof(flow: Flow, sheet: NoticeSheet, style: SealStyle, top: float) -> None:
    pdf = flow.pdf
    pdf.qr_code(sheet_qr_text(sheet), flow.x, top - style.qr_side, style.qr_side)
    lines = (
        _("编号：{number}（第{version}版）").format(number=sheet.number, version=sheet.version),
        _("校验码：{code}").format(code=sheet_code(sheet)),
    )
    pen = pdf.pen(Role.BODY, style.small)
    y = top - style.qr_side - style.small * 1.4
    for line in lines:
        pdf.write(pen.text(flow.x, y, line))
        y -= style.small * 1.5
