"""Threads: results come home, stale ones do not, stopped work leaves nothing."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread, Signal

from integrity_desk.errors import NotFound, StoreUnavailable
from integrity_desk.ui.tasks import StageReporter, Tasks
from tests.ui.conftest import Do, MemoryDesk

SOAK = 200_000


class Ear(QObject):
    heard_one = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Any] = []
        self.threads: set[int] = set()

    def hear(self, value: Any) -> None:
        self.heard.append(value)
        self.threads.add(threading.get_ident())
        self.heard_one.emit()


@pytest.fixture
def ear(qapp):
    return Ear()


def test_an_answer_reaches_its_asker_in_the_windows_thread(tasks, ear, qtbot):
    with qtbot.waitSignal(ear.heard_one):
        tasks.ask(Do(lambda progress: threading.get_ident()), ear.hear)
    assert ear.threads == {threading.get_ident()}
    assert ear.heard[0] != threading.get_ident()


def test_acts_tell_their_value_then_their_changes(tasks, ear, qtbot):
    with qtbot.waitSignal(tasks.changed) as changed:
        tasks.perform(Do(lambda progress: "新编号"), ear.hear)
    assert ear.heard == ["新编号"]
    assert changed.args[0].touches("complaint")
    assert not tasks.busy


def test_only_the_latest_of_the_same_question_is_answered(tasks, ear, qtbot):
    gate = threading.Event()
    tasks.ask(Do(lambda progress: gate.wait(5)), Ear().hear)
    with qtbot.waitSignal(ear.heard_one):
        for number in range(5):
            tasks.ask(Do(lambda progress, n=number: n), ear.hear, latest=True)
        gate.set()
    assert ear.heard == [4]


def test_a_cancelled_question_stays_silent(tasks, ear, qtbot):
    tasks.ask(Do(lambda progress: "stale"), ear.hear).cancel()
    with qtbot.waitSignal(ear.heard_one):
        tasks.ask(Do(lambda progress: "fresh"), ear.hear)
    assert ear.heard == ["fresh"]


def test_an_asker_that_is_gone_hears_nothing(tasks, ear, qtbot):
    gone = Ear()
    tasks.ask(Do(lambda progress: 1), gone.hear)
    del gone
    with qtbot.waitSignal(ear.heard_one):
        tasks.ask(Do(lambda progress: 2), ear.hear)
    assert ear.heard == [2]


def test_results_are_refused_to_anything_but_a_method_of_a_qobject(tasks):
    with pytest.raises(TypeError):
        tasks.ask(Do(lambda progress: 1), lambda value: None)


def test_an_expected_failure_goes_to_whoever_asked_for_it(tasks, ear, qtbot):
    def fail(progress):
        raise NotFound("没有这条登记。")

    with qtbot.waitSignal(tasks.finished), qtbot.assertNotEmitted(tasks.failed):
        tasks.perform(Do(fail), None, ear.hear)
    assert str(ear.heard[0]) == "没有这条登记。"
    with qtbot.waitSignal(tasks.failed) as failed:
        tasks.perform(Do(fail))
    assert isinstance(failed.args[0], NotFound)


def test_a_store_that_cannot_be_opened_is_an_expected_failure(qapp, qtbot):
    def refuse() -> MemoryDesk:
        raise StoreUnavailable("打不开。")

    tasks = Tasks(refuse)
    with qtbot.waitSignal(tasks.failed):
        tasks.perform(Do(lambda progress: None))
    tasks.close()


def test_stop_ends_long_work_without_changes_or_failure(tasks, qtbot):
    begun = threading.Event()

    def long_work(progress):
        while True:
            begun.set()
            progress.step(1, 2, "正在导入")

    with (
        qtbot.assertNotEmitted(tasks.changed),
        qtbot.assertNotEmitted(tasks.failed),
        qtbot.waitSignal(tasks.finished),
    ):
        tasks.perform(Do(long_work))
        assert begun.wait(5)
        tasks.stop()


def test_progress_is_reported_at_most_every_hundred_milliseconds(monkeypatch):
    ticks = iter(number / 32 for number in range(100))
    clock = SimpleNamespace(monotonic=lambda: next(ticks))
    monkeypatch.setattr("integrity_desk.ui.tasks.time", clock)
    stages: list[Any] = []
    reporter = StageReporter(stages.append, threading.Event())
    for done in range(100):
        reporter.step(done, 100)
    assert [stage.done for stage in stages] == list(range(0, 100, 4))


@pytest.mark.qt_no_exception_capture
def test_a_bug_reaches_the_reporter_and_the_lane_goes_on(tasks, ear, qtbot, monkeypatch):
    bugs: list[type] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, error, trace: bugs.append(kind))
    with qtbot.waitSignal(tasks.finished):
        tasks.perform(Do(lambda progress: 1 // 0), ear.hear)
    with qtbot.waitSignal(ear.heard_one):
        tasks.perform(Do(lambda progress: "still here"), ear.hear)
    assert bugs == [ZeroDivisionError]
    assert ear.heard == ["still here"]


def test_each_lane_makes_and_closes_its_desk_in_its_own_thread(tasks, ear, desks, qtbot):
    with qtbot.waitSignals([ear.heard_one, tasks.finished]):
        tasks.ask(Do(lambda progress: 1), ear.hear)
        tasks.perform(Do(lambda progress: 1))
    tasks.close()
    assert len({desk.made_in for desk in desks} | {threading.get_ident()}) == 3
    assert [desk.closed_in for desk in desks] == [desk.made_in for desk in desks]
    assert QThread.currentThread().isRunning()


def test_closing_joins_the_threads_in_the_midst_of_work(tasks, qtbot):
    begun = threading.Event()

    def long_work(progress):
        while True:
            begun.set()
            progress.step(0, 0)

    tasks.perform(Do(long_work))
    assert begun.wait(5)
    tasks.close()


def test_hundreds_of_thousands_of_signals_wear_nothing_out(tasks, ear, qtbot):
    ears = Ear()

    def flood(progress):
        for number in range(SOAK):
            lane.staged.emit(number)
        return SOAK

    lane = tasks._lanes[0]
    tasks.progressed.connect(ears.hear)
    with qtbot.waitSignal(tasks.finished, timeout=60_000):
        tasks.perform(Do(flood), ear.hear)
    assert ear.heard == [SOAK]
    assert len(ears.heard) == SOAK


def test_a_look_that_hangs_with_its_share_holds_up_neither_lists_nor_acts(tasks, ear, qtbot):
    gate = threading.Event()
    hung = Ear()
    tasks.watch(Do(lambda progress: gate.wait(20)), hung.hear, hung.hear)
    assert tasks.idle
    with qtbot.waitSignal(ear.heard_one):
        tasks.ask(Do(lambda progress: "列表"), ear.hear)
    with qtbot.waitSignal(ear.heard_one):
        tasks.perform(Do(lambda progress: "办理"), ear.hear)
    assert (ear.heard, hung.heard) == (["列表", "办理"], [])
    with qtbot.waitSignal(hung.heard_one):
        gate.set()
