"""What can be done with an opened record: steps, sub-records, private values."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from integrity_desk.domain.access import Access
from integrity_desk.domain.fields import Field, Id, Kind
from integrity_desk.domain.life_cycles import Step
from integrity_desk.domain.records import RecordType, type_named, type_of
from integrity_desk.domain.times import china_day
from integrity_desk.errors import DeskError, InvalidInput
from integrity_desk.services.record_view import ReadValues, RecordView
from integrity_desk.services.records import AmendRecord, DiscardRecord, EnterRecord, TakeStep
from integrity_desk.services.revealing import RevealField
from integrity_desk.ui.dialogs.confirm import confirm
from integrity_desk.ui.dialogs.fields_dialog import FieldsDialog
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.tasks import Ticket
from integrity_desk.wording import _

_AHEAD = ("due_on", "extended_to", "until_on", "expires_on")
"""Days that lie ahead; the others are filled in with today."""


class RecordActs(QObject):
    """Opens the dialogs an act needs and performs it; one record at a time."""

    stepped = Signal(object, object)
    """(RecordView before, Step) after a step was taken."""
    to_be_amended = Signal(object, object)
    """(RecordView, InvalidInput): the step needs a field that stands in the entry form."""
    revealed = Signal(str, str, str)
    """(id of the record or part, field name, whole value)"""
    discarded = Signal(str)
    outdated = Signal(str)
    """A step was refused of the record with this id: what is shown of it may be old."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._view: RecordView | None = None
        self._step: Step | None = None
        self._begun: Mapping[str, Any] = {}
        self._ticket: Ticket | None = None
        self._part: tuple[str, Id] = ("", "")
        self._reveal: tuple[Id, str] = ("", "")
        self.dialog: FieldsDialog | None = None

    # Steps

    @Slot(object, object, object)
    def take(self, view: RecordView, step: Step, given: Mapping[str, Any] | None = None) -> None:
        """Take a step; ask for its fields first if it has any, ``given`` filled in.

        Pressed again while one is under way it does nothing.
        """
        if self._ticket is not None and not self._ticket.ended:
            return
        self._view, self._step, self._begun = view, step, given or {}
        if step.needs or step.asks:
            self._context.tasks.ask(ReadValues(id=view.id), self._show_step, latest=True)
        else:
            self._take_at_once()

    @Slot(object)
    def _show_step(self, values: Mapping[str, Any]) -> None:
        view, step = self._view, self._step
        if view is None or step is None:
            return
        if step.numbered and all(values[name] is not None for name in step.needs):
            self._take_at_once()
            return
        fields = step_fields(type_named(view.type), step)
        known = {name: value for name, value in values.items() if name not in step.clears}
        self._open(
            fields,
            partial(_step_command, view, step),
            title=_(step.label),
            subject=_named(view),
            values={
                **_todays(fields, china_day(self._context.now())),
                **_given(known),
                **self._begun,
            },
            save_label=_(step.label),
            of=(view.type, view.id),
            draft_key=f"step:{view.id}:{step.act}",
        )
        assert self.dialog is not None
        self.dialog.performed.connect(self._stepped)

    def _take_at_once(self) -> None:
        assert self._view is not None
        assert self._step is not None
        command = _step_command(self._view, self._step, {})
        self._ticket = self._context.tasks.perform(command, self._stepped, self._step_refused)

    @Slot(object)
    def _stepped(self, _record_id: Id) -> None:
        assert self._view is not None
        assert self._step is not None
        done = _("已办理“{act}”：{record}").format(
            act=_(self._step.label), record=_named(self._view)
        )
        self._context.say(done, self._view.id)
        self.stepped.emit(self._view, self._step)

    @Slot(object)
    def _step_refused(self, error: DeskError) -> None:
        assert self._view is not None
        if isinstance(error, InvalidInput) and error.field:
            self.to_be_amended.emit(self._view, error)
        else:
            self._context.tasks.failed.emit(error)
            self.outdated.emit(self._view.id)

    # Sub-records

    def open_part(self, view: RecordView, type_name: str, part_id: Id) -> None:
        """Enter a new sub-record, or amend the one named."""
        self._view, self._part = view, (type_name, part_id)
        if part_id:
            self._context.tasks.ask(ReadValues(id=part_id), self._show_part, latest=True)
        else:
            self._show_part({})

    @Slot(object)
    def _show_part(self, values: Mapping[str, Any]) -> None:
        view, (type_name, part_id) = self._view, self._part
        assert view is not None
        declared = type_named(type_name)
        owner = f"{view.type}_id"
        fields = [field for field in declared.typed_fields if field.name != owner]
        today = china_day(self._context.now())
        label = _(declared.label)
        words = _("修改{type}") if part_id else _("添加{type}")
        build = partial(_amend_part, part_id) if part_id else partial(_enter_part, view, type_name)
        self._open(
            fields,
            build,
            title=words.format(type=label),
            subject=_named(view),
            values=values if part_id else _todays(fields, today),
            draft_key=f"part:{view.id}:{part_id or type_name}",
        )

    # Private values, drafts

    def reveal(self, record_id: Id, field: str) -> None:
        """Ask why, then show one private value in full."""
        self._reveal = (record_id, field)
        self._open(
            [field_ for field_ in type_of(Access).fields if field_.name == "reason"],
            partial(_reveal_command, record_id, field),
            title=_("查看完整内容"),
            subject=_("谁在什么时候、因为什么查看，都会记录下来。"),
            save_label=_("查看"),
        )
        assert self.dialog is not None
        self.dialog.performed.connect(self._revealed)

    @Slot(object)
    def _revealed(self, value: str) -> None:
        self.revealed.emit(*self._reveal, value)

    def discard(self, view: RecordView) -> None:
        """Throw a draft away, after asking."""
        self._view = view
        words = _("删除后在列表中不再出现，确定删除“{record}”吗？").format(record=_named(view))
        confirm(
            self._window, _("删除草稿"), words, go=_("删除"), stay=_("保留"), then=self._discard
        )  # fmt: skip

    @Slot()
    def _discard(self) -> None:
        assert self._view is not None
        self._context.tasks.perform(DiscardRecord(id=self._view.id), self._discarded)

    @Slot(object)
    def _discarded(self, _nothing: None) -> None:
        assert self._view is not None
        self._context.say(_("已删除草稿：{record}").format(record=_named(self._view)))
        self.discarded.emit(self._view.id)

    def _open(self, fields: Sequence[Field], build: Any, **words: Any) -> None:
        self.dialog = FieldsDialog(self._context, fields, build, parent=self._window, **words)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    @Slot()
    def _forget(self) -> None:
        self.dialog = None


