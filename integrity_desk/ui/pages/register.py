"""The page of a register, the same for every record type: list, opened record, form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout

from integrity_desk.domain.attachments import OWNERS, Attachment
from integrity_desk.domain.changes import Changes
from integrity_desk.domain.fields import Id
from integrity_desk.domain.records import type_named
from integrity_desk.errors import DeskError
from integrity_desk.services.attachments import ListAttachments
from integrity_desk.services.record_view import OpenRecord, RecordView
from integrity_desk.ui.dialogs.how_counted import HowCountedDialog
from integrity_desk.ui.dialogs.import_rows import ImportRowsDialog
from integrity_desk.ui.pages.base import Context, Page
from integrity_desk.ui.pages.entry_flow import EntryFlow
from integrity_desk.ui.pages.record_acts import RecordActs
from integrity_desk.ui.pages.record_case_file import RecordCaseFile
from integrity_desk.ui.pages.record_files import RecordFiles
from integrity_desk.ui.pages.record_keys import RecordKeys
from integrity_desk.ui.pages.record_letters import RecordLetters
from integrity_desk.ui.pages.record_likeness import RecordLikeness
from integrity_desk.ui.pages.record_panel import RecordPanel
from integrity_desk.ui.pages.register_export import RegisterExport
from integrity_desk.ui.pages.register_ledger import RegisterLedger
from integrity_desk.ui.pages.register_list import RegisterList
from integrity_desk.ui.widgets.drawer import Drawer
from integrity_desk.wording import _

_PAUSE_MS = 80
"""Walking through the list with a key held down opens only where it rests."""


class RegisterPage(Page):
    """A register: its list, the opened record beside it, and forms in their place."""

    def __init__(self, context: Context, type_name: str) -> None:
        super().__init__(context)
        self.declared = type_named(type_name)
        self.search_hint = _("搜索{type}：编号、名称、内容、拼音").format(
            type=_(self.declared.label)
        )
        self.list = RegisterList(context, self.declared)
        self.panel = RecordPanel(context.actor)
        self.drawer = Drawer(self.list, self.panel)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.drawer)
        self.acts = RecordActs(context, self)
        self.files = RecordFiles(context, self)
        self.likeness = RecordLikeness(context, self.panel)
        self.letters = RecordLetters(context, self, self.panel)
        self.case_file = RecordCaseFile(context, self, self.panel)
        self.ledger = RegisterLedger(context, self, self.list)
        self.export = RegisterExport(context, self, self.declared, self.list)
        self.forms = EntryFlow(context, self.declared, self.stack, self.list.bar)
        self._wanted: Id = ""
        self._selected: Id = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._open_selected)
        self._attached: tuple[Attachment, ...] = ()
        self._refreshed = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self._connect_list()
        self._connect_panel()
        self._keys = RecordKeys(self.drawer, self.panel)
        self._keys.left.connect(self.close_record)
        self.setFocusProxy(self.list)

    # What the window reads

    @property
    def title(self) -> str:
        """The register's name, or what its form does."""
        return self.forms.view.title if self.forms.view is not None else _(self.declared.label)

    @property
    def subtitle(self) -> str:
        """How many records there are, and how many of them the list shows."""
        if self.forms.view is not None:
            return ""
        total, shown = self.list.total, self.list.shown
        if shown == total:
            return _("共 {count} 条").format(count=f"{total:,}")
        return _("{shown} 条，共 {count} 条").format(shown=f"{shown:,}", count=f"{total:,}")

    @property
    def status(self) -> str:
        """How many rows are selected."""
        if self.forms.view is not None:
            return ""
        chosen = self.list.table.view.selectionModel().selection()
        count = sum(chosen.at(each).height() for each in range(chosen.size()))
        words = _("已选 {count} 条，共 {shown} 条")
        return words.format(count=f"{count:,}", shown=f"{self.list.shown:,}")

    @property
    def typing(self) -> bool:
        """Whether a form stands in the list's place."""
        return self.forms.view is not None

    @property
    def offers(self) -> frozenset[str]:
        """What can be done now."""
        if self.forms.view is not None:
            return frozenset()
        offers = {"new", "resume", "filter", "refresh", "export", "export_full", "import", "ledger"}
        view = self.panel.view if self.drawer.is_open else None
        if view is not None and view.amendable:
            offers.add("edit")
        if view is not None and self.panel.may_attach:
            offers.add("attach")
        if view is not None and self.letters.offered:
            offers.add("print")
        if view is not None and self.case_file.offered:
            offers.add("case_file")
        return frozenset(offers)

    def refresh(self) -> None:
        """Ask for the list and the opened record anew."""
        self.list.refresh()
        if self.drawer.is_open and self._wanted:
            self._ask_for(self._wanted)
        if not self._refreshed:
            self._refreshed = True
            self.forms.offer_draft()

    def touched_by(self, changes: Changes) -> bool:
        """Any record may be named here; a kept draft or a look at a private value is no change."""
        return bool(changes.types - {"access", "handout"})

    @Slot(str)
    def show_record(self, record_id: str) -> None:
        """Open a record beside the list; a form under way is asked after first."""
        if self.forms.view is not None:
            self.forms.view.form.leave()
        self.list.seek(record_id)
        self.open_record(record_id)

    def search(self, text: str) -> None:
        """Narrow the list."""
        self.list.search(text)

    def act(self, action_id: str) -> None:
        """Take one of the offers."""
        {
            "new": self._new,
            "resume": self._resume,
            "edit": self._amend,
            "attach": self._attach,
            "filter": self.list.open_filter,
            "refresh": self.refresh,
            "export": self.export.open,
            "export_full": self.export.open_full,
            "print": self.letters.open_menu,
            "case_file": self.case_file.open,
            "ledger": self.ledger.open,
            "import": self._import,
        }[action_id]()

    # The opened record

    @Slot(str)
    def open_record(self, record_id: str) -> None:
        """Show a record in the panel."""
        self._pause.stop()
        self._ask_for(record_id)
        self.drawer.open()

    def _ask_for(self, record_id: str) -> None:
        self._wanted = record_id
        ask = self.context.tasks.ask
        self._attached = ()
        self.letters.ask(record_id, self.declared.name)
        if self.declared.name in OWNERS:
            question = ListAttachments(owner_id=record_id)
            ask(question, self._take_files, self._no_files, latest=True)
        ask(OpenRecord(id=record_id), self._show_view, self._not_opened, latest=True)

    @Slot(object)
    def _take_files(self, files: Sequence[Attachment]) -> None:
        self._attached = tuple(files)

    @Slot(object)
    def _no_files(self, _error: DeskError) -> None:
        """The record cannot be opened either; that answer follows and says why."""

    @Slot(object)
    def _show_view(self, view: RecordView) -> None:
        if view.id == self._wanted:
            self.panel.show_view(view, self._attached, self.letters.found)
            self.likeness.look(view)
            self.offers_changed.emit()

    @Slot(object)
    def _not_opened(self, error: DeskError) -> None:
        self.close_record()
        self.context.tasks.failed.emit(error)

    @Slot()
    def close_record(self) -> None:
        """Put the panel away and go back to the list."""
        self._wanted = ""
        self._pause.stop()
        self.drawer.close_panel()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _select(self, record_id: str) -> None:
        if not self.drawer.over or self.drawer.is_open:
            self._selected = record_id
            self._pause.start()

    @Slot()
    def _open_selected(self) -> None:
        self.open_record(self._selected)

    # What a person wants

    @Slot()
    def _new(self) -> None:
        self.forms.new()

    @Slot()
    def _resume(self) -> None:
        self.forms.new(restore=True)

    @Slot()
    def _amend(self) -> None:
        if self.panel.view is not None:
            self.forms.amend(self.panel.view)

    @Slot(object, object)
    def _amend_for_step(self, view: RecordView, error: DeskError) -> None:
        self.forms.amend(view, error)

    @Slot(str)
    def _take_step(self, act: str) -> None:
        view = self.panel.view
        if view is not None:
            self.acts.take(view, next(step for step in view.offered if step.act == act))

    @Slot(str, str)
    def _open_part(self, type_name: str, part_id: str) -> None:
        if self.panel.view is not None:
            self.acts.open_part(self.panel.view, type_name, part_id)

    @Slot(str, str)
    def _reveal(self, record_id: str, field: str) -> None:
        self.acts.reveal(record_id, field)

    @Slot()
    def _discard(self) -> None:
        if self.panel.view is not None:
            self.acts.discard(self.panel.view)

    @Slot()
    def _undo(self) -> None:
        if self.panel.view is not None:
            self.context.undo(self.panel.view.id)

    @Slot(object)
    def _attach(self, paths: Sequence[Path] = ()) -> None:
        if self.panel.view is not None:
            self.files.attach(self.panel.view, paths)

    @Slot(str)
    def _open_file(self, file_id: str) -> None:
        self.files.open_file(self._file(file_id))

    @Slot(str)
    def _save_file(self, file_id: str) -> None:
        self.files.save_file(self._file(file_id))

    def _file(self, file_id: Id) -> Attachment:
        return next(each for each in self._attached if each.id == file_id)

    @Slot(str)
    def _open_anew(self, record_id: str) -> None:
        if record_id == self._wanted:
            self._ask_for(record_id)

    @Slot(str)
    def _follow(self, record_id: str) -> None:
        self.context.tasks.ask(OpenRecord(id=record_id), self._go_to, latest=True)

    @Slot(object)
    def _go_to(self, view: RecordView) -> None:
        self.context.navigate(view.type, view.id)

    @Slot(str)
    def _explain(self, record_id: str) -> None:
        """Show how the record's days were counted."""
        HowCountedDialog(self.context, record_id, self).open()

    @Slot()
    def _import(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("选择要导入的电子表格"), str(Path.home()), "*.xlsx *.csv"
        )
        if name:
            ImportRowsDialog(self.context, self.declared, Path(name), self).open()

    @Slot(str)
    def _take_up(self, code: str) -> None:
        """Open the form of what the record suggests, with its values in it."""
        view = self.panel.view
        if view is not None:
            offer = next(each for each in view.suggested if each.code == code)
            self.forms.new(type_named(offer.type), offer.values)

    @Slot(str, str)
    def _saved(self, type_name: str, record_id: str) -> None:
        if type_name == self.declared.name:
            self.show_record(record_id)

    @Slot()
    def _form_changed(self) -> None:
        if self.forms.view is None:
            self.setFocusProxy(self.list)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocusProxy(self.forms.view)
        self.retitled.emit()
        self.offers_changed.emit()

    def _connect_list(self) -> None:
        self.list.selected.connect(self._select)
        self.list.opened.connect(self.open_record)
        self.list.new_wanted.connect(self._new)
        self.list.export_wanted.connect(self.export.open)
        self.list.full_export_wanted.connect(self.export.open_full)
        self.list.ledger_wanted.connect(self.ledger.open)
        self.list.import_wanted.connect(self._import)
        self.list.counted.connect(self.retitled)
        self.drawer.toggled.connect(self.offers_changed)
        self.forms.changed.connect(self._form_changed)
        self.forms.saved.connect(self._saved)
        self.forms.looked_up.connect(self.show_record)

    def _connect_panel(self) -> None:
        self.panel.closed.connect(self.close_record)
        self.panel.link_wanted.connect(self._follow)
        self.panel.act_wanted.connect(self._take_step)
        self.panel.amend_wanted.connect(self._amend)
        self.panel.discard_wanted.connect(self._discard)
        self.panel.undo_wanted.connect(self._undo)
        self.panel.reveal_wanted.connect(self._reveal)
        self.panel.part_wanted.connect(self._open_part)
        self.panel.count_wanted.connect(self._explain)
        self.panel.suggestion_wanted.connect(self._take_up)
        self.panel.attach_wanted.connect(self._attach)
        self.panel.file_wanted.connect(self._open_file)
        self.panel.file_copy_wanted.connect(self._save_file)
        self.likeness.join_wanted.connect(self.acts.take)
        self.acts.to_be_amended.connect(self._amend_for_step)
        self.acts.revealed.connect(self.panel.show_revealed)
        self.acts.discarded.connect(self._discarded)
        self.acts.outdated.connect(self._open_anew)

    @Slot(str)
    def _discarded(self, _record_id: str) -> None:
        self.close_record()

    def changeEvent(self, event: QEvent) -> None:
        """The panel takes the new theme's width."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "panel"):
            self.panel.fit()
