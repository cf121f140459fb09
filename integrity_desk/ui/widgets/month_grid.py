"""A month of days: which are worked, and what is due on each."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from integrity_desk.services.due_board import DayCell, Month
from integrity_desk.services.due_items import DueItem
from integrity_desk.ui import theme
from integrity_desk.wording import N_, _

_WEEKDAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))
_LINE = 1.35
"""Height of a line as a multiple of the small type size."""


class MonthGrid(QTableWidget):
    """Seven columns from Monday; the keyboard moves over days and months."""

    chosen = Signal(object)
    """The DayCell the keyboard came to."""
    entered_day = Signal()
    """A person pressed Enter on a day, or clicked it."""
    turned = Signal(int)
    """A month on or back."""
    today_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(_WEEKDAYS), parent)
        self.month: Month | None = None
        self.today = date.min
        self.setProperty("kind", "plain")
        self.setAccessibleName(_("月历"))
        self.setHorizontalHeaderLabels([_(each) for each in _WEEKDAYS])
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setItemDelegate(_DayDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setMinimumSectionSize(1)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.currentCellChanged.connect(self._tell)
        self.clicked.connect(self.entered_day)

    def show_month(self, month: Month, today: date, chosen: date) -> None:
        """Show a month with the keyboard on one of its days; nobody is told."""
        self.month, self.today = month, today
        blocked = self.blockSignals(True)
        self.setRowCount(len(month.weeks))
        for row, week in enumerate(month.weeks):
            for column, cell in enumerate(week):
                item = QTableWidgetItem(_spoken(cell))
                item.setToolTip("\n".join(_titles(cell)))
                item.setData(Qt.ItemDataRole.UserRole, cell)
                self.setItem(row, column, item)
                if cell.day == chosen:
                    self.setCurrentCell(row, column)
        self.blockSignals(blocked)
        self.viewport().update()

    def cell(self, day: date) -> DayCell | None:
        """Return what is shown of a day; None when the month does not show it."""
        days = self.month.days if self.month is not None else ()
        return next((each for each in days if each.day == day), None)

    @Slot()
    def _tell(self) -> None:
        item = self.currentItem()
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PageUp and PageDown turn months, Home leads to today, Enter into the day."""
        keys = Qt.Key
        if event.key() in (keys.Key_PageUp, keys.Key_PageDown):
            self.turned.emit(-1 if event.key() == keys.Key_PageUp else 1)
        elif event.key() == keys.Key_Home:
            self.today_wanted.emit()
        elif event.key() in (keys.Key_Return, keys.Key_Enter):
            self.entered_day.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw in the new theme's colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self.viewport().update()


