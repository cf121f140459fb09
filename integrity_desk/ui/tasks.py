"""The one way of threads: acts and questions run in lanes, results come back to the window.

Each lane is one QThread with a desk of its own, made inside that thread. Acts (``perform``) run
one after another; questions (``ask``) run beside them, so a list stays quick during an import;
looks at a shared folder (``watch``) run beside both, because a share may hang.
Results reach only bound methods of QObjects: a lambda connected across threads would run in
the wrong one, and a receiver that is gone must simply hear nothing.
"""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from types import MethodType
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QObject, QThread, Signal, Slot

from integrity_desk.domain.progress import Progress
from integrity_desk.errors import Cancelled, DeskError
from integrity_desk.ui.collecting import Collecting

_REPORT_EVERY_S = 0.1


class Outcome(Protocol):
    """What an act returns: its value, and which records it changed."""

    @property
    def value(self) -> Any:
        """The act's result, e.g. the id of a new record."""

    @property
    def changes(self) -> Any:
        """What pages look at to decide whether to refresh."""


class Desk(Protocol):
    """What a lane needs of the services; used only inside the lane's thread."""

    def perform(self, command: Any, progress: Progress) -> Outcome:
        """Carry out one act in one transaction."""

    def ask(self, question: Any, progress: Progress) -> Any:
        """Answer one question; changes nothing."""

    def close(self) -> None:
        """Let go of the store."""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """How far an act has come; ``total`` is 0 while unknown."""

    done: int
    total: int
    label: str


class StageReporter:
    """Reports stages to the window, and tells long work that Stop was pressed."""

    def __init__(self, report: Callable[[Stage], None], stopped: threading.Event) -> None:
        self._report = report
        self._stopped = stopped
        self._reported_at = float("-inf")

    def step(self, done: int, total: int, label: str = "") -> None:
        """Say how far the work is; raises Cancelled after Stop. At most one report per 100 ms."""
        if self._stopped.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._reported_at >= _REPORT_EVERY_S:
            self._reported_at = now
            self._report(Stage(done=done, total=total, label=label))


@dataclass(frozen=True, kw_only=True)
class _Answer:
    """A question's answer where an act's outcome is expected."""

    value: Any
    changes: None = None


class Ticket:
    """One act or question under way; ``cancel`` makes its answer unwanted."""

    def __init__(
        self, work: Any, on_result: Any, on_refused: Any, *, question: bool = False
    ) -> None:
        self.work = work
        self.question = question
        self.stopped = threading.Event()
        self.result: Any = None
        self.error: DeskError | None = None
        self.answered = False
        self.ended = False
        """Done, refused or stopped."""
        self.on_result = _Receiver(on_result)
        self.on_refused = _Receiver(on_refused)

    def cancel(self) -> None:
        """Skip the work if it has not begun; drop its answer otherwise."""
        self.stopped.set()


