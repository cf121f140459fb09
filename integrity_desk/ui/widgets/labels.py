"""Words on a page: titles, captions, badges, section headings."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from integrity_desk.ui import theme


def label(text: str = "", kind: str = "", *, wrap: bool = False) -> QLabel:
    """Return plain text in a style: title, heading, figure, muted, caption, error, warning."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if kind:
        made.setProperty("kind", kind)
    return made


def button(text: str, icon: str = "", kind: str = "") -> QPushButton:
    """Return a button that Enter presses too; ``kind`` is "", primary, danger, plain or chip."""
    made = QPushButton(text)
    dress(made, icon, kind)
    return made


def dress(made: QPushButton, icon: str = "", kind: str = "") -> None:
    """Make a button of whatever class look and answer as ``button`` says."""
    made.setAutoDefault(True)
    if kind:
        made.setProperty("kind", kind)
    if icon:
        colours = {"primary": "on_accent", "danger": "red", "plain": "accent"}
        theme.set_icon(made, icon, colours.get(kind, "text"))


def add_shown(layout: QBoxLayout, widget: QWidget, stretch: int = 0) -> None:
    """Add to a layout that is on the screen already, and show it at once.

    A layout shows what is added only with the next event, and what is not shown takes no focus
    when the window becomes active: the keyboard would begin on another widget.
    """
    layout.addWidget(widget, stretch)
    widget.show()


def empty(layout: QLayout) -> None:
    """Take every widget out of ``layout`` and away."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class Badge(QLabel):
    """A pill that shows a state in the colour family of its tone."""

    def __init__(self, text: str = "", tone: str = "grey", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", "badge")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(text, tone)

    def show_state(self, text: str, tone: str) -> None:
        """Show ``text`` in ``tone``: grey, blue, amber, green, red."""
        self.setText(text)
        theme.mark(self, tone=tone)

    def sizeHint(self) -> QSize:
        """A line high, as wide as the words and two rounded ends."""
        tokens = theme.current()
        width = self.fontMetrics().horizontalAdvance(self.text()) + tokens.space(5)
        return QSize(width, round(tokens.base * 1.55))


class SectionHeading(QWidget):
    """A heading with a thin rule, above a group of fields or lists."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().space(3))
        self._words = label(text, "heading")
        layout.addWidget(self._words)
        layout.addWidget(rule(), 1)

    def set_text(self, text: str) -> None:
        """Replace the heading's words."""
        self._words.setText(text)


def rule() -> QFrame:
    """Return a thin horizontal line."""
    made = QFrame()
    made.setProperty("kind", "rule")
    made.setFixedHeight(1)
    return made
