"""The month view: its days with what is due on them, and the list of the chosen day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from integrity_desk.services.due_board import DayCell, Month
from integrity_desk.services.due_items import DueItem
from integrity_desk.ui import theme
from integrity_desk.ui.widgets.card import Card
from integrity_desk.ui.widgets.empty_state import EmptyState
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.ui.widgets.month_grid import MonthGrid, day_words
from integrity_desk.ui.widgets.record_list import ListLine, RecordList
from integrity_desk.wording import _

_MONTH = timedelta(days=31)
_LIST_WIDTH = 84
"""In steps of the space scale."""


class MonthView(QWidget):
    """Arrows move over the days, PageUp and PageDown over the months, Enter goes to the list."""

    opened = Signal(object)
    """The DueItem a person chose."""
    moved = Signal()
    """The keyboard came to another line."""
    month_wanted = Signal(object)
    """The first day of the month to show."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = today.replace(day=1)
        self._today = today
        self._day = today
        self.grid = MonthGrid()
        self.list = RecordList(_("当日到期"))
        self.heading = label("", "heading")
        self.name = label("", "heading")
        self.doubt = label("", "warning", wrap=True)
        self.today_button = button(_("回到今天"))
        self.empty = EmptyState("calendar", _("这一天没有到期的事项。"))
        self._connect()
        self._build()

    @property
    def chosen(self) -> DueItem | None:
        """The item of the list that the keyboard is on; the day's first otherwise."""
        items, place = self._items(), self.list.currentRow()
        return items[max(0, place)] if max(0, place) < len(items) else None

    def show_month(self, month: Month, today: date) -> None:
        """Show a month; the chosen day stays if it lies in it."""
        self.first, self._today = month.first, today
        if (self._day.year, self._day.month) != (month.first.year, month.first.month):
            within = today.replace(day=1) == month.first
            self._day = today if within else month.first
        self.name.setText(
            _("{year}年{month}月").format(year=month.first.year, month=month.first.month)
        )
        unknown = sorted({each.day.year for each in month.days if not each.published})
        words = _("{year}年的放假安排还没有导入，落在这一年的期限都是暂定的。")
        self.doubt.setText(words.format(year=unknown[0]) if unknown else "")
        self.doubt.setVisible(bool(unknown))
        self.grid.show_month(month, today, self._day)
        self._show_day()

    def _items(self) -> tuple[DueItem, ...]:
        cell = self.grid.cell(self._day)
        return cell.items if cell is not None else ()

    @Slot(object)
    def _choose(self, cell: DayCell) -> None:
        self._day = cell.day
        if (cell.day.year, cell.day.month) != (self.first.year, self.first.month):
            self.month_wanted.emit(cell.day.replace(day=1))
        else:
            self._show_day()

    def _show_day(self) -> None:
        cell = self.grid.cell(self._day)
        if cell is None:
            return
        self.heading.setText(day_words(cell))
        self.list.show_lines(_line(each) for each in cell.items)
        self._room.setCurrentIndex(1 if cell.items else 0)
        self.moved.emit()

    @Slot()
    def _enter(self) -> None:
        if self._items():
            self.list.choose_first()
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def _open(self, _line: ListLine) -> None:
        items = self._items()
        if 0 <= self.list.currentRow() < len(items):
            self.opened.emit(items[self.list.currentRow()])

    @Slot(int)
    def _turn(self, months: int) -> None:
        middle = self.first.replace(day=15) + months * _MONTH
        self.month_wanted.emit(middle.replace(day=1))

    @Slot()
    def _back(self) -> None:
        self._turn(-1)

    @Slot()
    def _on(self) -> None:
        self._turn(1)

    @Slot()
    def _to_today(self) -> None:
        self._day = self._today
        self.month_wanted.emit(self._today.replace(day=1))
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes to the days."""
        super().focusInEvent(event)
        self.grid.setFocus(event.reason())

    def _connect(self) -> None:
        self.grid.chosen.connect(self._choose)
        self.grid.entered_day.connect(self._enter)
        self.grid.turned.connect(self._turn)
        self.grid.today_wanted.connect(self._to_today)
        self.list.opened.connect(self._open)
        self.list.currentRowChanged.connect(self.moved)
        self.today_button.clicked.connect(self._to_today)

    def _build(self) -> None:
        space = theme.current().space
        top = QHBoxLayout()
        top.setSpacing(space(2))
        top.addWidget(_arrow("chevron-left", _("上一月"), self._back))
        top.addWidget(self.name)
        top.addWidget(_arrow("chevron-right", _("下一月"), self._on))
        top.addWidget(self.today_button)
        top.addWidget(self.doubt, 1)
        top.addStretch(0)
        days = QVBoxLayout()
        days.setSpacing(space(2))
        days.addLayout(top)
        days.addWidget(self.grid, 1)
        card = Card()
        card.setFixedWidth(space(_LIST_WIDTH))
        self._card = card
        self._room = QStackedLayout()
        self._room.addWidget(self.empty)
        self._room.addWidget(self.list)
        card.add(self.heading)
        card.body.addLayout(self._room, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(3))
        layout.addLayout(days, 1)
        layout.addWidget(card)


def _arrow(icon: str, name: str, slot: Callable[[], None]) -> QToolButton:
    made = QToolButton()
    made.setAccessibleName(name)
    made.setToolTip(name)
    theme.set_icon(made, icon, "muted")
    made.clicked.connect(slot)
    return made


def _line(item: DueItem) -> ListLine:
    """The day stands above: the badge tells what has to happen on it."""
    what = _("{words}（暂定）").format(words=item.what) if item.provisional else item.what
    return ListLine(
        page=item.type, id=item.id, title=item.title,
        badge=what, tone=item.tone or "blue",
    )  # fmt: skip
