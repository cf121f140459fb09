"""A list of a million records: ordered ids in memory, pages of rows fetched when looked at."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
    Slot,
)

from integrity_desk.services.registers import Row
from integrity_desk.wording import _

PAGE_ROWS = 128
_CACHED_PAGES = 64
_UNDER_WAY = 2
_WAITING = 6
_PREFETCH_AFTER_MS = 40

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column; ``kind`` is text, muted, number, due, state (a badge) or check (a box to tick).

    A state and a box are not in a row's ``cells``.
    """

    name: str
    label: str
    kind: str = "text"
    width: int = 26
    """Preferred width in steps of the space scale (4 px at the normal size)."""
    widest: int = 0
    """How wide it may grow in the same steps before the stretching column takes what is left."""
    stretch: bool = False
    rank: int = 0
    """Columns of the highest rank are dropped first when room is short."""
    sortable: bool = True


Fetch = Callable[[tuple[int, ...], Callable[[Sequence[Row]], None]], object]
"""``fetch(row_ids, on_rows)`` answers later by calling ``on_rows``, a bound method of a QObject."""


class RowsModel(QAbstractTableModel):
    """Rows by position; a row not fetched yet reads as None and is asked for."""

    order_wanted = Signal(str, bool)
    """(column name, descending): a person clicked a heading."""

    def __init__(
        self, columns: Sequence[Column], fetch: Fetch, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._cell_of = _cell_numbers(self.columns)
        self._fetch = fetch
        self._order = array("q")
        self._pages: OrderedDict[int, tuple[Row | None, ...]] = OrderedDict()
        self._asked: dict[int, _PageRequest] = {}
        self._waiting: list[int] = []
        self._soon = _timer(self, 0, self._ask)
        self._idle = _timer(self, _PREFETCH_AFTER_MS, self._prefetch)
        self._looked_at = 0

    def set_order(self, row_ids: Iterable[int]) -> None:
        """Show these rows in this order; pages under way are stale and dropped."""
        self.beginResetModel()
        self._order = row_ids if isinstance(row_ids, array) else array("q", row_ids)
        self._forget()
        self.endResetModel()

    def reload(self) -> None:
        """Fetch the shown rows again, in the same order; old rows stand until they come."""
        looked_at = self._looked_at
        self._drop_requests()
        for page in [each for each in self._pages if abs(each - looked_at) > 1]:
            del self._pages[page]
        for page in (looked_at - 1, looked_at + 1, looked_at):
            self._want(page)

    def row_at(self, position: int) -> Row | None:
        """Return the row at ``position``; None while it is being fetched or when it is gone."""
        number = position // PAGE_ROWS
        page = self._pages.get(number)
        if page is None:
            self._looked_at = number
            self._want(number)
            return None
        if number != self._looked_at:
            self._looked_at = number
            self._pages.move_to_end(number)
            self._idle.start()
        return page[position % PAGE_ROWS]

    def row_id_at(self, position: int) -> int:
        """Return the row id at ``position`` without fetching."""
        return self._order[position]

    def position_of(self, row_id: int) -> int:
        """Return where ``row_id`` stands; -1 when it is not in the list."""
        try:
            return self._order.index(row_id)
        except ValueError:
            return -1

    def text_of(self, row: Row, column: int) -> str:
        """Return what ``row`` shows in ``column``."""
        cell = self._cell_of[column]
        return _(row.state_label) if cell < 0 else row.cells[cell]

    def is_ticked(self, row: Row) -> bool:
        """Whether the box of ``row`` is ticked; plain lists have none."""
        return False

    def may_tick(self, row: Row) -> bool:
        """Whether a click would tick the box of ``row`` or take its tick away."""
        return True

    def _want(self, page: int) -> None:
        if not 0 <= page * PAGE_ROWS < len(self._order) or page in self._asked:
            return
        if page in self._waiting:
            self._waiting.remove(page)
        self._waiting.append(page)
        del self._waiting[:-_WAITING]
        if not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _ask(self) -> None:
        while self._waiting and len(self._asked) < _UNDER_WAY:
            page = self._waiting.pop()
            first = page * PAGE_ROWS
            row_ids = tuple(self._order[first : first + PAGE_ROWS])
            request = _PageRequest(self, page, row_ids)
            self._asked[page] = request
            request.ticket = self._fetch(row_ids, request.receive)

    @Slot()
    def _prefetch(self) -> None:
        for page in (self._looked_at - 1, self._looked_at + 1):
            if page not in self._pages:
                self._want(page)

    def take_page(self, request: _PageRequest, rows: Sequence[Row]) -> None:
        """Keep a page that is still wanted; a stale one (older order) is dropped."""
        if self._asked.get(request.page) is not request:
            return
        del self._asked[request.page]
        by_id = {row.row_id: row for row in rows}
        self._pages[request.page] = tuple(by_id.get(each) for each in request.row_ids)
        while len(self._pages) > _CACHED_PAGES:
            self._pages.popitem(last=False)
        first = request.page * PAGE_ROWS
        last = first + len(request.row_ids) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
        self._soon.start()
        self._idle.start()

    def _forget(self) -> None:
        self._pages.clear()
        self._looked_at = 0
        self._drop_requests()

    def _drop_requests(self) -> None:
        for request in self._asked.values():
            request.cancel()
        self._asked.clear()
        self._waiting.clear()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many records the list has."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts for the screen reader, the clipboard and tests; the view paints from rows."""
        if role not in _TEXT_ROLES or not index.isValid():
            return None
        row = self.row_at(index.row())
        if row is None:
            return ""
        text = self.text_of(row, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(self.columns[index.column()].label)} {text}"
        return text

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """The columns' labels."""
        if orientation is Qt.Orientation.Horizontal and role in _TEXT_ROLES:
            return _(self.columns[section].label)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask the owner for another order; the store sorts, never this model."""
        if 0 <= column < len(self.columns):
            descending = order is Qt.SortOrder.DescendingOrder
            self.order_wanted.emit(self.columns[column].name, descending)


_TEXT_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
)


class _PageRequest(QObject):
    """One page under way; its bound method receives the rows."""

    def __init__(self, model: RowsModel, page: int, row_ids: tuple[int, ...]) -> None:
        super().__init__()
        self.model = model
        self.page = page
        self.row_ids = row_ids
        self.ticket: Any = None

    @Slot(object)
    def receive(self, rows: Sequence[Row]) -> None:
        """Hand the rows to the model."""
        self.model.take_page(self, rows)

    def cancel(self) -> None:
        """Spare the store the work when it has not begun."""
        if self.ticket is not None:
            self.ticket.cancel()


def _cell_numbers(columns: Sequence[Column]) -> tuple[int, ...]:
    numbers, cell = [], 0
    for column in columns:
        apart = column.kind in ("state", "check")
        numbers.append(-1 if apart else cell)
        cell += not apart
    return tuple(numbers)


def _timer(model: RowsModel, after_ms: int, slot: Callable[[], None]) -> QTimer:
    timer = QTimer(model)
    timer.setSingleShot(True)
    timer.setInterval(after_ms)
    timer.timeout.connect(slot)
    return timer
