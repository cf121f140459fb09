"""A register's list: chips by state, filter, table; says which record a person looks at."""

from __future__ import annotations

import dataclasses
from array import array
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from integrity_desk.domain.deadlines import main_deadline
from integrity_desk.domain.records import RecordType
from integrity_desk.domain.times import china_day
from integrity_desk.services.early_warnings import WARNINGS, CountWarnings
from integrity_desk.services.registers import CountStates, FetchRows, Filter, ListRecords, Row
from integrity_desk.ui import theme
from integrity_desk.ui.link_finder import RecordFinder
from integrity_desk.ui.models.rows import RowsModel
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.pages.register_columns import columns_of
from integrity_desk.ui.widgets.chips import ChipsRow
from integrity_desk.ui.widgets.filter_popover import FILTERED_KINDS, FilterPopover
from integrity_desk.ui.widgets.folding_row import FoldingRow
from integrity_desk.ui.widgets.labels import button
from integrity_desk.ui.widgets.notice_bar import NoticeBar
from integrity_desk.ui.widgets.register_table import RegisterTable
from integrity_desk.wording import _

ALL = "all"
LATE = "late"
_FOLDED_CHIPS = 44
"""Room for the first chip and the menu of the others, in steps of the space scale."""
_CHIPS = 50
"""Room kept for a chip or two more before the buttons get words, in steps of the space scale."""


