"""A chart in the window: the shapes of ``domain/chart_shapes`` in the colours in force."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from integrity_desk.domain.chart_shapes import (
    SIZE,
    TITLE_SIZE,
    Box,
    Drawing,
    Label,
    Path,
    Rule,
    Shape,
    lay_out,
)
from integrity_desk.domain.charts import Chart
from integrity_desk.domain.sheets import Align
from integrity_desk.ui import theme

_SHADES = ("accent", "amber", "blue", "green", "muted", "border_strong")
"""Colours and tones for the series, as far apart in lightness as both schemes allow."""


class ChartView(QWidget):
    """Takes the width it is given and the height the chart needs; read aloud in sentences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: Chart | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def chart(self) -> Chart | None:
        """What is drawn."""
        return self._chart

    def show_chart(self, chart: Chart) -> None:
        """Draw another chart."""
        self._chart = chart
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription("\n".join(chart.said()))
        self._fit()

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height in pixels that the chart takes at this width."""
        if self._chart is None:
            return 0
        return round(self._drawing(width).height * _scale()) + 1

    def _fit(self) -> None:
        self.setFixedHeight(max(self.heightForWidth(max(self.width(), 1)), 1))
        self.update()

    def _drawing(self, width: int) -> Drawing:
        assert self._chart is not None
        return lay_out(self._chart, max(width / _scale(), 120), _measure)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw shape by shape."""
        if self._chart is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for shape in self._drawing(self.width()).shapes:
            _paint(painter, shape)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new width."""
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Take the new theme's sizes and colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_chart"):
            self._fit()


def _scale() -> float:
    """Pixels of a point: the shapes' normal type becomes the interface's."""
    return theme.current().base / SIZE


def _measure(text: str, size: float) -> float:
    metrics = QFontMetricsF(theme.font(round(size * _scale())))
    return metrics.horizontalAdvance(text) / _scale()


def _paint(painter: QPainter, shape: Shape) -> None:
    by = _scale()
    colours = theme.current().colours
    if isinstance(shape, Box):
        room = QRectF(shape.x * by, shape.y * by, shape.width * by, shape.height * by)
        painter.fillRect(room, _shade(shape.shade))
    elif isinstance(shape, Rule):
        ink = colours.muted if shape.strong else colours.border
        painter.setPen(QPen(QColor(ink), 1.4 if shape.strong else 1))
        painter.drawLine(QPointF(shape.x * by, shape.y * by), QPointF(shape.x2 * by, shape.y2 * by))
    elif isinstance(shape, Path):
        painter.setPen(QPen(_shade(shape.shade), 2.2))
        painter.drawPolyline(QPolygonF([QPointF(x * by, y * by) for x, y in shape.points]))
    else:
        _paint_label(painter, shape, by)


def _paint_label(painter: QPainter, label: Label, by: float) -> None:
    colours = theme.current().colours
    font = theme.font(round(label.size * by))
    font.setBold(label.size == TITLE_SIZE)
    painter.setFont(font)
    painter.setPen(QColor(colours.muted if label.quiet else colours.text))
    advance = QFontMetricsF(font).horizontalAdvance(label.text)
    back = {Align.LEFT: 0.0, Align.CENTER: advance / 2, Align.RIGHT: advance}[label.align]
    painter.drawText(QPointF(label.x * by - back, label.y * by), label.text)


def _shade(number: int) -> QColor:
    tokens = theme.current()
    name = _SHADES[number % len(_SHADES)]
    if name in tokens.colours.tones:
        return QColor(tokens.tone(name).ink)
    return QColor(getattr(tokens.colours, name))
