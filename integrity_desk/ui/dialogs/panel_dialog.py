"""A small dialog about one thing: a panel of fields, one act, and the way out."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from integrity_desk.errors import DeskError, InvalidInput
from integrity_desk.ui.dialogs.panel import Panel
from integrity_desk.ui.dialogs.small_dialog import SmallDialog
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.field_box import FieldBox
from integrity_desk.ui.widgets.labels import button
from integrity_desk.wording import _


class PanelDialog(SmallDialog):
    """Override ``submit``; fill ``panel`` (and ``boxes``), then ``finish``."""

    def __init__(
        self, tasks: Tasks, title: str, heading: str, lead: str = "", *, save: str, width: float,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(title, parent, width=width)
        self.tasks = tasks
        self.panel = Panel(heading, lead)
        self.boxes: Mapping[str, FieldBox] = {}
        self.save = button(save, kind="primary")
        self.save.clicked.connect(self.submit)
        self.cancel = button(_("取消"))

    @Slot()
    def submit(self) -> None:
        """Check what was filled in and do it."""
        raise NotImplementedError

    def finish(self) -> None:
        """Put refusal and buttons below what stands in the panel."""
        self.cancel.clicked.connect(self.reject)
        self.panel.body.addWidget(self.panel.refusal)
        self.panel.add_buttons(self.save, self.cancel)
        self.body.addWidget(self.panel)

    def boxes_hold(self) -> bool:
        """Check the declared fields and go to the first that is wrong."""
        wrong = [box for box in self.boxes.values() if not box.check()]
        if wrong:
            wrong[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    @Slot(object)
    def done_with(self, _value: object) -> None:
        """Close."""
        self.panel.rest()
        self.accept()

    @Slot(object)
    def refused(self, error: DeskError) -> None:
        """Say why, at the field if the error names one."""
        box = self.boxes.get(error.field) if isinstance(error, InvalidInput) else None
        if box is None:
            self.panel.refuse(error)
        else:
            self.panel.rest()
            box.refuse(error.sentence)
            box.editor.setFocus(Qt.FocusReason.OtherFocusReason)
