"""A box to choose one of a list from; typing any part of a label finds it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QListView, QWidget

_SHOWN = 16
_MOST_TYPED = 1000
"""More than any of the words; the rest of a pasted page would help nobody find one."""


class PickBox(QComboBox):
    """Offers words to choose from; the wheel scrolls past it, for nobody means to change so."""

    picked = Signal()
    """A person chose, by list or by typing."""
    typed = Signal()
    """A person is typing."""
    left = Signal()
    """A person finished typing or went on."""

    def __init__(self, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addItems(list(words))
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(_SHOWN)
        completer = self.completer()
        assert completer is not None
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        popup = QListView()
        popup.setProperty("kind", "popup")
        completer.setPopup(popup)
        completer.activated[str].connect(self._take)  # type: ignore[index]
        self.textActivated.connect(self._take)
        line = self.lineEdit()
        assert line is not None
        line.setMaxLength(_MOST_TYPED)
        line.textEdited.connect(self.typed)
        line.editingFinished.connect(self.left)

    @property
    def place(self) -> int:
        """The place of what stands in the box; -1 when it is none of the list."""
        return self.findText(self.currentText().strip(), Qt.MatchFlag.MatchExactly)

    @Slot(str)
    def _take(self, _text: str) -> None:
        self.picked.emit()

    def setAccessibleName(self, name: str) -> None:
        """Name the line too: it is what the keyboard speaks to."""
        super().setAccessibleName(name)
        line = self.lineEdit()
        assert line is not None
        line.setAccessibleName(name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let what stands around it scroll."""
        event.ignore()
