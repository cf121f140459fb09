"""Pledges for many at once: issue one to each person picked, note many as signed on one day."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from integrity_desk.domain.fields import Field, Id
from integrity_desk.domain.pledges import Pledge
from integrity_desk.domain.records import type_of
from integrity_desk.domain.times import china_day
from integrity_desk.errors import DeskError, InvalidInput
from integrity_desk.services.pledges import IssuePledges, SignPledges
from integrity_desk.services.registers import Filter
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.fitting import open_at
from integrity_desk.ui.dialogs.item_picker import ItemPicker
from integrity_desk.ui.dialogs.pick_staff import PickStaffDialog
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.editors import make_editor
from integrity_desk.ui.widgets.field_box import FieldBox
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.wording import _

_WIDTH, _HEIGHT = 220, 155


class IssuePledgesDialog(PickStaffDialog):
    """Kind, occasion and day above, the tree of people below."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent, title=_("批量发放承诺书"))
        self.boxes = _boxes(("template", "occasion", "issued_on"))
        self.boxes["issued_on"].editor.set_value(china_day(context.now()))
        row = QHBoxLayout()
        row.setSpacing(theme.current().space(3))
        for each in self.boxes.values():
            row.addWidget(each, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        open_at(self, _WIDTH, _HEIGHT)

    def command(self, ids: tuple[Id, ...]) -> Any:
        """One pledge each; what is missing is said at its field."""
        if not all(box.check() for box in self.boxes.values()):
            return None
        values = _values(self.boxes)
        return IssuePledges(
            subject_ids=ids, template=values["template"],
            occasion=values["occasion"], issued_on=values["issued_on"],
        )  # fmt: skip


class SignPledgesDialog(QDialog):
    """Tick who signed; one day and one witness for all."""

    performed = Signal(object)
    """How many were noted."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("批量登记签署"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        offered = Filter(type="pledge", states=("issued",))
        empty = _("没有待签署的承诺书。先用“批量发放”给每人发一份。")
        self.picker = ItemPicker(context.tasks, offered, empty=empty)
        self.boxes = _boxes(("signed_on", "witness"), required=("signed_on",))
        self.boxes["signed_on"].editor.set_value(china_day(context.now()))
        self.refusal = label("", "error", wrap=True)
        self.go = button(self.windowTitle(), "check", "primary")
        self._build()
        self.picker.changed.connect(self._count)

    @Slot()
    def perform(self) -> None:
        """Note them as signed."""
        if not all(box.check() for box in self.boxes.values()):
            return
        values = _values(self.boxes)
        command = SignPledges(
            pledge_ids=self.picker.ids, signed_on=values["signed_on"], witness=values["witness"]
        )
        self.go.setEnabled(False)
        self._context.tasks.perform(command, self._done, self._refused)

    @Slot()
    def _count(self) -> None:
        count = len(self.picker.ids)
        self.go.setEnabled(bool(count))
        words = _("{act}（{count}份）").format(act=self.windowTitle(), count=count)
        self.go.setText(words if count else self.windowTitle())

    @Slot(object)
    def _done(self, count: int) -> None:
        self.performed.emit(count)
        self.accept()

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self.go.setEnabled(True)
        if isinstance(error, InvalidInput) and error.field in self.boxes:
            self.boxes[error.field].refuse(error.sentence)
        else:
            self.refusal.setText(error.sentence)

    def _build(self) -> None:
        space = theme.current().space
        open_at(self, _WIDTH, _HEIGHT)
        row = QHBoxLayout()
        row.setSpacing(space(3))
        for box in self.boxes.values():
            row.addWidget(box, 1, Qt.AlignmentFlag.AlignTop)
        cancel = button(_("取消"))
        cancel.clicked.connect(self.reject)
        self.go.setEnabled(False)
        self.go.clicked.connect(self.perform)
        foot = QHBoxLayout()
        foot.setSpacing(space(2))
        foot.addWidget(self.refusal, 1)
        for each in (cancel, self.go):
            each.setAutoDefault(False)
            foot.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(4), space(5), space(4))
        layout.setSpacing(space(3))
        layout.addWidget(label(self.windowTitle(), "title"))
        layout.addLayout(row)
        layout.addWidget(self.picker, 1)
        layout.addLayout(foot)


def _boxes(names: tuple[str, ...], required: tuple[str, ...] = ()) -> dict[str, FieldBox]:
    declared = type_of(Pledge)
    fields: list[Field] = [declared.field(name) for name in names]
    asked = [
        dataclasses.replace(each, required=each.required or each.name in required)
        for each in fields
    ]
    return {each.name: FieldBox(each, make_editor(each, None)) for each in asked}


def _values(boxes: Mapping[str, FieldBox]) -> dict[str, Any]:
    return {name: box.editor.value() for name, box in boxes.items()}
