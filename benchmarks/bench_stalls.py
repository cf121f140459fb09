"""How long the window's thread is held, page by page: ``python -m benchmarks.bench_stalls``.

The real window, drawn without a screen, on the sample township with 20,000 complaints more. A
person walks through every page: opens it, walks and scrolls its list, opens records, searches,
opens a form and types. Of each act (a key, a turn of the wheel, a page opened) the longest hold
counts: one uninterrupted piece of work of the window's thread, measured between two beats of a
timer, in processor time, so that a busy machine does not blur it; ``--clock`` takes the time on
the clock instead, ``--holds MS`` names what was done when the window was held for longer.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_FONT_DPI", "96")

import shiboken6
from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMessageBox,
    QScrollArea,
    QWidget,
)

from benchmarks.big_store import CHEAP, BigStore, more
from benchmarks.report import Row, percentile
from integrity_desk.app import Options, build, preload
from integrity_desk.domain.accounts import Account, Actor, Role
from integrity_desk.domain.times import china_day
from integrity_desk.services.sample import load_sample, sample_accounts
from integrity_desk.storage.store import Store, keyring
from integrity_desk.ui.main_window import MainWindow
from integrity_desk.ui.pages.registry import PAGES
from integrity_desk.ui.session import Session
from integrity_desk.ui.widgets.register_table import RowsView

_FRAME_MS = 16
_COMPLAINTS = 20_000
_LOGIN = "reviewer"
_BEAT_MS, _LOOK_EVERY_MS, _CALM_LOOKS = 1, 10, 4
_TIMES = 10
_SEARCHED = "路灯"

Acts = Iterator[str]
Holds = dict[str, list[tuple[float, str]]]


def main() -> None:
    """Print p99 and the longest hold of every page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--clock", action="store_true")
    parser.add_argument("--holds", type=float, default=0.0, metavar="MS")
    options = parser.parse_args()
    held = _walk(options.scale, time.perf_counter if options.clock else time.thread_time)
    print(f"{'':<24}{'p99':>8}{'longest':>9}   ms")
    for page, holds in held.items():
        each = [taken for taken, _act in holds]
        print(f"{page:<24}{percentile(each, 0.99):>8.0f}{max(each):>9.0f}")
    for page, holds in held.items():
        for taken, act in holds:
            if options.holds and taken > options.holds:
                print(f"{taken:8.0f} ms  {page}: {act}")


def rows(scale: float) -> list[Row]:
    """Walk through all pages; the longest hold of each counts, and one in a hundred of all."""
    held = _walk(scale, time.thread_time)
    every = [taken for holds in held.values() for taken, _act in holds]
    figures = {"all pages, p99": percentile(every, 0.99)} | {
        f"{page}, longest": max(taken for taken, _act in holds) for page, holds in held.items()
    }
    return [
        Row(name=name, unit="ms", ours=ours, peer=_FRAME_MS, against="a frame")
        for name, ours in figures.items()
    ]


def _walk(scale: float, clock: Callable[[], float]) -> Holds:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["INTEGRITY_DESK_HOME"] = folder
        store = Path(folder) / "store"
        password = _make_store(store, round(_COMPLAINTS * scale))
        application, session = build(Options(store=store))
        session.show_sign_in()
        walk = _Walk(session, password, preload(application, session), clock)
        walk.finished.connect(session.close)
        application.exec()
        return walk.held


def _make_store(folder: Path, complaints: int) -> str:
    """Make the sample township with so many complaints more; return the password."""
    today = datetime.now(UTC)
    load_sample(folder, today=china_day(today), cost=CHEAP)
    password = sample_accounts()[0].password
    store = Store.open(folder, keyring(folder).unwrap(_LOGIN, password), today)
    nobody = Actor(account_id="0" * 32, name="", role=Role.ADMINISTRATOR)
    with store.reader(actor=nobody, now=today) as reader:
        (account,) = reader.find(Account, login=_LOGIN)
    made = BigStore(store=store, actor=account.actor, records=0, cpu_seconds=0.0)
    more(made, complaints, random.Random(1))
    store.close()
    return password


