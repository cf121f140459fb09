"""The publication gate: each question of 政府信息公开条例 14 to 16 answered by a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from integrity_desk.domain.display import local_minute
from integrity_desk.domain.fields import Field
from integrity_desk.domain.notices import GateAnswer, Notice
from integrity_desk.domain.records import type_of
from integrity_desk.services.gate_memory import GateMemory
from integrity_desk.ui import theme
from integrity_desk.ui.widgets.editor import Editor
from integrity_desk.ui.widgets.editors import make_editor
from integrity_desk.ui.widgets.field_box import FieldBox
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.wording import _

GATE_FIELDS = tuple(each for each in type_of(Notice).fields if each.choices is GateAnswer)

_REASONS = {GateAnswer.REDACTED: "redaction", GateAnswer.PUBLISHABLE: "publication_ground"}
"""Answer -> the field that must explain it."""

_EDITOR_WIDTH = 52
"""In steps of the space scale."""


class PublicationGate(QWidget):
    """One line a question; nothing is answered before the person presses 逐项确认."""

    edited = Signal()
    redact_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.repeating = False
        """Whether what was hidden before is to be hidden again."""
        self._memory: GateMemory | None = None
        self.lines = {each.name: _Line(each) for each in GATE_FIELDS}
        declared = type_of(Notice)
        self.reasons = {
            name: FieldBox(declared.field(name), make_editor(declared.field(name)))
            for name in _REASONS.values()
        }
        self.begin = button(_("逐项确认"), "check", "primary")
        self.begin.setAutoDefault(False)
        self.again = button(_("沿用上次审查"), "sync")
        self.redact = button(_("遮盖字段或文字…"), "pencil")
        self._hint = label("", "muted", wrap=True)
        self.remembered = label("", "muted", wrap=True)
        self._build()
        self.begin.clicked.connect(self.confirm)
        self.again.clicked.connect(self._take_memory)
        self.redact.clicked.connect(self.redact_wanted)
        for line in self.lines.values():
            line.editor.edited.connect(self._changed)
        for box in self.reasons.values():
            box.edited.connect(self.edited)
        self._show()

    @property
    def answered(self) -> bool:
        """Whether every question has its answer."""
        return all(line.editor.value() is not None for line in self.lines.values())

    def values(self) -> dict[str, Any]:
        """Return answers and reasons by field name."""
        answers = {name: line.editor.value() for name, line in self.lines.items()}
        return {**answers, **{name: box.editor.value() for name, box in self.reasons.items()}}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show what was answered before."""
        for name, value in values.items():
            if name in self.lines:
                self.lines[name].editor.set_value(value)
            elif name in self.reasons:
                self.reasons[name].editor.set_value(value)
        self._show()

    def refuse(self, name: str, sentence: str) -> QWidget | None:
        """Say what is wrong with one of ours; return the widget to scroll to."""
        if name in self.lines:
            self.lines[name].refuse(sentence)
            return self.lines[name].note
        if name in self.reasons:
            self.reasons[name].show()
            self.reasons[name].refuse(sentence)
            return self.reasons[name]
        return None

    @Slot()
    def confirm(self) -> None:
        """Begin: what is not answered yet reads 不涉及, and each line can be changed."""
        for line in self.lines.values():
            if line.editor.value() is None:
                line.editor.set_value(GateAnswer.NOT_INVOLVED)
        self._changed()
        first = next(iter(self.lines.values()))
        first.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def remember(self, memory: GateMemory) -> None:
        """Tell what was answered for these items before; offered while it still fits them all."""
        self._memory = memory
        self.remembered.setText(memory_words(memory))
        self.remembered.setVisible(bool(memory.items))
        self.again.setVisible(memory.offered)

    @Slot(str)
    def note_redaction(self, name: str) -> None:
        """Something was hidden on this ground: its question is answered by that."""
        if name in self.lines:
            self.lines[name].editor.set_value(GateAnswer.REDACTED)
            self._changed()

    @Slot()
    def _take_memory(self) -> None:
        assert self._memory is not None
        for name, answer in self._memory.answers.items():
            self.lines[name].editor.set_value(answer)
        if self._memory.publication_ground:
            self.reasons["publication_ground"].editor.set_value(self._memory.publication_ground)
        self.repeating = bool(self._memory.redactions)
        self._changed()

    @Slot()
    def _changed(self) -> None:
        for line in self.lines.values():
            line.refuse("")
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        begun = any(line.editor.value() is not None for line in self.lines.values())
        for line in self.lines.values():
            line.editor.setEnabled(begun)
        self.begin.setVisible(not begun)
        self._hint.setText(
            _("已预填“不涉及”，请逐项看过，把涉及的改过来。")
            if begun
            else _("对照公示内容逐项审查，确认后才能提交审核。")
        )
        given = {line.editor.value() for line in self.lines.values()}
        for answer, name in _REASONS.items():
            self.reasons[name].setVisible(answer in given)

    def _build(self) -> None:
        space = theme.current().space
        top = QHBoxLayout()
        top.setSpacing(space(3))
        top.addWidget(self._hint, 1)
        top.addWidget(self.begin)
        grid = QGridLayout()
        grid.setHorizontalSpacing(space(3))
        grid.setVerticalSpacing(space(1.5))
        grid.setColumnStretch(0, 1)
        for place, line in enumerate(self.lines.values()):
            line.editor.setFixedWidth(space(_EDITOR_WIDTH))
            grid.addWidget(line.caption, 2 * place, 0)
            grid.addWidget(line.editor, 2 * place, 1)
            grid.addWidget(line.note, 2 * place + 1, 0, 1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(3))
        for each in (self.again, self.redact):
            each.setAutoDefault(False)
        self.remembered.hide()
        self.again.hide()
        layout.addLayout(top)
        layout.addWidget(self.remembered)
        layout.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(grid)
        layout.addWidget(self.redact, 0, Qt.AlignmentFlag.AlignLeft)
        for box in self.reasons.values():
            layout.addWidget(box)


def memory_words(memory: GateMemory) -> str:
    """Return who checked these items last and when, or why the old answers cannot be taken."""
    if not memory.items:
        return ""
    changed = [each.title for each in memory.items if each.changed]
    if changed:
        words = _("“{title}”上次审查后改过内容，须重新逐项审查。").format(title=changed[0])
    elif memory.unchecked:
        words = _("选中的事项里有 {count} 项没有审查过，须逐项审查。").format(
            count=memory.unchecked
        )
    else:
        last = max(memory.items, key=lambda each: str(each.at))
        when = local_minute(last.at) if last.at else ""
        words = _("这些事项审查过，最近一次是{by}于{when}。可以沿用，再逐项看一遍。").format(
            by=last.by, when=when
        )
    return words


class _Line:
    """One question: its words, the answer, and what is wrong with it."""

    def __init__(self, field: Field) -> None:
        name = _(field.label)
        self.caption = label(name, wrap=True)
        self.caption.setToolTip(_(field.help))
        self.editor: Editor = make_editor(field)
        self.editor.set_name(name)
        self.note = label("", "error", wrap=True)
        self.note.hide()

    def refuse(self, sentence: str) -> None:
        """Show a sentence in red; "" takes it away."""
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))
        self.editor.show_wrong(bool(sentence))
