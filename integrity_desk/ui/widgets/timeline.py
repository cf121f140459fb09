"""A record's history: dots on a line, newest first as the caller orders them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from integrity_desk.ui import theme
from integrity_desk.ui.widgets.labels import empty, label


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One entry: what was done, by whom and when, and a second line when there is more."""

    title: str
    caption: str
    detail: str = ""
    tone: str = "green"


class Timeline(QWidget):
    """Entries below one another, each with a dot in the colour of its tone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def show_moments(self, moments: Iterable[Moment]) -> None:
        """Replace everything by ``moments``."""
        empty(self._layout)
        shown = list(moments)
        for number, moment in enumerate(shown):
            entry = _Entry(moment, first=number == 0, last=number == len(shown) - 1)
            self._layout.addWidget(entry)


class _Entry(QWidget):
    """One entry with its dot and the line to its neighbours."""

    def __init__(self, moment: Moment, *, first: bool, last: bool) -> None:
        super().__init__()
        self._tone = moment.tone
        self._first = first
        self._last = last
        space = theme.current().space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5.5), 0, 0, space(2.5))
        layout.setSpacing(0)
        layout.addWidget(label(moment.title, wrap=True))
        layout.addWidget(label(moment.caption, "caption", wrap=True))
        if moment.detail:
            layout.addWidget(label(moment.detail, "muted", wrap=True))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line and the dot."""
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(tokens.space(2), self.fontMetrics().height() / 2)
        painter.setPen(QPen(QColor(tokens.colours.border_strong), 1.5))
        if not self._first:
            painter.drawLine(QPointF(centre.x(), 0), centre)
        if not self._last:
            painter.drawLine(centre, QPointF(centre.x(), self.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.tone(self._tone).ink))
        painter.drawEllipse(centre, tokens.space(1.1), tokens.space(1.1))
