"""An editor for every kind of field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from integrity_desk.domain.display import yuan
from integrity_desk.domain.fields import Field, Kind
from integrity_desk.domain.identifiers import check_identifier, normalise
from integrity_desk.domain.reading import read_fen, read_number
from integrity_desk.ui import theme
from integrity_desk.ui.widgets.choice_editors import ChoiceEditor, ChoicesEditor
from integrity_desk.ui.widgets.day_editors import day_editor, moment_editor
from integrity_desk.ui.widgets.editor import Editor, LineEditor
from integrity_desk.ui.widgets.link_editors import LinkEditor, LinkFinder, LinksEditor
from integrity_desk.ui.widgets.long_text import LongText
from integrity_desk.wording import _

WIDE_KINDS = frozenset({Kind.LONG_TEXT, Kind.CHOICES, Kind.LINKS})
"""Kinds whose editors take the whole width of a form."""

_WHOLE_LENGTH = {Kind.CITIZEN_ID: 18, Kind.CREDIT_CODE: 18, Kind.PHONE: 11}
_LINES = 4


class LongTextEditor(Editor):
    """Several paragraphs; Tab leaves it."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.box = LongText(field.max_length)
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(
            self.fontMetrics().lineSpacing() * _LINES + theme.current().space(5)
        )
        self.box.textChanged.connect(self.edited)
        self.box.overfull.connect(self.refused)
        self._hold(self.box)

    def value(self) -> str:
        """Return the text without blank ends."""
        return self.box.toPlainText().strip()

    def set_value(self, value: Any) -> None:
        """Show the text."""
        self.box.blockSignals(True)
        self.box.setPlainText(value)
        self.box.blockSignals(False)

    def problem(self) -> str:
        """Say when the text is longer than the field may be."""
        over = len(self.value()) - self.field.max_length
        if self.field.max_length and over > 0:
            return _("超出字数上限 {count} 字，请删减。").format(count=over)
        return ""


class FlagEditor(Editor):
    """Yes or no; the field's label stands beside the box."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.box = QCheckBox(_(field.label))
        self.box.clicked.connect(self.edited)
        self._hold(self.box)

    def value(self) -> bool:
        """Return whether it is ticked."""
        return self.box.isChecked()

    def set_value(self, value: Any) -> None:
        """Tick it or not."""
        self.box.setChecked(bool(value))


class IdentifierEditor(LineEditor):
    """An identity number, credit code or telephone number, checked while it is typed."""

    def hint(self) -> str:
        """Say why the number is probably wrong; a masked one is left alone."""
        text = self.line.text().strip()
        typing = self.line.hasFocus() and len(text) < _WHOLE_LENGTH[self.field.kind]
        if not text or "*" in text or typing:
            return ""
        return check_identifier(text, self.field.kind).sentence


def make_editor(field: Field, finder: LinkFinder | None = None) -> Editor:
    """Return the editor of a field; ``finder`` is needed only for links."""
    if field.is_link:
        if finder is None:
            raise ValueError(f"{field.name} links to records: a finder is needed")
        made = LinkEditor if field.kind is Kind.LINK else LinksEditor
        return made(field, finder)
    return _MAKERS[field.kind](field)


def _identifier(field: Field) -> Editor:
    def read(text: str) -> str:
        return text.strip() if "*" in text else normalise(text, field.kind)

    return IdentifierEditor(field, read=read)


def _money(field: Field) -> Editor:
    editor = LineEditor(field, read=read_fen, write=yuan)
    editor.line.setPlaceholderText(_("元，如 12345.67 或 1.5万"))
    return editor


_MAKERS: dict[Kind, Callable[[Field], Editor]] = {
    Kind.TEXT: LineEditor,
    Kind.LONG_TEXT: LongTextEditor,
    Kind.NUMBER: lambda field: LineEditor(field, read=read_number),
    Kind.MONEY: _money,
    Kind.DAY: day_editor,
    Kind.MOMENT: moment_editor,
    Kind.FLAG: FlagEditor,
    Kind.CHOICE: ChoiceEditor,
    Kind.CHOICES: ChoicesEditor,
    Kind.CITIZEN_ID: _identifier,
    Kind.CREDIT_CODE: _identifier,
    Kind.PHONE: _identifier,
}
