"""One field of a form: label, required mark, editor, help or what is wrong below it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from integrity_desk.domain.fields import Field, Kind
from integrity_desk.ui import theme
from integrity_desk.ui.widgets.editor import Editor
from integrity_desk.ui.widgets.labels import label
from integrity_desk.wording import _


class FieldBox(QWidget):
    """Holds an editor and says below it, at once, what is wrong with its text."""

    edited = Signal()

    def __init__(self, field: Field, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.editor = editor
        self._told = ""
        name = _(field.label)
        editor.set_name(_("{field}（必填）").format(field=name) if field.required else name)
        caption = QHBoxLayout()
        caption.setSpacing(theme.current().space(1))
        caption.addWidget(label("" if field.kind is Kind.FLAG else name, "muted"))
        caption.addWidget(label("＊" if field.required else "", "required"))
        caption.addStretch(1)
        self._note = label(_(field.help), "caption", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().space(1))
        layout.addLayout(caption)
        layout.addWidget(editor)
        layout.addWidget(self._note)
        layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        editor.edited.connect(self._edited)
        editor.settled.connect(self._settled)
        editor.refused.connect(self.refuse)
        self._show("")

    def missing(self) -> bool:
        """Whether a required field is empty."""
        return self.field.required and self.editor.value() == self.field.empty

    def check(self) -> bool:
        """Show what is wrong, and return whether the field can be saved."""
        sentence = self.editor.problem()
        if not sentence and self.missing():
            sentence = _("请填写“{field}”。").format(field=_(self.field.label))
        self.refuse(sentence)
        return not sentence

    @Slot(str)
    def refuse(self, sentence: str) -> None:
        """Show a sentence in red; "" takes it away."""
        self._told = sentence
        self._show(sentence)

    @property
    def sentence(self) -> str:
        """What stands below the editor: the refusal, else the warning, else the help."""
        return self._note.text()

    @Slot()
    def _edited(self) -> None:
        self.refuse("")
        self.edited.emit()

    @Slot()
    def _settled(self) -> None:
        self._show(self._told or self.editor.problem())

    def _show(self, wrong: str) -> None:
        hint = "" if wrong else self.editor.hint()
        self._note.setText(wrong or hint or _(self.field.help))
        self._note.setVisible(bool(self._note.text()))
        theme.mark(self._note, kind="error" if wrong else "warning" if hint else "caption")
        self.editor.show_wrong(bool(wrong))
