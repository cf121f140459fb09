"""A register's page in the real window, over the invented office's real store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.settings import SettingsFile
from integrity_desk.ui.form_values import field_values
from integrity_desk.ui.forms import Form
from integrity_desk.ui.main_window import MainWindow
from integrity_desk.ui.pages.base import PageEntry
from integrity_desk.ui.pages.register import RegisterPage
from integrity_desk.ui.pages.registry import PAGES
from integrity_desk.ui.tasks import Tasks
from tests.office import Office

REGISTERS = {declared.name for declared in TYPES}


class Sitting:
    """One account at the window; ``open`` shows a register and waits for its rows."""

    def __init__(
        self, qtbot: Any, office: Office, login: str, more: Sequence[PageEntry] = ()
    ) -> None:
        self.qtbot = qtbot
        self.office = office
        self.tasks = Tasks(lambda: office.sign_in(login))
        entries = [each for each in PAGES if each.id in {*REGISTERS, "exchange"}]
        entries += more
        self.window = MainWindow(
            entries,
            tasks=self.tasks,
            actor=office.account(login).actor,
            settings=SettingsFile(office.folder.parent / "settings.json"),
            now=office.now,
        )
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    @property
    def page(self) -> RegisterPage:
        page = self.window.page
        assert isinstance(page, RegisterPage)
        return page

    def open(self, type_name: str) -> RegisterPage:
        self.window.navigate(type_name)
        self.settle()
        return self.page

    def open_record(self, type_name: str, rec: str) -> RegisterPage:
        page = self.open(type_name)
        page.show_record(rec)
        self.until(lambda: page.panel.view is not None and page.panel.view.id == rec)
        return page

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=5_000)

    def settle(self) -> None:
        """Wait until nothing is asked and no row is on its way."""
        self.until(lambda: not self.tasks.busy and not self.tasks._asked)

    def rows(self) -> list[str]:
        """The texts of the main column, from the top."""
        self.settle()
        model = self.page.list.model
        main = next(number for number, each in enumerate(model.columns) if each.stretch)
        self.until(lambda: all(model.row_at(each) for each in range(model.rowCount())))
        return [model.index(each, main).data() for each in range(model.rowCount())]

    def form(self) -> Form:
        """The form that stands on the page."""
        self.until(lambda: self.page.forms.view is not None)
        self.settle()
        view = self.page.forms.view
        assert view is not None
        return view.form

    def dialog(self) -> Any:
        """The dialog of the act under way."""
        self.until(lambda: self.page.acts.dialog is not None and self.page.acts.dialog.isVisible())
        return self.page.acts.dialog

    def words(self) -> str:
        """Everything that can be read in the panel."""
        self.settle()
        QApplication.processEvents()  # what was added to a layout shows with the next event
        return "\n".join(texts_of(self.page.panel))


@contextmanager
def sitting(qtbot: Any, office: Office) -> Iterator[Callable[..., Sitting]]:
    """Yield ``sit(login)``; windows and threads are gone afterwards."""
    with ExitStack() as leaving:

        def sit(login: str, *more: PageEntry) -> Sitting:
            made = Sitting(qtbot, office, login, more)
            leaving.callback(made.tasks.close)
            leaving.callback(made.window.close)
            return made

        yield sit


def texts_of(widget: QWidget) -> list[str]:
    shown = [each for each in widget.findChildren(QWidget) if each.isVisibleTo(widget)]
    return [each.text() for each in shown if hasattr(each, "text") and each.text()]


def typed(form: Form, plain: Mapping[str, Any]) -> dict[str, Any]:
    """Plain values as the form's editors take them."""
    return field_values([box.field for box in form._boxes.values()], plain)


def type_into(form: Form, field: str, text: str) -> None:
    """Type into a line as an input method does: the words arrive whole."""
    line = form._boxes[field].editor.line
    line.insert(text)
    line.textEdited.emit(line.text())


def button(widget: QWidget, words: str) -> QAbstractButton:
    QApplication.processEvents()
    found = [
        each
        for each in widget.findChildren(QAbstractButton)
        if words in (each.text(), each.accessibleName()) and each.isVisibleTo(widget)
    ]
    assert found, (words, [each.text() for each in widget.findChildren(QAbstractButton)])
    return found[0]


def choosing(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Let whoever is asked where to save answer with this path, typed as it stands."""

    def answer(dialog: QFileDialog) -> int:
        dialog.selectFile(str(path))
        return int(QFileDialog.DialogCode.Accepted)

    monkeypatch.setattr(QFileDialog, "exec", answer)
