"""How a report ends: who issues it and when, room for the seal, and the code that proves it."""

from __future__ import annotations

from integrity_desk.documents.fonts import Role
from integrity_desk.documents.page import MM, Flow
from integrity_desk.documents.pens import Colour
from integrity_desk.domain.display import long_day
from integrity_desk.domain.reports import Ending, Report, report_code, report_qr_text
from integrity_desk.wording import _


def write_ending(flow: Flow, report: Report, ending: Ending) -> None:
    """Write the ending at the right, and for a sealed report the proof at the left."""
    height = _SEALED_HEIGHT if ending.sealed else 4 * _SIZE
    flow.need(height)
    pdf = flow.pdf
    pen = pdf.pen(Role.BODY, _SIZE)
    half = max(_SEAL_RADIUS, pen.width(ending.issuer) / 2)
    middle = flow.x + flow.width - half - _SIZE
    centre = flow.y - (_SEAL_RADIUS + 4 if ending.sealed else 2 * _SIZE)
    if ending.sealed:
        pdf.dashed_circle(middle, centre, _SEAL_RADIUS, _SEAL_RED)
        red = pdf.pen(Role.BODY, 9.5, _SEAL_RED)
        pdf.write(red.centred(middle, centre - _SEAL_RADIUS * 0.72, _("（公章）")))
        _write_proof(flow, report)
    pdf.write(pen.centred(middle, centre + _SIZE * 0.7, ending.issuer))
    pdf.write(pen.centred(middle, centre - _SIZE * 0.9, long_day(ending.issued_on)))
    flow.y -= height


_SIZE = 12.0
_SMALL = 8.5
_QR_SIDE = 23 * MM
_SEAL_RADIUS = 21 * MM
"""Seals of county and township organs are 42 mm across (国务院关于国家行政机关印章的规定)."""
_SEALED_HEIGHT = 2 * _SEAL_RADIUS + 10
_SEAL_RED: Colour = (0.85, 0.35, 0.35)


def _write_proof(flow: Flow, report: Report) -> None:
    pdf = flow.pdf
    top = flow.y - 4
    pdf.qr_code(report_qr_text(report), flow.x, top - _QR_SIDE, _QR_SIDE)
    pen = pdf.pen(Role.BODY, _SMALL)
    lines = (
        _("编号：{number}（第{version}版）").format(number=report.number, version=report.version),
        _("校验码：{code}").format(code=report_code(report)),
    )
    for at, line in enumerate(lines):
        pdf.write(pen.text(flow.x, top - _QR_SIDE - _SMALL * (1.4 + 1.5 * at), line))
