"""Watches what is typed about a case for words that would tell who complained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from integrity_desk.domain.fields import Field, Id
from integrity_desk.errors import DeskError
from integrity_desk.services.reporter_traces import FindTraces
from integrity_desk.ui.form_values import plain_values
from integrity_desk.ui.forms import Form
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.notice_bar import NoticeBar

_PAUSE_MS = 500


def watch_form(
    tasks: Tasks, form: Form, fields: Sequence[Field], type_name: str, rec: Id = ""
) -> TraceWatch:
    """Watch a form of declared fields, if any of them is text."""
    watched = tuple(each for each in fields if "." not in each.name)
    watch = TraceWatch(tasks, form, partial(_typed, form, watched), type_name, rec)
    if any(each.is_text for each in watched):
        form.edited.connect(watch.look_soon)
    return watch


class TraceWatch(QObject):
    """Shows its warning in ``bar``; asks when typing rests.

    ``read`` gives the plain values typed so far; ``rec`` is the record they are written over, as
    soon as there is one. Its owner connects whatever is edited with ``look_soon``.
    """

    def __init__(
        self, tasks: Tasks, owner: QObject, read: Callable[[], dict[str, Any]], type_name: str,
        rec: Id = "",
    ) -> None:  # fmt: skip
        super().__init__(owner)
        self._tasks = tasks
        self._read = read
        self._type = type_name
        self.rec = rec
        self._said = ""
        self.bar = NoticeBar()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)

    @Slot()
    def look_soon(self) -> None:
        """Look once typing rests."""
        self._pause.start()

    @Slot()
    def _look(self) -> None:
        question = FindTraces(type=self._type, values=self._read(), id=self.rec)
        self._tasks.ask(question, self._show, self._keep_still, latest=True)

    @Slot(object)
    def _show(self, warning: str) -> None:
        if warning == self._said:
            return
        self._said = warning
        if warning:
            self.bar.offer(warning, (), "amber")
        else:
            self.bar.hide()

    @Slot(object)
    def _keep_still(self, _error: DeskError) -> None:
        """Saving will be refused for the same reason, and says it."""


def _typed(form: Form, fields: Sequence[Field]) -> dict[str, Any]:
    return plain_values(fields, form.values())
