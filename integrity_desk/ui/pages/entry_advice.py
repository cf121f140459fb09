"""What is noticed while a complaint is typed: cases like it, and its reporter told openly.

Quiet bars above the form; nothing is decided or changed by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from integrity_desk.domain.complaints import Complaint
from integrity_desk.domain.fields import Field, Id
from integrity_desk.domain.records import RecordType, type_of
from integrity_desk.domain.reporter_traces import Trace, moved, traces
from integrity_desk.domain.reporters import Reporter
from integrity_desk.services.duplicates import FindDuplicates, Likeness
from integrity_desk.ui.form_values import field_values, plain_values
from integrity_desk.ui.forms import Form
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.likeness_block import LikenessBlock
from integrity_desk.ui.widgets.notice_bar import NoticeBar
from integrity_desk.wording import _

_PAUSE_MS = 600
"""Looking begins when typing rests."""

_OURS = "reporter."


class EntryAdvice(QObject):
    """Watches the form of a new complaint; silent beside any other form."""

    open_wanted = Signal(str)
    join_wanted = Signal(str)

    def __init__(
        self, context: Context, form: Form, fields: Sequence[Field], declared: RecordType, rec: Id
    ) -> None:
        super().__init__(form)
        self._context = context
        self._form = form
        self._fields = tuple(fields)
        self._found: tuple[Trace, ...] = ()
        self._kept: set[Trace] = set()
        self.likeness = LikenessBlock()
        self.likeness.open_wanted.connect(self.open_wanted)
        self.likeness.join_wanted.connect(self.join_wanted)
        self.traces = NoticeBar()
        self.traces.taken.connect(self._take)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        if declared is type_of(Complaint) and not rec:
            form.edited.connect(self._pause.start)

    @Slot()
    def _look(self) -> None:
        values = plain_values(self._fields, self._form.values())
        self._look_for_traces(values)
        question = FindDuplicates(values=values)
        self._context.tasks.ask(question, self._show_likeness, latest=True)

    @Slot(object)
    def _show_likeness(self, found: Sequence[Likeness]) -> None:
        self.likeness.offer(found)

    def _look_for_traces(self, values: Mapping[str, Any]) -> None:
        found = tuple(each for each in traces(values, _reporter(values)) if each not in self._kept)
        if found == self._found:
            return
        self._found = found
        if not found:
            self.traces.hide()
            return
        offers = [("keep", _("保留原文"))]
        if any(each.name.startswith(_OURS) for each in self._fields):
            offers.insert(0, ("move", _("移到“投诉举报人”一栏")))
        self.traces.offer(self._sentence(found), offers, "amber")

    def _sentence(self, found: tuple[Trace, ...]) -> str:
        labels = {each.name: _(each.label) for each in self._fields}
        theirs = type_of(Reporter)
        places = _("、").join(dict.fromkeys(labels[each.field] for each in found))
        what = _("、").join(dict.fromkeys(_(theirs.field(each.belongs).label) for each in found))
        words = _(
            "“{places}”里写有可能认出投诉举报人的内容（{what}）。这里其他人也能看到，还会随件上报。"
        )
        return words.format(places=places, what=what)

    @Slot(str)
    def _take(self, code: str) -> None:
        self.traces.hide()
        found, self._found = self._found, ()
        if code == "keep":
            self._kept |= set(found)
            return
        values = plain_values(self._fields, self._form.values())
        open_, theirs = moved(values, _reporter(values), found, _("投诉举报人"))
        changed = {**open_, **{f"{_OURS}{name}": value for name, value in theirs.items()}}
        self._form.set_values(field_values(self._fields, changed), dirty=True)
        self._form.edited.emit()


def _reporter(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name.removeprefix(_OURS): value for name, value in values.items() if name.startswith(_OURS)
    }
