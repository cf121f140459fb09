"""A line to type in, its caption above, and what is wrong with it below: for sign-in and set-up."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from integrity_desk.ui import theme
from integrity_desk.ui.widgets.labels import label
from integrity_desk.ui.widgets.limits import MOST_TYPED, cut_sentence
from integrity_desk.wording import _


class PlainField(QWidget):
    """One line of text; with ``secret`` it is hidden until the person asks to see it."""

    edited = Signal()

    def __init__(
        self, name: str, *, hint: str = "", secret: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._hint = hint
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setMaxLength(MOST_TYPED)
        self.line.textEdited.connect(self._edited)
        # told after ``edited``, which takes earlier words away
        self.line.inputRejected.connect(self._tell_cut, Qt.ConnectionType.QueuedConnection)
        if secret:
            self._hide_text()
        self._note = label(hint, "caption", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().space(1))
        layout.addWidget(label(name, "muted"))
        layout.addWidget(self.line)
        layout.addWidget(self._note)
        layout.addStretch(1)
        self.setFocusProxy(self.line)
        self.refuse("")

    @property
    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    @text.setter
    def text(self, text: str) -> None:
        self.line.setText(text)

    @property
    def sentence(self) -> str:
        """What stands below the line."""
        return self._note.text()

    def refuse(self, sentence: str) -> None:
        """Say in red what is wrong; "" shows the hint again."""
        self._note.setText(sentence or self._hint)
        self._note.setVisible(bool(sentence or self._hint))
        theme.mark(self._note, kind="error" if sentence else "caption")
        theme.mark(self.line, wrong="true" if sentence else "false")

    def _hide_text(self) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        look = QAction(_("显示密码"), self)
        look.setCheckable(True)
        theme.set_icon(look, "eye", "muted")
        look.toggled.connect(self._show_text)
        self.line.addAction(look, QLineEdit.ActionPosition.TrailingPosition)

    @Slot(bool)
    def _show_text(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)

    @Slot()
    def _tell_cut(self) -> None:
        self.refuse(cut_sentence(self.line.maxLength()))

    @Slot()
    def _edited(self) -> None:
        self.refuse("")
        self.edited.emit()
