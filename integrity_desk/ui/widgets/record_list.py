"""A short list of records on a page: number, title, a badge; a click or Enter opens one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from integrity_desk.ui import theme


@dataclass(frozen=True, kw_only=True)
class ListLine:
    """One line. A line without ``page`` is a heading and cannot be chosen."""

    title: str
    page: str = ""
    id: str = ""
    lead: str = ""
    badge: str = ""
    tone: str = "grey"


class RecordList(QListWidget):
    """Shows lines; ``marked`` words are highlighted in them."""

    opened = Signal(object)
    """The ListLine a person chose."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marked: tuple[str, ...] = ()
        self.lead_width = 0
        """Pixels that the longest lead takes, so that all titles begin at one edge."""
        self.setAccessibleName(name)
        self.setProperty("kind", "records")
        self.setItemDelegate(_LineDelegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_lines(self, lines: Iterable[ListLine], marked: tuple[str, ...] = ()) -> None:
        """Replace everything; the chosen line stays chosen if it is still there."""
        chosen = self._line(self.currentItem())
        self.marked = marked
        self.clear()
        for line in lines:
            item = QListWidgetItem(_spoken(line))
            item.setData(Qt.ItemDataRole.UserRole, line)
            if not line.page:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            elif line.badge or line.lead:
                item.setToolTip(line.title)
            self.addItem(item)
            if chosen is not None and line.id and line.id == chosen.id:
                self.setCurrentItem(item)
        self._measure()

    def lines(self) -> list[ListLine]:
        """Return what is shown."""
        shown = (self._line(self.item(row)) for row in range(self.count()))
        return [line for line in shown if line is not None]

    def choose_first(self) -> None:
        """Put the keyboard on the first line that can be opened."""
        for row in range(self.count()):
            if self.item(row).flags() & Qt.ItemFlag.ItemIsSelectable:
                self.setCurrentRow(row)
                return

    def _measure(self) -> None:
        leads = {line.lead for line in self.lines()}
        advance = QFontMetrics(theme.font(theme.current().base)).horizontalAdvance
        self.lead_width = max((advance(lead) for lead in leads), default=0)

    def _fit_lines(self) -> None:
        below = self.viewportMargins().bottom()
        spare = (self.viewport().height() + below) % _line_height()
        if spare != below:
            self.setViewportMargins(0, 0, 0, spare)

    def _open(self, item: QListWidgetItem | None) -> None:
        line = self._line(item)
        if line is not None and line.page:
            self.opened.emit(line)

    def _line(self, item: QListWidgetItem | None) -> ListLine | None:
        line: ListLine | None = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return line

    def sizeHint(self) -> QSize:
        """Take the room there is, ask for none."""
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave no line cut in half below."""
        super().resizeEvent(event)
        self._fit_lines()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """One click opens."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._open(self.itemAt(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentItem())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Take the heights of a new text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()
            self._fit_lines()
            self.scheduleDelayedItemsLayout()


class _LineDelegate(QStyledItemDelegate):
    """Paints a line in the colours in force."""

    def __init__(self, view: RecordList) -> None:
        super().__init__(view)
        self._view = view

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw ground, lead, title, badge."""
        line: ListLine = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room: QRect = option.rect
        if line.page:
            self._paint_ground(painter, room, option.state)
            self._paint_line(painter, room, line)
        else:
            self._paint_heading(painter, room, line)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As high as a table's row."""
        return QSize(0, _line_height())

    def _paint_ground(self, painter: QPainter, room: QRect, state: QStyle.StateFlag) -> None:
        tokens = theme.current()
        focused = bool(state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
        if focused or state & QStyle.StateFlag.State_MouseOver:
            colours = tokens.colours
            painter.setBrush(QColor(colours.selected if focused else colours.hover))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(room.adjusted(0, 1, 0, -1), tokens.radius, tokens.radius)

    def _paint_heading(self, painter: QPainter, room: QRect, line: ListLine) -> None:
        tokens = theme.current()
        painter.setFont(theme.font(tokens.base))
        painter.setPen(QColor(tokens.colours.muted))
        text_room = room.adjusted(tokens.space(2), tokens.space(1), 0, 0)
        painter.drawText(text_room, Qt.AlignmentFlag.AlignVCenter, line.title)
        left = text_room.left() + painter.fontMetrics().horizontalAdvance(line.title)
        painter.setPen(QColor(tokens.colours.border))
        y = text_room.center().y() + 1
        painter.drawLine(left + tokens.space(2), y, room.right() - tokens.space(2), y)

    def _paint_line(self, painter: QPainter, room: QRect, line: ListLine) -> None:
        tokens = theme.current()
        painter.setFont(theme.font(tokens.base))
        inner = room.adjusted(tokens.space(2), 0, -tokens.space(2), 0)
        if line.badge:
            inner.setRight(self._paint_badge(painter, inner, line) - tokens.space(2))
        if self._view.lead_width:
            lead = QRect(inner)
            lead.setWidth(min(self._view.lead_width + 1, inner.width() // 2))
            self._paint_text(painter, lead, line.lead, tokens.colours.muted)
            inner.setLeft(lead.right() + tokens.space(4))
        self._paint_text(painter, inner, line.title, tokens.colours.text)

    def _paint_text(self, painter: QPainter, room: QRect, text: str, ink: str) -> None:
        tokens = theme.current()
        metrics = painter.fontMetrics()
        words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        amber = tokens.tone("amber")
        for start, length in found_in(words, self._view.marked):
            left = room.left() + metrics.horizontalAdvance(words[:start])
            width = metrics.horizontalAdvance(words[start : start + length])
            mark = QRect(left - 1, 0, width + 2, metrics.height() + 2)
            mark.moveCenter(mark.center() + room.center() - QRect(mark).center())
            mark.moveLeft(left - 1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(amber.ground))
            painter.drawRoundedRect(mark, 2, 2)
        painter.setPen(QColor(ink))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_badge(self, painter: QPainter, room: QRect, line: ListLine) -> int:
        tokens = theme.current()
        tone = tokens.tone(line.tone)
        width = painter.fontMetrics().horizontalAdvance(line.badge) + tokens.space(4)
        pill = QRect(room.right() - width, 0, width, round(tokens.base * 1.6))
        pill.moveTop(room.center().y() - pill.height() // 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tone.ground))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(QColor(tone.ink))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, line.badge)
        return pill.left()


def found_in(text: str, marked: Iterable[str]) -> list[tuple[int, int]]:
    """Return (start, length) of every marked word in ``text``; case does not matter."""
    folded = text.casefold()
    if len(folded) != len(text):
        return []
    places = []
    for word in marked:
        start = folded.find(word.casefold())
        while start >= 0:
            places.append((start, len(word)))
            start = folded.find(word.casefold(), start + len(word))
    return places


def _line_height() -> int:
    return theme.current().row + theme.current().space(0.5)


def _spoken(line: ListLine) -> str:
    return " ".join(filter(None, (line.lead, line.title, line.badge)))
