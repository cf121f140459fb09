"""What every editor is: one field's value, typed; and the editors of one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from integrity_desk.domain.fields import Field
from integrity_desk.errors import InvalidInput
from integrity_desk.ui import theme
from integrity_desk.ui.widgets.limits import MOST_TYPED, cut_sentence


class Editor(QWidget):
    """Shows and takes one field's value; a subclass overrides ``value`` and ``set_value``."""

    edited = Signal()
    """A person changed something."""
    settled = Signal()
    """A person left the editor."""
    refused = Signal(str)
    """Why something was not put in, or not all of it."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(0, 0, 0, 0)
        self._room.setSpacing(theme.current().space(1))

    def value(self) -> Any:
        """Return the value; the field's empty value while the text cannot be read."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value, without ``edited``."""
        raise NotImplementedError

    def problem(self) -> str:
        """Return why the typed text cannot stand, "" when it can."""
        return ""

    def hint(self) -> str:
        """Return a warning that does not forbid saving, "" for none."""
        return ""

    def show_wrong(self, wrong: bool) -> None:
        """Frame the editor red, or not."""
        target = self.focusProxy()
        if target is not None:
            theme.mark(target, wrong="true" if wrong else "false")

    def set_name(self, name: str) -> None:
        """Name the editor for screen readers."""
        target = self.focusProxy() or self
        target.setAccessibleName(name)

    def _hold(self, widget: QWidget) -> None:
        self._room.addWidget(widget)
        self.setFocusProxy(widget)


class LineEditor(Editor):
    """One line that is read into a value; what was read is rewritten neatly on leaving."""

    def __init__(
        self,
        field: Field,
        *,
        read: Callable[[str], Any] = str.strip,
        write: Callable[[Any], str] = str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(field, parent)
        self._read = read
        self._write = write
        self.line = QLineEdit()
        self.line.setMaxLength(field.max_length or MOST_TYPED)
        self.line.textEdited.connect(self.edited)
        # told after ``edited``, which takes earlier words away
        self.line.inputRejected.connect(self._tell_cut, Qt.ConnectionType.QueuedConnection)
        self.line.editingFinished.connect(self._settle)
        self._hold(self.line)

    def value(self) -> Any:
        """Return what the text reads as."""
        try:
            return self._read(self.line.text())
        except InvalidInput:
            return self.field.empty

    def set_value(self, value: Any) -> None:
        """Write the value out."""
        self.line.setText("" if value == self.field.empty else self._write(value))
        self.line.setCursorPosition(0)

    def problem(self) -> str:
        """Say why the text cannot be read."""
        try:
            self._read(self.line.text())
        except InvalidInput as error:
            return error.sentence
        return ""

    @Slot()
    def _tell_cut(self) -> None:
        self.refused.emit(cut_sentence(self.line.maxLength()))

    @Slot()
    def _settle(self) -> None:
        if not self.problem():
            self.set_value(self.value())
        self.settled.emit()
