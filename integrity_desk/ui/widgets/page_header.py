"""A page's title and its count."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from integrity_desk.ui import theme
from integrity_desk.ui.widgets.labels import label


class PageHeader(QWidget):
    """A title, and beside it in grey what it counts: 投诉登记 共 4,218 件."""

    def __init__(self, title: str = "", subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label(title, "title")
        self._subtitle = label(subtitle, "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().space(2))
        layout.addWidget(self._title)
        layout.addWidget(self._subtitle, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)

    def show_title(self, title: str, subtitle: str = "") -> None:
        """Replace both."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)

    @property
    def title(self) -> str:
        """The title shown."""
        return self._title.text()
