"""A page's content with a panel at its right: beside it, or over it when text is large."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrity_desk.ui import theme


class Drawer(QWidget):
    """Holds ``content`` and a ``panel`` that is hidden until ``open``."""

    toggled = Signal()

    def __init__(self, content: QWidget, panel: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel = panel
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(content)
        panel.setParent(self)
        panel.hide()

    @property
    def is_open(self) -> bool:
        """Whether the panel shows."""
        return not self.panel.isHidden()

    @property
    def over(self) -> bool:
        """Whether the panel covers content instead of standing beside it."""
        return theme.current().large

    def open(self) -> None:
        """Show the panel."""
        if not self.is_open:
            self.panel.show()
            self.panel.raise_()
            self._place()
            self.toggled.emit()

    def close_panel(self) -> None:
        """Put the panel away."""
        if self.is_open:
            self.panel.hide()
            self._place()
            self.toggled.emit()

    def _place(self) -> None:
        width = self.panel.width()
        beside = self.is_open and not self.over
        self._layout.setContentsMargins(0, 0, width if beside else 0, 0)
        self.panel.setGeometry(self.width() - width, 0, width, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the panel at the right edge."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text puts the panel away; it comes back when asked for."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_layout"):
            if self.over:
                self.close_panel()
            self._place()
