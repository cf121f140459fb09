"""Leaving words out of a notice: pick the item and the column, mark the words, say why."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from integrity_desk.domain.fields import Id
from integrity_desk.domain.records import type_of
from integrity_desk.domain.redactions import EVERYWHERE, Redaction
from integrity_desk.errors import DeskError, InvalidInput
from integrity_desk.services.records import EnterRecord
from integrity_desk.services.redacting import DropRedaction, OpenRedactions, Part, Redactable
from integrity_desk.ui import theme
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.editors import make_editor
from integrity_desk.ui.widgets.field_box import FieldBox
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.ui.widgets.plain_table import PlainRow, PlainTable
from integrity_desk.wording import _

_WIDTH, _HEIGHT = 190, 150
_MOST = 0.94
_TEXT_HEIGHT = 26
_TYPE = type_of(Redaction)


class RedactionsDialog(QDialog):
    """What is marked in the text is hidden on the sheet; nothing marked hides the whole column."""

    redacted = Signal(str)
    """The ground something was just hidden on, which is a question of the gate."""

    def __init__(self, context: Context, notice_id: Id, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("遮盖字段或文字"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._notice_id = notice_id
        self._told: Redactable | None = None
        self.item = QComboBox()
        self.column = QComboBox()
        self.text = QPlainTextEdit()
        self.ground = _box("exemption")
        self.reason = _box("reason")
        self.refusal = label("", "error", wrap=True)
        self.hide_it = button(_("遮盖"), "check", "primary")
        self.drop = button(_("取消选中的遮盖"), "undo")
        heads = (_("事项"), _("栏目"), _("遮盖的文字"), _("依据"), _("理由"))
        self.table = PlainTable(heads, stretch=4, name=_("已遮盖的内容"))
        self._build(parent)
        self._connect()
        self._look()

    @property
    def passage(self) -> str:
        """The words marked in the text, "" for the whole column."""
        return self.text.textCursor().selectedText().replace("\u2029", "\n")

    @Slot()
    def _look(self) -> None:
        question = OpenRedactions(notice_id=self._notice_id)
        self._context.tasks.ask(question, self._show, self._refused, latest=True)

    @Slot(object)
    def _show(self, told: Redactable) -> None:
        first = self._told is None
        self._told = told
        if first:
            self.item.addItems([each.title for each in told.parts])
        self.table.show_rows(
            PlainRow(cells=(h.part, h.heading, h.words, h.ground, h.reason), code=h.id)
            for h in told.hidden
        )
        self.drop.setEnabled(bool(told.hidden) and told.open)
        self.hide_it.setEnabled(told.open)

    @property
    def _part(self) -> Part | None:
        at = self.item.currentIndex()
        return self._told.parts[at] if self._told is not None and at >= 0 else None

    @Slot()
    def _show_columns(self) -> None:
        self.column.clear()
        if self._part is not None:
            self.column.addItems([*self._part.texts, EVERYWHERE])

    @Slot()
    def _show_text(self) -> None:
        self._tell("")
        part, column = self._part, self.column.currentText()
        if part is None:
            return
        texts = part.texts
        self.text.setPlainText(
            "\n".join(texts.values()) if column == EVERYWHERE else texts.get(column, "")
        )

    @Slot()
    def _hide(self) -> None:
        if not all([self.ground.check(), self.reason.check()]) or self._part is None:
            return
        ground = self.ground.editor.value()
        command = EnterRecord(
            type=_TYPE.name,
            values={
                "notice_id": self._notice_id,
                "item_id": self._part.id,
                "heading": self.column.currentText(),
                "passage": self.passage,
                "exemption": ground.value,
                "reason": self.reason.editor.value(),
            },
        )
        self._context.tasks.perform(command, self._hidden, self._refused)

    @Slot(object)
    def _hidden(self, _id: Id) -> None:
        self.redacted.emit(self.ground.editor.value().value)
        self._done(None)

    @Slot()
    def _drop(self) -> None:
        at = self.table.currentRow()
        if self._told is None or not 0 <= at < len(self._told.hidden):
            self._tell(_("请先在下面的表里选中一条遮盖。"))
            return
        command = DropRedaction(id=self._told.hidden[at].id)
        self._context.tasks.perform(command, self._done, self._refused)

    @Slot(object)
    def _done(self, _value: object) -> None:
        self._tell("")
        self._look()

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        box = {"exemption": self.ground, "reason": self.reason}.get(
            error.field if isinstance(error, InvalidInput) else ""
        )
        if box is not None:
            box.refuse(error.sentence)
        else:
            self._tell(error.sentence)

    def _tell(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    def _connect(self) -> None:
        self.item.currentIndexChanged.connect(self._show_columns)
        self.column.currentTextChanged.connect(self._show_text)
        self.hide_it.clicked.connect(self._hide)
        self.drop.clicked.connect(self._drop)

    def _build(self, parent: QWidget) -> None:
        space = theme.current().space
        most = parent.window().size() * _MOST
        self.resize(most.boundedTo(most.__class__(space(_WIDTH), space(_HEIGHT))))
        self.item.setAccessibleName(_("事项"))
        self.column.setAccessibleName(_("栏目"))
        self.text.setAccessibleName(_("原文"))
        self.text.setReadOnly(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setFixedHeight(space(_TEXT_HEIGHT))
        grid = QGridLayout()
        grid.setHorizontalSpacing(space(4))
        grid.setVerticalSpacing(space(2.5))
        grid.addWidget(label(_("事项"), "muted"), 0, 0)
        grid.addWidget(self.item, 0, 1)
        grid.addWidget(label(_("栏目"), "muted"), 0, 2)
        grid.addWidget(self.column, 0, 3)
        grid.addWidget(self.text, 1, 0, 1, 4)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 2)
        why = QHBoxLayout()
        why.setSpacing(space(4))
        why.addWidget(self.ground, 2)
        why.addWidget(self.reason, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(4), space(5), space(4))
        layout.setSpacing(space(3))
        layout.addWidget(label(self.windowTitle(), "title"))
        lead = _("在原文里选中要遮盖的文字；一个字也不选的，整栏隐去。印出来是黑条，并注明依据。")
        layout.addWidget(label(lead, "muted", wrap=True))
        layout.addLayout(grid)
        layout.addLayout(why)
        layout.addWidget(self.refusal)
        layout.addWidget(self.table, 1)
        layout.addLayout(self._foot())
        self._tell("")

    def _foot(self) -> QHBoxLayout:
        close = button(_("关闭"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setSpacing(theme.current().space(2))
        foot.addWidget(self.drop)
        foot.addStretch(1)
        for each in (close, self.hide_it):
            foot.addWidget(each)
        for each in (close, self.hide_it, self.drop):
            each.setAutoDefault(False)
        return foot


def _box(name: str) -> FieldBox:
    field = _TYPE.field(name)
    if name == "reason":
        field = dataclasses.replace(field, help="")
    return FieldBox(field, make_editor(field))
