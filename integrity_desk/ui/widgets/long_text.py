"""A box for several paragraphs that lets no text in which could never stay."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from integrity_desk.wording import _

_ROOM = 2
"""Up to so many times the limit a text goes in and can be shortened by hand."""


class LongText(QPlainTextEdit):
    """Refuses what is pasted or dropped when it is far too long; what stood there stays.

    Megabytes in one line would hold the window for seconds, at every later change again.
    """

    overfull = Signal(str)
    """Why a text was not put in, and what to do."""

    def __init__(self, most: int, advice: str = "", parent: QWidget | None = None) -> None:
        """``most`` characters may be kept; ``advice`` says what to do with a longer text."""
        super().__init__(parent)
        self._most = most
        self._advice = advice or _("请删减后再放入，或把原文作为附件上传。")

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Put in what was pasted or dropped, unless it is far too long."""
        length = len(source.text()) if source.hasText() else 0
        marked = len(self.textCursor().selectedText())
        whole = self.document().characterCount() - 1 - marked + length
        if whole <= self._most * _ROOM:
            super().insertFromMimeData(source)
            return
        words = _("粘贴的文字有 {length} 字，这里最多 {most} 字，没有放入，原有内容不变。{advice}")
        self.overfull.emit(
            words.format(length=f"{length:,}", most=f"{self._most:,}", advice=self._advice)
        )
