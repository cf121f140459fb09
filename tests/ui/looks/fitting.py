"""What is cut off: words wider than their place, dialogs larger than the screen, scroll bars."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QDialog,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QWidget,
)

from integrity_desk.ui.widgets.elided import ElidedLabel
from tests.ui.looks.showroom import SIZE

_INK = 0.85
"""How much of a line's height the characters of the bundled face take."""


def cut_off(shown: QWidget) -> list[str]:
    """Return, in words, everything of a shown window or dialog that does not find its room."""
    return [
        *_too_large(shown),
        *(each for part in shown.findChildren(QWidget) if part.isVisible() for each in _cut(part)),
    ]


def _too_large(shown: QWidget) -> list[str]:
    least = shown.minimumSize()
    if isinstance(shown, QDialog):
        least = least.expandedTo(shown.minimumSizeHint())
    wide, high = max(shown.width(), least.width()), max(shown.height(), least.height())
    if wide <= SIZE[0] and high <= SIZE[1]:
        return []
    return [f"{type(shown).__name__} takes {(wide, high)}"]


def _cut(part: QWidget) -> list[str]:
    if isinstance(part, QLabel):
        return _short(part) + _hidden(part)
    if isinstance(part, QPushButton | QCheckBox | QRadioButton) and part.text():
        return _narrow(part) + _hidden(part)
    if isinstance(part, QScrollBar):
        return _sideways(part)
    return []


def _short(part: QLabel) -> list[str]:
    if isinstance(part, ElidedLabel) or not part.text():
        return []
    room = part.contentsRect()
    words = part.fontMetrics().boundingRect(
        room, int(part.alignment()) | (Qt.TextFlag.TextWordWrap if part.wordWrap() else 0),
        part.text(),
    )  # fmt: skip
    return _needs(part.text(), words.size(), room.size())


def _narrow(part: QAbstractButton) -> list[str]:
    icon = 0 if part.icon().isNull() else part.iconSize().width()
    words = part.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, part.text())
    return _needs(part.text(), words.grownBy(QMargins(icon, 0, 0, 0)), part.size())


def _needs(words: str, wanted: QSize, has: QSize) -> list[str]:
    short = wanted.width() > has.width() or wanted.height() * _INK > has.height()
    return [f"{words!r} needs {wanted.toTuple()}, has {has.toTuple()}"] * short


def _hidden(part: QWidget) -> list[str]:
    """What reaches over the edge of something that cannot be scrolled."""
    place, holder = QRect(QPoint(), part.size()), part
    while (above := holder.parentWidget()) is not None and not holder.isWindow():
        place.translate(holder.pos())
        if isinstance(above.parentWidget(), QAbstractScrollArea):
            return []
        if not above.rect().contains(place):
            return [f"{part.text()!r} reaches out of {type(above).__name__}"]
        holder = above
    return []


def _sideways(bar: QScrollBar) -> list[str]:
    sideways = bar.orientation() is Qt.Orientation.Horizontal and bar.maximum() > 0
    return [f"{type(bar.parent().parent()).__name__} is scrolled sideways"] * sideways
