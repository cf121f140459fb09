"""Buttons that tell which of many they are."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QPushButton, QWidget

from integrity_desk.ui.widgets.labels import dress


class CodeButton(QPushButton):
    """A button with a code; ``taken`` carries it, so one slot serves many buttons.

    A double click is one click: its second half must not fall on what the first has brought here.
    """

    taken = Signal(str)

    def __init__(
        self, code: str, text: str, *, icon: str = "", kind: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.code = code
        self.setAccessibleName(text)
        dress(self, icon, kind)
        self.clicked.connect(self._tell)

    @Slot()
    def _tell(self) -> None:
        self.taken.emit(self.code)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second half of a double click and do nothing."""
        event.accept()
