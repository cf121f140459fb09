"""A compact dialog of a few declared fields: a step's, a sub-record's, a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from integrity_desk.domain.fields import Field, Id
from integrity_desk.domain.records import by_section
from integrity_desk.errors import DeskError
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.fitting import room_for
from integrity_desk.ui.draft_keeper import DraftKeeper
from integrity_desk.ui.form_values import field_values, plain_values
from integrity_desk.ui.forms import Form
from integrity_desk.ui.link_finder import RecordFinder
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.trace_watch import watch_form
from integrity_desk.ui.widgets.labels import label

_WIDTH = 140
_MOST_HEIGHT = 170
"""In steps of the space scale: 560 and 680 px at the normal size."""

Build = Callable[[dict[str, Any]], Any]
"""Makes the command of the plain values typed, or a list of commands."""


class FieldsDialog(QDialog):
    """Shows fields; performs the command they make, and closes only when it succeeded."""

    performed = Signal(object)
    """The value of the command's outcome."""

    def __init__(
        self,
        context: Context,
        fields: Sequence[Field],
        build: Build,
        *,
        title: str,
        subject: str = "",
        values: Mapping[str, Any] | None = None,
        save_label: str = "",
        of: tuple[str, Id] = ("", ""),
        draft_key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._fields = tuple(fields)
        self._build = build
        self._performed = 0
        self._left = 0
        sections = by_section(self._fields)
        if len(sections) == 1:
            sections = (("", self._fields),)
        self.form = Form(sections, RecordFinder(context.tasks, of[1]), save_label=save_label)
        self.watch = watch_form(context.tasks, self.form, self._fields, *of) if of[0] else None
        self.form.set_values(field_values(self._fields, values or {}))
        self.keeper = self._keeper(draft_key)
        self.form.submitted.connect(self._perform)
        self.form.closed.connect(self.reject)
        self._lay_out(title, subject)

    def _keeper(self, key: str) -> DraftKeeper | None:
        """Keep what is typed under this key, if any, for those who may write."""
        if not key or not self._context.actor.may("edit"):
            return None
        return DraftKeeper(self._context, self.form, self._fields, key)

    def _lay_out(self, title: str, subject: str) -> None:
        space = theme.current().space
        head = QVBoxLayout()
        head.setContentsMargins(space(5), space(4), space(5), 0)
        head.setSpacing(space(0.5))
        head.addWidget(label(title, "title", wrap=True))
        if subject:
            head.addWidget(label(subject, "muted", wrap=True))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        if self.watch is not None:
            head.addWidget(self.watch.bar)
        if self.keeper is not None:
            head.addWidget(self.keeper.bar)
        layout.addWidget(self.form, 1)
        self._head = head
        self.setMinimumWidth(space(_WIDTH))

    @Slot(object)
    def _perform(self, values: Mapping[str, Any]) -> None:
        """Perform the first command not yet done; after a refusal the earlier ones stand."""
        self.form.set_busy(True)
        built = self._build(plain_values(self._fields, values))
        commands = built if isinstance(built, list) else [built]
        self._left = len(commands) - self._performed - 1
        self._context.tasks.perform(commands[self._performed], self._done, self._refused)

    @Slot(object)
    def _done(self, value: Any) -> None:
        self._performed += 1
        if self._left:
            self._perform(self.form.values())
            return
        if self.keeper is not None:
            self.keeper.forget()
        self.performed.emit(value)
        self.accept()

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self.form.refuse(error)
        if self.keeper is not None:
            self.keeper.keep()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own close button asks like Esc does."""
        if self.form.dirty:
            event.ignore()
            self.form.leave()
        else:
            super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height the fields need; they are measured once they are dressed."""
        super().showEvent(event)
        width, most = theme.current().space(_WIDTH), theme.current().space(_MOST_HEIGHT)
        head = max(self._head.totalHeightForWidth(width), self._head.totalSizeHint().height())
        most = min(most, room_for(self).height())
        self.resize(width, min(head + self.form.height_at(width), most))
        self.form.focus_first()
