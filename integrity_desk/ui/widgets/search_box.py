"""The one search box of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from integrity_desk.ui import theme
from integrity_desk.ui.widgets.limits import MOST_TYPED
from integrity_desk.wording import _

_PAUSE_MS = 200


class SearchBox(QLineEdit):
    """Tells what is searched once typing pauses; Enter at once, Esc clears."""

    searched = Signal(str)
    """The trimmed text; "" when the search is lifted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "search")
        self.setAccessibleName(_("搜索"))
        self.setClearButtonEnabled(True)
        self.setMaxLength(MOST_TYPED)
        glass = QAction(_("搜索"), self)
        theme.set_icon(glass, "search", "muted")
        self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self._told = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(self._pause.start)
        self.returnPressed.connect(self._tell)

    def set_hint(self, words: str) -> None:
        """Say what can be searched here."""
        self.setPlaceholderText(words)

    def put(self, text: str) -> None:
        """Show ``text`` without searching."""
        self._told = text
        self.setText(text)
        self._pause.stop()

    @Slot()
    def _tell(self) -> None:
        self._pause.stop()
        text = self.text().strip()
        if text != self._told:
            self._told = text
            self.searched.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears the search first; an empty box lets it pass."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._tell()
        else:
            super().keyPressEvent(event)
