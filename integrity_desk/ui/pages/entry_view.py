"""The form in which a record is entered or amended, with its companion and its kept draft."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from integrity_desk.domain.fields import Field, Id, Kind
from integrity_desk.domain.life_cycles import Step
from integrity_desk.domain.records import RecordType, by_section, parts_of
from integrity_desk.domain.times import china_day
from integrity_desk.errors import DeskError, InvalidInput
from integrity_desk.services.records import AmendRecord, EnterRecord, TakeStep
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.pick_many import ListingFinder
from integrity_desk.ui.draft_keeper import DraftKeeper
from integrity_desk.ui.form_values import field_values, filled, plain_values
from integrity_desk.ui.forms import Form
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.pages.entry_advice import EntryAdvice
from integrity_desk.ui.trace_watch import watch_form
from integrity_desk.ui.widgets.labels import button
from integrity_desk.wording import _

_OF_TODAY = frozenset({"received_on", "asked_on", "applied_on"})
"""Days on which something reached the desk; a new form begins with today."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a form begins with; ``record_id`` is "" for a new record.

    ``values`` are plain; those of the companion are named ``<type>.<field>``. ``companions`` are
    the companion types that this account may fill in. ``restore`` takes the kept draft over.
    """

    declared: RecordType
    record_id: Id = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    companions: tuple[RecordType, ...] = ()
    prefilled: bool = False
    restore: bool = False


class EntryView(QWidget):
    """A whole page of fields; nothing typed is lost to a refusal or a crash."""

    saved = Signal(str, str)
    """(record id, sentence)"""
    closed = Signal()
    lookup_wanted = Signal(str)
    """Another record is to be looked at; what is typed is to be kept meanwhile."""

    def __init__(self, context: Context, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._entry = entry
        self._record_id = entry.record_id
        self._then: Step | None = None
        self._taking: Step | None = None
        self._with: dict[str, Any] = {}
        self._fields = entry_form_fields(entry)
        self.form = Form(by_section(self._fields), ListingFinder(context.tasks, entry.record_id))
        self.advice = EntryAdvice(context, self.form, self._fields, entry.declared, entry.record_id)
        self.watch = watch_form(
            context.tasks, self.form, self._fields, entry.declared.name, entry.record_id
        )
        self._base = self._begin(entry)
        self.keeper = DraftKeeper(
            context, self.form, self._fields, self._key, self._about, restore=entry.restore
        )
        self._build()
        self._connect()

    @property
    def title(self) -> str:
        """The words above the form."""
        words = _("修改{type}") if self._record_id else _("登记{type}")
        return words.format(type=_(self._entry.declared.label))

    @property
    def type_name(self) -> str:
        """The type of the record in the form."""
        return self._entry.declared.name

    def refuse(self, error: DeskError) -> None:
        """Show why an act on this record was refused, at its field."""
        if isinstance(error, InvalidInput) and not self._has(error.field):
            for companion in self._entry.companions:
                if self._has(f"{companion.name}.{error.field}"):
                    error = InvalidInput(f"{companion.name}.{error.field}", error.sentence)
        self.form.refuse(error)

    @property
    def _key(self) -> str:
        """The key of the form's draft."""
        return f"amend:{self._record_id}" if self._record_id else f"new:{self.type_name}"

    @property
    def _about(self) -> dict[str, str]:
        """By what the register knows a draft of its own."""
        return {"type": self.type_name, "id": self._record_id}

    def _begin(self, entry: Entry) -> dict[str, Any]:
        values = dict(entry.values)
        if not entry.record_id:
            today = china_day(self._context.now()).isoformat()
            for each in self._fields:
                if each.kind is Kind.DAY and each.name in _OF_TODAY:
                    values.setdefault(each.name, today)
        self.form.set_values(field_values(self._fields, values), dirty=entry.prefilled)
        return {each.name: values.get(each.name) for each in self._fields}

    @Slot(object)
    def _save(self, values: Mapping[str, Any]) -> None:
        self._taking = self._then
        plain = plain_values(self._fields, values)
        half_masked = self._half_masked(plain)
        if half_masked is not None:
            sentence = _("请把“{field}”完整地重新填写，不要保留星号。")
            self.refuse(InvalidInput(half_masked.name, sentence.format(field=_(half_masked.label))))
            return
        self.form.set_busy(True)
        command = self._amending(plain) if self._record_id else self._entering(plain)
        self._context.tasks.perform(command, self._saved, self._refused)

    def _entering(self, plain: Mapping[str, Any]) -> EnterRecord:
        own, companions = self._apart(filled(plain))
        return EnterRecord(
            type=self._entry.declared.name, values=own, companions=companions, draft_key=self._key
        )

    def _amending(self, plain: Mapping[str, Any]) -> AmendRecord:
        changed = {name: value for name, value in plain.items() if value != self._base[name]}
        own, companions = self._apart(changed)
        return AmendRecord(
            id=self._record_id, values=own, companions=companions, draft_key=self._key
        )

    def _half_masked(self, plain: Mapping[str, Any]) -> Field | None:
        """Return a private field that was changed without taking its stars away."""
        for each in self._fields:
            value = plain[each.name]
            if each.sensitive and value != self._base[each.name] and "*" in (value or ""):
                return each
        return None

    def _apart(self, plain: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
        own = {name: value for name, value in plain.items() if "." not in name}
        companions: dict[str, dict[str, Any]] = {}
        for name, value in plain.items():
            companion, dot, inner = name.partition(".")
            if dot:
                companions.setdefault(companion, {})[inner] = value
        return own, companions

    @Slot(object)
    def _saved(self, record_id: Id) -> None:
        self._record_id = record_id
        self.keeper.go_on(self._key, self._about)
        self._base = plain_values(self._fields, self.form.values())
        self.form.set_values({}, dirty=False)
        if self._taking is not None:
            self._context.tasks.perform(
                TakeStep(
                    type=self.type_name, id=record_id, act=self._taking.act, values=self._with
                ),
                self._stepped,
                self._refused,
            )
        else:
            self.saved.emit(record_id, _("已保存{type}。").format(type=self._type_label))

    @Slot(object)
    def _stepped(self, record_id: Id) -> None:
        assert self._taking is not None
        words = _("已保存并办理“{act}”。").format(act=_(self._taking.label))
        self.saved.emit(record_id, words)

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self.refuse(error)
        self.keeper.keep_soon()

    @Slot()
    def _save_and_step(self) -> None:
        self._then, self._with = first_step(self._entry.declared, self._context), {}
        self.form.submit()
        self._then = None

    @Slot(str)
    def _save_and_join(self, leading: Id) -> None:
        """Enter the case under a number of its own, and join it to another at once."""
        life = self._entry.declared.life
        assert life is not None
        today = china_day(self._context.now()).isoformat()
        self._with = {"joined_to_id": leading, "accepted_on": today}
        self._then = life.step("join")
        self.form.submit()
        self._then = None

    def _has(self, name: str) -> bool:
        return any(each.name == name for each in self._fields)

    @property
    def _type_label(self) -> str:
        return _(self._entry.declared.label)

    def _build(self) -> None:
        space = theme.current().space
        card = QFrame()
        card.setProperty("kind", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(4), space(3), space(4), space(3))
        layout.setSpacing(space(3))
        for each in (self.keeper.bar, self.advice.traces, self.watch.bar, self.advice.likeness):
            layout.addWidget(each)
        layout.addWidget(card, 1)
        step = first_step(self._entry.declared, self._context)
        if step is not None and not self._record_id:
            self.form.save_button.setText(_("保存草稿"))
            further = button(_("保存并{act}").format(act=_(step.label)), "check", "primary")
            further.clicked.connect(self._save_and_step)
            theme.mark(self.form.save_button, kind="")
            theme.set_icon(self.form.save_button, "file")
            self.form.add_button(further)

    def _connect(self) -> None:
        self.form.submitted.connect(self._save)
        self.form.closed.connect(self.closed)
        self.advice.join_wanted.connect(self._save_and_join)
        self.advice.open_wanted.connect(self.lookup_wanted)
        self.setFocusProxy(self.form)


def entry_form_fields(entry: Entry) -> tuple[Field, ...]:
    """Return the fields of the form: those of entry, filled-in later ones, then companions'."""
    declared = entry.declared
    own = [
        each
        for each in declared.typed_fields
        if each in declared.entry_fields or entry.values.get(each.name) is not None
    ]
    theirs = [
        dataclasses.replace(each, name=f"{companion.name}.{each.name}", required=False)
        for companion in entry.companions
        for each in companion.typed_fields
        if each.name != f"{declared.name}_id"
    ]
    return (*own, *theirs)


def companions_of(declared: RecordType) -> tuple[RecordType, ...]:
    """Return the sub-record types that are filled in inside the owner's form."""
    return tuple(part for part in parts_of(declared.name) if part.companion)


def first_step(declared: RecordType, context: Context) -> Step | None:
    """Return the step that makes a new draft count, if this account may take it at once."""
    life = declared.life
    if life is None or not life.state(life.initial).private:
        return None
    steps = (each for each in life.offered(life.initial) if not each.second_person)
    step = next((each for each in steps if context.actor.may(each.permission)), None)
    return None if step is None or step.later else step
