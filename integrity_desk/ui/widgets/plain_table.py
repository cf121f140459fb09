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


@dataclass(frozen=True, kw_only=True)
class PlainRow:
    """One line: what its cells say, the tone of the last cell, and a code for its owner."""

    cells: tuple[str, ...]
    tone: str = ""
    code: str = ""


class PlainTable(QTableWidget):
    """For tens or hundreds of rows; a register's list is ``RegisterTable``."""

    opened = Signal(str)
    """The code of the row a person pressed Enter on or clicked twice."""

    def __init__(
        self, heads: Sequence[str], *, stretch: int, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(0, len(heads), parent)
        self.setProperty("kind", "plain")
        self.setAccessibleName(name)
        self._heads = tuple(heads)
        self._stretch = stretch
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
        """Replace everything."""
        self._rows = tuple(rows)
        self.setRowCount(len(self._rows))
        for place, row in enumerate(self._rows):
            for column, words in enumerate(row.cells):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                self.setItem(place, column, item)
        self._fit()

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
            words = [name, *(row.cells[column] for row in self._rows)]
            width = max(metrics.horizontalAdvance(each) for each in words)
            room = tokens.space(_CELL_STEPS)
            self.setColumnWidth(column, max(width + room, tokens.space(_NARROWEST)))
            mode = QHeaderView.ResizeMode
            stretched = column == self._stretch
            self.horizontalHeader().setSectionResizeMode(
                column, mode.Stretch if stretched else mode.Fixed
            )
        for place, row in enumerate(self._rows):
            last = self.item(place, len(row.cells) - 1)
            if row.tone and last is not None:
                last.setForeground(QBrush(QColor(tokens.tone(row.tone).ink)))

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
