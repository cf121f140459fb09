"""Two groups on one line, or on two where the line has no room for both."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from integrity_desk.ui import theme


class FoldingRow(QWidget):
    """``left`` takes what room is left, at least ``least`` steps; ``right`` its own width."""

    def __init__(self, least: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = least
        self.left, self.right = QHBoxLayout(), QHBoxLayout()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for each in (self._row, self.left, self.right):
            each.setSpacing(theme.current().space(2))
        self._row.addLayout(self.left, 1)
        self._row.addLayout(self.right)
        self._row.setAlignment(self.right, Qt.AlignmentFlag.AlignRight)

    @property
    def folded(self) -> bool:
        """Whether the right group stands below the left one."""
        return self._row.direction() is QBoxLayout.Direction.TopToBottom

    def fit(self) -> None:
        """Fold or unfold."""
        wanted = theme.current().space(self._least) + self.right.sizeHint().width()
        directions = QBoxLayout.Direction
        folds = wanted + self._row.spacing() > self.width()
        self._row.setDirection(directions.TopToBottom if folds else directions.LeftToRight)

    def event(self, event: QEvent) -> bool:
        """Fit again when buttons came or went."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider group: the window may be smaller than one line needs."""
        hint = super().minimumSizeHint()
        hint.setWidth(min(hint.width(), self.right.minimumSize().width()))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new width."""
        super().resizeEvent(event)
        self.fit()
