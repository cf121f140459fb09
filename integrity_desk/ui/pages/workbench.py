"""The workbench: what is due, what waits for me, what must come down, what is unfinished."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from integrity_desk.domain.records import type_named
from integrity_desk.domain.times import CHINA, china_day
from integrity_desk.services.drafts import DraftLine, ShowDrafts
from integrity_desk.services.workbench import Pile, ShowWorkbench, Workbench, WorkItem
from integrity_desk.ui import theme
from integrity_desk.ui.pages.base import Context, Page
from integrity_desk.ui.widgets.card import Card, FigureCard
from integrity_desk.ui.widgets.empty_state import EmptyState
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.ui.widgets.record_list import ListLine, RecordList
from integrity_desk.wording import N_, _

_QUICK = (
    ("commitment", N_("登记承诺"), "edit"),
    ("complaint", N_("登记投诉"), "edit"),
    ("notice", N_("新建公示"), "notice"),
)
"""The buttons above: page, words, permission."""

_FIGURES = (
    ("due", N_("到期与临期")),
    ("waiting", N_("待我复核")),
    ("coming_down", N_("今日应撤下")),
    ("drafts", N_("未完成草稿")),
    ("unsent", N_("待上报")),
    ("rejected", N_("县级退回")),
    ("unsettled", N_("待裁定")),
    ("unanswered", N_("久无回执")),
    ("asked_again", N_("县要求重报")),
)
_MOST_ROOM = 6
"""A pile at the right gets room by its lines, but no more than so many lines' worth."""
_EXCHANGE = "exchange"
"""The page of what was sent and what came back; a permission of the same name opens it."""
_RARE = ("unsettled", "unanswered", "asked_again")
"""The figures that are there only when they are not nought."""
_OF_EXCHANGE = ("unsent", "rejected", *_RARE)
"""The figures that lead there."""


class WorkbenchPage(Page):
    """Figures above, lists below; every line leads to its record."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._today = china_day(context.now())
        reports = context.actor.may(_EXCHANGE)
        self.figures = {
            name: FigureCard(_(words), plain=name in _OF_EXCHANGE and not reports)
            for name, words in _FIGURES
        }
        self.due = WorkCard(_("到期与临期"), _("今天没有到期事项"), "calendar")
        self.waiting = WorkCard(_("待我复核"), _("没有等您复核的事项"))
        self.coming_down = WorkCard(_("今日应撤下"), _("没有到期应撤下的公示"))
        self.drafts = WorkCard(_("未完成草稿"), _("没有未保存的草稿"))
        self._cards = (self.due, self.waiting, self.coming_down, self.drafts)
        self._column = QVBoxLayout()
        for card in self._cards:
            card.opened.connect(self._open)
        for name in ("due", "waiting", "coming_down", "drafts"):
            self.figures[name].clicked.connect(getattr(self, name).enter)
        if reports:
            for name in _OF_EXCHANGE:
                self.figures[name].clicked.connect(self._show_exchange)
        self._build()

    @property
    def title(self) -> str:
        """The page's name."""
        return _("工作台")

    @property
    def subtitle(self) -> str:
        """The day the page speaks of."""
        return _("{year}年{month}月{day}日").format(
            year=self._today.year, month=self._today.month, day=self._today.day
        )

    def refresh(self) -> None:
        """Ask for the piles and the drafts of today."""
        self._today = china_day(self.context.now())
        self.retitled.emit()
        self.context.tasks.ask(ShowWorkbench(), self._show, latest=True)
        self.context.tasks.ask(ShowDrafts(), self._show_drafts, latest=True)

    @Slot(object)
    def _show(self, bench: Workbench) -> None:
        for name, pile in (
            ("due", bench.due),
            ("waiting", bench.waiting),
            ("coming_down", bench.coming_down),
        ):
            self.figures[name].show_figure(pile.count, late=pile.late)
            card: WorkCard = getattr(self, name)
            card.show_lines(self._lines(pile), pile.count)
        self._balance()
        self.figures["unsent"].show_figure(bench.unsent)
        self.figures["rejected"].show_figure(bench.rejected, late=True)
        for name in _RARE:
            count = getattr(bench, name)
            self.figures[name].show_figure(count, late=True)
            self.figures[name].setVisible(bool(count))

    @Slot(object)
    def _show_drafts(self, drafts: tuple[DraftLine, ...]) -> None:
        self.figures["drafts"].show_figure(len(drafts))
        self.drafts.show_lines([_draft_line(each) for each in drafts], len(drafts))
        self._balance()

    def _balance(self) -> None:
        """Give the room at the right to the piles that hold most; an empty one has its figure."""
        for place, card in enumerate(self._cards[1:]):
            lines = card.list.count()
            self._column.setStretch(place, 1 + min(lines, _MOST_ROOM))
            card.setVisible(bool(lines) or card is self.waiting)

    @Slot(object)
    def _open(self, line: ListLine) -> None:
        if line.id:
            self.context.navigate(line.page, line.id)
        else:
            self.context.start(line.page, "resume")

    @Slot()
    def _quick(self) -> None:
        self.context.start(self.sender().objectName(), "new")

    @Slot()
    def _show_exchange(self) -> None:
        self.context.navigate(_EXCHANGE, "")

    def _lines(self, pile: Pile) -> list[ListLine]:
        return [_line(each, self._today) for each in pile.items]

    def _build(self) -> None:
        space = theme.current().space
        figures = QHBoxLayout()
        figures.setSpacing(space(3))
        for figure in self.figures.values():
            figures.addWidget(figure, 1)
        for name in _RARE:
            self.figures[name].hide()
        self._column.setSpacing(space(3))
        for card in self._cards[1:]:
            self._column.addWidget(card, 1)
        lists = QHBoxLayout()
        lists.setSpacing(space(3))
        lists.addWidget(self.due, 3)
        lists.addLayout(self._column, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(4), space(3), space(4), space(4))
        layout.setSpacing(space(3))
        layout.addLayout(self._quick_buttons())
        layout.addLayout(figures)
        layout.addLayout(lists, 1)

    def _quick_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.current().space(2))
        row.addStretch(1)
        for page, words, permission in _QUICK:
            if self.context.actor.may(permission):
                each = button(_(words), "plus", "" if row.count() > 1 else "primary")
                each.setObjectName(page)
                each.clicked.connect(self._quick)
                row.addWidget(each)
        return row


