"""How a kind of notice looks: an honour roll festive, an exposure list sober, others official."""

from __future__ import annotations

from dataclasses import dataclass

from integrity_desk.documents.page import MM, PdfFile
from integrity_desk.documents.pens import BLACK, RED, Colour
from integrity_desk.domain.notices import NoticeKind
from integrity_desk.domain.sheets import NoticeSheet
from integrity_desk.wording import _

GOLD: Colour = (0.76, 0.57, 0.16)
_LIGHT: Colour = (1, 0.95, 0.74)
_CHARCOAL: Colour = (0.25, 0.25, 0.25)


@dataclass(frozen=True, kw_only=True)
class Look:
    """Colours of a sheet; ``band`` sets the kind in light letters on a band of the accent."""

    accent: Colour = RED
    frame: Colour = RED
    kind: Colour = RED
    entry: Colour = BLACK
    head: tuple[float, float, float] = (0.945, 0.925, 0.885)
    band: bool = False
    ornaments: bool = False
    centred: bool = False
    """Whether the items of a list stand in the middle."""


OFFICIAL = Look()
FESTIVE = Look(
    frame=GOLD, kind=_LIGHT, entry=RED, head=(0.99, 0.93, 0.78), band=True, ornaments=True,
    centred=True,
)  # fmt: skip
SOBER = Look(accent=BLACK, frame=_CHARCOAL, kind=BLACK, head=(0.92, 0.92, 0.92))

_LOOKS = {NoticeKind.HONOUR_ROLL: FESTIVE, NoticeKind.EXPOSURE_LIST: SOBER}


def look_of(sheet: NoticeSheet) -> Look:
    """Return the look of a sheet's kind."""
    return next((look for kind, look in _LOOKS.items() if _(kind.label) == sheet.kind), OFFICIAL)


def draw_frame(pdf: PdfFile, look: Look) -> None:
    """Draw the double frame round the page, with frets at its foot where it is festive."""
    for inset, stroke in ((15 * MM, 4.0), (18 * MM, 1.2)):
        width, height = pdf.width - 2 * inset, pdf.height - 2 * inset
        pdf.frame(inset, inset, width, height, stroke, look.frame)
    if look.ornaments:  # at the foot only: the band fills the head
        inset = 20.5 * MM
        _fret(pdf, inset, inset, 1, look.frame)
        _fret(pdf, pdf.width - inset, inset, -1, look.frame)


def _fret(pdf: PdfFile, x: float, y: float, across: int, colour: Colour) -> None:
    """Draw one corner of a key fret (回纹), 14 mm wide, from its lower outer corner inwards."""
    steps = ((0, 14), (0, 0), (14, 0), (14, 5), (5, 5), (5, 11), (11, 11), (11, 8), (8, 8))
    points = [(x + across * a * MM, y + b * MM) for a, b in steps]
    path = " ".join(
        f"{at_x:.2f} {at_y:.2f} {'l' if at else 'm'}" for at, (at_x, at_y) in enumerate(points)
    )
    shade = " ".join(f"{part:g}" for part in colour)
    pdf.write(f"q {shade} RG 2 w 0 j 2 J {path} S Q")


def draw_band(pdf: PdfFile, look: Look, y: float, height: float, inset: float) -> None:
    """Fill a band of the accent across the page, with a gold line above and below it."""
    shade = " ".join(f"{part:g}" for part in look.accent)
    width = pdf.width - 2 * inset
    pdf.write(f"q {shade} rg {inset:.2f} {y:.2f} {width:.2f} {height:.2f} re f Q")
    for edge in (y + 2.5 * MM, y + height - 2.5 * MM):
        pdf.line(inset + 3 * MM, edge, inset + width - 3 * MM, edge, 1.4, GOLD)
