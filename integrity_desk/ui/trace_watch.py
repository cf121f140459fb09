"""Watches what is typed about a case for words that would tell who complained."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Slot

from integrity_desk.domain.fields import Field, Id
from integrity_desk.errors import DeskError
from integrity_desk.services.reporter_traces import FindTraces
from integrity_desk.ui.form_values import plain_values
from integrity_desk.ui.forms import Form
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.notice_bar import NoticeBar

_PAUSE_MS = 500


class TraceWatch(QObject):
    """Shows its warning in ``bar``; asks when typing rests, and once for what stands there."""

    def __init__(
        self, tasks: Tasks, form: Form, fields: Sequence[Field], type_name: str, rec: Id = ""
    ) -> None:
        super().__init__(form)
        self._tasks = tasks
        self._form = form
        self._fields = tuple(each for each in fields if "." not in each.name)
        self._type = type_name
        self._id = rec
        self._said = ""
        self.bar = NoticeBar()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        if any(each.is_text for each in self._fields):
            form.edited.connect(self._pause.start)

    @Slot()
    def _look(self) -> None:
        values = plain_values(self._fields, self._form.values())
        question = FindTraces(type=self._type, values=values, id=self._id)
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
