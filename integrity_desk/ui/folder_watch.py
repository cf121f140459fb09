"""Looks into the shared folder every few seconds, and says when something for this desk lies there.

Notifications of the system never come for shares of another machine, so it is asked. Nothing is
taken in before a person says so.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from integrity_desk.domain.accounts import Actor
from integrity_desk.domain.changes import Changes
from integrity_desk.errors import DeskError
from integrity_desk.services.watching import BUNDLE, RECEIPT, Look, LookIntoFolder
from integrity_desk.ui.main_window import MainWindow
from integrity_desk.ui.pages.exchange import ExchangePage
from integrity_desk.ui.tasks import Tasks
from integrity_desk.wording import _

_LOOK_EVERY_MS = 7_000
_EXCHANGE = "exchange"


class FolderWatch(QObject):
    """One look at a time; what the last one found goes into the next."""

    def __init__(self, window: MainWindow, tasks: Tasks, actor: Actor, settings: Any) -> None:
        super().__init__(window)
        self._window = window
        self._line = window.status
        self._tasks = tasks
        self._settings = settings
        self._may = actor.may(LookIntoFolder.permission)
        self._last: Look | None = None
        self._looking = self._anew = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        tasks.changed.connect(self._changed)
        self._line.arrived.clicked.connect(self._take)

    @Slot()
    def look(self) -> None:
        """Look now, unless a look is still under way: a share may take its time."""
        name = self._settings.current.watched_folder if self._may else ""
        if not name:
            self._last = None
            self._tell()
        elif not self._looking:
            folder = Path(name)
            before = self._last if self._last and self._last.folder == folder else None
            question = LookIntoFolder(folder=folder, before=before, anew=self._anew)
            self._looking, self._anew = True, False
            self._tasks.watch(question, self._seen, self._failed)

    @Slot(object)
    def _seen(self, look: Look) -> None:
        self._looking = False
        self._last = look
        self._tell()

    @Slot(object)
    def _failed(self, _error: DeskError) -> None:
        self._looking = False

    @Slot(object)
    def _changed(self, changes: Changes | None) -> None:
        if changes is not None and "bundles" in changes.parts:
            self._anew = True
            self.look()

    @Slot()
    def _take(self) -> None:
        """A person wants it: the page of reporting takes it in and tells what it came to."""
        self._window.navigate(_EXCHANGE)
        page = self._window.page
        if self._last is not None and isinstance(page, ExchangePage):
            page.take_arrived(self._kind(self._last), self._last.folder)

    def _tell(self) -> None:
        look = self._last
        if look is None or not (look.gone or self._kind(look)):
            self._line.show_share("")
        elif look.gone:
            self._line.show_share(_("共享文件夹连不上"), why=look.gone)
        elif self._kind(look) == RECEIPT:
            words = _("回执已到：{count}份，点此导入")
            self._line.offer_share(words.format(count=look.count(RECEIPT)))
        else:
            words = _("其他登记点的同步包已到：{count}个，点此导入")
            self._line.offer_share(words.format(count=look.count(BUNDLE)))

    @staticmethod
    def _kind(look: Look) -> str:
        """What to offer first: the county's answer goes before a neighbour's news."""
        return next((kind for kind in (RECEIPT, BUNDLE) if look.count(kind)), "")
