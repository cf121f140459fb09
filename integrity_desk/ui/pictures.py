"""Pictures of the real window on the given store, for the demo and the manual.

The store is signed in to with what the sign-in window shows (the sample's accounts), or with
``INTEGRITY_DESK_LOGIN`` and ``INTEGRITY_DESK_PASSWORD`` as on the command line.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from integrity_desk.settings import Settings
from integrity_desk.ui.pages.base import PageEntry
from integrity_desk.ui.pages.registry import PAGES
from integrity_desk.ui.session import Session

_LOOK_EVERY_MS = 50
_CALM_LOOKS = 6
"""A screen is finished when nothing was asked for this many looks."""

_LOOKS = (("light", False), ("dark", False), ("light", True))
_IN_EVERY_LOOK = ("workbench", "commitment", "notice", "settings")
"""Pages that differ most; the others are taken in the first look only."""

Steps = Iterator[Callable[[], bool]]


class Pictures(QObject):
    """Walks through the pages and saves each; ``finished`` when the last one lies there."""

    finished = Signal()

    def __init__(self, session: Session, folder: Path) -> None:
        super().__init__(session)
        self._session = session
        self._folder = folder
        self._calm = 0
        self._steps = self._walk()
        self._until: Callable[[], bool] = self._settled
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        self._calm = self._calm + 1 if self._session.idle else 0
        if not self._until():
            return
        self._calm = 0
        try:
            self._until = next(self._steps)
        except StopIteration:
            self._timer.stop()
            self.finished.emit()

    def _walk(self) -> Steps:
        self._folder.mkdir(parents=True, exist_ok=True)
        door = self._session.window
        if os.environ.get("INTEGRITY_DESK_LOGIN"):
            door.sign_in.fill(
                os.environ["INTEGRITY_DESK_LOGIN"], os.environ.get("INTEGRITY_DESK_PASSWORD", "")
            )
        self._save("sign-in")
        door.sign_in.enter.click()
        yield self._settled
        if self._session.window is door:
            return
        for number, entry in enumerate(PAGES):
            yield from self._shoot(number, entry)

    def _shoot(self, number: int, entry: PageEntry) -> Steps:
        window = self._session.window
        if not window.context.actor.may(entry.permission):
            return
        window.navigate(entry.id)
        yield self._settled
        for scheme, large in _LOOKS if entry.id in _IN_EVERY_LOOK else _LOOKS[:1]:
            window.dress(scheme, large=large)
            yield self._settled
            look = "large" if large else scheme
            self._save(f"{number:02d}-{entry.id}-{look}")
        window.dress(Settings().scheme, large=False)

    def _settled(self) -> bool:
        return self._calm >= _CALM_LOOKS

    def _save(self, name: str) -> None:
        self._session.window.grab().save(str(self._folder / f"{name}.png"))
