"""Editors of closed lists: one of them, or any number."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from integrity_desk.domain.fields import Choice, Field
from integrity_desk.ui import theme
from integrity_desk.ui.widgets.editor import Editor
from integrity_desk.ui.widgets.pick_box import PickBox
from integrity_desk.wording import _

_COLUMNS = 4


class ChoiceEditor(Editor):
    """A list to choose from; typing any part of a label finds it."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._choices: tuple[Choice, ...] = _members(field)
        self._labels = [_(each.label) for each in self._choices]
        self.box = PickBox(["", *self._labels])
        self.box.picked.connect(self._settle)
        self.box.typed.connect(self.edited)
        self.box.left.connect(self.settled)
        self._hold(self.box)

    def value(self) -> Choice | None:
        """Return the choice whose label stands in the box."""
        text = self.box.currentText().strip()
        return self._choices[self._labels.index(text)] if text in self._labels else None

    def set_value(self, value: Any) -> None:
        """Show a choice; None empties the box."""
        self.box.setCurrentIndex(0 if value is None else self._choices.index(value) + 1)

    def problem(self) -> str:
        """Say when what was typed is not in the list."""
        text = self.box.currentText().strip()
        if text and text not in self._labels:
            return _("列表中没有“{text}”，请从列表中选择。").format(text=text)
        return ""

    @Slot()
    def _settle(self) -> None:
        self.edited.emit()
        self.settled.emit()


class ChoicesEditor(Editor):
    """Boxes to tick, in columns."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._boxes = {each: QCheckBox(_(each.label)) for each in _members(field)}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().space(4))
        grid.setVerticalSpacing(0)
        for number, box in enumerate(self._boxes.values()):
            grid.addWidget(box, number // _COLUMNS, number % _COLUMNS)
            box.clicked.connect(self.edited)
        grid.setColumnStretch(_COLUMNS, 1)
        self._room.addLayout(grid)
        self.setFocusProxy(next(iter(self._boxes.values())))

    def value(self) -> tuple[Choice, ...]:
        """Return the ticked choices in declared order."""
        return tuple(choice for choice, box in self._boxes.items() if box.isChecked())

    def set_value(self, value: Any) -> None:
        """Tick these and no others."""
        for choice, box in self._boxes.items():
            box.setChecked(choice in value)

    def set_name(self, name: str) -> None:
        """Each box is named by its label already."""


def _members(field: Field) -> tuple[Choice, ...]:
    assert field.choices is not None
    return tuple(field.choices)
