"""The signed-in desk: the main window with all its pages, and what keeps it true."""

from __future__ import annotations

from dataclasses import dataclass

from integrity_desk.domain.times import Now, system_now
from integrity_desk.services.backups import BackUp
from integrity_desk.services.desk import Desk
from integrity_desk.settings import SettingsFile
from integrity_desk.ui.folder_watch import FolderWatch
from integrity_desk.ui.main_window import MainWindow
from integrity_desk.ui.pages.registry import PAGES
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.watch import WORKBENCH, Watch


@dataclass(frozen=True, kw_only=True)
class Workplace:
    """The window, and the watch behind its status line."""

    window: MainWindow
    watch: Watch
    shared: FolderWatch

    @property
    def backup(self) -> BackUp | None:
        """The backup due on leaving."""
        return self.watch.backup


def open_workplace(
    desk: Desk, tasks: Tasks, settings: SettingsFile, now: Now = system_now
) -> Workplace:
    """Return the window of ``desk``'s account at the workbench, not yet shown."""
    window = MainWindow(PAGES, tasks=tasks, actor=desk.actor, settings=settings, now=now)
    watch = Watch(window, tasks, desk.actor, now)
    shared = FolderWatch(window, tasks, desk.actor, settings)
    window.resize(1366, 768)
    window.navigate(WORKBENCH)
    watch.begin_the_day()
    return Workplace(window=window, watch=watch, shared=shared)
