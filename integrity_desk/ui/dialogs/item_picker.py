"""A searched and filtered list of records with boxes to tick; what is ticked stays ticked."""

from __future__ import annotations

import dataclasses
from array import array
from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from integrity_desk.domain.fields import Id
from integrity_desk.domain.records import RecordType, type_named
from integrity_desk.services.registers import FetchRows, Filter, ListRecords, Row
from integrity_desk.ui import theme
from integrity_desk.ui.link_finder import RecordFinder
from integrity_desk.ui.models.rows import Column, RowsModel
from integrity_desk.ui.pages.register_columns import columns_of
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.chips import ChipsRow
from integrity_desk.ui.widgets.filter_popover import FILTERED_KINDS, FilterPopover
from integrity_desk.ui.widgets.labels import button
from integrity_desk.ui.widgets.register_table import RegisterTable
from integrity_desk.wording import N_, _

MOST_AT_ONCE = 200
"""How many one press ticks; a longer sheet nobody reads."""

_ALL, _TICKED, _TAKEN = "all", "ticked", "taken"
_ALL_OR_TICKED = [(_ALL, N_("全部")), (_TICKED, N_("已选"))]
_PAUSE_MS = 200
_DROPPED_FIRST = 99
"""Rank of the number's column: what a promise says matters more here."""

_BOX = Column(name="ticked", label="", kind="check", width=9, sortable=False)


class ItemPicker(QWidget):
    """A click or Space ticks the row; a chip shows only what is ticked."""

    changed = Signal()

    def __init__(
        self, tasks: Tasks, offered: Filter, parent: QWidget | None = None, *, empty: str = "",
        taken: Collection[Id] | None = None, taken_words: str = "",
    ) -> None:  # fmt: skip
        """``taken`` cannot be ticked: they are marked, and have a chip called ``taken_words``."""
        super().__init__(parent)
        self._empty = empty or _("没有可以公示的事项：须已登记，并已决定公示。")
        self._tasks = tasks
        self._offered = offered
        self._taken = frozenset(taken or ())
        self._filter = offered
        self._ticked: dict[Id, None] = {}
        self._order = array("q")
        declared = type_named(offered.type)
        self.search = QLineEdit()
        chips = _chips(declared, offered.states) if taken is None else _ALL_OR_TICKED
        self.chips = ChipsRow(
            [*((code, _(words)) for code, words in chips), *_chip_of_taken(taken_words)]
        )
        fields = [
            each
            for each in declared.fields
            if each.filtered and each.kind in FILTERED_KINDS and each.name not in offered.equals
        ]
        self.popover = FilterPopover(fields, RecordFinder(tasks), self)
        self.filter_button = button(_("筛选"), "filter")
        self.all_button = button(_("全部选上"), "check")
        self.model = PickModel(declared, self._fetch, self, taken=self._taken, words=taken_words)
        self.table = RegisterTable(self.model)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._build(declared)
        self._connect()
        self._relist()

    @property
    def ids(self) -> tuple[Id, ...]:
        """What is ticked, in order of ticking."""
        return tuple(self._ticked)

    def tick(self, ids: Sequence[Id]) -> None:
        """Tick these and no others, without telling anybody."""
        self._ticked = dict.fromkeys(ids)
        self._show_ticks()

    @Slot()
    def toggle(self) -> None:
        """Tick the row the keyboard is on, or take its tick away."""
        row = self.table.current
        if row is None or row.id in self._taken:
            return
        if row.id in self._ticked:
            del self._ticked[row.id]
        else:
            self._ticked[row.id] = None
        self._show_ticks()
        self.changed.emit()

    def _show_ticks(self) -> None:
        self.model.ticked = self._ticked
        self.chips.set_counts({_TICKED: len(self._ticked)})
        self.table.view.viewport().update()

    def _relist(self) -> None:
        self._tasks.ask(ListRecords(filter=self._filter), self._show_order, latest=True)

    @Slot(object)
    def _show_order(self, order: array[int]) -> None:
        self._order = order
        self.model.set_order(order)
        self.table.sort_shown(self._filter.order_by, descending=self._filter.descending)
        self.all_button.setEnabled(0 < len(order) <= MOST_AT_ONCE)
        if self.chips.current == _ALL and self._filter == self._offered:
            self.chips.set_counts({_ALL: len(order), _TAKEN: len(self._taken)})
        self.table.empty.tell("inbox", self._empty)

    @Slot()
    def _narrow(self) -> None:
        code = self.chips.current
        equals = {**self._offered.equals, **self.popover.equals}
        if code in (_TICKED, _TAKEN):
            equals["id"] = self.ids if code == _TICKED else tuple(self._taken)
        self._filter = dataclasses.replace(
            self._filter,
            states=self._offered.states if code in (_ALL, _TICKED, _TAKEN) else (code,),
            equals=equals,
            days={**self._offered.days, **self.popover.days},
            text=self.search.text(),
        )
        count = self.popover.count
        self.filter_button.setText(_("筛选 {count}").format(count=count) if count else _("筛选"))
        theme.mark(self.filter_button, kind="active" if count else "")
        self._relist()

    @Slot(str, bool)
    def _sort(self, column: str, descending: bool) -> None:
        self._filter = dataclasses.replace(self._filter, order_by=column, descending=descending)
        self._relist()

    @Slot()
    def _want_all(self) -> None:
        question = FetchRows(type=self._offered.type, rows=tuple(self._order))
        self._tasks.ask(question, self._tick_all, latest=True)

    @Slot(object)
    def _tick_all(self, rows: Sequence[Row]) -> None:
        self._ticked |= dict.fromkeys(row.id for row in rows if row.id not in self._taken)
        self._show_ticks()
        self.changed.emit()

    @Slot(QModelIndex)
    def _clicked(self, _index: QModelIndex) -> None:
        self.toggle()

    @Slot()
    def _open_filter(self) -> None:
        self.popover.open_below(self.filter_button)

    def _fetch(self, rows: tuple[int, ...], on_rows: Callable[[Sequence[Row]], None]) -> object:
        return self._tasks.ask(FetchRows(type=self._offered.type, rows=rows), on_rows)

    def _build(self, declared: RecordType) -> None:
        space = theme.current().space
        words = _("搜索{type}：编号、名称、拼音").format(type=_(declared.label))
        self.search.setPlaceholderText(words)
        self.search.setAccessibleName(words)
        self.search.setClearButtonEnabled(True)
        self.table.view.setAccessibleName(_("可以选择的{type}").format(type=_(declared.label)))
        top = QHBoxLayout()
        top.setSpacing(space(2))
        top.addWidget(self.search, 1)
        for each in (self.filter_button, self.all_button):
            each.setAutoDefault(False)
            top.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2.5))
        layout.addLayout(top)
        layout.addWidget(self.chips)
        layout.addWidget(self.table, 1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes to the search; a proxy would break the dialog's tab order."""
        super().focusInEvent(event)
        self.search.setFocus(event.reason())

    def _connect(self) -> None:
        self.search.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self._narrow)
        self.chips.chosen.connect(self._narrow)
        self.popover.changed.connect(self._narrow)
        self.filter_button.clicked.connect(self._open_filter)
        self.all_button.clicked.connect(self._want_all)
        self.model.order_wanted.connect(self._sort)
        self.table.view.clicked.connect(self._clicked)
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table.view)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self.toggle)


