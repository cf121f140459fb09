"""Picking many people at once: from the tree of units, or pasted as a list of names."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from integrity_desk.domain.fields import Id
from integrity_desk.services.training import ListStaff, Staff
from integrity_desk.ui.dialogs.batch_dialog import BatchDialog
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.staff_tree import StaffTree
from integrity_desk.wording import _

_SIZE = (160, 150)


class PickStaffDialog(BatchDialog):
    """``command`` does something to ``self.tree.ids``."""

    def __init__(
        self, context: Context, parent: QWidget, *, title: str, there: Collection[Id] = (),
        size: tuple[float, float] = _SIZE,
    ) -> None:  # fmt: skip
        super().__init__(context, parent, title=title, size=size)
        self._there = there
        self.tree = StaffTree()
        self.body.addWidget(self.tree, 1)
        self.tree.changed.connect(self._count)
        context.tasks.ask(ListStaff(), self._show)

    @Slot(object)
    def _show(self, staff: Sequence[Staff]) -> None:
        self.tree.show_staff(staff, self._there)

    @Slot()
    def _count(self) -> None:
        self.count(len(self.tree.ids), _("{act}（{count}人）"))
