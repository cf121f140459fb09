"""Keeps the status line and the counts in the navigation true: after acts, and at midnight."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from integrity_desk.domain.accounts import Actor
from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.changes import Changes
from integrity_desk.domain.delivery_rules import receipt_days
from integrity_desk.domain.times import Now, china_day
from integrity_desk.services.backups import BackUp
from integrity_desk.services.due_board import CountDue
from integrity_desk.services.endings import Ended, EndWhatRanOut
from integrity_desk.services.recounting import CountMissingDays
from integrity_desk.services.workbench import ShowStatus, ShowWorkbench, Status, Workbench
from integrity_desk.ui.main_window import MainWindow
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.tray import TrayReminder
from integrity_desk.wording import _

_PAUSE_MS = 300
_MINUTE_MS = 60_000
_BACKUP_LATE = timedelta(days=7)
_QUICK_BYTES = 400 << 20
"""A store up to this size is copied in a few seconds, so leaving may wait for it."""

WORKBENCH = "workbench"


class Watch(QObject):
    """Asks anew whenever an act changed something; the day is looked at every minute."""

    def __init__(self, window: MainWindow, tasks: Tasks, actor: Actor, now: Now) -> None:
        super().__init__(window)
        self._window = window
        self._tasks = tasks
        self._actor = actor
        self._now = now
        self._day = china_day(now())
        self._status: Status | None = None
        self.tray = TrayReminder(window, now)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self.look_at_the_day)
        self._minute.start()
        tasks.changed.connect(self._changed)

    @property
    def backup(self) -> BackUp | None:
        """The backup due on leaving, unless it was made today or would take long."""
        status = self._status
        if status is None or not self._actor.may(BackUp.permission):
            return None
        quick = status.store_bytes <= _QUICK_BYTES
        return BackUp() if quick and status.last_backup != china_day(self._now()) else None

    @Slot()
    def begin_the_day(self) -> None:
        """Count days that are missing, end what has run out by law, as far as this account may
        write; then look."""
        if self._actor.may(CountMissingDays.permission):
            self._tasks.perform(CountMissingDays())
        if self._actor.may(EndWhatRanOut.permission):
            self._tasks.perform(EndWhatRanOut(), self._tell_ended)
        self.look()

    @Slot(object)
    def _tell_ended(self, ended: Ended) -> None:
        if ended.count:
            self._window.say(_("今天到期办结：{what}。").format(what=_("，").join(_counted(ended))))

    @Slot()
    def look(self) -> None:
        """Ask for all three."""
        self._tasks.ask(CountDue(), self.tray.show_counts, latest=True)
        self._tasks.ask(ShowStatus(), self._show_status, latest=True)
        self._tasks.ask(ShowWorkbench(), self._show_counts, latest=True)

    @Slot()
    def look_at_the_day(self) -> None:
        """Refresh everything on a new day, for what is due reads differently."""
        today = china_day(self._now())
        if today != self._day:
            self._day = today
            self.begin_the_day()
            everything = frozenset(declared.name for declared in TYPES)
            self._tasks.changed.emit(Changes(types=everything))

    @Slot(object)
    def _changed(self, _changes: Any) -> None:
        self._pause.start()

    @Slot(object)
    def _show_status(self, status: Status) -> None:
        self._status = status
        line = self._window.status
        last = status.last_receipt
        stale = last is not None and (self._day - last).days > receipt_days()
        line.show_sync(_sync_words(status, self._day), late=stale and status.unsent > 0)
        line.show_pending(status.unsent)
        copied = status.last_backup
        line.show_backup(
            _("备份：{when}").format(when=ago(copied, self._day)) if copied else _("还没有备份"),
            late=copied is not None and self._day - copied > _BACKUP_LATE,
        )

    @Slot(object)
    def _show_counts(self, bench: Workbench) -> None:
        piles = (bench.due, bench.coming_down)
        counts = {declared.name: (0, False) for declared in TYPES}
        counts |= {each.type: (each.count, each.late) for each in bench.coming_down.types}
        counts |= {each.type: (each.count, each.late) for each in bench.due.types}
        late = any(pile.late for pile in piles)
        counts[WORKBENCH] = (sum(each.count for each in piles), late)
        self._window.navigation.set_counts(counts)


def ago(day: date, today: date) -> str:
    """Say how long ago a day was: 今天, 昨天, 12天前."""
    days = (today - day).days
    if days <= 0:
        return _("今天")
    return _("昨天") if days == 1 else _("{days}天前").format(days=days)


def _sync_words(status: Status, today: date) -> str:
    if status.last_receipt is not None:
        return _("县级回执：{when}").format(when=ago(status.last_receipt, today))
    if status.awaiting_receipt:
        return _("{count} 个同步包等待回执").format(count=status.awaiting_receipt)
    return _("尚未上报")


def _counted(ended: Ended) -> list[str]:
    """Say how many of each kind there are; of what there is none, nothing."""
    said = (
        (ended.records, _("诚信记录{count}条")),
        (ended.measures, _("措施{count}项")),
        (ended.sanctions, _("处分{count}项")),
    )
    return [words.format(count=len(each)) for each, words in said if each]