class Tasks(QObject):
    """Takes acts and questions from pages; lives in the window's thread."""

    changed = Signal(object)
    """Changes of an act that succeeded; pages ask themselves whether they are touched."""
    failed = Signal(object)
    """A DeskError nobody else takes; connected once, to the failure message."""
    started = Signal()
    progressed = Signal(object)
    """A Stage of the act under way."""
    finished = Signal()
    """No act is under way any more."""

    _to_acts = Signal(object)
    _to_questions = Signal(object)
    _to_looks = Signal(object)

    def __init__(self, desk_factory: Callable[[], Desk], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._acts: list[Ticket] = []
        self._latest: weakref.WeakValueDictionary[Any, Ticket] = weakref.WeakValueDictionary()
        self._asked: set[Ticket] = set()
        self._watched: set[Ticket] = set()
        self._closed = False
        self._lanes = (
            _Lane(_perform, desk_factory, "acts"),
            _Lane(_answer, desk_factory, "questions"),
            _Lane(_answer, desk_factory, "looks"),
        )
        self._to_acts.connect(self._lanes[0].run)
        self._to_questions.connect(self._lanes[1].run)
        self._to_looks.connect(self._lanes[2].run)
        self._lanes[0].staged.connect(self.progressed)
        self._lanes[0].ended.connect(self._end_act)
        self._lanes[1].ended.connect(self._end_question)
        self._lanes[2].ended.connect(self._end_question)
        self._collecting = Collecting(self)
        self._threads = tuple(_start(lane) for lane in self._lanes)

    def perform(self, command: Any, on_done: Any = None, on_refused: Any = None) -> Ticket:
        """Carry out ``command``; ``on_done(value)`` then ``changed``, or ``on_refused(error)``.

        Both must be bound methods of QObjects. Without ``on_refused`` errors go to ``failed``.
        """
        return self._put_in_acts(Ticket(command, on_done, on_refused))

    def study(self, question: Any, on_result: Any, on_refused: Any = None) -> Ticket:
        """Answer a question that takes long, in the lane of acts: with progress and Stop."""
        return self._put_in_acts(Ticket(question, on_result, on_refused, question=True))

    def ask(
        self, question: Any, on_result: Any, on_refused: Any = None, *, latest: bool = False
    ) -> Ticket:
        """Answer ``question`` to ``on_result(value)``, a bound method of a QObject.

        With ``latest`` an earlier question to the same method is stale and never answered.
        """
        ticket = Ticket(question, on_result, on_refused, question=True)
        if latest:
            key = ticket.on_result.key
            stale = self._latest.get(key)
            if stale is not None:
                stale.cancel()
            self._latest[key] = ticket
        self._asked.add(ticket)
        self._to_questions.emit(ticket)
        return ticket

    def watch(self, question: Any, on_result: Any, on_refused: Any) -> Ticket:
        """Answer a question that may hang with a share: no list waits for it, nor does ``idle``."""
        ticket = Ticket(question, on_result, on_refused, question=True)
        self._watched.add(ticket)
        self._to_looks.emit(ticket)
        return ticket

    @property
    def busy(self) -> bool:
        """Whether an act is under way or waiting."""
        return bool(self._acts)

    @property
    def idle(self) -> bool:
        """Whether nothing at all is under way, questions included."""
        return not self._acts and not self._asked

    @Slot()
    def stop(self) -> None:
        """Stop the acts under way; each rolls back and leaves nothing."""
        for ticket in self._acts:
            ticket.cancel()

    def close(self) -> None:
        """Stop everything, let both desks go and join the threads; harmless when repeated."""
        if self._closed:
            return
        self._closed = True
        for ticket in (*self._acts, *self._asked, *self._watched):
            ticket.cancel()
        for lane in self._lanes:
            lane.closing.emit()
        for thread in self._threads:
            thread.wait()
        self._collecting.stop()

    def _put_in_acts(self, ticket: Ticket) -> Ticket:
        self._acts.append(ticket)
        self.started.emit()
        self._to_acts.emit(ticket)
        return ticket

    @Slot(object)
    def _end_act(self, ticket: Ticket) -> None:
        self._acts.remove(ticket)
        ticket.ended = True
        if ticket.error is not None:
            self._refuse(ticket)
        elif ticket.answered:
            ticket.on_result.tell(ticket.result.value)
            if not ticket.question:
                self.changed.emit(ticket.result.changes)
        if not self._acts:
            self.finished.emit()

    @Slot(object)
    def _end_question(self, ticket: Ticket) -> None:
        self._asked.discard(ticket)
        self._watched.discard(ticket)
        if ticket.stopped.is_set():
            return
        if ticket.error is not None:
            self._refuse(ticket)
        elif ticket.answered:
            ticket.on_result.tell(ticket.result)

    def _refuse(self, ticket: Ticket) -> None:
        if ticket.on_refused.wanted:
            ticket.on_refused.tell(ticket.error)
        else:
            self.failed.emit(ticket.error)


class _Lane(QObject):
    """The worker of one thread; it alone touches its desk."""

    ended = Signal(object)
    staged = Signal(object)
    closing = Signal()

    def __init__(
        self,
        work: Callable[[Desk, Ticket, _Lane], Any],
        desk_factory: Callable[[], Desk],
        name: str,
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._work = work
        self._desk_factory = desk_factory
        self._desk: Desk | None = None
        self.closing.connect(self._close)

    @Slot(object)
    def run(self, ticket: Ticket) -> None:
        """Do one piece of work; what is not a DeskError is a bug and reaches sys.excepthook."""
        try:
            if not ticket.stopped.is_set():
                if self._desk is None:
                    self._desk = self._desk_factory()
                ticket.result = self._work(self._desk, ticket, self)
                ticket.answered = True
        except Cancelled:
            ticket.cancel()
        except DeskError as error:
            ticket.error = error
        finally:
            self.ended.emit(ticket)

    @Slot()
    def _close(self) -> None:
        if self._desk is not None:
            self._desk.close()
            self._desk = None
        self.thread().quit()


class _Receiver:
    """A bound method of a QObject, held weakly; None when nobody waits."""

    def __init__(self, method: Any) -> None:
        self.wanted = method is not None
        self._method: weakref.WeakMethod[Any] | None = None
        if method is None:
            return
        if not isinstance(method, MethodType) or not isinstance(method.__self__, QObject):
            raise TypeError("results go only to bound methods of QObjects")
        self.key = (id(method.__self__), method.__name__)
        self._method = weakref.WeakMethod(method)

    def tell(self, value: Any) -> None:
        """Call the method if its object still lives."""
        method = self._method() if self._method is not None else None
        if method is not None and shiboken6.isValid(method.__self__):
            method(value)


def _perform(desk: Desk, ticket: Ticket, lane: _Lane) -> Outcome:
    if ticket.question:
        return _Answer(value=_answer(desk, ticket, lane))
    return desk.perform(ticket.work, StageReporter(lane.staged.emit, ticket.stopped))


def _answer(desk: Desk, ticket: Ticket, lane: _Lane) -> Any:
    return desk.ask(ticket.work, StageReporter(lane.staged.emit, ticket.stopped))


def _start(lane: _Lane) -> QThread:
    thread = QThread()
    thread.setObjectName(lane.objectName())
    lane.moveToThread(thread)
    thread.start()
    return thread
