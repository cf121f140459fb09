"""The measure board: figures above, and one table of measures in lanes; a figure narrows to it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from integrity_desk.domain.fields import Id
from integrity_desk.services.measure_board import (
    LABELS,
    OVER,
    Lane,
    MeasureBoard,
    MeasureItem,
    Narrowed,
    ShowMeasures,
)
from integrity_desk.services.measure_ledger import DrawMeasures, noted_as
from integrity_desk.services.narrowing import Choice
from integrity_desk.ui import theme
from integrity_desk.ui.pages.base import Context, Page
from integrity_desk.ui.pages.register_ledger import LedgerPreview
from integrity_desk.ui.widgets.card import Card
from integrity_desk.ui.widgets.empty_state import EmptyState
from integrity_desk.ui.widgets.figures_row import FiguresRow
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.ui.widgets.narrow_box import NarrowBox
from integrity_desk.ui.widgets.plain_table import PlainRow, PlainTable
from integrity_desk.wording import N_, _

_LIVE = tuple(lane for lane in Lane if lane not in OVER)
_FIGURES: tuple[tuple[str, tuple[Lane, ...]], ...] = (
    *((LABELS[lane], (lane,)) for lane in _LIVE),
    (N_("已终止"), tuple(lane for lane in Lane if lane in OVER)),
)
_HEADS = (
    N_("编号"), N_("被奖惩的"), N_("措施"), N_("所依据的记录"), N_("执行单位"),
    N_("起"), N_("止"), N_("现状"),
)  # fmt: skip
_RECORD = 3
_HIDDEN_LARGE = (0, 5)
"""Columns that large text leaves out: number and first day; the measure itself has them."""
_WIDEST = 37
"""In steps of the space scale."""


class MeasureBoardPage(Page):
    """Enter opens the measure, Alt+R the record it rests on, Alt+Y the objection it rests for."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.search_hint = _("按姓名或单位名称查找措施")
        self.board: MeasureBoard | None = None
        self._whose = ""
        self._items: dict[str, MeasureItem] = {}
        self.row = FiguresRow([(lanes, _(words)) for words, lanes in _FIGURES])
        self.figures = self.row.cards
        self.executor = NarrowBox(_("执行单位"), _("全部执行单位"))
        self.kind = NarrowBox(_("措施种类"), _("全部措施种类"))
        self.record = _keyed_button(_("所依据的记录"), "record", "Alt+R")
        self.objection = _keyed_button(_("相关异议"), "alert", "Alt+Y")
        self.table = PlainTable(
            [_(each) for each in _HEADS], stretch=_RECORD, name=_("措施板"), widest=_WIDEST
        )
        self.empty = EmptyState("scale", _("正在读取…"))
        self.preview: LedgerPreview | None = None
        self._shown = label("", "muted")
        self._build()
        self._connect()
        self.setFocusProxy(self.row)

    @property
    def title(self) -> str:
        """The page's name."""
        return _("措施板")

    @property
    def subtitle(self) -> str:
        """How many measures there are."""
        total = self.board.total if self.board else 0
        return _("共 {count} 条").format(count=f"{total:,}") if total else ""

    @property
    def offers(self) -> frozenset[str]:
        """Asking anew, and the ledger."""
        return frozenset({"refresh", "ledger"})

    @property
    def chosen(self) -> MeasureItem | None:
        """The measure the keyboard is on."""
        return self._items.get(self.table.chosen)

    def act(self, action_id: str) -> None:
        """Take one of the offers."""
        if action_id == "ledger":
            self._print()
        else:
            self.refresh()

    def refresh(self) -> None:
        """Ask for the board."""
        self.context.tasks.ask(ShowMeasures(narrowed=self._narrowed), self._show, latest=True)

    def search(self, text: str) -> None:
        """Narrow to those whose name holds the text."""
        self._whose = text
        self.refresh()

    @property
    def _lanes(self) -> tuple[Lane, ...]:
        return self.row.current or _LIVE

    @property
    def _narrowed(self) -> Narrowed:
        return Narrowed(executor=self.executor.code, kind=self.kind.code, whose=self._whose)

    @Slot(object)
    def _show(self, board: MeasureBoard) -> None:
        self.board = board
        self.executor.show_choices([(each.code, _counted(each)) for each in board.executors])
        self.kind.show_choices([(each.code, _counted(each)) for each in board.kinds])
        counts = {each.lane: each.count for each in board.lanes}
        for lanes, figure in self.figures.items():
            figure.show_figure(sum(counts[lane] for lane in lanes))
        self._relist()
        self.retitled.emit()

    def _relist(self) -> None:
        if self.board is None:
            return
        rows = list(self._rows(self.board))
        self.table.show_rows(rows)
        if not self.table.chosen:
            self.table.choose_first()
        if not rows:
            self._tell_empty()
        self._room.setCurrentIndex(1 if rows else 0)
        self.setFocusProxy(self.table if rows else self.row)
        shown = [each for each in self.board.lanes if each.lane in self._lanes]
        counted, listed = sum(each.count for each in shown), sum(len(each.items) for each in shown)
        more = _("只列出{shown}条，共{count}条，请用上面的筛选缩小范围。")
        self._shown.setText(more.format(shown=listed, count=counted) if counted > listed else "")
        self._tell_chosen()

    def _rows(self, board: MeasureBoard) -> Iterator[PlainRow]:
        self._items = {}
        for lane in board.lanes:
            if lane.lane not in self._lanes or not lane.items:
                continue
            yield PlainRow(cells=(_with_count(LABELS[lane.lane], lane.count),), heading=True)
            for each in lane.items:
                self._items[each.id] = each
                yield PlainRow(cells=_cells(each), tone=each.tone, code=each.id)

    def _tell_empty(self) -> None:
        if self._narrowed != Narrowed() or self.row.current is not None:
            self.empty.tell("search", _("没有符合条件的措施。"), _("显示全部"))
        else:
            calm = _("没有在执行的措施。诚信记录生效后，在记录里登记奖惩措施。")
            self.empty.tell("scale", calm)

    @Slot()
    def _narrow(self) -> None:
        self._relist()

    @Slot()
    def _show_all(self) -> None:
        self.row.choose(None)
        for box in (self.executor, self.kind):
            box.choose_everything()
        self._whose = ""
        self.refresh()

    @Slot()
    def _tell_chosen(self) -> None:
        item = self.chosen
        self.record.setEnabled(item is not None)
        self.objection.setEnabled(bool(item and item.objection_id))

    @Slot(str)
    def _open(self, code: str) -> None:
        self.context.navigate("measure", code)

    @Slot()
    def _open_record(self) -> None:
        if self.chosen is not None:
            self._lead("integrity_record", self.chosen.record_id)

    @Slot()
    def _open_objection(self) -> None:
        if self.chosen is not None:
            self._lead("objection", self.chosen.objection_id)

    def _lead(self, page: str, record_id: Id) -> None:
        if record_id:
            self.context.navigate(page, record_id)

    def _print(self) -> None:
        """Draw what is shown now as a ledger."""
        self.preview = LedgerPreview(self.context, noted_as(self._lanes, self._narrowed), self)
        fonts = bool(self.context.settings.current.bundled_fonts)
        self.preview.draw_by(
            DrawMeasures(lanes=self._lanes, narrowed=self._narrowed, bundled_fonts=fonts)
        )

    def changeEvent(self, event: QEvent) -> None:
        """Large text leaves room for whose it is and what it rests on."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "table"):
            self._fit()

    def _fit(self) -> None:
        for column in _HIDDEN_LARGE:
            self.table.setColumnHidden(column, theme.current().large)

    def _connect(self) -> None:
        self.row.chosen.connect(self._narrow)
        for box in (self.executor, self.kind):
            box.activated.connect(self.refresh)
        self.table.opened.connect(self._open)
        self.table.currentCellChanged.connect(self._tell_chosen)
        self.empty.acted.connect(self._show_all)
        leading = ((self.record, self._open_record), (self.objection, self._open_objection))
        for each, slot in leading:
            each.clicked.connect(slot)
            keys = QShortcut(QKeySequence(str(each.property("keys"))), self)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.activated.connect(slot)

    def _build(self) -> None:
        space = theme.current().space
        narrowing = QHBoxLayout()
        narrowing.setSpacing(space(2))
        for widget in (self.executor, self.kind):
            narrowing.addWidget(widget)
        narrowing.addWidget(self._shown, 1)
        for led in (self.record, self.objection):
            narrowing.addWidget(led)
        card = Card()
        card.body.setContentsMargins(0, 0, 0, 0)
        self._room = QStackedLayout()
        self._room.addWidget(self.empty)
        self._room.addWidget(self.table)
        card.body.addLayout(self._room, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(4), space(3), space(4), space(4))
        layout.setSpacing(space(3))
        layout.addWidget(self.row)
        layout.addLayout(narrowing)
        layout.addWidget(card, 1)
        self._fit()
        self._tell_chosen()


def _keyed_button(words: str, icon: str, keys: str) -> QPushButton:
    made = button(words, icon)
    made.setProperty("keys", keys)
    made.setToolTip(_("{words}（{keys}）").format(words=words, keys=keys))
    return made


def _counted(choice: Choice) -> str:
    return _with_count(choice.name, choice.count)


def _with_count(name: str, count: int) -> str:
    return _("{name}（{count}）").format(name=_(name), count=f"{count:,}")


def _cells(item: MeasureItem) -> tuple[str, ...]:
    return (
        item.number or "—", item.whose, _(item.kind_label), item.record, item.executor_name,
        str(item.from_on or ""), str(item.until_on or _("长期")), item.note or _(LABELS[item.lane]),
    )  # fmt: skip
