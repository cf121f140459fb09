"""Ruled tables on any document: repeated heads, and rows that may run over the page.

A row moves to the next page when it fits there; one taller than a page is split between lines.
Cells go out as raw text operators, one text object a row, with repeated cells laid out once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from integrity_desk.documents.cid_font import MissingGlyph
from integrity_desk.documents.fonts import MissingCharacter, Role
from integrity_desk.documents.lines import wrap
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


class Table:
    """A table under way on ``flow``; add rows, then close it."""

    def __init__(self, flow: Flow, columns: Sequence[Column], style: TableStyle) -> None:
        self._flow = flow
        self._pdf = flow.pdf
        self._columns = columns
        self._style = style
        total = sum(column.width for column in columns)
        self._widths = [flow.width * column.width / total for column in columns]
        self._lefts = [flow.x + sum(self._widths[:at]) for at in range(len(columns))]
        self._pen = self._pdf.pen(Role.BODY, style.size)
        self._head_pen = self._pdf.pen(Role.HEAD, style.size)
        self._laid: list[dict[str, list[CellLine]]] = [{} for _ in columns]
        self._head = [
            self._lay(self._head_pen, column.heading, at, Align.CENTER)
            for at, column in enumerate(columns)
        ]
        self._page_top = 0.0
        flow.need(self._height(_lines(self._head)) + self._height(2))
        self._open_page()

    def add_all(self, rows: Iterable[Row]) -> None:
        """Add rows; MissingCharacter names the row's place and the column."""
        for row in rows:
            self.add(row.cells, row.place)

    def add(self, cells: Sequence[str], place: str = "") -> None:
        """Add one row of as many cells as there are columns."""
        try:
            laid = [self._cell(text, at) for at, text in enumerate(cells)]
        except MissingGlyph:
            raise self._missing(cells, place) from None
        lines, done = _lines(laid), 0
        while lines - done > self._fitting_lines():
            if lines - done > self._page_lines() and self._fitting_lines() >= _LEAST_PART:
                part = self._fitting_lines()
                self._draw(laid, done, part, split=True)
                done += part
            self._turn_page()
        self._draw(laid, done, lines - done, split=done > 0)

    def close(self) -> None:
        """Draw the frame of the last part."""
        top, bottom = self._page_top, self._flow.y
        style, flow = self._style, self._flow
        verticals = " ".join(
            f"{left:.2f} {top:.2f} m {left:.2f} {bottom:.2f} l" for left in self._lefts[1:]
        )
        self._pdf.write(f"q {style.rule:g} w 0.25 G {verticals} S Q")
        self._pdf.frame(flow.x, bottom, flow.width, top - bottom, style.frame, BLACK)

    def _open_page(self) -> None:
        self._page_top = self._flow.y
        height = self._height(_lines(self._head))
        shade = " ".join(f"{part:g}" for part in self._style.head)
        self._pdf.write(
            f"q {shade} rg {self._flow.x:.2f} {self._flow.y - height:.2f} "
            f"{self._flow.width:.2f} {height:.2f} re f Q"
        )
        self._draw(self._head, 0, _lines(self._head), split=False, pen=self._head_pen)

    def _turn_page(self) -> None:
        self.close()
        self._flow.next_page()
        self._open_page()

    def _height(self, lines: int) -> float:
        return lines * self._style.leading + 2 * self._style.padding

    def _fitting_lines(self) -> int:
        return self._lines_in(self._flow.room)

    def _page_lines(self) -> int:
        head = self._height(_lines(self._head))
        return max(1, self._lines_in(self._flow.top - self._flow.bottom - head))

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
        per_em = pen.size / 1000
        inner = self._widths[at] - 2 * _SIDE * pen.size
        laid = []
        for line in wrap(text, pen.typeface.advances, inner / per_em):
            offset = _SIDE * pen.size
            if align is not Align.LEFT:
                spare = inner - pen.typeface.width(line) * per_em
                offset += max(0.0, spare) * (0.5 if align is Align.CENTER else 1)
            laid.append((offset, pen.show(line)))
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


_SIDE = 0.35
"""Space at the sides of a cell, in em."""
_LEAST_PART = 3
"""A split row leaves at least so many lines behind."""
_REPEATED_LENGTH = 24
"""Longer cells are seldom repeated, and not worth remembering."""


def _lines(cells: Sequence[list[CellLine]]) -> int:
    return max(len(cell) for cell in cells)
