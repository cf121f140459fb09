"""One act for many that are picked: what is asked above, the many below, who it is done to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from integrity_desk.errors import DeskError, InvalidInput
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.fitting import open_at
from integrity_desk.ui.dialogs.foot import foot_of
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.field_box import FieldBox
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.wording import _


class BatchDialog(QDialog):
    """Performs ``command()``; closes when it succeeded, and says at its field what stands in the
    way. What is built in goes into ``body``."""

    performed = Signal(object)
    """What the command gave back."""

    def __init__(
        self, context: Context, parent: QWidget, *, title: str, size: tuple[float, float]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context = context
        self.boxes: Mapping[str, FieldBox] = {}
        self.body = QVBoxLayout()
        self.refusal = label("", "error", wrap=True)
        self.go = button(title, "check", "primary")
        self._lay_out(title, size)

    def command(self) -> Any:
        """Return what is to be done; None refuses with what was said."""
        raise NotImplementedError

    def refuse(self, sentence: str) -> None:
        """Say what stands in the way."""
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    def ask(self, boxes: Mapping[str, FieldBox]) -> None:
        """Put fields side by side above the many."""
        self.boxes = boxes
        row = QHBoxLayout()
        row.setSpacing(theme.current().space(3))
        for each in boxes.values():
            row.addWidget(each, 1, Qt.AlignmentFlag.AlignTop)
        self.body.insertLayout(0, row)

    def values(self) -> dict[str, Any] | None:
        """Return what was filled in; None when something is missing, which is said at its field."""
        checked = [box.check() for box in self.boxes.values()]
        if not all(checked):
            return None
        return {name: box.editor.value() for name, box in self.boxes.items()}

    def count(self, picked: int, words: str) -> None:
        """Say on the button how many it is for; nobody is picked, nothing can be done."""
        self.go.setEnabled(bool(picked))
        title = self.windowTitle()
        self.go.setText(words.format(act=title, count=picked) if picked else title)

    @Slot()
    def perform(self) -> None:
        """Do it."""
        command = self.command()
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
        if isinstance(error, InvalidInput) and error.field in self.boxes:
            self.boxes[error.field].refuse(error.sentence)
        else:
            self.refuse(error.sentence)

    def _lay_out(self, title: str, size: tuple[float, float]) -> None:
        space = theme.current().space
        open_at(self, *size)
        self._cancel = cancel = button(_("取消"))
        cancel.clicked.connect(self.reject)
        self.go.setEnabled(False)
        self.go.clicked.connect(self.perform)
        self.body.setSpacing(space(3))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(4), space(5), space(4))
        layout.setSpacing(space(3))
        layout.addWidget(label(title, "title"))
        layout.addLayout(self.body, 1)
        layout.addWidget(self.refusal)
        layout.addLayout(foot_of(cancel, self.go))
        self.refusal.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard goes from top to bottom, and begins at the top."""
        super().showEvent(event)
        order: list[QWidget] = [box.editor for box in self.boxes.values()]
        order += [each for each in _widgets(self.body) if each not in self.boxes.values()]
        for before, after in pairwise([*order, self._cancel, self.go]):
            QWidget.setTabOrder(before, after)
        order[0].setFocus(Qt.FocusReason.OtherFocusReason)


def _widgets(layout: QLayout) -> Iterator[QWidget]:
    """Yield the widgets of a layout and of those inside it, in their order."""
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _widgets(inner)
