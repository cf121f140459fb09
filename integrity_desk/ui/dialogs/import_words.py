"""What a list does not say in our words: values for all rows, and other words for our choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from integrity_desk.domain.fields import Field
from integrity_desk.domain.import_sources import OTHERWISE, unknown_words
from integrity_desk.ui import theme
from integrity_desk.ui.widgets.labels import SectionHeading, empty, label
from integrity_desk.ui.widgets.pick_box import PickBox
from integrity_desk.wording import _


class _Block(QWidget):
    """A heading and rows of (words, editor); hidden while there is nothing to ask."""

    changed = Signal()

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = theme.current().space
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(space(4))
        self._rows.setVerticalSpacing(space(1))
        self._rows.setColumnStretch(0, 6)
        self._rows.setColumnStretch(1, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, space(2), 0, 0)
        layout.addWidget(SectionHeading(heading))
        layout.addLayout(self._rows)
        self.hide()

    def _add(self, words: str, editor: QWidget) -> None:
        row = self._rows.rowCount()
        editor.setAccessibleName(words)
        self._rows.addWidget(label(words, wrap=True), row, 0)
        self._rows.addWidget(editor, row, 1)


class DefaultsBlock(_Block):
    """One value for all rows of each required field that no column brings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("表格里没有的必填项，所有行统一填写"), parent)
        self.values: dict[str, str] = {}
        self.editors: dict[str, PickBox | QLineEdit] = {}

    def ask(self, fields: Sequence[Field]) -> None:
        """Ask for these fields and no others; what was filled in stays."""
        if list(self.editors) == [each.name for each in fields]:
            return
        empty(self._rows)
        self.editors = {each.name: self._editor(each) for each in fields}
        for each in fields:
            self._add(_(each.label), self.editors[each.name])
        self.setVisible(bool(fields))

    def _editor(self, field: Field) -> PickBox | QLineEdit:
        kept = self.values.get(field.name, "")
        if field.choices is None:
            line = QLineEdit(kept)
            line.textEdited.connect(self._take)
            return line
        box = PickBox(["", *(_(each.label) for each in field.choices)])
        codes = [each.value for each in field.choices]
        labels = [_(each.label) for each in field.choices]
        place = codes.index(kept) if kept in codes else -1
        box.setCurrentIndex((labels.index(kept) if kept in labels else place) + 1)
        box.picked.connect(self._take)
        box.left.connect(self._take)
        return box

    @Slot()
    def _take(self) -> None:
        for name, each in self.editors.items():
            text = each.text() if isinstance(each, QLineEdit) else each.currentText()
            self.values[name] = text.strip()
        self.changed.emit()


class WordsBlock(_Block):
    """For every word that a closed list does not know: which of ours is meant."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("表格里的说法，对应本机的哪一种"), parent)
        self.values: dict[str, dict[str, str]] = {}
        self.boxes: dict[tuple[str, str], PickBox] = {}
        self._codes: dict[str, list[str]] = {}

    def ask(self, asked: Mapping[str, tuple[Field, Sequence[str]]]) -> None:
        """Ask for the unknown words of these columns, by target."""
        wanted = [
            (name, word)
            for name, (field, words) in asked.items()
            for word in unknown_words(field, words)
        ]
        if list(self.boxes) == wanted:
            return
        empty(self._rows)
        self.boxes = {}
        for name, word in wanted:
            self._add(
                _("“{field}”里的“{word}”").format(field=_(asked[name][0].label), word=word),
                self._box(asked[name][0], name, word),
            )
        self.setVisible(bool(wanted))

    def _box(self, field: Field, name: str, word: str) -> PickBox:
        assert field.choices is not None
        self._codes[name] = ["", *(each.value for each in field.choices)]
        box = PickBox(["", *(_(each.label) for each in field.choices)])
        some = self.values.get(name, {})
        box.setCurrentIndex(self._codes[name].index(some.get(word, some.get(OTHERWISE, ""))))
        box.picked.connect(self._take)
        box.left.connect(self._take)
        self.boxes[name, word] = box
        return box

    @Slot()
    def _take(self) -> None:
        for (name, word), box in self.boxes.items():
            code = self._codes[name][max(box.place, 0)]
            some = self.values.setdefault(name, {})
            if code and code != some.get(OTHERWISE):
                some[word] = code
            else:
                some.pop(word, None)
        self.changed.emit()
