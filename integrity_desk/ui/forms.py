"""Forms made from declarations: one editor a field, grouped by section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from integrity_desk.domain.fields import Field
from integrity_desk.errors import DeskError, InvalidInput
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.confirm import confirm_leaving
from integrity_desk.ui.widgets.editors import WIDE_KINDS, make_editor
from integrity_desk.ui.widgets.field_box import FieldBox
from integrity_desk.ui.widgets.labels import SectionHeading, button, label
from integrity_desk.ui.widgets.link_editors import LinkFinder
from integrity_desk.wording import _

Sections = Sequence[tuple[str, Sequence[Field]]]

_TWO_COLUMNS_FROM = 225
"""In steps of the space scale: 900 px at the normal size."""


class Form(QWidget):
    """Fields in a scrolled sheet, with 保存 and 取消 below.

    Ctrl+S saves; Esc closes, asking first when something was typed. The owner persists drafts
    on ``edited`` from ``values()``, and answers ``submitted`` with a command.
    """

    edited = Signal()
    submitted = Signal(object)
    """The checked values by field name."""
    closed = Signal()
    """The person left the form without saving."""

    def __init__(
        self,
        sections: Sections,
        finder: LinkFinder | None = None,
        *,
        save_label: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._dirty = False
        self._boxes: dict[str, FieldBox] = {}
        self._sections = [_Section(heading) for heading, _fields in sections]
        for section, (_heading, fields) in zip(self._sections, sections, strict=True):
            for field in fields:
                box = FieldBox(field, make_editor(field, finder))
                box.edited.connect(self._edited)
                self._boxes[field.name] = box
                section.boxes.append(box)
        self._refusal = label("", "error", wrap=True)
        self.save_button = button(save_label or _("保存"), "check", "primary")
        self.save_button.setToolTip("Ctrl+S")
        self.save_button.clicked.connect(self.submit)
        self._build()
        save = QShortcut(QKeySequence.StandardKey.Save, self)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self.submit)

    @property
    def dirty(self) -> bool:
        """Whether a person typed something since ``set_values``."""
        return self._dirty

    def values(self) -> dict[str, Any]:
        """Return every field's value by name, unchecked; unreadable text counts as empty."""
        return {name: box.editor.value() for name, box in self._boxes.items()}

    def set_values(self, values: Mapping[str, Any], *, dirty: bool = False) -> None:
        """Show these values; fields not named keep theirs. ``dirty`` for a restored draft."""
        for name, value in values.items():
            if name in self._boxes:
                self._boxes[name].editor.set_value(value)
                self._boxes[name].refuse("")
        self._dirty = dirty

    def refuse(self, error: DeskError) -> None:
        """Show why saving was refused, at the field if the error names one of ours."""
        box = self._boxes.get(error.field) if isinstance(error, InvalidInput) else None
        if box is not None:
            box.refuse(error.sentence)
            self._reveal(box)
        else:
            self._refusal.setText(error.sentence)
        self.set_busy(False)

    def set_busy(self, busy: bool) -> None:
        """Forbid saving twice while the act is under way."""
        self.save_button.setEnabled(not busy)

    def add_button(self, extra: QPushButton) -> None:
        """Put another way of saving after 保存; its owner calls ``submit``."""
        self._buttons.addWidget(extra)

    def height_at(self, width: int) -> int:
        """Return the height at which all fields show without scrolling, in pixels."""
        self._arrange(width)
        sheet = self._scroll.widget()
        assert sheet is not None
        layout = sheet.layout()
        assert layout is not None
        sheet_height = max(layout.totalHeightForWidth(width), layout.totalSizeHint().height())
        return sheet_height + self._foot.sizeHint().height()

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        first = next(iter(self._boxes.values()), None)
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def submit(self) -> None:
        """Check everything; tell ``submitted``, or show what is wrong and go to the first."""
        if not self.save_button.isEnabled():
            return
        self._refusal.setText("")
        wrong = [box for box in self._boxes.values() if not box.check()]
        if wrong:
            self._reveal(wrong[0])
            self._refusal.setText(_("有 {count} 处需要改正。").format(count=len(wrong)))
        else:
            self.submitted.emit(self.values())

    @Slot()
    def leave(self) -> None:
        """Close the form; ask first when something was typed."""
        if not self._dirty:
            self.closed.emit()
            return
        confirm_leaving(self, self._drop)

    @Slot()
    def _drop(self) -> None:
        self._dirty = False
        self.closed.emit()

    @Slot()
    def _edited(self) -> None:
        self._dirty = True
        self._refusal.setText("")
        self.edited.emit()

    def _reveal(self, box: FieldBox) -> None:
        self._scroll.ensureWidgetVisible(box)
        box.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _build(self) -> None:
        space = theme.current().space
        sheet = QWidget()
        sheet.setProperty("kind", "plain")
        fields = QVBoxLayout(sheet)
        fields.setContentsMargins(space(5), space(4), space(5), space(5))
        fields.setSpacing(space(5))
        for section in self._sections:
            fields.addWidget(section)
        fields.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(sheet)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._scroll, 1)
        self._foot = self._make_foot()
        layout.addWidget(self._foot)

    def _arrange(self, width: int) -> None:
        columns = 2 if width >= theme.current().space(_TWO_COLUMNS_FROM) else 1
        for section in self._sections:
            section.lay_out(columns)

    def _make_foot(self) -> QWidget:
        space = theme.current().space
        foot = QFrame()
        foot.setProperty("kind", "status")
        cancel = button(_("取消"))
        cancel.setToolTip("Esc")
        cancel.clicked.connect(self.leave)
        self._buttons = buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(space(5), space(3), space(5), space(3))
        buttons.setSpacing(space(2))
        buttons.addWidget(self._refusal, 1)
        for each in (cancel, self.save_button):
            each.setAutoDefault(False)
            buttons.addWidget(each)
        return foot

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Short fields stand side by side when there is room."""
        super().resizeEvent(event)
        self._arrange(self.width())


class _Section(QWidget):
    """A heading and its fields in one or two columns."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        space = theme.current().space
        self.boxes: list[FieldBox] = []
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(space(5))
        self._grid.setVerticalSpacing(space(3))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(3))
        if heading:
            layout.addWidget(SectionHeading(_(heading)))
        layout.addLayout(self._grid)

    def lay_out(self, columns: int) -> None:
        """Place the fields; wide kinds take a whole line."""
        if columns == self._columns:
            return
        self._columns = columns
        row = column = 0
        for box in self.boxes:
            wide = box.field.kind in WIDE_KINDS
            if wide and column:
                row, column = row + 1, 0
            self._grid.addWidget(box, row, column, 1, columns if wide else 1)
            column += columns if wide else 1
            if column >= columns:
                row, column = row + 1, 0
        for each in range(2):
            self._grid.setColumnStretch(each, int(each < columns))