class _Walk(QObject):
    """Signs in, then does one act after another, each when nothing moves any more."""

    finished = Signal()

    def __init__(
        self, session: Session, password: str, loading: QObject, clock: Callable[[], float]
    ) -> None:
        super().__init__()
        self.held: Holds = defaultdict(list)
        self._session = session
        self._clock = clock
        self._acts = self._all_acts(password, loading)
        self._page, self._act, self._calm = "", "", 0
        self._before, self._longest = clock(), 0.0
        self._beats = QTimer(self, interval=_BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._beats.timeout.connect(self._beat)
        self._looks = QTimer(self, interval=_LOOK_EVERY_MS)
        self._looks.timeout.connect(self._look)
        self._beats.start()
        self._looks.start()

    @Slot()
    def _beat(self) -> None:
        now = self._clock()
        taken, self._before = (now - self._before) * 1000, now
        self._longest = max(self._longest, taken)
        if taken > 2 * _BEAT_MS:
            self._calm = 0

    @Slot()
    def _look(self) -> None:
        self._calm = self._calm + 1 if self._session.idle else 0
        if self._calm < _CALM_LOOKS:
            return
        if self._page:
            self.held[self._page].append((self._longest, self._act))
        self._calm, self._longest = 0, 0.0
        try:
            self._act = next(self._acts)
        except StopIteration:
            self._looks.stop()
            self._beats.stop()
            self.finished.emit()

    def _all_acts(self, password: str, loading: QObject) -> Acts:
        while shiboken6.isValid(loading):
            yield "load"
        door = self._session.window
        self._page = "sign in"
        door.sign_in.fill(_LOGIN, password)
        door.sign_in.enter.click()
        yield "sign in"
        window = self._session.window
        for entry in PAGES:
            if window.context.actor.may(entry.permission):
                self._page = entry.id
                yield from _on_page(window, entry.id)
        self._page = "window"
        yield from _of_window(window)


def _on_page(window: MainWindow, page_id: str) -> Acts:
    window.navigate(page_id)
    yield "open the page"
    yield from _through_the_list(window.page)
    yield from _scroll(window.page)
    window.head.search.setText(_SEARCHED)
    yield "search"
    window.head.search.clear()
    yield "lift the search"
    window.navigate(page_id)
    yield "come back"
    if "new" in window.page.offers:
        window.page.act("new")
        yield "open a form or dialog"
        yield from _type(window)
        yield from _leave(window)


def _through_the_list(page: QWidget) -> Acts:
    lists = [each for each in page.findChildren(RowsView) if each.isVisible()]
    for shown in lists[:1]:
        shown.setFocus()
        for key, times in (
            ("Down", _TIMES), ("PageDown", _TIMES), ("End", 1), ("Home", 1), ("Return", 1),
        ):  # fmt: skip
            for _time in range(times):
                QTest.keyClick(shown, Qt.Key[f"Key_{key}"])
                yield key
        yield from _scroll(page)
        for _time in range(_TIMES):
            _wheel(shown.viewport())
            yield "wheel"


def _scroll(page: QWidget) -> Acts:
    for area in page.findChildren(QScrollArea):
        if area.isVisible() and area.verticalScrollBar().maximum() > 0:
            for _time in range(_TIMES):
                _wheel(area.viewport())
                yield "scroll"


def _keyboard(window: MainWindow) -> QWidget:
    """Return where keys go, though no window is active without a screen."""
    front = QApplication.activeModalWidget() or window
    return front.focusWidget() or front


def _type(window: MainWindow) -> Acts:
    line = _keyboard(window)
    for letter in "commitment" if isinstance(line, QLineEdit) else "":
        QTest.keyClick(line, letter)
        yield "type"


def _leave(window: MainWindow) -> Acts:
    """Go back with Esc and give up what was typed, as far as somebody asks."""
    for _time in range(3):
        asking = QApplication.activeModalWidget()
        if isinstance(asking, QMessageBox):
            role = QMessageBox.ButtonRole.DestructiveRole
            drop = [each for each in asking.buttons() if asking.buttonRole(each) is role]
            (drop or asking.buttons())[0].click()
        else:
            QTest.keyClick(_keyboard(window), Qt.Key.Key_Escape)
        yield "leave"


def _of_window(window: MainWindow) -> Acts:
    for act in ("statistics", "shortcuts", "verify_sheet", "about"):
        window.actions_table.chosen.emit(act)
        yield act
        yield from _leave(window)
    for scheme, large in (("dark", False), ("light", True), ("light", False)):
        window.dress(scheme, large=large)
        yield "another look"


def _wheel(target: QWidget) -> None:
    middle = QPointF(target.rect().center())
    event = QWheelEvent(
        middle, QPointF(target.mapToGlobal(target.rect().center())), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(target, event)


if __name__ == "__main__":
    main()
