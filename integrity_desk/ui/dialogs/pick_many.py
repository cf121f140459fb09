"""Choosing many units for one field at once, from a list with boxes to tick."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from integrity_desk.domain.fields import Field, Id
from integrity_desk.domain.records import type_named
from integrity_desk.services.registers import Filter
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.fitting import open_at
from integrity_desk.ui.dialogs.foot import foot_of
from integrity_desk.ui.dialogs.item_picker import ItemPicker
from integrity_desk.ui.link_finder import RecordFinder
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.wording import _

_WIDTH, _HEIGHT = 200, 150
_LISTED = ("unit",)
"""The types whose records are chosen by the dozen."""


class ListingFinder(RecordFinder):
    """Finds like ``RecordFinder``, and opens the list for fields that take many units."""

    def __init__(self, tasks: Tasks, of: Id = "") -> None:
        super().__init__(tasks, of)
        self._list_tasks = tasks

    def lists(self, field: Field) -> bool:
        """Whether there is a list to choose from."""
        return field.to == _LISTED

    def open_list(self, field: Field, chosen: tuple[Id, ...], parent: QWidget) -> PickManyDialog:
        """Open it with what is chosen ticked; its ``picked`` tells the ids."""
        dialog = PickManyDialog(self._list_tasks, field, chosen, parent)
        dialog.open()
        return dialog


class PickManyDialog(QDialog):
    """Nothing is written: the form keeps what is picked until it is saved."""

    picked = Signal(object)
    """A tuple of ids, in order of ticking."""

    def __init__(self, tasks: Tasks, field: Field, chosen: tuple[Id, ...], parent: QWidget) -> None:
        super().__init__(parent)
        name = _(field.label)
        self.setWindowTitle(_("选择{field}").format(field=name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        declared = type_named(field.to[0])
        states = (declared.life.initial,) if declared.life is not None else ()
        offered = Filter(type=declared.name, states=states)
        empty = _("还没有可选的{type}。").format(type=_(declared.label))
        self.picker = ItemPicker(tasks, offered, empty=empty)
        self.picker.tick(chosen)
        self.go = button(_("选定"), "check", "primary")
        self._build()
        self.picker.changed.connect(self._count)
        self._count()

    @Slot()
    def perform(self) -> None:
        """Hand over what is ticked."""
        self.picked.emit(self.picker.ids)
        self.accept()

    @Slot()
    def _count(self) -> None:
        self.go.setText(_("选定（{count}个）").format(count=len(self.picker.ids)))

    def _build(self) -> None:
        space = theme.current().space
        open_at(self, _WIDTH, _HEIGHT)
        cancel = button(_("取消"))
        cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self.perform)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(4), space(5), space(4))
        layout.setSpacing(space(3))
        layout.addWidget(label(self.windowTitle(), "title"))
        layout.addWidget(self.picker, 1)
        layout.addLayout(foot_of(cancel, self.go))
        self.picker.setFocus(Qt.FocusReason.OtherFocusReason)
