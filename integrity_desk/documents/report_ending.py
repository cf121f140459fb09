"""How a report or a letter ends: who issues it and when, room for the seal, and what proves it."""

from __future__ import annotations

from integrity_desk.documents.fonts import Role
from integrity_desk.documents.page import MM, Flow
from integrity_desk.documents.pens import Colour
from integrity_desk.domain.display import long_day
from integrity_desk.domain.reports import Ending, Proof
from integrity_desk.wording import _


def write_ending(flow: Flow, ending: Ending, proof: Proof | None, size: float = 12.0) -> None:
    """Write the ending at the right, the proof of a sealed one at the left; ``size`` of type."""
    height = ending_height(ending, size)
    flow.need(height)
    pdf = flow.pdf
    pen = pdf.pen(Role.BODY, size)
    half = max(_SEAL_RADIUS, pen.width(ending.issuer) / 2)
    middle = flow.x + flow.width - half - size
    centre = flow.y - (_SEAL_RADIUS + 4 if ending.sealed else 2 * size)
    if ending.sealed:
        pdf.dashed_circle(middle, centre, _SEAL_RADIUS, _SEAL_RED)
        red = pdf.pen(Role.BODY, 9.5, _SEAL_RED)
        pdf.write(red.centred(middle, centre - _SEAL_RADIUS * 0.72, _("（公章）")))
        if proof is not None:
            _write_proof(flow, proof)
    pdf.write(pen.centred(middle, centre + size * 0.7, ending.issuer))
    pdf.write(pen.centred(middle, centre - size * 0.9, long_day(ending.issued_on)))
    flow.y -= height


def ending_height(ending: Ending, size: float = 12.0) -> float:
    """Return the height an ending takes."""
    return _SEALED_HEIGHT if ending.sealed else 4 * size


_SMALL = 8.5
_QR_SIDE = 23 * MM
_SEAL_RADIUS = 21 * MM
"""Seals of county and township organs are 42 mm across (国务院关于国家行政机关印章的规定)."""
_SEALED_HEIGHT = 2 * _SEAL_RADIUS + 10
_SEAL_RED: Colour = (0.85, 0.35, 0.35)


def _write_proof(flow: Flow, proof: Proof) -> None:
    pdf = flow.pdf
    top = flow.y - 4
    pdf.qr_code(proof.qr_text, flow.x, top - _QR_SIDE, _QR_SIDE)
    pen = pdf.pen(Role.BODY, _SMALL)
    lines = (
        _("编号：{number}（第{version}版）").format(number=proof.number, version=proof.version),
        _("校验码：{code}").format(code=proof.code),
    )
    for at, line in enumerate(lines):
        pdf.write(pen.text(flow.x, top - _QR_SIDE - _SMALL * (1.4 + 1.5 * at), line))
