"""Cases that may be the same as the opened one, offered until it is taken up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from integrity_desk.domain.fields import Id
from integrity_desk.domain.life_cycles import Step
from integrity_desk.services.duplicates import FindDuplicatesOf, Likeness
from integrity_desk.services.record_view import RecordView
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.pages.record_panel import RecordPanel
from integrity_desk.ui.widgets.likeness_block import LikenessBlock

_WHILE = frozenset({"received", "accepted"})
"""States in which a case is looked at for the first time."""


class RecordLikeness(QObject):
    """Asks once the panel shows a fresh complaint; puts what it finds below the panel's head."""

    join_wanted = Signal(object, object, object)
    """(RecordView, Step, plain values): the step with the leading case filled in."""

    def __init__(self, context: Context, panel: RecordPanel) -> None:
        super().__init__(panel)
        self._context = context
        self._panel = panel
        self._asked: Id = ""

    def look(self, view: RecordView) -> None:
        """Look for cases like this one, if it may be joined at all."""
        if view.type == "complaint" and view.state in _WHILE and self._step(view) is not None:
            self._asked = view.id
            question = FindDuplicatesOf(id=view.id)
            self._context.tasks.ask(question, self._show, latest=True)

    @Slot(object)
    def _show(self, found: Sequence[Likeness]) -> None:
        view = self._panel.view
        if found and view is not None and view.id == self._asked:
            block = LikenessBlock(narrow=True)
            block.offer(found)
            block.open_wanted.connect(self._panel.link_wanted)
            block.join_wanted.connect(self._join)
            self._panel.body.insertWidget(1, block)

    @Slot(str)
    def _join(self, leading: Id) -> None:
        view = self._panel.view
        step = self._step(view) if view is not None else None
        if step is not None:
            self.join_wanted.emit(view, step, {"joined_to_id": leading})

    def _step(self, view: RecordView) -> Step | None:
        return next((each for each in view.offered if each.act == "join"), None)