class PickModel(RowsModel):
    """The columns of a register behind a column of boxes."""

    def __init__(
        self, declared: RecordType, fetch: Any, parent: QWidget, *,
        taken: frozenset[Id] = frozenset(), words: str = "",
    ) -> None:  # fmt: skip
        columns = [
            dataclasses.replace(each, rank=_DROPPED_FIRST) if each.name == "number" else each
            for each in columns_of(declared)
        ]
        super().__init__((_BOX, *columns), fetch, parent)
        self.ticked: dict[Id, None] = {}
        self._taken = taken
        self._words = words

    def may_tick(self, row: Row) -> bool:
        """Whether it is not taken already."""
        return row.id not in self._taken

    def is_ticked(self, row: Row) -> bool:
        """Whether a person ticked it."""
        return row.id in self.ticked or row.id in self._taken

    def text_of(self, row: Row, column: int) -> str:
        """The box reads as a word."""
        if column == 0 and row.id in self._taken:
            return self._words
        if column == 0:
            return _("已选") if self.is_ticked(row) else _("未选")
        return super().text_of(row, column)


def _chips(declared: RecordType, states: Sequence[str]) -> list[tuple[str, str]]:
    assert declared.life is not None
    named = [(code, declared.life.state(code).label) for code in states]
    return [*_ALL_OR_TICKED, *(named if len(named) > 1 else [])]


def _chip_of_taken(words: str) -> list[tuple[str, str]]:
    return [(_TAKEN, words)] if words else []
