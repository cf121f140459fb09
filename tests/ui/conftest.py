"""Windows without a screen: the real theme and font, a desk that answers from memory."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_FONT_DPI"] = "96"

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from integrity_desk.domain.changes import Changes
from integrity_desk.services.acts import Outcome
from integrity_desk.services.registers import Row
from integrity_desk.ui import theme
from integrity_desk.ui.models.rows import Column
from integrity_desk.ui.tasks import Tasks
from tests.office import Office
from tests.ui.looks.planting import plant
from tests.ui.registers import Sitting, sitting


@pytest.fixture(scope="session")
def qapp_cls() -> Callable[[list[str]], QApplication]:
    def dressed(arguments: list[str]) -> QApplication:
        app = QApplication([*arguments, *theme.STYLE])
        app.setCursorFlashTime(0)
        theme.load_bundled_font()
        theme.apply(app)
        return app

    return dressed


@pytest.fixture
def sit(qtbot: Any, office: Office) -> Iterator[Callable[[str], Sitting]]:
    """Opens the whole window for an account of the office."""
    with sitting(qtbot, office) as made:
        yield made


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    if theme.current().scheme != "light" or theme.current().large:
        theme.apply(qapp)


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample township's store, made once; a room takes a copy of it."""
    return plant(tmp_path_factory.mktemp("sample") / "planted")


@dataclass(frozen=True)
class Do:
    """An act or a question of the desk below: a function of the progress."""

    work: Callable[[Any], Any]


class MemoryDesk:
    """A desk that runs what it is given, and remembers in which threads it lived."""

    def __init__(self) -> None:
        self.made_in = threading.get_ident()
        self.closed_in = 0

    def perform(self, command: Do, progress: Any) -> Outcome[Any]:
        changes = Changes(types=frozenset({"complaint"}))
        return Outcome(value=command.work(progress), changes=changes)

    def ask(self, question: Do, progress: Any) -> Any:
        return question.work(progress)

    def close(self) -> None:
        self.closed_in = threading.get_ident()


class RowDesk(MemoryDesk):
    """Answers any questions of row ids with invented rows."""

    def ask(self, question: Any, progress: Any) -> Any:
        return tuple(row(each) for each in question) if isinstance(question, tuple) else ()


@pytest.fixture
def desks() -> list[MemoryDesk]:
    return []


@pytest.fixture
def tasks(qapp: QApplication, desks: list[MemoryDesk]) -> Iterator[Tasks]:
    def make() -> MemoryDesk:
        desks.append(MemoryDesk())
        return desks[-1]

    made = Tasks(make)
    yield made
    made.close()


@pytest.fixture
def row_tasks(qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks(RowDesk)
    yield made
    made.close()


COLUMNS = (
    Column(name="number", label="编号", width=34),
    Column(name="title", label="事项", stretch=True, width=40),
    Column(name="due_on", label="期限", kind="due", width=20, rank=1),
    Column(name="state", label="状态", kind="state", width=20),
)


def row(number: int) -> Row:
    return Row(
        row_id=number,
        id=f"{number:032x}",
        cells=(f"诉〔2026〕{number}号", f"示例事项{number}，内容较长以便看出省略", "2026-06-01"),
        state_label="已受理" if number % 2 else "已办结",
        tone="blue" if number % 2 else "green",
        due_tone="red" if number % 5 == 0 else "",
    )
