"""Paints a table's rows from row tuples; shaped texts are kept, so a frame costs little."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QStaticText

from integrity_desk.services.registers import Row
from integrity_desk.ui import theme
from integrity_desk.ui.models.rows import Column, RowsModel

_KEPT_TEXTS = 6_000


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A visible column: its number, where it begins and how wide it is."""

    column: int
    left: int
    width: int


class RowPainter:
    """One look's pens, metrics and shaped texts; made anew when the theme changes."""

    def __init__(self) -> None:
        tokens = theme.current()
        colours = tokens.colours
        self.tokens = tokens
        self.font: QFont = theme.font(tokens.base)
        self._metrics = QFontMetrics(self.font)
        self._texts: dict[tuple[str, int], tuple[QStaticText, int]] = {}
        self._pad = tokens.space(2.5)
        self._badge_pad = tokens.space(2)
        self._badge_height = round(tokens.base * 1.6)
        self._text_top = (tokens.row - self._metrics.height()) // 2
        self._surface = QColor(colours.surface)
        self._zebra = QColor(colours.zebra)
        self._selected = QColor(colours.selected)
        self._hover = QColor(colours.hover)
        self._accent = QColor(colours.accent)
        self._border = QColor(colours.border)
        self._ink = QColor(colours.text)
        self._muted = QColor(colours.muted)
        self._tones = {
            name: (QColor(tone.ground), QColor(tone.ink)) for name, tone in colours.tones.items()
        }

    def paint_ground(
        self, painter: QPainter, bounds: QRect, position: int, *, selected: bool, hovered: bool
    ) -> None:
        """Fill one row's ground: zebra, hover, or selected with its accent at the left."""
        ground = self._zebra if position % 2 else self._surface
        if selected:
            ground = self._selected
        elif hovered:
            ground = self._hover
        painter.fillRect(bounds, ground)
        if selected:
            accent = self.tokens.space(0.75)
            painter.fillRect(bounds.left(), bounds.top(), accent, bounds.height(), self._accent)

    def paint_focus(self, painter: QPainter, bounds: QRect) -> None:
        """Frame the row the keyboard is on."""
        painter.setPen(self._accent)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bounds.adjusted(0, 0, -1, -1))

    def paint_row(
        self, painter: QPainter, top: int, row: Row, model: RowsModel, cells: list[Cell]
    ) -> None:
        """Draw the texts and badges of a fetched row."""
        for cell in cells:
            column = model.columns[cell.column]
            if column.kind == "check":
                self._paint_box(painter, top, cell, row, model)
                continue
            text = model.text_of(row, cell.column)
            if not text:
                continue
            if column.kind == "state":
                self._paint_badge(painter, top, cell, text, row.tone)
            elif column.kind == "due" and row.due_tone:
                self._paint_badge(painter, top, cell, text, row.due_tone)
            else:
                self._paint_text(painter, top, cell, text, column)

    def paint_waiting(self, painter: QPainter, top: int, cells: list[Cell]) -> None:
        """Draw grey bars where the texts of a row under way will stand."""
        height = self._metrics.height() // 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._border)
        for cell in cells:
            width = min(cell.width - 2 * self._pad, self.tokens.space(18))
            bar = QRect(cell.left + self._pad, top + (self.tokens.row - height) // 2, width, height)
            painter.drawRoundedRect(bar, height / 2, height / 2)

    def _paint_text(
        self, painter: QPainter, top: int, cell: Cell, text: str, column: Column
    ) -> None:
        shaped, width = self._shaped(text, cell.width - 2 * self._pad)
        left = cell.left + self._pad
        if column.kind == "number":
            left = cell.left + cell.width - self._pad - width
        painter.setPen(self._ink if column.kind in ("text", "number") else self._muted)
        painter.drawStaticText(QPoint(left, top + self._text_top), shaped)

    def _paint_box(
        self, painter: QPainter, top: int, cell: Cell, row: Row, model: RowsModel
    ) -> None:
        ticked, ground = model.is_ticked(row), self._accent
        if not model.may_tick(row):
            ground = self._muted
        side = self.tokens.base
        box = QRectF(cell.left + self._pad, top + (self.tokens.row - side) / 2, side, side)
        painter.setPen(ground if ticked else self._muted)
        painter.setBrush(ground if ticked else self._surface)
        painter.drawRoundedRect(box, self.tokens.space(0.75), self.tokens.space(0.75))
        if ticked:
            ratio = painter.device().devicePixelRatio()
            ink = self.tokens.colours.on_accent
            painter.drawPixmap(box.topLeft(), theme.picture("check", ink, side, ratio))

    def _paint_badge(self, painter: QPainter, top: int, cell: Cell, text: str, tone: str) -> None:
        ground, ink = self._tones.get(tone, self._tones["grey"])
        room = cell.width - self._pad - 2 * self._badge_pad
        shaped, width = self._shaped(text, room)
        left = cell.left + self._pad - self._badge_pad // 2
        pill = QRectF(left, 0, width + 2 * self._badge_pad, self._badge_height)
        pill.moveTop(top + (self.tokens.row - self._badge_height) // 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(pill, self._badge_height / 2, self._badge_height / 2)
        painter.setPen(ink)
        painter.drawStaticText(QPoint(left + self._badge_pad, top + self._text_top), shaped)

    def _shaped(self, text: str, room: int) -> tuple[QStaticText, int]:
        known = self._texts.get((text, room))
        if known is not None:
            return known
        if len(self._texts) >= _KEPT_TEXTS:
            self._texts.clear()
        line = text if "\n" not in text else text.replace("\n", " ")
        width = self._metrics.horizontalAdvance(line)
        if width > room:
            line = self._metrics.elidedText(line, Qt.TextElideMode.ElideRight, room)
            width = self._metrics.horizontalAdvance(line)
        shaped = QStaticText(line)
        shaped.setTextFormat(Qt.TextFormat.PlainText)
        shaped.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        shaped.prepare(font=self.font)
        self._texts[(text, room)] = made = (shaped, width)
        return made
