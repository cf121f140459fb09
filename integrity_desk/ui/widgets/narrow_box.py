"""A box above a board that narrows it: everything, or one of what there is, with counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox

from integrity_desk.ui import theme

_WIDTH = 55
"""In steps of the space scale."""


class NarrowBox(QComboBox):
    """``activated`` tells that a person chose; ``code`` is "" for everything."""

    def __init__(self, name: str, everything: str) -> None:
        super().__init__()
        self._everything = everything
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumWidth(theme.current().space(_WIDTH))

    @property
    def code(self) -> str:
        """The code of what is chosen."""
        return str(self.currentData() or "")

    def show_choices(self, offered: Sequence[tuple[str, str]]) -> None:
        """Offer (code, words) anew; what was chosen stays chosen, even when nothing is left."""
        kept, words = self.code, self.currentText()
        self.clear()
        self.addItem(self._everything, "")
        for code, name in offered:
            self.addItem(name, code)
        if kept and self.findData(kept) < 0:
            self.addItem(words, kept)
        self.setCurrentIndex(max(0, self.findData(kept)))

    def choose_everything(self) -> None:
        """Lift the narrowing."""
        self.setCurrentIndex(0)
