"""From sign-in to sign-out and back: which window stands, and who owns the lanes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from integrity_desk.errors import DeskError
from integrity_desk.settings import SettingsFile
from integrity_desk.ui.reporting import show_failure
from integrity_desk.ui.sign_in import SignInWindow
from integrity_desk.ui.tasks import Desk, Tasks
from integrity_desk.wording import set_language


class Workplace(Protocol):
    """What a session needs of the signed-in desk; see ``ui.workplace``."""

    @property
    def window(self) -> Any:
        """The main window, at its first page."""

    @property
    def backup(self) -> Any:
        """The command that makes today's backup; None when there is no need."""


OpenWorkplace = Callable[[Any, Tasks, SettingsFile], Workplace]
"""Makes the main window of a signed-in desk: (desk, tasks, settings)."""


@dataclass(frozen=True, kw_only=True)
class Doors:
    """What the composition root puts in: both are made only when they are needed."""

    front_door: Callable[[], Desk]
    open_workplace: OpenWorkplace


class Session(QObject):
    """Shows the sign-in window, then the desk, then again the sign-in window."""

    entered = Signal(object)
    """The main window of whoever came in."""
    ended = Signal()
    """The person closed the program; all lanes are closed."""

    def __init__(
        self,
        doors: Doors,
        settings: SettingsFile,
        folder: Path,
        *,
        sample: bool = False,
        language: str = "",
    ) -> None:
        super().__init__()
        self._doors = doors
        self._settings = settings
        self._folder = folder
        self._sample = sample
        self._language = language
        self._tasks: Tasks | None = None
        self._workplace: Workplace | None = None
        self._leaving: Callable[[], None] = self.close
        self._backing_up: Any = None
        self.window: Any = None

    @property
    def idle(self) -> bool:
        """Whether the window waits for the person, not for an answer."""
        return self._tasks is None or self._tasks.idle

    @Slot()
    def show_sign_in(self) -> None:
        """Stand at the front door; the store's libraries are loaded behind the painted window."""
        set_language(self._language or self._settings.current.language)
        tasks = Tasks(self._doors.front_door)
        login = "" if self._sample else self._settings.current.login
        window = SignInWindow(tasks, self._folder, login=login, sample=self._sample)
        window.signed_in.connect(self._enter)
        window.closed.connect(self.close)
        self._stand(tasks, window, None)
        window.sign_in.focus_first()
        QTimer.singleShot(0, window.look)
        if self._settings.complaint:
            show_failure(DeskError(self._settings.complaint), window)
            self._settings.complaint = ""

    @Slot()
    def close(self) -> None:
        """Close whatever stands and let the lanes go; while that is under way it does nothing."""
        if self._tasks is None:
            return
        self._stand(None, None, None)
        self.ended.emit()

    @Slot(object, str)
    def _enter(self, desk: Any, login: str) -> None:
        tasks = Tasks(desk.again)
        workplace = self._doors.open_workplace(desk, tasks, self._settings)
        window = workplace.window
        window.look_changed.connect(self._keep_look)
        window.sign_out_wanted.connect(self._sign_out)
        window.closed.connect(self._quit)
        self._place(window)
        self._stand(tasks, window, workplace)
        if not self._sample:
            self._keep(login=login, store=str(self._folder))
        self.entered.emit(window)

    def _place(self, window: QWidget) -> None:
        """Put the window where it stood; at first on the whole screen if that is no larger."""
        kept = QByteArray.fromHex(self._settings.current.geometry.encode())
        room = window.screen().availableGeometry()
        if not window.restoreGeometry(kept) and room.height() <= window.height():
            window.setWindowState(Qt.WindowState.WindowMaximized)

    def _stand(
        self, tasks: Tasks | None, window: QWidget | None, workplace: Workplace | None
    ) -> None:
        """Put up a window before the other goes, so that one always stands."""
        left, left_tasks = self.window, self._tasks
        self.window, self._tasks, self._workplace = window, tasks, workplace
        if window is not None:
            window.show()
        if left is not None:
            left.blockSignals(True)
            left.hide()
            left.deleteLater()
        if left_tasks is not None:
            left_tasks.close()

    @Slot()
    def _sign_out(self) -> None:
        self._leave(self.show_sign_in)

    @Slot()
    def _quit(self) -> None:
        self._leave(self.close)

    def _leave(self, then: Callable[[], None]) -> None:
        """Make the day's backup first, when there is none yet."""
        assert self._workplace is not None
        assert self._tasks is not None
        self._keep(geometry=bytes(self.window.saveGeometry().toHex().data()).decode())
        self._leaving = then
        command = self._workplace.backup
        if command is None:
            then()
            return
        # lazy: needed on leaving
        from integrity_desk.ui.dialogs.backing_up import BackingUpDialog  # noqa: PLC0415

        self._backing_up = BackingUpDialog()
        self._backing_up.show()
        self.window.hide()
        self._tasks.finished.connect(self._backed_up, Qt.ConnectionType.QueuedConnection)
        self._tasks.perform(command, None, self._not_backed_up)

    @Slot()
    def _backed_up(self) -> None:
        if self._backing_up is not None and not self._backing_up.refused:
            self._backing_up.close()
            self._backing_up = None
            self._leaving()

    @Slot(object)
    def _not_backed_up(self, error: DeskError) -> None:
        assert self._backing_up is not None
        self._backing_up.finished.connect(self._go_without)
        self._backing_up.refuse(error)

    @Slot()
    def _go_without(self) -> None:
        """Leave; the dialog is still closing, and Qt would miss it."""
        self._leaving()

    @Slot(str, bool)
    def _keep_look(self, scheme: str, large: bool) -> None:
        self._keep(scheme=scheme, large=large)

    def _keep(self, **values: Any) -> None:
        try:
            self._settings.change(**values)
        except DeskError as error:
            show_failure(error, self.window)
