"""The shell: navigation, head with the search box, the pages, the status line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from integrity_desk.domain.accounts import Actor
from integrity_desk.domain.changes import Changes
from integrity_desk.domain.times import Now, system_now
from integrity_desk.errors import DeskError
from integrity_desk.ui import theme
from integrity_desk.ui.actions import ACTIONS, Actions
from integrity_desk.ui.dialogs.about import AboutDialog
from integrity_desk.ui.dialogs.letter_templates import LetterTemplatesDialog
from integrity_desk.ui.dialogs.shortcuts import ShortcutsDialog
from integrity_desk.ui.dialogs.statistics import StatisticsDialog
from integrity_desk.ui.dialogs.verify_sheet import VerifySheetDialog
from integrity_desk.ui.last_act import LastAct
from integrity_desk.ui.navigation import Navigation
from integrity_desk.ui.pages.base import Context, Page, PageEntry
from integrity_desk.ui.reporting import show_failure
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.head_bar import HeadBar
from integrity_desk.ui.widgets.status_line import StatusLine
from integrity_desk.wording import _

MINIMUM_SIZE = (1024, 640)
_FOLDS_BELOW = 1200
_FIND_PAGE = "find"


class MainWindow(QMainWindow):
    """The one window after sign-in; pages are built at the first visit."""

    look_changed = Signal(str, bool)
    """(scheme, large) after a person switched; the composition root keeps it in the settings."""
    sign_out_wanted = Signal()
    closed = Signal()

    def __init__(
        self,
        entries: Sequence[PageEntry],
        *,
        tasks: Tasks,
        actor: Actor,
        settings: Any = None,
        now: Now = system_now,
    ) -> None:
        super().__init__()
        self.setWindowTitle(_("诚信台账"))
        self.setMinimumSize(*MINIMUM_SIZE)
        self._entries = {each.id: each for each in entries if actor.may(each.permission)}
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._searched: dict[str, str] = {}
        self._current = ""
        self._came_from = ""
        self.tasks = tasks
        self.context = self._for_pages(actor, settings, now)
        self.actions_table = Actions(ACTIONS, self)
        self.navigation = Navigation(
            [each for each in self._entries.values() if each.listed],
            settings.current.closed_groups.split(",") if settings else (),
        )
        self.head = HeadBar(self.actions_table, actor)
        self.status = StatusLine()
        self.last_act = LastAct(tasks, actor, self.status.message, self)
        self._stack = QStackedWidget()
        self._build()
        self._connect()

    @property
    def page(self) -> Page | None:
        """The page shown; None before the first ``navigate``."""
        return self._pages.get(self._current)

    @Slot(str)
    def navigate(self, page_id: str, record_id: str = "") -> None:
        """Show a page, at a record unless ``record_id`` is ""; KeyError for an unknown page."""
        first_visit = page_id not in self._pages
        page = self._build_page(page_id) if first_visit else self._pages[page_id]
        self._current = page_id
        self._stack.setCurrentWidget(page)
        self.navigation.select(page_id)
        if first_visit or page_id in self._stale:
            self._stale.discard(page_id)
            page.refresh()
        if record_id:
            page.show_record(record_id)
        self.head.search.put(self._searched.get(page_id, ""))
        self._show_head()
        self._show_offers()
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def start(self, page_id: str, action_id: str) -> None:
        """Show a page and take one of its actions if it offers it."""
        self.navigate(page_id)
        if self.page is not None and action_id in self.page.offers:
            self.page.act(action_id)

    def say(self, sentence: str, record_id: str = "") -> None:
        """Put a sentence on the status line; ``record_id`` is what the act it tells of was on."""
        self.status.message.say(sentence)
        if record_id:
            self.last_act.remember(record_id)

    def dress(self, scheme: str, *, large: bool) -> None:
        """Switch colours or text size at run time."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, scheme=scheme, large=large)
        self.head.fit()
        self.status.fit()
        self._fold()

    @Slot(object)
    def _keep_groups(self, closed: tuple[str, ...]) -> None:
        if self.context.settings:
            self.context.settings.change(closed_groups=",".join(closed))

    def _for_pages(self, actor: Actor, settings: Any, now: Now) -> Context:
        return Context(
            tasks=self.tasks,
            actor=actor,
            settings=settings,
            navigate=self.navigate,
            say=self.say,
            start=self.start,
            dress=self._switch,
            undo=self._take_back,
            now=now,
        )

    def _build_page(self, page_id: str) -> Page:
        page = self._entries[page_id].factory(self.context)
        self._pages[page_id] = page
        page.retitled.connect(self._show_head)
        page.offers_changed.connect(self._show_offers)
        self._stack.addWidget(page)
        return page

    @Slot()
    def _show_head(self) -> None:
        page = self.page
        if page is not None:
            hint = page.search_hint or _("查找全部登记：编号、姓名、事由、拼音")
            self.head.show_page(page.title, page.subtitle, hint)
            self.status.show_selection(page.status)

    @Slot()
    def _show_offers(self) -> None:
        page = self.page
        offered = page.offers if page is not None else frozenset()
        if page is None or not page.typing:
            offered |= {"undo"}
        self.actions_table.enable(self.context.actor, offered)

    @Slot(object)
    def _take_changes(self, changes: Changes) -> None:
        for page_id, page in self._pages.items():
            if page.touched_by(changes):
                if page_id == self._current:
                    page.refresh()
                else:
                    self._stale.add(page_id)

    @Slot(object)
    def _show_failure(self, error: DeskError) -> None:
        show_failure(error, self)

    def _take_back(self, record_id: str) -> None:
        self.last_act.take_back_of(record_id)

    @Slot(str, str)
    def _show_undone(self, type_name: str, record_id: str) -> None:
        """Lead to what was restored, unless somebody is typing meanwhile."""
        if type_name in self._entries and not (self.page is not None and self.page.typing):
            self.navigate(type_name, record_id)

    @Slot(str)
    def _search(self, text: str) -> None:
        if self.page is None:
            return
        if not self.page.search_hint:
            self._find(text)
        elif self._current == _FIND_PAGE and not text and self._came_from:
            self.navigate(self._came_from)
        else:
            self._searched[self._current] = text
            self.page.search(text)

    def _find(self, text: str) -> None:
        """Look through all registers; lifting the search leads back here."""
        self._came_from = self._current
        self._searched[_FIND_PAGE] = text
        self.navigate(_FIND_PAGE)
        if self.page is not None and text:
            self.page.search(text)
        self.head.search.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _act(self, action_id: str) -> None:
        tokens = theme.current()
        if action_id == "search":
            self.head.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.head.search.selectAll()
        elif action_id == "find":
            if self._current != _FIND_PAGE:
                self._find("")
        elif action_id == "theme":
            self._switch("light" if tokens.scheme == "dark" else "dark", tokens.large)
        elif action_id == "large":
            self._switch(tokens.scheme, not tokens.large)
        elif action_id == "shortcuts":
            ShortcutsDialog(self.actions_table.shortcuts(), self).open()
        elif action_id == "verify_sheet":
            self._verify_sheet()
        elif action_id == "undo":
            self.last_act.take_back()
        elif action_id == "statistics":
            StatisticsDialog(self.context, self).open()
        elif action_id == "templates":
            LetterTemplatesDialog(self.context, self).open()
        elif action_id == "about":
            AboutDialog(self).open()
        elif action_id == "sign_out":
            self.sign_out_wanted.emit()
        elif action_id == "quit":
            self.close()
        elif self.page is not None:
            self.page.act(action_id)

    def _verify_sheet(self) -> None:
        dialog = VerifySheetDialog(self.tasks, self)
        dialog.notice_wanted.connect(self._show_notice)
        dialog.open()

    @Slot(str)
    def _show_notice(self, notice_id: str) -> None:
        self.navigate("notice", notice_id)

    def _switch(self, scheme: str, large: bool) -> None:
        self.dress(scheme, large=large)
        self.look_changed.emit(scheme, large)

    def _fold(self) -> None:
        self.navigation.fold(theme.current().large or self.width() < _FOLDS_BELOW)

    def _build(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.head)
        right.addWidget(self._stack, 1)
        right.addWidget(self.status)
        whole = QWidget()
        layout = QHBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.navigation)
        layout.addLayout(right, 1)
        self.setCentralWidget(whole)
        self._show_offers()

    def _connect(self) -> None:
        self.navigation.chosen.connect(self.navigate)
        self.navigation.groups_closed.connect(self._keep_groups)
        self.actions_table.chosen.connect(self._act)
        self.head.search.searched.connect(self._search)
        self.status.progress.follow(self.tasks)
        self.last_act.undone.connect(self._show_undone)
        self.tasks.changed.connect(self._take_changes)
        self.tasks.failed.connect(self._show_failure)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the navigation when the window is narrow."""
        super().resizeEvent(event)
        self._fold()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell the composition root, which closes the tasks."""
        super().closeEvent(event)
        self.closed.emit()
