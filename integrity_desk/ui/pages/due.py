"""The deadline board: lanes by urgency, or the days of a month, by clause and by handler."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from integrity_desk.domain.times import china_day
from integrity_desk.services.due_board import Board, Month, ShowBoard, ShowMonth
from integrity_desk.services.due_items import NOBODY, DueItem, Narrowed
from integrity_desk.services.narrowing import Choice
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.how_counted import HowCountedDialog
from integrity_desk.ui.pages.base import Context, Page
from integrity_desk.ui.pages.due_board import BoardView
from integrity_desk.ui.pages.due_month import MonthView
from integrity_desk.ui.widgets.chips import ChipsRow
from integrity_desk.ui.widgets.labels import button
from integrity_desk.ui.widgets.narrow_box import NarrowBox
from integrity_desk.wording import _

BOARD, MONTH = "board", "month"


class DuePage(Page):
    """Two views of the same days; what is chosen above narrows both."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._total = 0
        self.views = ChipsRow([(BOARD, _("期限板")), (MONTH, _("月历"))])
        self.clause = NarrowBox(_("依据"), _("全部依据"))
        self.handler = NarrowBox(_("经办人"), _("全部经办人"))
        self.explain = button(_("怎样算的"), "help")
        self.explain.setToolTip(_("逐日说明所选期限怎样算的（Alt+W）"))
        self.board = BoardView()
        self.month = MonthView(self._today)
        self._room = QStackedWidget()
        self._room.addWidget(self.board)
        self._room.addWidget(self.month)
        self.dialog: HowCountedDialog | None = None
        self._connect()
        self._build()
        self.setFocusProxy(self.board)

    @property
    def title(self) -> str:
        """The page's name."""
        return _("期限板")

    @property
    def subtitle(self) -> str:
        """How many deadlines the board holds."""
        return _("共 {count} 项").format(count=f"{self._total:,}") if self._total else ""

    @property
    def offers(self) -> frozenset[str]:
        """Asking anew."""
        return frozenset({"refresh"})

    def act(self, action_id: str) -> None:
        """Ask anew."""
        self.refresh()

    def refresh(self) -> None:
        """Ask for the board, and for the month if it is shown."""
        ask = self.context.tasks.ask
        ask(ShowBoard(narrowed=self._narrowed), self._show_board, latest=True)
        if self.views.current == MONTH:
            self._ask_month(self.month.first)

    @property
    def _today(self) -> date:
        return china_day(self.context.now())

    @property
    def _narrowed(self) -> Narrowed:
        return Narrowed(clause=self.clause.code, handler=self.handler.code)

    @property
    def _chosen(self) -> DueItem | None:
        return self.month.chosen if self.views.current == MONTH else self.board.chosen

    @Slot(object)
    def _show_board(self, board: Board) -> None:
        self._total = board.total
        self.clause.show_choices([(each.code, _counted(each)) for each in board.clauses])
        self.handler.show_choices(self._people(board.handlers))
        self.board.show_board(board, self._today, narrowed=self._narrowed != Narrowed())
        self.retitled.emit()
        self._tell_chosen()

    def _people(self, handlers: Sequence[Choice]) -> list[tuple[str, str]]:
        """The account's own person first."""
        own = self.context.actor.person_id
        first = sorted(handlers, key=lambda each: each.code != own)
        return [(each.code, _person(each, mine=each.code == own)) for each in first]

    @Slot(object)
    def _ask_month(self, month: date) -> None:
        question = ShowMonth(month=month, narrowed=self._narrowed)
        self.context.tasks.ask(question, self._show_month, latest=True)

    @Slot(object)
    def _show_month(self, month: Month) -> None:
        self.month.show_month(month, self._today)
        self._tell_chosen()

    @Slot(str)
    def _choose_view(self, code: str) -> None:
        shown = self.month if code == MONTH else self.board
        self._room.setCurrentWidget(shown)
        self.setFocusProxy(shown)
        if code == MONTH:
            self._ask_month(self.month.first)
        self._tell_chosen()

    @Slot()
    def _show_all(self) -> None:
        for each in (self.clause, self.handler):
            each.choose_everything()
        self.refresh()

    @Slot(object)
    def _open(self, item: DueItem) -> None:
        self.context.navigate(item.type, item.id)

    @Slot()
    def _explain(self) -> None:
        item = self._chosen
        if item is not None:
            self.dialog = HowCountedDialog(self.context, item.id, self)
            self.dialog.open()

    @Slot()
    def _tell_chosen(self) -> None:
        self.explain.setEnabled(self._chosen is not None)

    def _connect(self) -> None:
        self.views.chosen.connect(self._choose_view)
        for each in (self.clause, self.handler):
            each.activated.connect(self.refresh)
        self.explain.clicked.connect(self._explain)
        keys = QShortcut(QKeySequence("Alt+W"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self._explain)
        for view in (self.board, self.month):
            view.opened.connect(self._open)
            view.moved.connect(self._tell_chosen)
        self.board.all_wanted.connect(self._show_all)
        self.month.month_wanted.connect(self._ask_month)

    def _build(self) -> None:
        space = theme.current().space
        top = QHBoxLayout()
        top.setSpacing(space(2))
        top.addWidget(self.views, 1)
        for each in (self.clause, self.handler):
            top.addWidget(each)
        top.addWidget(self.explain)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(4), space(3), space(4), space(4))
        layout.setSpacing(space(3))
        layout.addLayout(top)
        layout.addWidget(self._room, 1)


def _counted(choice: Choice) -> str:
    return _("{name}（{count}）").format(name=_(choice.name), count=f"{choice.count:,}")


def _person(choice: Choice, *, mine: bool) -> str:
    if choice.code == NOBODY:
        return _("未指定经办人（{count}）").format(count=f"{choice.count:,}")
    return _("我经办的（{count}）").format(count=f"{choice.count:,}") if mine else _counted(choice)
