"""Filter chips with counts; exactly one is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QWidget

from integrity_desk.ui import theme
from integrity_desk.wording import _


class ChipsRow(QWidget):
    """A row of chips (code, label); arrow keys move, counts may arrive later."""

    chosen = Signal(str)
    """The code of the chip a person chose."""

    def __init__(self, chips: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = dict(chips)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().space(2))
        for code, words in chips:
            self._buttons[code] = button = QPushButton(words)
            button.setProperty("kind", "chip")
            button.setProperty("code", code)
            button.setCheckable(True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            self._group.addButton(button)
            layout.addWidget(button)
        layout.addStretch(1)
        if chips:
            self._buttons[chips[0][0]].setChecked(True)
        self._group.buttonClicked.connect(self._tell)

    @property
    def current(self) -> str:
        """The code of the chosen chip, "" when there are none."""
        button = self._group.checkedButton()
        return str(button.property("code")) if button else ""

    def choose(self, code: str) -> None:
        """Choose a chip without telling anybody."""
        self._buttons[code].setChecked(True)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show a count behind each named chip's words."""
        for code, count in counts.items():
            if code in self._buttons:
                words = _("{label} {count}").format(label=self._labels[code], count=f"{count:,}")
                self._buttons[code].setText(words)

    @Slot(QAbstractButton)
    def _tell(self, button: QAbstractButton) -> None:
        self.chosen.emit(str(button.property("code")))