class RegisterList(QWidget):
    """The list half of a register page."""

    selected = Signal(str)
    """The id of the record the keyboard came to."""
    opened = Signal(str)
    """The id of the record a person pressed Enter on or clicked twice."""
    new_wanted = Signal()
    export_wanted = Signal()
    full_export_wanted = Signal()
    ledger_wanted = Signal()
    import_wanted = Signal()
    counted = Signal()

    def __init__(self, context: Context, declared: RecordType) -> None:
        super().__init__()
        self._context = context
        self._declared = declared
        self._filter = Filter(type=declared.name)
        self._order = array("q")
        self._told = ""
        self._sought = ""
        self._awaited = -1
        self.total = 0
        self.chips = ChipsRow(_chips(declared))
        self.model = RowsModel(columns_of(declared), self._fetch, self)
        self.table = RegisterTable(self.model)
        self.bar = NoticeBar()
        fields = [each for each in declared.fields if each.filtered and each.kind in FILTERED_KINDS]
        self.popover = FilterPopover(fields, RecordFinder(context.tasks), self)
        self.filter_button = button(_("筛选"), "filter")
        self.export_button = button(_("导出"), "export")
        self.ledger_button = button("", "printer")
        self.import_button = button("", "upload")
        self._spare_words: dict[QPushButton, str] = {}
        self.new_button = button(new_words(declared), "plus", "primary")
        self._build()
        self._connect()

    @property
    def shown(self) -> int:
        """How many records the list holds now."""
        return len(self._order)

    @property
    def all_rows(self) -> tuple[int, ...]:
        """The row numbers of everything the list holds, in its order."""
        return tuple(self._order)

    @property
    def selected_rows(self) -> tuple[int, ...]:
        """The row numbers selected, in the order of the list."""
        chosen = self.table.view.selectionModel().selectedRows()
        return tuple(self._order[each] for each in sorted(index.row() for index in chosen))

    @property
    def filter(self) -> Filter:
        """What the list is narrowed to."""
        return self._filter

    def refresh(self) -> None:
        """Ask for counts and the order anew."""
        ask = self._context.tasks.ask
        ask(CountStates(type=self._declared.name), self._show_counts, latest=True)
        if main_deadline(self._declared.name) is not None:
            ask(ListRecords(filter=self._late_filter()), self._show_late, latest=True)
        if self._declared.name in WARNINGS:
            ask(CountWarnings(type=self._declared.name), self._show_warnings, latest=True)
        self._relist()

    def search(self, text: str) -> None:
        """Narrow to what matches."""
        self._narrow(text=text)

    def seek(self, record_id: str) -> None:
        """Select a record's row if the list holds it."""
        self._sought = record_id
        only = Filter(type=self._declared.name, equals={"id": (record_id,)})
        self._context.tasks.ask(ListRecords(filter=only), self._select_sought, latest=True)

    @Slot()
    def open_filter(self) -> None:
        """Show the filter below its button."""
        if self.filter_button.isVisible():
            self.popover.open_below(self.filter_button)

    def _narrow(self, **changed: Any) -> None:
        self._filter = dataclasses.replace(self._filter, **changed)
        self._relist()

    def _relist(self) -> None:
        question = ListRecords(filter=self._filter)
        self._context.tasks.ask(question, self._show_order, latest=True)

    def _late_filter(self) -> Filter:
        deadline = main_deadline(self._declared.name)
        assert deadline is not None
        yesterday = china_day(self._context.now()) - timedelta(days=1)
        return Filter(
            type=self._declared.name,
            states=tuple(sorted(deadline.states)),
            equals=deadline.only,
            days={deadline.field: (None, yesterday)},
        )

    @Slot(object)
    def _show_order(self, order: array[int]) -> None:
        if order == self._order and len(order):
            self.model.reload()
            return
        kept = self._row_to_keep()
        self._order = order
        self.model.set_order(order)
        self.table.select_row_id(kept)
        self.table.sort_shown(self._filter.order_by, descending=self._filter.descending)
        if self.hasFocus():
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell_empty()
        self.counted.emit()

    def _row_to_keep(self) -> int:
        """The selected row, else the one sought before the list held it; -1 for none."""
        view = self.table.view
        if view.selectionModel().hasSelection():
            return self._order[view.currentIndex().row()]
        return self._awaited

    @Slot(object)
    def _show_counts(self, counts: dict[str, int]) -> None:
        life = self._declared.life
        states = [each.code for each in life.states] if life else []
        self.total = sum(counts.values())
        self.chips.set_counts({state: counts.get(state, 0) for state in states})
        self._tell_empty()
        self.counted.emit()

    @Slot(object)
    def _show_late(self, late: array[int]) -> None:
        self.chips.set_counts({LATE: len(late)})

    @Slot(object)
    def _show_warnings(self, counts: dict[str, int]) -> None:
        self.chips.set_counts(counts)

    @Slot(object)
    def _select_sought(self, rows: array[int]) -> None:
        self._told = self._sought
        row = rows[0] if len(rows) else -1
        if not self.table.select_row_id(row):
            self.table.view.clearSelection()
            self._awaited = row

    @Slot(str)
    def _choose_chip(self, code: str) -> None:
        days = dict(self.popover.days)
        warning = code if code in WARNINGS.get(self._declared.name, {}) else ""
        states: tuple[str, ...] = () if warning or code in (ALL, LATE) else (code,)
        if code == LATE:
            late = self._late_filter()
            states, days = late.states, {**days, **late.days}
        self._narrow(states=states, days=days, warning=warning)

    @Slot()
    def _choose_filter(self) -> None:
        count = self.popover.count
        words = _("筛选 {count}").format(count=count) if count else _("筛选")
        self.filter_button.setText(words)
        theme.mark(self.filter_button, kind="active" if count else "")
        self._filter = dataclasses.replace(self._filter, equals=self.popover.equals)
        self._choose_chip(self.chips.current)

    @Slot(str, bool)
    def _sort(self, column: str, descending: bool) -> None:
        self._narrow(order_by=column, descending=descending)
        self.table.sort_shown(column, descending=descending)

    @Slot()
    def _tell_selected(self) -> None:
        """Tell once what is selected; the row may come after the selection."""
        row = self.table.current if self.table.view.selectionModel().hasSelection() else None
        if row is not None:
            self._awaited = -1
            if row.id != self._told:
                self._told = row.id
                self.selected.emit(row.id)
        self.counted.emit()

    @Slot(object)
    def _tell_opened(self, row: Row) -> None:
        self._told = row.id
        self.opened.emit(row.id)

    @Slot()
    def _tell_clicked(self) -> None:
        row = self.table.current
        if row is not None:
            self._told = row.id
            self.selected.emit(row.id)

    def _tell_empty(self) -> None:
        label = _(self._declared.label)
        if self._filter.text:
            sentence = _("没有找到含有“{text}”的{type}。").format(
                text=self._filter.text, type=label
            )
            action = ""
        elif self.total:
            sentence, action = _("没有符合条件的{type}。").format(type=label), _("显示全部")
        else:
            sentence = _("这里还没有{type}。").format(type=label)
            action = new_words(self._declared) if self._context.actor.may("edit") else ""
        self.table.empty.tell("search" if self.total else "inbox", sentence, action)

    @Slot()
    def _act_on_empty(self) -> None:
        if not self.total:
            self.new_wanted.emit()
            return
        self.chips.choose(ALL)
        self.popover.clear()

    def _fetch(self, rows: tuple[int, ...], on_rows: Callable[[Sequence[Row]], None]) -> object:
        question = FetchRows(type=self._declared.name, rows=rows)
        return self._context.tasks.ask(question, on_rows)

    def add_button(self, extra: QPushButton) -> None:
        """Put an act of this register's own before 登记."""
        self._buttons.append(extra)
        self._top.insertWidget(self._top.indexOf(self.new_button), extra)

    def spare(self, each: QPushButton, words: str, name: str) -> None:
        """Show ``words`` on a button as long as there is room; without room its icon says it."""
        self._spare_words[each] = words
        each.setAccessibleName(name)

    def _fit_words(self) -> None:
        for each, words in self._spare_words.items():
            each.setText(words)
        wanted = sum(
            each.sizeHint().width() + self._top.spacing()
            for each in self._buttons
            if not each.isHidden()
        )
        room = self.width() - self.chips.minimumSizeHint().width() - theme.current().space(_CHIPS)
        if wanted > room:
            for each in self._spare_words:
                each.setText("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say in words what there is room to say."""
        super().resizeEvent(event)
        self._fit_words()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew with the new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_top"):
            self._fit_words()

    def _build(self) -> None:
        space = theme.current().space
        self._row = FoldingRow(_FOLDED_CHIPS)
        self._row.left.addWidget(self.chips, 1)
        self._top = top = self._row.right
        self._buttons = [
            self.filter_button, self.export_button, self.ledger_button, self.import_button,
            self.new_button,
        ]  # fmt: skip
        for each in self._buttons:
            top.addWidget(each)
        self.spare(self.ledger_button, _("打印"), _("打印台账"))
        self.ledger_button.setToolTip(_("打印台账（Ctrl+Shift+P）"))
        self.spare(self.import_button, _("导入"), _("导入"))
        self.import_button.setToolTip(_("从电子表格导入"))
        if self._context.actor.may("reveal"):
            full = QAction(_("导出（不遮盖）"), self.export_button)
            full.triggered.connect(self.full_export_wanted)
            self.export_button.addAction(full)
            self.export_button.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
            self.export_button.setToolTip(_("导出（Ctrl+E）；右键或Ctrl+Shift+E不遮盖"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(4), space(3), space(4), space(3))
        layout.setSpacing(space(3))
        layout.addWidget(self.bar)
        layout.addWidget(self._row)
        layout.addWidget(self.table, 1)
        self.table.empty.tell("inbox", _("正在读取…"))
        self.filter_button.setHidden(self.popover.empty)
        for each in (self.export_button, self.ledger_button):
            each.setHidden(not self._context.actor.may("print"))
        for each in (self.import_button, self.new_button):
            each.setHidden(not self._context.actor.may("edit"))

    def _connect(self) -> None:
        self.chips.chosen.connect(self._choose_chip)
        self.popover.changed.connect(self._choose_filter)
        self.filter_button.clicked.connect(self.open_filter)
        self.export_button.clicked.connect(self.export_wanted)
        self.import_button.clicked.connect(self.import_wanted)
        self.ledger_button.clicked.connect(self.ledger_wanted)
        self.new_button.clicked.connect(self.new_wanted)
        self.model.order_wanted.connect(self._sort)
        self.table.selected.connect(self._tell_selected)
        self.table.view.selectionModel().selectionChanged.connect(self._tell_selected)
        self.table.opened.connect(self._tell_opened)
        self.table.view.clicked.connect(self._tell_clicked)
        self.table.empty.acted.connect(self._act_on_empty)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes to the table, as soon as there is one."""
        super().focusInEvent(event)
        if self.table.view.isVisible():
            self.table.view.setFocus(event.reason())


def new_words(declared: RecordType) -> str:
    """Return the words of the button that enters a record of this type."""
    return _("登记{type}").format(type=_(declared.label))


def _chips(declared: RecordType) -> list[tuple[str, str]]:
    late = [(LATE, _("已逾期"))] if main_deadline(declared.name) else []
    states = declared.life.states if declared.life else ()
    warned = WARNINGS.get(declared.name, {}).items()
    warnings = [(code, _(each.label)) for code, each in warned]
    return [(ALL, _("全部")), *late, *warnings, *((each.code, _(each.label)) for each in states)]
