"""The fields of a record for reading: label beside value."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from integrity_desk.ui import theme
from integrity_desk.ui.widgets.labels import Badge, empty, label

_LONG_LABEL = 7
"""Longer labels wrap, so the values keep their room."""


class DetailList(QWidget):
    """Two columns, label and value; values can be selected and copied."""

    def __init__(self, label_width: float = 0, parent: QWidget | None = None) -> None:
        """Keep ``label_width`` steps for the labels, so that lists below one another align."""
        super().__init__(parent)
        space = theme.current().space
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(space(3))
        self._grid.setVerticalSpacing(space(1.5))
        self._grid.setColumnStretch(1, 1)
        self._label_width = space(label_width)
        self._grid.setColumnMinimumWidth(0, self._label_width)

    def show_pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Replace everything by (label, value) pairs."""
        self.clear()
        for name, value in pairs:
            self.add(name, value)

    def add(self, name: str, value: str | QWidget, tone: str = "") -> None:
        """Append one pair; a ``tone`` of red paints the value red, a widget stands as it is."""
        row = self._grid.rowCount()
        caption = label(name, "muted", wrap=len(name) > _LONG_LABEL)
        if self._label_width and len(name) > _LONG_LABEL:
            caption.setMaximumWidth(self._label_width)
        self._grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
        if isinstance(value, str):
            value = _value(value, tone)
        alignment = Qt.AlignmentFlag.AlignTop
        if isinstance(value, Badge):
            alignment |= Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(value, row, 1, alignment)

    def clear(self) -> None:
        """Take all pairs away."""
        empty(self._grid)


def _value(text: str, tone: str) -> QWidget:
    words = label(text, "value", wrap=True)
    words.setProperty("tone", tone)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    words.setSizePolicy(policy)
    return words
