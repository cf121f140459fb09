"""A short table for reading: words in columns, the last one in the colour of its tone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from integrity_desk.ui import theme

_CELL_STEPS = 6
_NARROWEST = 8
_HEAD_STEPS = 9.5


@dataclass(frozen=True, kw_only=True)
class PlainRow:
    """One line: what its cells say, the tone of the last cell, and a code for its owner.

    A ``heading`` has one cell, stands across the table and cannot be chosen.
    """

    cells: tuple[str, ...]
    tone: str = ""
    code: str = ""
    heading: bool = False


class PlainTable(QTableWidget):
    """For tens or hundreds of rows; a register's list is ``RegisterTable``."""

    opened = Signal(str)
    """The code of the row a person pressed Enter on or clicked twice."""

    def __init__(
        self, heads: Sequence[str], *, stretch: int, name: str, widest: float = 0,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """``widest`` is the most room, in steps, that a column other than ``stretch`` takes."""
        super().__init__(0, len(heads), parent)
        self.setProperty("kind", "plain")
        self.setAccessibleName(name)
        self._heads = tuple(heads)
        self._stretch = stretch
        self._widest = widest
        self._rows: tuple[PlainRow, ...] = ()
        self.setHorizontalHeaderLabels(self._heads)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        self.doubleClicked.connect(self._open)
        self._fit()

    @property
    def rows(self) -> tuple[PlainRow, ...]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: Iterable[PlainRow]) -> None:
        """Replace everything; the chosen row stays chosen if it is still there."""
        chosen = self.chosen
        self.clearSpans()
        self._rows = tuple(rows)
        self.setRowCount(len(self._rows))
        for place, row in enumerate(self._rows):
            if row.heading:
                self._put_heading(place, row)
                continue
            for column, words in enumerate(row.cells):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                self.setItem(place, column, item)
        self._choose(chosen)
        self._fit()

    def _put_heading(self, place: int, row: PlainRow) -> None:
        """Every cell is disabled, also those behind the first, so that the keyboard passes."""
        for column in range(len(self._heads)):
            item = QTableWidgetItem("" if column else row.cells[0])
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.setItem(place, column, item)
        self.setSpan(place, 0, 1, len(self._heads))

    @property
    def chosen(self) -> str:
        """The code of the row the keyboard is on; "" for none."""
        place = self.currentRow()
        return self._rows[place].code if 0 <= place < len(self._rows) else ""

    def choose_first(self) -> None:
        """Put the keyboard on the first row that can be opened."""
        self._choose(next((row.code for row in self._rows if row.code), ""))

    def _choose(self, code: str) -> None:
        places = [place for place, row in enumerate(self._rows) if code and row.code == code]
        if places:
            self.setCurrentCell(places[0], self._stretch)

    def hold(self, most: int) -> None:
        """Be as high as the rows shown, at least one and at most so many; the rest scrolls."""
        tokens = theme.current()
        rows = min(max(len(self._rows), 1), most)
        self.setFixedHeight(tokens.space(_HEAD_STEPS) + rows * tokens.row)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and self._rows[index.row()].code:
            self.opened.emit(self._rows[index.row()].code)

    def _fit(self) -> None:
        """Give each column the width of its longest words, the stretching one the rest."""
        tokens = theme.current()
        self.verticalHeader().setDefaultSectionSize(tokens.row)
        self.horizontalHeader().setFixedHeight(tokens.space(9))
        metrics = QFontMetrics(theme.font(tokens.base))
        for column, name in enumerate(self._heads):
            words = [name, *(row.cells[column] for row in self._rows if not row.heading)]
            width = max(metrics.horizontalAdvance(each) for each in words)
            room = tokens.space(_CELL_STEPS)
            width = max(width + room, tokens.space(_NARROWEST))
            most = tokens.space(self._widest) if self._widest else width
            self.setColumnWidth(column, min(width, most))
            mode = QHeaderView.ResizeMode
            stretched = column == self._stretch
            self.horizontalHeader().setSectionResizeMode(
                column, mode.Stretch if stretched else mode.Fixed
            )
        self._paint()

    def _paint(self) -> None:
        tokens = theme.current()
        for place, row in enumerate(self._rows):
            last = self.item(place, len(row.cells) - 1)
            if row.tone and last is not None:
                last.setForeground(QBrush(QColor(tokens.tone(row.tone).ink)))
            elif row.heading and last is not None:
                last.setForeground(QBrush(QColor(tokens.colours.muted)))
                last.setBackground(QBrush(QColor(tokens.colours.sunken)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Take the new theme's sizes and colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_rows"):
            self._fit()
