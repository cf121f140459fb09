"""What a list can be narrowed to besides its states: one line per filtered field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from integrity_desk.domain.fields import Field, Kind
from integrity_desk.ui import theme
from integrity_desk.ui.widgets.choice_menu import ChoiceMenu
from integrity_desk.ui.widgets.day_editors import DayEditor, day_editor
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.ui.widgets.link_editors import LinkEditor, LinkFinder
from integrity_desk.wording import _

_WIDTH = 105
"""In steps of the space scale: 420 px at the normal size."""

FILTERED_KINDS = frozenset({Kind.CHOICE, Kind.DAY, Kind.LINK})


class FilterPopover(QFrame):
    """A panel below its button; every change is told at once."""

    changed = Signal()

    def __init__(self, fields: Sequence[Field], finder: LinkFinder, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("kind", "popover")
        self.setAccessibleName(_("筛选"))
        self._choices: dict[str, ChoiceMenu] = {}
        self._days: dict[str, tuple[DayEditor, DayEditor]] = {}
        self._links: dict[str, LinkEditor] = {}
        self._grid = QGridLayout()
        for row, field in enumerate(fields):
            caption = label(_(field.label), "muted")
            self._grid.addWidget(caption, row, 0)
            self._grid.addWidget(self._control(field, finder), row, 1)
        self._build()

    @property
    def equals(self) -> dict[str, tuple[Any, ...]]:
        """The plain values allowed, by field."""
        ticked = {name: menu.codes for name, menu in self._choices.items() if menu.codes}
        linked = {name: (each.value(),) for name, each in self._links.items() if each.value()}
        return {**ticked, **linked}

    @property
    def days(self) -> dict[str, tuple[date | None, date | None]]:
        """(from, until) by field; either may be None."""
        read = {name: (first.value(), last.value()) for name, (first, last) in self._days.items()}
        return {name: pair for name, pair in read.items() if any(pair)}

    @property
    def empty(self) -> bool:
        """Whether there is nothing to narrow by."""
        return not self._grid.count()

    @property
    def count(self) -> int:
        """How many fields narrow the list."""
        return len(self.equals) + len(self.days)

    def open_below(self, anchor: QWidget) -> None:
        """Show the panel with its right edge under ``anchor``."""
        self.setFixedWidth(theme.current().space(_WIDTH))
        self.adjustSize()
        corner = anchor.mapToGlobal(QPoint(anchor.width() - self.width(), anchor.height()))
        self.move(max(corner.x(), 0), corner.y() + theme.current().space(1))
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def clear(self) -> None:
        """Lift every condition."""
        for menu in self._choices.values():
            menu.tick(())
        for editor in (
            *self._links.values(),
            *(each for pair in self._days.values() for each in pair),
        ):
            editor.set_value(editor.field.empty)
        self.changed.emit()

    def _control(self, field: Field, finder: LinkFinder) -> QWidget:
        name = _(field.label)
        if field.kind is Kind.CHOICE:
            assert field.choices is not None
            menu = ChoiceMenu([(str(each), _(each.label)) for each in field.choices])
            menu.setAccessibleName(name)
            menu.changed.connect(self.changed)
            self._choices[field.name] = menu
            return menu
        if field.kind is Kind.DAY:
            return self._day_range(field, name)
        editor = LinkEditor(field, finder)
        editor.set_name(name)
        editor.edited.connect(self.changed)
        self._links[field.name] = editor
        return editor

    def _day_range(self, field: Field, name: str) -> QWidget:
        first, last = day_editor(field), day_editor(field)
        first.line.setPlaceholderText(_("从"))
        last.line.setPlaceholderText(_("到"))
        first.set_name(_("{field}从").format(field=name))
        last.set_name(_("{field}到").format(field=name))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().space(2))
        for editor in (first, last):
            editor.settled.connect(self.changed)
            editor.edited.connect(self._tell_whole_days)
            row.addWidget(editor)
        self._days[field.name] = (first, last)
        return holder

    @Slot()
    def _tell_whole_days(self) -> None:
        """A half-typed day narrows nothing yet."""
        editor = self.sender()
        if isinstance(editor, DayEditor) and not editor.problem():
            self.changed.emit()

    def _build(self) -> None:
        space = theme.current().space
        self._grid.setHorizontalSpacing(space(4))
        self._grid.setVerticalSpacing(space(2))
        self._grid.setColumnStretch(1, 1)
        clear = button(_("清除筛选"), "undo", "plain")
        clear.clicked.connect(self.clear)
        close = button(_("完成"), kind="primary")
        close.clicked.connect(self.hide)
        foot = QHBoxLayout()
        foot.addWidget(clear)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(4), space(4), space(4), space(3))
        layout.setSpacing(space(4))
        layout.addLayout(self._grid)
        layout.addLayout(foot)
