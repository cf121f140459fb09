"""Cards: a framed group, and a large figure with its words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from integrity_desk.ui import theme
from integrity_desk.ui.widgets.labels import label


class Card(QFrame):
    """A framed group with an optional heading; add content to ``body``."""

    def __init__(self, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        space = theme.current().space
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(space(4), space(3), space(4), space(4))
        self.body.setSpacing(space(2))
        self.heading = label(heading, "heading")
        self.body.addWidget(self.heading)
        self.heading.setVisible(bool(heading))  # shown before it has a parent it were a window

    def add(self, *content: QWidget | QLayout) -> None:
        """Append widgets or layouts below the heading."""
        for each in content:
            if isinstance(each, QLayout):
                self.body.addLayout(each)
            else:
                self.body.addWidget(each)


class FigureCard(QFrame):
    """A large figure that can be clicked: 今日到期 3; a ``plain`` one only tells."""

    clicked = Signal()

    def __init__(self, words: str, *, plain: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        if not plain:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name = words
        self._figure = label("–", "figure")
        self._words = label(words, "muted", wrap=True)  # many figures beside one another
        space = theme.current().space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(4), space(3), space(4), space(3))
        layout.setSpacing(space(0.5))
        layout.addWidget(self._figure)
        layout.addWidget(self._words)
        layout.addStretch(1)  # the figures of cards beside one another stay in line
        self.setAccessibleName(words)

    def show_figure(self, figure: int, *, late: bool = False) -> None:
        """Show ``figure``; ``late`` paints a figure above nought red."""
        self._figure.setText(f"{figure:,}")
        theme.mark(self._figure, tone="red" if late and figure else "")
        self.setAccessibleName(f"{self._name} {figure}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on the card."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space act as a click."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)
