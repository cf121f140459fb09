"""Composing a notice: what is shown at the left, what is said about it at the right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from integrity_desk.domain.fields import Id
from integrity_desk.domain.notices import Notice, NoticeKind
from integrity_desk.domain.records import type_of
from integrity_desk.errors import DeskError, InvalidInput
from integrity_desk.services.gate_memory import RecallGate, RepeatRedactions
from integrity_desk.services.notice_drafts import (
    ITEM_TYPES,
    NoticeSuggestion,
    SuggestNotice,
    publishable,
)
from integrity_desk.services.record_view import ReadValues
from integrity_desk.services.records import AmendRecord, EnterRecord, TakeStep
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.confirm import confirm_leaving
from integrity_desk.ui.dialogs.item_picker import ItemPicker
from integrity_desk.ui.dialogs.notice_form import NoticeForm
from integrity_desk.ui.dialogs.redactions import RedactionsDialog
from integrity_desk.ui.form_values import field_values, filled, plain_values
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.trace_watch import TraceWatch
from integrity_desk.ui.widgets.chips import ChipsRow
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.wording import _

_MOST = 0.97
_SHARES = (56, 44)
"""How much of the window the dialog takes, and its halves of that, in per cent."""

_TYPE = type_of(Notice)
_FIELDS = (
    *(_TYPE.field(name) for name in ("kind", "item_ids")),
    *NoticeForm.FIELDS,
)


class ComposeNoticeDialog(QDialog):
    """Saves a draft, shows how it will look, or hands it to the reviewer."""

    saved = Signal(str)
    """The id of the notice, saved or submitted; the dialog is closed."""
    preview_wanted = Signal(str)
    """The id of the notice, saved just now; the dialog stays."""

    def __init__(self, context: Context, parent: QWidget, notice_id: Id = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(_("修改公示") if notice_id else _("新建公示"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._notice_id = notice_id
        self._kept: dict[str, Any] = {}
        self._then = ""
        self._dirty = False
        self._picker_type: str | None = None
        self.kinds = ChipsRow([(each.value, _(each.label)) for each in NoticeKind])
        self.picker: ItemPicker | None = None
        self.redactions: RedactionsDialog | None = None
        self.form = NoticeForm(context)
        self.refusal = label("", "error", wrap=True)
        self.cancel = button(_("取消"))
        self.preview = button(_("存草稿并预览"), "eye")
        self.draft = button(_("存为草稿"), "file")
        self.submit = button(_("提交审核"), "check", "primary")
        self.watch = TraceWatch(context.tasks, self, self.values, _TYPE.name, notice_id)
        self._left = QWidget()
        self._counted = label("", "heading")
        self._build(parent.window().size() * _MOST)
        self._connect()
        if notice_id:
            context.tasks.ask(ReadValues(id=notice_id), self._show_values, self._refused)
        else:
            self._show_kind()

    @property
    def kind(self) -> NoticeKind:
        """The kind chosen."""
        return next(each for each in NoticeKind if each.value == self.kinds.current)

    def values(self) -> dict[str, Any]:
        """Return everything typed and ticked as plain values."""
        ids = self.picker.ids if self.picker is not None else ()
        given = {"kind": self.kind, "item_ids": ids, **self.form.values()}
        return plain_values(_FIELDS, given)

    def leave(self) -> None:
        """Close; ask first when something was typed."""
        if not self._dirty:
            self.reject()
            return
        confirm_leaving(self, self._drop)

    # What is shown

    @Slot(object)
    def _show_values(self, plain: Mapping[str, Any]) -> None:
        values = field_values(_FIELDS, plain)
        self.kinds.choose((values["kind"] or NoticeKind.COMMITMENT).value)
        self._show_picker()
        if self.picker is not None:
            self.picker.tick(values["item_ids"])
        self.form.set_values(values)
        self._kept = {name: plain[name] for name in self.values()}
        self._dirty = False
        self._count()
        self.watch.look_soon()

    @Slot()
    def _show_kind(self) -> None:
        self._show_picker()
        self._suggest()
        self._count()

    def _show_picker(self) -> None:
        wanted = ITEM_TYPES.get(self.kind, "")
        self.form.show_for(self.kind, lists=bool(wanted))
        if wanted == self._picker_type:
            return
        self._picker_type = wanted
        if self.picker is not None:
            self.picker.setParent(None)
            self.picker.deleteLater()
            self.picker = None
        if wanted:
            self.picker = ItemPicker(self._context.tasks, publishable(wanted), self._left)
            self.picker.changed.connect(self._picked)
            self._left_layout.addWidget(self.picker, 1)
        self._left.setVisible(bool(wanted))

    @Slot()
    def _suggest(self) -> None:
        question = SuggestNotice(kind=self.kind, issuer_id=self.form.issuer_id)
        self._context.tasks.ask(question, self._take_suggestion, latest=True)

    @Slot(object)
    def _take_suggestion(self, told: NoticeSuggestion) -> None:
        self.form.suggest(told)

    @Slot()
    def _picked(self) -> None:
        self._edited()
        self._count()

    def _count(self) -> None:
        count = len(self.picker.ids) if self.picker is not None else 0
        words = _("公示事项：已选 {count} 项") if count else _("选择公示事项")
        self._counted.setText(words.format(count=count))
        question = RecallGate(item_ids=self.picker.ids if self.picker is not None else ())
        self._context.tasks.ask(question, self.form.gate.remember, latest=True)

    @Slot()
    def _edited(self) -> None:
        self._dirty = True
        self.watch.look_soon()
        self.refusal.setText("")

    # Saving

    @Slot()
    def _save(self) -> None:
        self._save_for(self.sender().objectName())

    @Slot()
    def _redact(self) -> None:
        self._save_for("redact")

    def _save_for(self, then: str) -> None:
        self._then = then
        if not self.form.check(submitting=self._then == "submit"):
            self.refusal.setText(_("有需要改正的地方，请看标红的项目。"))
            return
        if self._then == "submit" and self.picker is not None and not self.picker.ids:
            self.refusal.setText(_("请先在左边选择公示事项。"))
            return
        self._busy(True)
        values = self.values()
        command: Any = EnterRecord(type=_TYPE.name, values=filled(values))
        if self._notice_id:
            changed = {name: each for name, each in values.items() if each != self._kept[name]}
            command = AmendRecord(id=self._notice_id, values=changed)
        self._context.tasks.perform(command, self._saved, self._refused)

    @Slot(object)
    def _saved(self, notice_id: Id) -> None:
        self._notice_id, self._kept, self._dirty = notice_id, self.values(), False
        self.watch.rec = notice_id
        if self.form.gate.repeating:
            repeat = RepeatRedactions(notice_id=notice_id)
            self._context.tasks.perform(repeat, self._go_on, self._refused)
        else:
            self._go_on(0)

    @Slot(object)
    def _go_on(self, _repeated: int) -> None:
        """Do what the draft was saved for."""
        notice_id, self.form.gate.repeating = self._notice_id, False
        if self._then == "submit":
            command = TakeStep(type=_TYPE.name, id=notice_id, act="submit")
            self._context.tasks.perform(command, self._submitted, self._refused)
        elif self._then == "preview":
            self._busy(False)
            self.preview_wanted.emit(notice_id)
        elif self._then == "redact":
            self._busy(False)
            self.redactions = RedactionsDialog(self._context, notice_id, self)
            self.redactions.redacted.connect(self.form.gate.note_redaction)
            self.redactions.open()
        else:
            self._close(_("已存为草稿。"))

    @Slot(object)
    def _submitted(self, _notice_id: Id) -> None:
        self._close(_("已提交审核，待另一人批准后张贴。"))

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self._busy(False)
        shown = isinstance(error, InvalidInput) and self.form.refuse(error)
        self.refusal.setText("" if shown else error.sentence)

    def _close(self, sentence: str) -> None:
        self._context.say(sentence, self._notice_id)
        self.saved.emit(self._notice_id)
        self.accept()

    def _busy(self, busy: bool) -> None:
        for each in (self.preview, self.draft, self.submit):
            each.setEnabled(not busy)

    @Slot()
    def _drop(self) -> None:
        self._dirty = False
        self.reject()

    # Building

    def _connect(self) -> None:
        self.kinds.chosen.connect(self._show_kind)
        self.kinds.chosen.connect(self._edited)
        self.form.edited.connect(self._edited)
        self.form.gate.redact_wanted.connect(self._redact)
        self.form.issuer_changed.connect(self._suggest)
        self.cancel.clicked.connect(self.leave)
        self.preview.setObjectName("preview")
        self.submit.setObjectName("submit")
        for each in (self.preview, self.draft, self.submit):
            each.clicked.connect(self._save)

    def _build(self, most: QSize) -> None:
        space = theme.current().space
        self.resize(most)
        self._left_layout = QVBoxLayout(self._left)
        self._left_layout.setContentsMargins(space(5), space(4), space(3), space(4))
        self._left_layout.setSpacing(space(3))
        self._left_layout.addWidget(self._counted)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self._left)
        halves.addWidget(self.form)
        halves.setSizes([most.width() * share // 100 for share in _SHARES])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(self.watch.bar)
        layout.addWidget(halves, 1)
        layout.addWidget(self._foot())

    def _head(self) -> QFrame:
        space = theme.current().space
        head = QFrame()
        head.setProperty("kind", "bar")
        row = QHBoxLayout(head)
        row.setContentsMargins(space(5), space(3), space(5), space(3))
        row.setSpacing(space(4))
        row.addWidget(label(self.windowTitle(), "title"))
        row.addWidget(self.kinds, 1)
        return head

    def _foot(self) -> QFrame:
        space = theme.current().space
        foot = QFrame()
        foot.setProperty("kind", "status")
        row = QHBoxLayout(foot)
        row.setContentsMargins(space(5), space(3), space(5), space(3))
        row.setSpacing(space(2))
        row.addWidget(self.refusal, 1)
        for each in (self.cancel, self.preview, self.draft, self.submit):
            each.setAutoDefault(False)
            row.addWidget(each)
        return foot

    def reject(self) -> None:
        """Esc asks like 取消 does."""
        if self._dirty:
            self.leave()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """So does the window's own button."""
        if self._dirty:
            event.ignore()
            self.leave()
        else:
            super().closeEvent(event)
