"""The sample township in the real window, for looking at: any page, dialog or state."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from integrity_desk.domain.accounts import Account
from integrity_desk.domain.fields import Id
from integrity_desk.services.accounts import ListAccounts
from integrity_desk.services.desk import Desk
from integrity_desk.services.opening import sign_in
from integrity_desk.services.registers import FetchRows, Filter, ListRecords
from integrity_desk.services.sample import sample_accounts
from integrity_desk.settings import SettingsFile
from integrity_desk.ui import theme
from integrity_desk.ui.main_window import MainWindow
from integrity_desk.ui.pages.base import Context
from integrity_desk.wording import set_language
from tests.office import START, Clock
from tests.ui.looks.planting import TODAY
from tests.ui.workplaces import Visit

CALM = 6
"""A picture is finished when it comes out the same so many times."""
SIZE = (1366, 768)
PASSWORDS = {each.login: each.password for each in sample_accounts()}


class Room:
    """One account of the township at the window."""

    def __init__(
        self, qtbot: Any, planted: Path, folder: Path, login: str, *, language: str = "zh"
    ) -> None:
        self.folder = folder
        SettingsFile(folder.parent / "settings.json").change(language=language, bundled_fonts=True)
        if not folder.exists():
            shutil.copytree(planted, folder)
        self.now = Clock(START)
        self.now.set_day(TODAY)
        self.visit = Visit(qtbot, folder, self.now)
        self.desk: Desk = sign_in(folder, login, PASSWORDS[login], now=self.now)
        self.visit.try_to_come_in(login, PASSWORDS[login])
        self.settle()
        self.window.resize(*SIZE)

    @property
    def window(self) -> MainWindow:
        return self.visit.window

    @property
    def context(self) -> Context:
        return self.window.context

    @property
    def page(self) -> Any:
        return self.window.page

    def settle(self) -> None:
        self.visit.settle()

    def until(self, holds: Callable[[], object]) -> None:
        self.visit.until(lambda: bool(holds()))

    def go(self, page: str) -> Any:
        """Show a page and wait for what it asks."""
        self.window.navigate(page)
        self.settle()
        return self.page

    def first(self, type_name: str, *states: str, skip: int = 0) -> Id:
        """Return a record of a type, in one of the states if any are named."""
        rows = self.desk.ask(ListRecords(filter=Filter(type=type_name, states=states)))
        (row,) = self.desk.ask(FetchRows(type=type_name, rows=(rows[skip],)))
        return row.id

    def open(self, type_name: str, *states: str) -> Any:
        """Show a register with a record opened in its panel."""
        page = self.go(type_name)
        page.show_record(self.first(type_name, *states))
        self.until(lambda: page.panel.view is not None)
        self.settle()
        return page

    def account(self, login: str) -> Account:
        return next(each for each in self.desk.ask(ListAccounts()) if each.login == login)

    def dialog(self) -> QWidget:
        """Return the dialog that an act opened, once its answers are there."""
        self.settle()
        found = QApplication.activeModalWidget()
        assert found is not None
        self.settle()
        return found

    def rested(self, widget: QWidget) -> QImage:
        """Return the picture once everything asked for has come and nothing moves any more."""
        return self._calm(lambda: widget.grab().toImage())

    def laid_out(self, widget: QWidget) -> None:
        """Wait until everything asked for has come and found its place; bars may move on."""
        self._calm(lambda: [each.geometry() for each in widget.findChildren(QWidget)])

    def _calm(self, look: Callable[[], Any]) -> Any:
        seen: list[Any] = []

        def calm() -> bool:
            seen.append(look())
            return len(seen) > CALM and all(each == seen[-1] for each in seen[-CALM:])

        self.settle()
        self.until(calm)
        return seen[-1]

    def put_away(self) -> None:
        """Close the dialogs that stand over the window."""
        while (over := QApplication.activeModalWidget()) is not None:
            over.close()

    def close(self) -> None:
        self.desk.close()
        self.visit.close()


@contextmanager
def dressed(*, scheme: str = "light", large: bool = False) -> Iterator[None]:
    """Let everything made inside be in this look, and its words in Chinese again after it."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, scheme=scheme, large=large)
    try:
        yield
    finally:
        set_language("zh")
        theme.apply(app)
