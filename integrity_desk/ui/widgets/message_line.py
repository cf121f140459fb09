"""The sentence after an act: 已登记……, with a way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from integrity_desk.ui.widgets.labels import button

_SHOWN_MS = 10_000


class MessageLine(QWidget):
    """Shows one sentence for ten seconds, with a button once it is known what leads back."""

    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = ""
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setMinimumWidth(1)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = button("", "undo", "plain")
        self._button.clicked.connect(self._undo_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self.clear()

    def say(self, sentence: str) -> None:
        """Show ``sentence``."""
        self._sentence = sentence
        self._button.hide()
        self.setToolTip(sentence)
        self._elide()
        self._timer.start(_SHOWN_MS)

    def offer(self, words: str) -> None:
        """Show a button beside the sentence, if that still stands."""
        if self._sentence:
            self._button.setText(words)
            self._button.setAccessibleName(words)
            self._button.setToolTip("Ctrl+Z")
            self._button.show()

    @property
    def sentence(self) -> str:
        """What is shown now, "" for nothing."""
        return self._sentence

    @Slot()
    def clear(self) -> None:
        """Take the sentence away."""
        self._sentence = ""
        self._words.setText("")
        self._button.hide()

    @Slot()
    def _undo_clicked(self) -> None:
        self.clear()
        self.undo_wanted.emit()

    def _elide(self) -> None:
        mode = Qt.TextElideMode.ElideRight
        metrics = self._words.fontMetrics()
        self._words.setText(metrics.elidedText(self._sentence, mode, self._words.width()))
        self._words.setAccessibleName(self._sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten or lengthen the sentence to the room there is."""
        super().resizeEvent(event)
        self._elide()
