"""Journeys: the real program in a real window, on a screen of its own in every worker."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from integrity_desk.domain.records import type_of
from integrity_desk.ui.pages.step_order import in_order
from tests.journeys.county import County
from tests.journeys.printer import set_up
from tests.journeys.program import Program
from tests.journeys.screen import Screen
from tests.office import Office

PICTURES = Path(__file__).parents[2] / "journeys-failed"
"""Where a journey that failed leaves what the screen showed."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> object:
    """Keep what could be seen and read while the window still stands."""
    report = yield
    screen = getattr(item, "funcargs", {}).get("screen")
    if call.when == "call" and call.excinfo is not None and screen is not None:
        screen.picture(PICTURES / f"{item.name}.png")
        seen = "\n".join(map(str, screen.look()))
        (PICTURES / f"{item.name}.txt").write_text(seen, encoding="utf-8")
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all of them, so that ``-m 'not journey'`` leaves them out."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.journey)
            if shutil.which("Xvfb") is None:
                item.add_marker(pytest.mark.skip(reason="there is no X server here"))


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    """Return this worker's screen."""
    with closing(Screen()) as made:
        yield made


@pytest.fixture
def county(tmp_path: Path) -> County:
    """Return a county worked by its own command line; see ``tests/journeys/county.py``."""
    return County(tmp_path)


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which a printer's sheets come out; see ``tests/journeys/printer.py``."""
    folder = tmp_path / "printer"
    set_up(folder)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder


@pytest.fixture
def start(screen: Screen, tmp_path: Path, own_home: None) -> Iterator[Callable[..., Program]]:
    """Return ``start(folder)``, which starts the program at a store; it may say nothing."""
    with ExitStack() as ending:
        started: list[Program] = []

        def start(folder: Path | None = None, module: str = "integrity_desk") -> Program:
            said = tmp_path / f"said-{len(started)}.txt"
            program = Program(screen, folder or tmp_path / "desk", said, module)
            started.append(program)
            ending.callback(program.end)
            return program

        yield start
    assert [each.said for each in started if each.said] == []


@pytest.fixture
def take(screen: Screen, office: Office) -> Callable[..., None]:
    """Return ``take(rec, act, by)``: presses the step's own key for the opened record, and waits
    for the form that asks for its fields, so that no key is typed ahead of it."""

    def take(rec: str, act: str, by: str = "clerk") -> None:
        life = type_of(office.record(rec)).life
        assert life is not None
        offered = in_order(life, office.state_of(rec), office.view(rec, by=by).offered)
        screen.keys(f"alt+{[step.act for step in offered].index(act) + 1}")
        step = life.step(act)
        declared = type_of(office.record(rec))
        asked = {declared.field(name).label for name in (*step.needs, *step.asks)}
        if asked:
            screen.until(lambda: asked & {each.name for each in screen.focus()}, f"{act} to ask")

    return take


@pytest.fixture
def stands(screen: Screen, office: Office) -> Callable[[str, str], None]:
    """Return ``stands(rec, state)``: waits until the record stands in a state, and shows it."""

    def stands(rec: str, state: str) -> None:
        life = type_of(office.record(rec)).life
        assert life is not None
        screen.until(lambda: office.state_of(rec) == state, f"the state {state}")
        screen.see(life.state(state).label, "label")

    return stands