class WorkCard(Card):
    """One pile: heading with its count, the lines, or a calm word when there are none."""

    opened = Signal(object)
    """The ListLine a person chose."""

    def __init__(self, name: str, calm: str, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._name = name
        self.list = RecordList(name)
        self.list.opened.connect(self.opened)
        self.empty = EmptyState(icon, calm) if icon else label(calm, "muted")
        self._room = QStackedLayout()
        self._room.addWidget(self.empty)
        self._room.addWidget(self.list)
        if isinstance(self.empty, QLabel):
            self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body.addLayout(self._room, 1)
        space = theme.current().space
        self.body.setContentsMargins(space(3), space(2.5), space(3), space(2))
        self.heading.setContentsMargins(space(2), 0, 0, 0)

    def show_lines(self, lines: Iterable[ListLine], count: int) -> None:
        """Show the first of ``count`` lines."""
        self.list.show_lines(lines)
        self.heading.setText(
            _("{name}（{count}）").format(name=self._name, count=f"{count:,}")
            if count
            else self._name
        )
        self._room.setCurrentWidget(self.list if count else self.empty)

    @Slot()
    def enter(self) -> None:
        """Put the keyboard on the first line."""
        self.list.choose_first()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)


def due_words(due: date, today: date) -> str:
    """Say how far a due day is: 逾期3天, 今天到期, 还有5天."""
    days = (due - today).days
    if days < 0:
        return _("逾期{days}天").format(days=-days)
    return _("还有{days}天").format(days=days) if days else _("今天到期")


def _line(item: WorkItem, today: date) -> ListLine:
    due = item.due_on
    return ListLine(
        page=item.type,
        id=item.id,
        lead=item.number or _(item.type_label),
        title=item.title,
        badge=due_words(due, today) if due else item.note,
        tone=item.tone or "blue",
    )


def _draft_line(draft: DraftLine) -> ListLine:
    label = _(type_named(draft.type).label)
    return ListLine(
        page=draft.type,
        id=draft.id,
        lead=label if draft.id else _("新{type}").format(type=label),
        title=draft.title or _("（未填标题）"),
        badge=f"{draft.saved_at.astimezone(CHINA):%m-%d %H:%M}",
    )
