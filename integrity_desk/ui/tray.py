"""A reminder in the tray while the window is minimised: how much is due, never what or whose."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QMainWindow, QSystemTrayIcon

from integrity_desk.domain.times import Now, china_day
from integrity_desk.services.due_board import DueCounts
from integrity_desk.ui import theme
from integrity_desk.wording import _


class TrayReminder(QObject):
    """Speaks at most once a day, and again when more has fallen due; only while minimised."""

    told = Signal(str)
    """The sentence that was shown."""

    def __init__(self, window: QMainWindow, now: Now) -> None:
        super().__init__(window)
        self._window = window
        self._now = now
        self._counts = DueCounts(overdue=0, today=0)
        self._said: tuple[date, int] | None = None
        self.icon = QSystemTrayIcon(theme.icon("clock", "accent"), self)
        self.icon.activated.connect(self._bring_back)
        self.icon.messageClicked.connect(self._bring_back)
        window.installEventFilter(self)
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.icon.show()

    def show_counts(self, counts: DueCounts) -> None:
        """Take the counts of now, and remind if the window is minimised."""
        self._counts = counts
        self.icon.setToolTip(reminder(counts) or _("诚信台账"))
        self.remind()

    def remind(self) -> None:
        """Say how much is due, unless that was said today."""
        total = self._counts.overdue + self._counts.today
        sentence = reminder(self._counts)
        today = china_day(self._now())
        known = self._said is not None and self._said[0] == today and total <= self._said[1]
        if not sentence or known or not self._window.isMinimized():
            return
        self._said = (today, total)
        self.icon.showMessage(_("诚信台账"), sentence)
        self.told.emit(sentence)

    @Slot()
    def _bring_back(self) -> None:
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remind as the window is minimised."""
        if event.type() == QEvent.Type.WindowStateChange:
            self.remind()
        return super().eventFilter(watched, event)


def reminder(counts: DueCounts) -> str:
    """Return the sentence for these counts; "" when nothing is late or due today."""
    if counts.overdue and counts.today:
        words = _("有{overdue}项已逾期，{today}项今天到期。")
        return words.format(overdue=counts.overdue, today=counts.today)
    if counts.overdue:
        return _("有{overdue}项已逾期。").format(overdue=counts.overdue)
    return _("有{today}项今天到期。").format(today=counts.today) if counts.today else ""
