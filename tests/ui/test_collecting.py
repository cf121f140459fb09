"""What is garbage goes on the window's thread, however busy the lanes are."""

from __future__ import annotations

import gc
import threading

from integrity_desk.ui.collecting import Collecting
from tests.ui.conftest import Do


class Thing:
    """Stands in a circle with itself, and tells in which thread it went."""

    def __init__(self, gone: list[str]) -> None:
        self.gone = gone
        self.itself = self

    def __del__(self) -> None:
        self.gone.append(threading.current_thread().name)


def litter(gone):
    """Make garbage, and more than enough new objects for Python to look for some."""
    for _each in range(50):
        Thing(gone)
    return len([[number] for number in range(20 * gc.get_threshold()[0])])


def test_a_lane_makes_garbage_and_the_window_collects_it(tasks, qtbot):
    gone: list[str] = []
    done: list[int] = []
    tasks.ask(Do(lambda progress: done.append(litter(gone))), None)
    qtbot.waitUntil(lambda: bool(done))
    kept = [[number] for number in range(2 * gc.get_threshold()[0])]
    qtbot.waitUntil(lambda: len(gone) == 50)
    assert set(gone) == {threading.main_thread().name}
    assert kept


def test_python_collects_by_itself_when_no_lane_is_left(qapp):
    before = gc.isenabled()
    one, other = Collecting(), Collecting()
    one.stop()
    assert not gc.isenabled()
    other.stop()
    assert gc.isenabled() == before
