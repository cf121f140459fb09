"""A list with boxes to tick in its first column, by mouse, Space or Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTreeWidget

from integrity_desk.ui import theme


class TickTree(QTreeWidget):
    """``widths`` are those of all columns but the last, in steps of the space scale."""

    def __init__(self, heads: Sequence[str], widths: Sequence[float], *, name: str) -> None:
        super().__init__()
        self.setProperty("kind", "ticks")
        self.setAccessibleName(name)
        self.setColumnCount(len(heads))
        self.setHeaderLabels(list(heads))
        for column, width in enumerate(widths):
            self.setColumnWidth(column, round(theme.current().space(width)))
        self.setAlternatingRowColors(True)
        self.setUniformRowHeights(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ticks like Space."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            ticked = item.checkState(0) is Qt.CheckState.Checked
            item.setCheckState(0, Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)
        else:
            super().keyPressEvent(event)
