"""Pens write text into page content: one face, size and colour in one document."""

from __future__ import annotations

from typing import Any

from integrity_desk.documents.fonts import Glyph, Typeface
from integrity_desk.documents.lines import Line

Colour = tuple[float, float, float]

BLACK: Colour = (0, 0, 0)
RED: Colour = (0.78, 0.02, 0.05)
GREY: Colour = (0.45, 0.45, 0.45)


class Pen:
    """Turns text into PDF operators; a character of another face switches there and back."""

    def __init__(self, doc: Any, typeface: Typeface, size: float, colour: Colour = BLACK) -> None:
        self.typeface = typeface
        self.size = size
        self.font = f"{typeface.fonts[0].getSubsetInternalName(0, doc)} {size:g} Tf"
        self._style = self.font + _ink(colour, typeface.bold * size / 1000)
        self._codes = _Codes(self, doc)

    def width(self, text: str) -> float:
        """Return the width of ``text`` in points."""
        return self.typeface.width(text) * self.size / 1000

    def line_width(self, line: Line) -> float:
        """Return the width of a set line in points."""
        return self.width(line.text) + sum(gap for _, gap in line.pieces) * self.size / 1000

    def show(self, text: str) -> str:
        """Return the operators that show ``text`` at the current text position."""
        return f"[<{text.translate(self._codes)}>] TJ"

    def show_line(self, line: Line) -> str:
        """Return the operators that show a set line, its gaps included."""
        parts = []
        for text, gap in line.pieces:
            parts.append(text.translate(self._codes))
            if gap:
                parts.append(f">{-gap:.1f}<")
        return f"[<{''.join(parts)}>] TJ"

    def at(self, x: float, y: float, operators: str) -> str:
        """Return ``operators`` placed with their baseline at (x, y), in this pen's style."""
        return f"q BT {self._style} 1 0 0 1 {x:.2f} {y:.2f} Tm {operators} ET Q"

    def text(self, x: float, y: float, text: str) -> str:
        """Return the operators that write ``text`` from x rightwards."""
        return self.at(x, y, self.show(text))

    def centred(self, x: float, y: float, text: str) -> str:
        """Return the operators that write ``text`` centred about x."""
        return self.text(x - self.width(text) / 2, y, text)

    def right(self, x: float, y: float, text: str) -> str:
        """Return the operators that write ``text`` ending at x."""
        return self.text(x - self.width(text), y, text)


class _Codes(dict[int, str]):
    """Translation table from characters to hexadecimal glyph codes, filled as they are met."""

    def __init__(self, pen: Pen, doc: Any) -> None:
        super().__init__()
        self._pen = pen
        self._doc = doc

    def __missing__(self, code: int) -> str:
        self[code] = codes = "".join(
            self._code(glyph, glyph.font.use(self._doc, glyph.char, glyph.id))
            for glyph in self._pen.typeface.glyphs(chr(code))
        )
        return codes

    def _code(self, glyph: Glyph, code: str) -> str:
        pen = self._pen
        if glyph.font is pen.typeface.fonts[0] and glyph.stretch == 1:
            return code
        other = f"{glyph.font.getSubsetInternalName(0, self._doc)} {pen.size:g} Tf"
        if glyph.stretch == 1:
            return f">] TJ {other} [<{code}>] TJ {pen.font} [<"
        return f">] TJ {other} {glyph.stretch}00 Tz [<{code}>] TJ 100 Tz {pen.font} [<"


def _ink(colour: Colour, stroke: float) -> str:
    shade = " ".join(f"{part:g}" for part in colour)
    return f" {shade} rg" + (f" 2 Tr {stroke:.3f} w {shade} RG" if stroke else "")
