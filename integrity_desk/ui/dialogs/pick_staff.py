"""Picking many people at once: from the tree of units, or pasted as a list of names."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from integrity_desk.domain.fields import Id
from integrity_desk.errors import DeskError
from integrity_desk.services.training import ListStaff, Staff
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.fitting import open_at
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.ui.widgets.staff_tree import StaffTree
from integrity_desk.wording import _

_WIDTH, _HEIGHT = 160, 150


class PickStaffDialog(QDialog):
    """Performs the command made of the ids picked; closes when it succeeded."""

    performed = Signal(object)
    """What the command gave back."""

    def __init__(
        self, context: Context, parent: QWidget, *, title: str, there: Collection[Id] = ()
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context = context
        self._there = there
        self.tree = StaffTree()
        self.refusal = label("", "error", wrap=True)
        self.go = button(title, "check", "primary")
        self.body = QVBoxLayout()
        self._build(title)
        self.tree.changed.connect(self._count)
        context.tasks.ask(ListStaff(), self._show)

    def command(self, ids: tuple[Id, ...]) -> Any:
        """Return what is to be done with those picked; None refuses with what was said."""
        raise NotImplementedError

    def refuse(self, sentence: str) -> None:
        """Say what stands in the way."""
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    @Slot(object)
    def _show(self, staff: Sequence[Staff]) -> None:
        self.tree.show_staff(staff, self._there)

    @Slot()
    def _count(self) -> None:
        count = len(self.tree.ids)
        self.go.setEnabled(bool(count))
        words = _("{act}（{count}人）").format(act=self.windowTitle(), count=count)
        self.go.setText(words if count else self.windowTitle())

    @Slot()
    def perform(self) -> None:
        """Do it."""
        command = self.command(self.tree.ids)
        if command is not None:
            self.refuse("")
            self.go.setEnabled(False)
            self.context.tasks.perform(command, self._done, self._refused)

    @Slot(object)
    def _done(self, value: Any) -> None:
        self.performed.emit(value)
        self.accept()

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self.go.setEnabled(True)
        self.refuse(error.sentence)

    def _build(self, title: str) -> None:
        space = theme.current().space
        open_at(self, _WIDTH, _HEIGHT)
        cancel = button(_("取消"))
        cancel.clicked.connect(self.reject)
        self.go.setEnabled(False)
        self.go.clicked.connect(self.perform)
        foot = QHBoxLayout()
        foot.setSpacing(space(2))
        foot.addStretch(1)
        for each in (cancel, self.go):
            each.setAutoDefault(False)
            foot.addWidget(each)
        self.body.setSpacing(space(3))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(4), space(5), space(4))
        layout.setSpacing(space(3))
        layout.addWidget(label(title, "title"))
        layout.addLayout(self.body)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.refusal)
        layout.addLayout(foot)
        self.refusal.hide()
