"""A page's title and its count."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from integrity_desk.ui import theme
from integrity_desk.ui.widgets.labels import label


class PageHeader(QWidget):
    """A title, and beside it in grey what it counts: 投诉登记 共 4,218 件.

    Where there is no room for both the grey words are shortened first, then the title.
    """

    def __init__(self, title: str = "", subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.subtitle = subtitle
        self._title = label("", "title")
        self._subtitle = label("", "muted")
        self.setMinimumWidth(1)
        self._layout = layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().space(2))
        layout.addWidget(self._title)
        layout.addWidget(self._subtitle, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)

    def show_title(self, title: str, subtitle: str = "") -> None:
        """Replace both."""
        self.title, self.subtitle = title, subtitle
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self._layout.spacing()
        room -= _put(self._title, self.title, room)
        _put(self._subtitle, self.subtitle, room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten or lengthen the words to the room there is."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew with the new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_layout"):
            self._fit()


def _put(place: QLabel, words: str, room: int) -> int:
    """Show as much of the words as finds room, all of them in the tool tip; return the width."""
    place.ensurePolished()
    shown = place.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(room, 0))
    place.setText(shown)
    place.setToolTip(words if shown != words else "")
    return place.sizeHint().width()
