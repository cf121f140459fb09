"""Which form stands on a register's page: new, amended, restored, or one that was suggested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from integrity_desk.domain.display import local_minute
from integrity_desk.domain.fields import Id
from integrity_desk.domain.records import RecordType, type_named
from integrity_desk.errors import DeskError
from integrity_desk.services.drafts import DiscardDraft, Draft, ListDrafts
from integrity_desk.services.record_view import OpenRecord, ReadValues, RecordView
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.pages.entry_view import Entry, EntryView, companions_of
from integrity_desk.ui.widgets.notice_bar import NoticeBar
from integrity_desk.wording import _

_RESTORE = "restore"
_DROP = "drop"


class EntryFlow(QObject):
    """Puts forms into the page's stack, one at a time, and offers some in the list's bar."""

    changed = Signal()
    """A form came or went."""
    saved = Signal(str, str)
    """(type name, record id)"""
    looked_up = Signal(str)
    """The id of a record to show; the form was put aside and is offered again in the bar."""

    def __init__(
        self, context: Context, declared: RecordType, stack: QStackedWidget, bar: NoticeBar
    ) -> None:
        super().__init__(stack)
        self._context = context
        self._declared = declared
        self._stack = stack
        self._bar = bar
        self._bar.taken.connect(self._take_offer)
        self._amending: tuple[RecordView, DeskError | None, bool] | None = None
        self._values: dict[str, Any] = {}
        self._companions: tuple[RecordType, ...] = ()
        self._draft: Draft | None = None
        self._wanted: Id = ""
        self.view: EntryView | None = None

    def new(
        self, declared: RecordType | None = None, values: Mapping[str, Any] | None = None,
        *, restore: bool = False,
    ) -> None:  # fmt: skip
        """Show an empty form, or one that begins with plain ``values``."""
        declared = declared or self._declared
        entry = Entry(
            declared=declared, values=values or {}, companions=companions_of(declared),
            prefilled=bool(values), restore=restore,
        )  # fmt: skip
        self._show(EntryView(self._context, entry))

    def amend(
        self, view: RecordView, error: DeskError | None = None, *, restore: bool = False
    ) -> None:
        """Show a record's values to be changed; with the ``error`` that led here at its field."""
        self._amending = (view, error, restore)
        hidden = {part.type for part in view.parts if part.hidden}
        companions = companions_of(type_named(view.type))
        self._companions = tuple(each for each in companions if each.name not in hidden)
        self._values = {}
        for each in self._companions:
            rows = [row for part in view.parts if part.type == each.name for row in part.rows]
            if rows:
                self._context.tasks.ask(ReadValues(id=rows[0].id), self._take_companion)
        self._context.tasks.ask(ReadValues(id=view.id), self._take_values)

    def offer_draft(self) -> None:
        """Offer what was typed here and not saved before the program ended."""
        if self._context.actor.may("edit"):
            self._context.tasks.ask(ListDrafts(), self._show_draft, latest=True)

    @Slot(object)
    def _take_companion(self, values: Mapping[str, Any]) -> None:
        (companion,) = self._companions
        self._values |= {f"{companion.name}.{name}": value for name, value in values.items()}

    @Slot(object)
    def _take_values(self, values: Mapping[str, Any]) -> None:
        if self._amending is None:
            return
        view, error, restore = self._amending
        self._amending = None
        entry = Entry(
            declared=type_named(view.type),
            record_id=view.id,
            values={**values, **self._values},
            companions=self._companions,
            restore=restore,
        )
        made = EntryView(self._context, entry)
        self._show(made)
        if error is not None:
            made.refuse(error)

    def _show(self, view: EntryView) -> None:
        self._take_away()
        self.view = view
        view.saved.connect(self._saved)
        view.closed.connect(self._closed)
        view.lookup_wanted.connect(self._look_up)
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        view.form.focus_first()
        self.changed.emit()

    def _take_away(self) -> None:
        if self.view is not None:
            self._stack.removeWidget(self.view)
            self.view.deleteLater()
            self.view = None

    @Slot(str, str)
    def _saved(self, record_id: Id, sentence: str) -> None:
        assert self.view is not None
        type_name = self.view.type_name
        self._closed()
        self._context.say(sentence, record_id)
        self.saved.emit(type_name, record_id)

    @Slot()
    def _closed(self) -> None:
        self._take_away()
        self.changed.emit()

    @Slot(str)
    def _look_up(self, record_id: Id) -> None:
        if self.view is not None:
            self._wanted = record_id
            self._context.tasks.perform(self.view.keeper.command, self._put_aside)

    @Slot(object)
    def _put_aside(self, _nothing: None) -> None:
        self._closed()
        self.offer_draft()
        self.looked_up.emit(self._wanted)

    @Slot(object)
    def _show_draft(self, drafts: Sequence[Draft]) -> None:
        mine = [each for each in drafts if each.content.get("type") == self._declared.name]
        if not mine or self.view is not None:
            return
        self._draft = mine[0]
        words = _("{time} 填写的{type}还没有保存。").format(
            time=local_minute(mine[0].saved_at), type=_(self._declared.label)
        )
        offers = [(_RESTORE, _("恢复上次未保存的内容")), (_DROP, _("不要了"))]
        self._bar.offer(words, offers)

    @Slot(str)
    def _take_offer(self, code: str) -> None:
        self._bar.hide()
        if self._draft is None:
            return
        if code == _DROP:
            self._context.tasks.perform(DiscardDraft(key=self._draft.key))
        elif self._draft.content["id"]:
            question = OpenRecord(id=self._draft.content["id"])
            self._context.tasks.ask(question, self._restore_amending, latest=True)
        else:
            self.new(restore=True)

    @Slot(object)
    def _restore_amending(self, view: RecordView) -> None:
        self.amend(view, restore=True)
