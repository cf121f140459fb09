"""What the panels of the sign-in window share: a heading, fields, a refusal, buttons."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from integrity_desk.errors import DeskError, InvalidInput
from integrity_desk.ui import theme
from integrity_desk.ui.widgets.labels import label
from integrity_desk.ui.widgets.plain_field import PlainField
from integrity_desk.wording import _


class Panel(QWidget):
    """One step at the front door; it stands in the sign-in window and talks to its lane."""

    def __init__(self, heading: str, lead: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = theme.current().space
        self.fields: dict[str, PlainField] = {}
        self._working: tuple[QPushButton, str] | None = None
        self.refusal = label("", "error", wrap=True)
        self.refusal.hide()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(space(3))
        self.body.addWidget(label(heading, "title"))
        if lead:
            self.body.addWidget(label(lead, "muted", wrap=True))

    def add_field(self, name: str, field: PlainField) -> PlainField:
        """Remember a field under the name that refusals use; the caller places it."""
        self.fields[name] = field
        field.edited.connect(self._forget_refusal)
        return field

    def add_buttons(self, *buttons: QPushButton) -> None:
        """Put a row of buttons, the first one widest."""
        row = QHBoxLayout()
        row.setSpacing(theme.current().space(2))
        for number, each in enumerate(buttons):
            row.addWidget(each, 0 if number else 1)
        self.body.addLayout(row)

    def focus_first(self) -> None:
        """Put the cursor into the first field that is still empty."""
        empty = [each for each in self.fields.values() if not each.text]
        for field in empty[:1]:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def missing(self, names: Iterable[str], sentence: str) -> bool:
        """Refuse the first of these fields that is empty; whether there was one."""
        for name in names:
            if not self.fields[name].text.strip():
                self.fields[name].refuse(sentence)
                self.fields[name].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def passwords_agree(self) -> bool:
        """Whether "password" and "again" are the same; refuses the second when they are not."""
        agree = self.fields["again"].text == self.fields["password"].text
        if not agree:
            self.fields["again"].refuse(_("两次输入的密码不一样。"))
        return agree

    def work(self, button: QPushButton, words: str) -> None:
        """Show that an answer is awaited: everything rests, the button says what goes on."""
        self._working = (button, button.text())
        button.setText(words)
        self.refusal.hide()
        self.setEnabled(False)
        self.setCursor(Qt.CursorShape.BusyCursor)

    def rest(self) -> None:
        """Let the person go on."""
        if self._working is not None:
            button, words = self._working
            button.setText(words)
            self._working = None
        self.setEnabled(True)
        self.unsetCursor()

    @Slot(object)
    def refuse(self, error: DeskError) -> None:
        """Show why, at the field if the error names one of ours."""
        self.rest()
        field = self.fields.get(error.field) if isinstance(error, InvalidInput) else None
        if field is not None:
            field.refuse(error.sentence)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.say(error.sentence)

    def say(self, sentence: str) -> None:
        """Show what stands in the way."""
        self.refusal.setText(sentence)
        self.refusal.show()

    @Slot()
    def _forget_refusal(self) -> None:
        self.refusal.hide()
