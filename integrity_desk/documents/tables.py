"""Ruled tables on any document: repeated heads, and rows that may run over the page.

A row moves to the next page when it fits there; one taller than a page is split between lines.
Cells go out as raw text operators, one text object a row, with repeated cells laid out once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from integrity_desk.documents.cid_font import MissingGlyph
from integrity_desk.documents.fonts import MissingCharacter, Role
from integrity_desk.documents.lines import set_paragraph, widest_word, wrap
from integrity_desk.documents.page import Flow
from integrity_desk.documents.pens import BLACK, Pen
from integrity_desk.domain.sheets import Align, Column, Row

CellLine = tuple[float, str]
"""Offset from the cell's left edge in points, and the operators that show the line."""


@dataclass(frozen=True, kw_only=True)
class TableStyle:
    """Type sizes of a table in points."""

    size: float
    leading: float
    padding: float
    rule: float = 0.5
    frame: float = 1.0
    head: tuple[float, float, float] = (0.945, 0.925, 0.885)
    careful: bool = False
    """Set cells like paragraphs (slower, for tables that are read on a wall)."""


def write_table(
    flow: Flow, columns: Sequence[Column], rows: Sequence[Row], style: TableStyle
) -> None:
    """Write a whole table; no column is narrower than its widest date, number or word.

    MissingCharacter names the row's place and the column.
    """
    table = Table(flow, columns, style, sample=[row.cells for row in rows])
    for row in rows:
        table.add(row.cells, row.place)
    table.close()


