"""The PDF file under every document: pages, pens, total page count, outline, metadata.

Sizes are points, the origin is the lower left corner. Equal content gives equal bytes.
The page grid of official documents is GB/T 9704-2012: 28 characters by 22 lines.
"""

from __future__ import annotations

import calendar
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import segno
from reportlab.lib.utils import ImageReader, TimeStamp
from reportlab.pdfgen.canvas import Canvas

from integrity_desk.documents.archive import make_archival
from integrity_desk.documents.fonts import Fonts, Role
from integrity_desk.documents.pens import BLACK, Colour, Pen
from integrity_desk.wording import _

MM = 72 / 25.4

A4 = (210 * MM, 297 * MM)
A4_LANDSCAPE = (297 * MM, 210 * MM)
A3 = (297 * MM, 420 * MM)

MARGIN_TOP, MARGIN_LEFT, MARGIN_BOTTOM, MARGIN_RIGHT = 37 * MM, 28 * MM, 35 * MM, 26 * MM
BODY_SIZE = 15.79
"""No. 3 type (16 pt) would overflow: 28 characters must fit in 156 mm."""
BODY_LEADING = 28.99
"""22 lines in 225 mm."""

_CHINA_OFFSET_HOURS = 8


class PdfFile:
    """One PDF being written; ``size`` is (width, height) of its pages until they are turned.

    One that takes in pages made elsewhere is not ``archival``: it cannot promise what PDF/A does.
    """

    def __init__(
        self,
        fonts: Fonts,
        *,
        title: str,
        subject: str,
        author: str,
        made_on: date,
        size: tuple[float, float] = A4,
        archival: bool = True,
    ) -> None:
        self.fonts = fonts
        self.width, self.height = size
        self.page_number = 1
        self.seam: tuple[float, float] | None = None
        """(upper, lower) edge of the strip across every page on which nothing may stand."""
        self._pens: dict[tuple[Role, float, Colour], Pen] = {}
        first_font = fonts.typeface(Role.BODY).fonts[0].fontName
        self._canvas = Canvas(
            io.BytesIO(), pagesize=size, pageCompression=1, invariant=1, lang="zh-CN",
            pdfVersion=(1, 7), initialFontName=first_font,
        )  # fmt: skip
        self._doc = self._canvas._doc
        self._doc._timeStamp = _stamp(made_on)
        self._canvas.setTitle(title)
        self._canvas.setSubject(subject)
        self._canvas.setAuthor(author)
        self._canvas.setCreator("Integrity Desk")
        self._canvas.setProducer("Integrity Desk")
        if archival:
            make_archival(self._doc, title=title, subject=subject, author=author, made_on=made_on)
        self._total: tuple[Pen, Callable[[int], str]] | None = None

    def pen(self, role: Role, size: float, colour: Colour = BLACK) -> Pen:
        """Return the pen of this face, size and colour."""
        key = (role, size, colour)
        if key not in self._pens:
            self._pens[key] = Pen(self._doc, self.fonts.typeface(role), size, colour)
        return self._pens[key]

    def write(self, operators: str) -> None:
        """Append content to the current page."""
        self._canvas._code.append(operators)

    def line(self, x: float, y: float, x2: float, y2: float, width: float, colour: Colour) -> None:
        """Draw a straight line."""
        self.write(f"q {_stroke(colour, width)} {x:.2f} {y:.2f} m {x2:.2f} {y2:.2f} l S Q")

    def frame(
        self, x: float, y: float, width: float, height: float, stroke: float, colour: Colour
    ) -> None:
        """Draw the outline of a rectangle whose lower left corner is (x, y)."""
        self.write(f"q {_stroke(colour, stroke)} {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S Q")

    def dashed_circle(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """Draw a dashed circle about (x, y)."""
        canvas = self._canvas
        canvas.saveState()
        self.write(f"{_stroke(colour, 0.8)} [4 3] 0 d")
        canvas.circle(x, y, radius)
        canvas.restoreState()

    def qr_code(self, text: str, x: float, y: float, side: float) -> None:
        """Draw ``text`` as a QR code in a square of ``side``, as one path."""
        rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
        module = side / len(rows)
        boxes = [
            f"{at} {len(rows) - 1 - down} {run} 1 re"
            for down, row in enumerate(rows)
            for at, run in _dark_runs(row)
        ]
        self.write(f"q 0 g {module:.4f} 0 0 {module:.4f} {x:.2f} {y:.2f} cm {' '.join(boxes)} f Q")

    def picture(self, image: bytes, x: float, y: float, width: float, height: float) -> None:
        """Draw a picture file (PNG, JPEG) as large as fits into the box, centred; on white."""
        read = ImageReader(io.BytesIO(image))
        own_width, own_height = read.getSize()
        scale = min(width / own_width, height / own_height)
        drawn_width, drawn_height = own_width * scale, own_height * scale
        self._canvas.drawImage(
            read, x + (width - drawn_width) / 2, y + (height - drawn_height) / 2,
            drawn_width, drawn_height,
        )  # fmt: skip

    def total_pages(self, pen: Pen, x: float, y: float, wording: Callable[[int], str]) -> None:
        """Place the text ``wording(number of pages)``, written once when the file is closed."""
        self._total = (pen, wording)
        self.write(f"q 1 0 0 1 {x:.2f} {y:.2f} cm")
        self._canvas.doForm(_TOTAL_FORM)
        self.write("Q")

    def bookmark(self, title: str, level: int = 0) -> None:
        """Add an outline entry that leads to the current page."""
        key = f"p{self.page_number}-{len(self._canvas._destinations)}"
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(title, key, level)

    def turn(self, size: tuple[float, float]) -> None:
        """Give the current page and those after it another size."""
        self.width, self.height = size
        self._canvas.setPageSize(size)

    def end_page(self) -> None:
        """Close the current page and open the next."""
        self._canvas.showPage()
        self.page_number += 1

    def to_bytes(self) -> bytes:
        """Close the file after the last ``end_page`` and return it."""
        if self._total is not None:
            pen, wording = self._total
            text = wording(self.page_number - 1)
            self._canvas.beginForm(_TOTAL_FORM, 0, -pen.size, pen.width(text), pen.size)
            self.write(pen.text(0, 0, text))
            self._canvas.endForm()
        return bytes(self._canvas.getpdfdata())


class Flow:
    """The place on the page where the next line goes; turns pages and furnishes each.

    Nothing is written across the page's seam, if it has one: the part below it is gone on in as
    on another page, and a table has its head there again.
    """

    def __init__(
        self,
        pdf: PdfFile,
        *,
        x: float,
        width: float,
        top: float,
        bottom: float,
        furnish: Callable[[], None],
    ) -> None:
        self.pdf = pdf
        self.x, self.width = x, width
        self.top, self.bottom = top, bottom
        self.y = top
        self._seam = pdf.seam
        self._furnish = furnish
        furnish()

    @property
    def room(self) -> float:
        """Height left on the page, or down to its seam."""
        floor = self.bottom if self._seam is None or self.y < self._seam[0] else self._seam[0]
        return self.y - floor

    @property
    def least_room(self) -> float:
        """Height of a page, or of the smaller of its parts."""
        if self._seam is None:
            return self.top - self.bottom
        return min(self.top - self._seam[0], self._seam[1] - self.bottom)

    def need(self, height: float) -> None:
        """Turn the page unless ``height`` is left, or the page (its part) is still empty."""
        empty = self.y >= self.top or (self._seam is not None and self.y == self._seam[1])
        if self.room < height - 0.01 and not empty:
            self.next_page()

    def next_page(self) -> None:
        """Go on below the seam; else close this page and begin the next at the top."""
        if self._seam is not None and self.y >= self._seam[0]:
            self.y = self._seam[1]
            return
        self.pdf.end_page()
        self.y = self.top
        self._furnish()


def total_wording(total: int) -> str:
    """Return the words for the number of pages."""
    return _("共{total}页").format(total=total)


_TOTAL_FORM = "total"


def _stroke(colour: Colour, width: float) -> str:
    return f"{' '.join(f'{part:g}' for part in colour)} RG {width:g} w"


def _dark_runs(row: bytes) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for at, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == at:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((at, 1))
    return runs


def _stamp(day: date) -> Any:
    stamp = TimeStamp(invariant=1)
    stamp.t = calendar.timegm(day.timetuple()) - _CHINA_OFFSET_HOURS * 3600
    stamp.YMDhms = (day.year, day.month, day.day, 0, 0, 0)
    stamp.dhh, stamp.dmm = _CHINA_OFFSET_HOURS, 0
    return stamp
