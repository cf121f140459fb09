"""The last act in this window, and the way back from it: a button, and Ctrl+Z for longer."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from integrity_desk.domain.accounts import Actor
from integrity_desk.domain.changes import Changes
from integrity_desk.domain.fields import Id
from integrity_desk.errors import DeskError, StepRefused
from integrity_desk.services.record_view import OpenRecord, RecordView
from integrity_desk.services.undoing import JudgeUndo, Undoable, UndoLast
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.message_line import MessageLine
from integrity_desk.wording import _

_NOTED = frozenset({"access", "handout"})
"""What the desk notes by itself: a look at a private value, a sheet handed out."""


class LastAct(QObject):
    """Remembers the record last acted on; says why, where its act must stand."""

    undone = Signal(str, str)
    """(type name, id) of what stands again as it did before."""

    def __init__(self, tasks: Tasks, actor: Actor, line: MessageLine, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._actor = actor
        self._line = line
        self._id: Id = ""
        self._known: Undoable | None = None
        line.undo_wanted.connect(self.take_back)
        tasks.changed.connect(self._forget_older)

    def remember(self, record_id: Id) -> None:
        """Hear what record the act just told of was on; find out whether it may be undone."""
        if self._actor.may(JudgeUndo.permission):
            self._id, self._known = record_id, None
            self._tasks.ask(JudgeUndo(id=record_id), self._judged, self._not_judged, latest=True)

    @Slot()
    def take_back(self) -> None:
        """Undo the act, or say why it stands and what can be done instead."""
        if not self._id:
            self._line.say(
                _(
                    "没有刚办完、可以撤销的操作。今天早些时候办的，打开那一条，在“…”里选“撤销上一步”。"
                )
            )
        elif self._known is not None and self._known.refusal:
            self._tasks.failed.emit(StepRefused(self._known.refusal))
        else:
            self._tasks.perform(UndoLast(id=self._id), self._done)

    def take_back_of(self, record_id: Id) -> None:
        """Undo the last act on a record that somebody pointed at."""
        if record_id != self._id:
            self._id, self._known = record_id, None
        self.take_back()

    @Slot(object)
    def _forget_older(self, changes: Changes) -> None:
        """What was done since on other records is the last act now; its own page speaks of it."""
        written = changes.types - _NOTED
        if written and changes.records and self._id not in changes.records:
            self._id, self._known = "", None

    @Slot(object)
    def _judged(self, known: Undoable) -> None:
        if known.id == self._id:
            self._known = known
            self._line.offer(_("为何不能撤销") if known.refusal else _("撤销操作"))

    @Slot(object)
    def _not_judged(self, _error: DeskError) -> None:
        """What was thrown away, or may be seen no more, is not offered either."""
        self._id = ""

    @Slot(object)
    def _done(self, record_id: Id) -> None:
        self._id, self._known = "", None
        self._line.say(_("已撤销，内容恢复到办理之前；办理经过里两次都有记录。"))
        self._tasks.ask(OpenRecord(id=record_id), self._show, latest=True)

    @Slot(object)
    def _show(self, view: RecordView) -> None:
        self.undone.emit(view.type, view.id)