class _DayDelegate(QStyledItemDelegate):
    """Paints a day: its number, what sort of day it is, and the first things due on it."""

    def __init__(self, grid: MonthGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:  # fmt: skip
        """Draw ground, head and lines."""
        cell: DayCell | None = index.data(Qt.ItemDataRole.UserRole)
        if cell is None:
            return
        tokens = theme.current()
        room: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, room, cell, option.state)
        inner = room.adjusted(tokens.space(2), tokens.space(1), -tokens.space(2), -tokens.space(1))
        top = inner.top() + self._paint_head(painter, inner, cell)
        inner.setTop(top)
        self._paint_items(painter, inner, cell.items)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, room: QRect, cell: DayCell, state: QStyle.StateFlag
    ) -> None:
        tokens, colours = theme.current(), theme.current().colours
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        ground = colours.surface if cell.working else colours.sunken
        painter.fillRect(room, QColor(colours.selected if chosen else ground))
        painter.setPen(QColor(colours.border))
        painter.drawLine(room.topRight(), room.bottomRight())
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        if chosen and self._grid.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRoundedRect(room.adjusted(1, 1, -2, -2), tokens.radius, tokens.radius)

    def _paint_head(self, painter: QPainter, room: QRect, cell: DayCell) -> int:
        tokens, colours = theme.current(), theme.current().colours
        painter.setFont(theme.font(tokens.base))
        metrics = painter.fontMetrics()
        number, height = str(cell.day.day), metrics.height() + tokens.space(1)
        width = max(metrics.horizontalAdvance(number) + tokens.space(2), height)
        pill = QRect(room.left() - tokens.space(1), room.top(), width, height)
        month = self._grid.month
        strange = month is not None and cell.day.month != month.first.month
        ink = colours.faint if strange else colours.text
        if cell.day == self._grid.today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(pill, height / 2, height / 2)
            ink = colours.on_accent
        painter.setPen(QColor(ink))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, number)
        after = QRect(pill.right() + tokens.space(1), room.top(), 0, height)
        after.setRight(room.right())
        self._paint_mark(painter, after, cell)
        return height + tokens.space(0.5)

    def _paint_mark(self, painter: QPainter, room: QRect, cell: DayCell) -> None:
        """休 or 班 at the right, the festival before it."""
        festival = cell.rest or cell.worked_for
        if not festival:
            return
        tokens = theme.current()
        tone = tokens.tone("green" if cell.rest else "amber")
        painter.setFont(theme.font(tokens.small))
        metrics = painter.fontMetrics()
        words = _("休") if cell.rest else _("班")
        width = metrics.horizontalAdvance(words) + tokens.space(2)
        pill = QRect(room.right() - width, room.top(), width, room.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tone.ground))
        painter.drawRoundedRect(pill, tokens.radius, tokens.radius)
        painter.setPen(QColor(tone.ink))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
        before = room.adjusted(0, 0, -width - tokens.space(1), 0)
        name = metrics.elidedText(_(festival), Qt.TextElideMode.ElideRight, before.width())
        if len(name) <= 1:  # nothing but the dots fits
            return
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(tokens.colours.muted))
        painter.drawText(before, right, name)

    def _paint_items(self, painter: QPainter, room: QRect, items: tuple[DueItem, ...]) -> None:
        tokens = theme.current()
        painter.setFont(theme.font(tokens.small))
        line = round(tokens.small * _LINE)
        most = max(0, room.height() // line)
        shown = items if len(items) <= most else items[: max(0, most - 1)]
        for place, item in enumerate(shown):
            at = QRect(room.left(), room.top() + place * line, room.width(), line)
            _paint_item(painter, at, item)
        if len(shown) < len(items):
            at = QRect(room.left(), room.top() + len(shown) * line, room.width(), line)
            more = _("还有{count}项") if shown else _("{count}项")
            late = any(each.tone == "red" for each in items[len(shown) :])
            painter.setPen(QColor(tokens.tone("red").ink if late else tokens.colours.muted))
            words = more.format(count=len(items) - len(shown))
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, words)


def day_words(cell: DayCell) -> str:
    """Say a day and what sort of day it is: 5月9日 周六 劳动节调休上班."""
    day = cell.day
    words = _("{month}月{day}日").format(month=day.month, day=day.day)
    sort = ""
    if cell.rest:
        sort = _("{festival}放假").format(festival=_(cell.rest))
    elif cell.worked_for:
        sort = _("{festival}调休上班").format(festival=_(cell.worked_for))
    return " ".join(filter(None, (words, _(_WEEKDAYS[day.weekday()]), sort)))


def _paint_item(painter: QPainter, room: QRect, item: DueItem) -> None:
    """A dot in the colour of its urgency, hollow while the day may still move, and the words."""
    tokens = theme.current()
    ink = QColor(tokens.tone(item.tone or "blue").ink)
    side = tokens.space(1.5)
    dot = QRect(room.left(), room.center().y() - side // 2, side, side)
    painter.setPen(QPen(ink, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush if item.provisional else ink)
    painter.drawEllipse(dot)
    text = room.adjusted(side + tokens.space(1), 0, 0, 0)
    words = _("暂定 {title}").format(title=item.title) if item.provisional else item.title
    metrics = painter.fontMetrics()
    painter.setPen(ink if item.tone == "red" else QColor(tokens.colours.text))
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, text.width())
    painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, shown)


def _titles(cell: DayCell) -> list[str]:
    return [" ".join(filter(None, (each.number, each.title, each.what))) for each in cell.items]


def _spoken(cell: DayCell) -> str:
    count = _("{count}项到期").format(count=len(cell.items)) if cell.items else ""
    return " ".join(filter(None, (day_words(cell), count)))
