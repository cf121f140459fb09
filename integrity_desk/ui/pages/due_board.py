"""The board's lanes as figures above and one table below, in lanes, by clause or by person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from integrity_desk.services.due_board import Board, Lane, LaneView
from integrity_desk.services.due_items import DueItem
from integrity_desk.ui import theme
from integrity_desk.ui.pages.workbench import due_words
from integrity_desk.ui.widgets.card import Card
from integrity_desk.ui.widgets.chips import ChipsRow
from integrity_desk.ui.widgets.empty_state import EmptyState
from integrity_desk.ui.widgets.figures_row import FiguresRow
from integrity_desk.ui.widgets.labels import label
from integrity_desk.ui.widgets.plain_table import PlainRow, PlainTable
from integrity_desk.wording import N_, _

LANES = {
    Lane.OVERDUE: N_("已逾期"),
    Lane.TODAY: N_("今天到期"),
    Lane.WEEK: N_("七天内到期"),
    Lane.PAUSED: N_("计时中止"),
    Lane.PROVISIONAL: N_("暂定"),
}
BY_LANE, BY_CLAUSE, BY_HANDLER = "lane", "clause", "handler"
_HEADS = (
    N_("到期日"), N_("编号"), N_("事项"), N_("到期内容"), N_("依据"), N_("经办人"), N_("还有几天"),
)  # fmt: skip
_SUBJECT, _WHAT = 2, 3
_WIDEST = 58
"""In steps of the space scale."""


class BoardView(QWidget):
    """A figure narrows to its lane, and again to all; a line opens its record."""

    opened = Signal(object)
    """The DueItem a person chose."""
    moved = Signal()
    """The keyboard came to another line."""
    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board: Board | None = None
        self._today = date.min
        self._narrowed = False
        self._items: dict[str, DueItem] = {}
        self.row = FiguresRow([(lane, _(words)) for lane, words in LANES.items()])
        self.figures = self.row.cards
        self.grouping = ChipsRow(
            [(BY_LANE, _("按期限")), (BY_CLAUSE, _("按依据")), (BY_HANDLER, _("按经办人"))]
        )
        self.table = PlainTable(
            [_(each) for each in _HEADS], stretch=_SUBJECT, name=_("期限"), widest=_WIDEST
        )
        self.empty = EmptyState("calendar", _("正在读取…"))
        self._shown = label("", "muted")
        self._connect()
        self._build()

    @property
    def chosen(self) -> DueItem | None:
        """The item the keyboard is on."""
        return self._items.get(self.table.chosen)

    def show_board(self, board: Board, today: date, *, narrowed: bool) -> None:
        """Show what was asked for; ``narrowed`` when it is not all there is."""
        self._board, self._today, self._narrowed = board, today, narrowed
        for each in board.lanes:
            self.figures[each.lane].show_figure(each.count, late=each.lane is Lane.OVERDUE)
        self._relist()

    def _relist(self) -> None:
        assert self._board is not None
        chosen = [each for each in self._board.lanes if self.row.current in (None, each.lane)]
        rows = list(self._rows(chosen))
        self.table.show_rows(rows)
        if not self.table.chosen:
            self.table.choose_first()
        self._room.setCurrentIndex(1 if rows else 0)
        self._tell(chosen)
        self.moved.emit()

    def _rows(self, lanes: Sequence[LaneView]) -> Iterator[PlainRow]:
        self._items = {}
        grouping = self.grouping.current
        placed = [(self._heading(each, lane.lane), each) for lane in lanes for each in lane.items]
        if grouping != BY_LANE:
            placed.sort(key=lambda each: (each[0], each[1].due))
        for heading, group in groupby(placed, key=lambda each: each[0]):
            items = [item for _heading, item in group]
            words = _("{name}（{count}）").format(name=heading, count=f"{len(items):,}")
            yield PlainRow(cells=(words,), heading=True)
            for item in items:
                code = f"{item.id} {item.what}"
                self._items[code] = item
                yield PlainRow(cells=_cells(item, self._today), tone=item.tone, code=code)

    def _heading(self, item: DueItem, lane: Lane) -> str:
        if self.grouping.current == BY_CLAUSE:
            return _(item.clause)
        if self.grouping.current == BY_HANDLER:
            return item.handler_name or _("未指定经办人")
        return _(LANES[lane])

    def _tell(self, lanes: Sequence[LaneView]) -> None:
        counted, shown = sum(each.count for each in lanes), sum(len(each.items) for each in lanes)
        more = _("只列出最早到期的{shown}项，共{count}项，请按依据或经办人筛选。")
        self._shown.setText(more.format(shown=shown, count=counted) if counted > shown else "")
        self._shown.setVisible(counted > shown)
        if self.row.current is not None or self._narrowed:
            self.empty.tell("search", _("没有符合条件的期限。"), _("显示全部"))
        else:
            calm = _("没有逾期的，七天内没有到期的，也没有中止或暂定的期限。")
            self.empty.tell("check", calm)

    @Slot()
    def _narrow(self) -> None:
        if self._board is not None:
            self._relist()

    @Slot()
    def _show_all(self) -> None:
        self.row.choose(None)
        self.all_wanted.emit()

    @Slot(str)
    def _open(self, code: str) -> None:
        self.opened.emit(self._items[code])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes to the table, when there is one."""
        super().focusInEvent(event)
        if self.table.isVisible():
            self.table.setFocus(event.reason())

    def changeEvent(self, event: QEvent) -> None:
        """Large text leaves room for what the day is of by dropping what happens on it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "table"):
            self.table.setColumnHidden(_WHAT, theme.current().large)

    def _connect(self) -> None:
        self.row.chosen.connect(self._narrow)
        self.grouping.chosen.connect(self._narrow)
        self.table.opened.connect(self._open)
        self.table.currentCellChanged.connect(self.moved)
        self.empty.acted.connect(self._show_all)

    def _build(self) -> None:
        space = theme.current().space
        card = Card()
        card.body.setContentsMargins(0, 0, 0, 0)
        self._room = QStackedLayout()
        self._room.addWidget(self.empty)
        self._room.addWidget(self.table)
        card.body.addLayout(self._room, 1)
        above = QHBoxLayout()
        above.addWidget(self.grouping, 1)
        above.addWidget(self._shown, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(3))
        layout.addWidget(self.row)
        layout.addLayout(above)
        self.table.setColumnHidden(_WHAT, theme.current().large)
        layout.addWidget(card, 1)


def state_words(item: DueItem, today: date) -> str:
    """Say how far the day is, or why it is not certain."""
    if item.paused:
        return _("中止，最早此日")
    words = due_words(item.due, today)
    return _("{words}（暂定）").format(words=words) if item.provisional else words


def _cells(item: DueItem, today: date) -> tuple[str, ...]:
    return (
        str(item.due), item.number, item.title, item.what, _(item.clause),
        item.handler_name, state_words(item, today),
    )  # fmt: skip