def step_fields(declared: RecordType, step: Step) -> list[Field]:
    """Return the fields a step's dialog asks for; what it needs is marked as required."""
    needed = [dataclasses.replace(declared.field(name), required=True) for name in step.needs]
    return [*needed, *(declared.field(name) for name in step.asks)]


def _todays(fields: Sequence[Field], today: date) -> dict[str, str]:
    return {
        field.name: today.isoformat()
        for field in fields
        if field.kind is Kind.DAY and field.required and field.name not in _AHEAD
    }


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _named(view: RecordView) -> str:
    return f"{view.title} {view.number}" if view.number not in ("", view.title) else view.title


def _step_command(view: RecordView, step: Step, values: Mapping[str, Any]) -> TakeStep:
    return TakeStep(type=view.type, id=view.id, act=step.act, values=values)


def _enter_part(view: RecordView, type_name: str, values: Mapping[str, Any]) -> EnterRecord:
    return EnterRecord(type=type_name, values={**values, f"{view.type}_id": view.id})


def _amend_part(part_id: Id, values: Mapping[str, Any]) -> AmendRecord:
    return AmendRecord(id=part_id, values=values)


def _reveal_command(record_id: Id, field: str, values: Mapping[str, Any]) -> RevealField:
    return RevealField(id=record_id, field=field, reason=values["reason"] or "")
