"""The whole program in its windows, over the invented office's real store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from integrity_desk.services.front_door import FrontDoor
from integrity_desk.settings import SettingsFile
from integrity_desk.ui.main_window import MainWindow
from integrity_desk.ui.session import Doors, Session
from integrity_desk.ui.sign_in import SignInWindow
from integrity_desk.ui.widgets.record_list import RecordList
from integrity_desk.ui.workplace import open_workplace
from tests.office import CHEAP, PASSWORD, Clock


class Visit:
    """A person at the screen; ``come_in`` signs in by the front door."""

    def __init__(self, qtbot: Any, folder: Path, now: Clock) -> None:
        self.qtbot = qtbot
        self.settings = SettingsFile(folder.parent / "settings.json")
        self.ended: list[bool] = []
        doors = Doors(
            front_door=lambda: FrontDoor(now=now, cost=CHEAP),
            open_workplace=lambda desk, tasks, kept: open_workplace(desk, tasks, kept, now),
        )
        self.session = Session(doors, self.settings, folder)
        self.session.ended.connect(lambda: self.ended.append(True))
        self.session.show_sign_in()
        self.settle()

    @property
    def door(self) -> SignInWindow:
        assert isinstance(self.session.window, SignInWindow)
        return self.session.window

    @property
    def window(self) -> MainWindow:
        assert isinstance(self.session.window, MainWindow)
        return self.session.window

    @property
    def page(self) -> Any:
        return self.window.page

    def try_to_come_in(self, login: str, password: str = PASSWORD) -> None:
        self.door.sign_in.fill(login, password)
        self.door.sign_in.enter.click()
        self.settle()

    def come_in(self, login: str, page: str = "workbench") -> MainWindow:
        self.try_to_come_in(login)
        self.window.navigate(page)
        self.settle()
        return self.window

    def fill(self, **texts: str) -> None:
        for name, text in texts.items():
            self.door.panel.fields[name].text = text

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=10_000)

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.until(lambda: self.session.idle)

    def close(self) -> None:
        self.session.close()


def titles(shown: RecordList) -> list[str]:
    """Return the titles of a list's lines."""
    return [line.title for line in shown.lines()]
