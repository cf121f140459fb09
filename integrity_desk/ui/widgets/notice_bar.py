"""A coloured bar with a sentence and what can be done about it; never in the way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from integrity_desk.ui import theme
from integrity_desk.ui.widgets.code_button import CodeButton
from integrity_desk.ui.widgets.labels import empty, label
from integrity_desk.wording import _


class NoticeBar(QFrame):
    """Hidden until ``offer``; ``taken`` carries the code of the offer a person took."""

    taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "notice")
        space = theme.current().space
        self._words = label("", wrap=True)
        self._buttons: list[CodeButton] = []
        self._offers = QHBoxLayout()
        self._offers.setSpacing(space(2))
        close = QToolButton()
        close.setAccessibleName(_("关闭提示"))
        close.setToolTip(_("关闭提示"))
        theme.set_icon(close, "close", "muted")
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space(3), space(1.5), space(2), space(1.5))
        layout.setSpacing(space(3))
        layout.addWidget(self._words, 1)
        layout.addLayout(self._offers)
        layout.addWidget(close)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said; "" while the bar is hidden."""
        return "" if self.isHidden() else self._words.text()

    @property
    def buttons(self) -> list[CodeButton]:
        """The buttons of the offers, in order."""
        return list(self._buttons)

    def offer(self, sentence: str, offers: Sequence[tuple[str, str]], tone: str = "") -> None:
        """Show a sentence with (code, words) buttons; ``tone`` is "", amber or red."""
        empty(self._offers)
        self._words.setText(sentence)
        self._buttons = [CodeButton(code, words) for code, words in offers]
        for each in self._buttons:
            each.taken.connect(self.taken)
            self._offers.addWidget(each)
        theme.mark(self, tone=tone)
        theme.mark(self._words)
        self.show()