class Table:
    """A table under way on ``flow``; add rows, then close it.

    Columns get their share of the width, but not less than the words of ``sample`` need.
    """

    def __init__(
        self,
        flow: Flow,
        columns: Sequence[Column],
        style: TableStyle,
        *,
        sample: Iterable[Sequence[str]] = (),
    ) -> None:
        self._flow = flow
        self._pdf = flow.pdf
        self._columns = columns
        self._style = style
        self._pen = self._pdf.pen(Role.BODY, style.size)
        self._head_pen = self._pdf.pen(Role.HEAD, style.size)
        self._widths = self._share_width(sample)
        self._lefts = list(accumulate(self._widths[:-1], initial=flow.x))
        self._laid: list[dict[str, list[CellLine]]] = [{} for _ in columns]
        self._head = [
            self._lay(self._head_pen, column.heading, at, Align.CENTER)
            for at, column in enumerate(columns)
        ]
        self._head_height = self._height(_lines(self._head))
        self._page_top: float | None = None

    def add(self, cells: Sequence[str], place: str = "") -> None:
        """Add one row of as many cells as there are columns."""
        try:
            laid = [self._cell(text, at) for at, text in enumerate(cells)]
        except MissingGlyph:
            raise self._missing(cells, place) from None
        lines, done = _lines(laid), 0
        if self._page_top is None:
            whole = lines if lines <= self._page_lines() else _LEAST_PART
            self._open_page(self._height(whole))
        while lines - done > self._fitting_lines():
            if lines - done > self._page_lines() and self._fitting_lines() >= _LEAST_PART:
                part = self._fitting_lines()
                self._draw(laid, done, part, split=True)
                done += part
            self._turn_page()
        self._draw(laid, done, lines - done, split=done > 0)

    def close(self) -> None:
        """Draw the frame of the last part; a table without rows has its head only."""
        if self._page_top is None:
            self._open_page(0.0)
        self._close_page()

    def _close_page(self) -> None:
        style, flow = self._style, self._flow
        top, bottom = self._page_top or 0.0, flow.y
        verticals = " ".join(
            f"{left:.2f} {top:.2f} m {left:.2f} {bottom:.2f} l" for left in self._lefts[1:]
        )
        self._pdf.write(f"q {style.rule:g} w 0.25 G {verticals} S Q")
        self._pdf.frame(flow.x, bottom, flow.width, top - bottom, style.frame, BLACK)

    def _open_page(self, first_row: float) -> None:
        """Draw the head where the first row's height still follows it on the page."""
        height = self._head_height
        self._flow.need(height + first_row)
        self._page_top = self._flow.y
        shade = " ".join(f"{part:g}" for part in self._style.head)
        self._pdf.write(
            f"q {shade} rg {self._flow.x:.2f} {self._flow.y - height:.2f} "
            f"{self._flow.width:.2f} {height:.2f} re f Q"
        )
        self._draw(self._head, 0, _lines(self._head), split=False, pen=self._head_pen)

    def _turn_page(self) -> None:
        self._close_page()
        self._flow.next_page()
        self._open_page(0.0)

    def _share_width(self, sample: Iterable[Sequence[str]]) -> list[float]:
        """Share the width as asked; what a column can never fill goes to those whose texts are
        longer, and columns too narrow for their words take from the others."""
        total = sum(column.width for column in self._columns)
        asked = [self._flow.width * column.width / total for column in self._columns]
        needed = [self._heading_width(column.heading) for column in self._columns]
        whole = list(needed)
        for cells in sample:
            needed = [max(n, self._word_width(c)) for n, c in zip(needed, cells, strict=True)]
            whole = [max(w, self._whole_width(c)) for w, c in zip(whole, cells, strict=True)]
        asked = _passed_on(asked, whole)
        lack = [max(0.0, need - share) for need, share in zip(needed, asked, strict=True)]
        spare = [max(0.0, share - need) for need, share in zip(needed, asked, strict=True)]
        giving = min(1.0, sum(lack) / sum(spare)) if sum(spare) else 0.0
        return [a + more - giving * s for a, more, s in zip(asked, lack, spare, strict=True)]

    def _heading_width(self, heading: str) -> float:
        short = len(heading) <= _SHORT_HEADING
        return (
            self._word_width(heading)
            if not short
            else (self._head_pen.width(heading) + 2 * _SIDE * self._style.size + 0.1)
        )

    def _word_width(self, text: str) -> float:
        """Return the column width the widest word needs, at most a third of the table."""
        size = self._style.size
        widest = widest_word(text, self._pen.typeface.advances) * size / 1000
        return min(widest + 2 * _SIDE * size + 0.1, self._flow.width / 3)

    def _whole_width(self, text: str) -> float:
        """Return the column width at which no line of the text breaks."""
        longest = max((self._pen.width(part) for part in text.split("\n")), default=0.0)
        return longest + 2 * (_SIDE + _EASE) * self._style.size

    def _height(self, lines: int) -> float:
        return lines * self._style.leading + 2 * self._style.padding

    def _fitting_lines(self) -> int:
        return self._lines_in(self._flow.room)

    def _page_lines(self) -> int:
        return max(1, self._lines_in(self._flow.least_room - self._head_height))

    def _lines_in(self, room: float) -> int:
        return int((room - 2 * self._style.padding + 0.01) / self._style.leading)

    def _cell(self, text: str, at: int) -> list[CellLine]:
        known = self._laid[at].get(text)
        if known is None:
            known = self._lay(self._pen, text, at, self._columns[at].align)
            if len(text) <= _REPEATED_LENGTH:
                self._laid[at][text] = known
        return known

    def _lay(self, pen: Pen, text: str, at: int, align: Align) -> list[CellLine]:
        side, per_em = _SIDE * pen.size, pen.size / 1000
        inner = self._widths[at] - 2 * side
        if self._style.careful and align is Align.LEFT:
            return [
                (side + line.indent * per_em, pen.show_line(line))
                for paragraph in text.split("\n")
                for line in set_paragraph(paragraph, pen.typeface, inner / per_em)
            ]
        laid = []
        for part in wrap(text, pen.typeface.advances, inner / per_em):
            spare = max(0.0, inner - pen.typeface.width(part) * per_em) * _SHARE_BEFORE[align]
            laid.append((side + spare, pen.show(part)))
        return laid

    def _draw(
        self,
        cells: Sequence[list[CellLine]],
        first: int,
        count: int,
        *,
        split: bool,
        pen: Pen | None = None,
    ) -> None:
        """Draw ``count`` lines of the row from ``first`` on, and the rule below them."""
        style, flow = self._style, self._flow
        leading = style.leading
        baseline = flow.y - style.padding - (leading - style.size) / 2 - 0.88 * style.size
        out = [f"BT {(pen or self._pen).font}"]
        for left, cell in zip(self._lefts, cells, strict=True):
            lines = cell[first : first + count]
            y = baseline if split else baseline - (count - len(lines)) * leading / 2
            for offset, operators in lines:
                out.append(f"1 0 0 1 {left + offset:.2f} {y:.2f} Tm {operators}")
                y -= leading
        flow.y -= self._height(count)
        out.append(
            f"ET {style.rule:g} w 0.25 G {flow.x:.2f} {flow.y:.2f} m "
            f"{flow.x + flow.width:.2f} {flow.y:.2f} l S 0 G"
        )
        self._pdf.write("\n".join(out))

    def _missing(self, cells: Sequence[str], place: str) -> MissingCharacter:
        for column, text in zip(self._columns, cells, strict=True):
            if (char := self._pen.typeface.first_missing(text)) is not None:
                return MissingCharacter(char, f"{place}“{column.heading}”")
        raise AssertionError("a cell could not be drawn, yet every character can")


_SIDE, _EASE = 0.35, 0.25
"""Space at the sides of a cell, and more of it where there is room, in em."""
_SHORT_HEADING = 4
"""Headings of so many characters stand on one line."""
_SHARE_BEFORE = {Align.LEFT: 0.0, Align.CENTER: 0.5, Align.RIGHT: 1.0}
_LEAST_PART = 3
"""A split row leaves at least so many lines behind."""
_REPEATED_LENGTH = 24
"""Longer cells are seldom repeated, and not worth remembering."""


def _passed_on(asked: Sequence[float], whole: Sequence[float]) -> list[float]:
    """Pass on what columns have beyond their whole text, in proportion to what the others have."""
    spare = sum(max(0.0, width - most) for width, most in zip(asked, whole, strict=True))
    taking = sum(width for width, most in zip(asked, whole, strict=True) if width < most)
    if not taking:
        return list(asked)
    return [
        most if width >= most else width * (1 + spare / taking)
        for width, most in zip(asked, whole, strict=True)
    ]


def _lines(cells: Sequence[list[CellLine]]) -> int:
    return max(len(cell) for cell in cells)
