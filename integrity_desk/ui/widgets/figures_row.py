"""Figures beside one another, of which one can be narrowed to."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from integrity_desk.ui import theme
from integrity_desk.ui.widgets.card import FigureCard


class FiguresRow(QWidget):
    """A click on a figure chooses its code, and a second one none again."""

    chosen = Signal()

    def __init__(
        self, named: Sequence[tuple[Hashable, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.cards: dict[Any, FigureCard] = {code: FigureCard(words) for code, words in named}
        self.current: Any = None
        """The code chosen; None for all."""
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().space(3))
        for card in self.cards.values():
            layout.addWidget(card, 1)
            card.clicked.connect(self._choose)
        self.setFocusProxy(next(iter(self.cards.values())))

    def choose(self, code: Hashable | None) -> None:
        """Mark one figure, or none; nobody is told."""
        self.current = code
        for each, card in self.cards.items():
            theme.mark(card, chosen="true" if each == code else "")

    @Slot()
    def _choose(self) -> None:
        code = next(each for each, card in self.cards.items() if card is self.sender())
        self.choose(None if code == self.current else code)
        self.chosen.emit()
