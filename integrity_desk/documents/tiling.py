"""A poster on two sheets of A4, one above the other, for offices without an A3 printer.

Both sheets have the strip in which they overlap, and nothing stands on it but the frame. The
lower one is cut along its upper edge and glued onto the strip of the upper one, up to the ticks
there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from integrity_desk.documents.fonts import Role
from integrity_desk.documents.page import A3, A4_LANDSCAPE, MM, PdfFile
from integrity_desk.documents.pens import BLACK, GREY
from integrity_desk.wording import _

_EDGE = 7 * MM
"""What printers leave white, and a little more for the marks."""
OVERLAP = 10 * MM
_SHOWN = A4_LANDSCAPE[1] - 2 * _EDGE
"""Height of the poster that stands on one sheet."""
SCALE = (2 * _SHOWN - OVERLAP) / A3[1]
"""How much smaller than A3 the poster becomes."""
_CLEAR = 3.0
"""Points between the strip and what stands next to it."""
_LEFT = (A4_LANDSCAPE[0] - A3[0] * SCALE) / 2


class TiledPdf(PdfFile):
    """Drawn upon like an A3 page; each page becomes two sheets."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **{**options, "size": A4_LANDSCAPE})
        self.width, self.height = A3
        self.seam = (_SHOWN / SCALE + _CLEAR, A3[1] - _SHOWN / SCALE - _CLEAR)

    def end_page(self) -> None:
        """Close the two sheets of this page; pages are counted as on A3."""
        drawn = list(self._canvas._code)
        forms = list(self._canvas._formsinuse)
        del self._canvas._code[:]
        page = self.page_number
        for upper in (True, False):
            self._sheet("\n".join(_on_half(drawn, upper=upper)), page, upper=upper)
            self._canvas._formsinuse = list(forms)
            super().end_page()
        self.page_number = page + 1

    def _sheet(self, drawn: str, page: int, *, upper: bool) -> None:
        width = A3[0] * SCALE
        bottom = _EDGE + _SHOWN - A3[1] * SCALE if upper else _EDGE
        self.write(f"q {_LEFT:.2f} {_EDGE:.2f} {width:.2f} {_SHOWN:.2f} re W n")
        self.write(f"{SCALE:.5f} 0 0 {SCALE:.5f} {_LEFT:.2f} {bottom:.2f} cm")
        self.write(drawn)
        self.write("Q")
        self._marks(page, upper=upper)

    def _marks(self, page: int, *, upper: bool) -> None:
        top, low = _EDGE + _SHOWN, _EDGE
        seam = low + OVERLAP if upper else top
        right = _LEFT + A3[0] * SCALE
        for x, away in ((_LEFT, -1), (right, 1)):
            self.line(x + away * 1 * MM, seam, x + away * 6 * MM, seam, 0.8, BLACK)
            edge = top if upper else low
            self.line(x, edge + (2 if upper else -2) * MM, x, edge, 0.4, GREY)
            self.line(x + away * 1 * MM, edge, x + away * 4 * MM, edge, 0.4, GREY)
        words = (
            _("第{page}页上半张：下半张的上边贴到两侧刻线处")
            if upper
            else _("第{page}页下半张：沿两侧刻线裁去上边，贴在上半张上")
        ).format(page=page)
        pen = self.pen(Role.BODY, 7, GREY)
        y = low - 3.6 * MM if upper else top + 2.2 * MM
        self.write(pen.centred(A4_LANDSCAPE[0] / 2, y, words))


def _on_half(drawn: Iterable[str], *, upper: bool) -> Iterator[str]:
    """Yield what shows on one half: text of the other is left out, so that none is copied twice."""
    for operators in drawn:
        heights = [float(found) for found in _BASELINE.findall(operators)]
        if not heights or any((height >= _MIDDLE) == upper for height in heights):
            yield operators


_MIDDLE = A3[1] / 2
"""Lies within the strip, on which no text stands."""
_BASELINE = re.compile(r"(-?[\d.]+) Tm")
