"""Printing a register's list as a ledger: which columns, then the preview."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from integrity_desk.services.acts import Question
from integrity_desk.services.ledgers import (
    ChooseLedgerColumns,
    DrawLedger,
    Ledger,
    LedgerColumns,
    NoteLedger,
    ShowLedgerColumns,
)
from integrity_desk.services.registers import Filter
from integrity_desk.ui.dialogs.ledger_columns import LedgerColumnsDialog
from integrity_desk.ui.dialogs.noted_preview import NotedPreview
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.pages.register_list import RegisterList
from integrity_desk.wording import _


class RegisterLedger(QObject):
    """Prints the list as it is filtered and ordered now, in the columns a person chooses."""

    def __init__(self, context: Context, window: QWidget, shown: RegisterList) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._list = shown
        self._filter = shown.filter
        self.dialog: LedgerColumnsDialog | None = None
        self.preview: LedgerPreview | None = None

    @Slot()
    def open(self) -> None:
        """Ask for the columns first; the filter is the one of this moment."""
        self._filter = self._list.filter
        question = ShowLedgerColumns(type=self._filter.type)
        self._context.tasks.ask(question, self._choose, latest=True)

    @Slot(object)
    def _choose(self, columns: LedgerColumns) -> None:
        self.dialog = LedgerColumnsDialog(columns, self._list.shown, self._window)
        self.dialog.chosen.connect(self._print)
        self.dialog.finished.connect(self._forget)
        self.dialog.open()

    @Slot()
    def _forget(self) -> None:
        self.dialog = None

    @Slot(object)
    def _print(self, columns: tuple[str, ...]) -> None:
        command = ChooseLedgerColumns(type=self._filter.type, columns=columns)
        self._context.tasks.perform(command, self._kept)
        self.preview = LedgerPreview(self._context, self._filter, self._window)
        self.preview.draw(columns)

    @Slot(object)
    def _kept(self, _nothing: None) -> None:
        """The columns are remembered; nothing to show."""


class LedgerPreview(NotedPreview):
    """Shows a ledger; what was drawn is what is noted and printed."""

    def __init__(self, context: Context, narrowed: Filter, parent: QWidget) -> None:
        super().__init__(
            context, _("打印台账"), parent, command=self._note,
            note=_("按现在的筛选和排序打印；隐私内容已遮盖，打印和另存都会记录。"),
        )  # fmt: skip
        self._filter = narrowed
        self._ledger: Ledger | None = None

    def draw(self, columns: tuple[str, ...]) -> None:
        """Ask for the pages; they may take a while, and can be stopped."""
        fonts = bool(self._context.settings.current.bundled_fonts)
        self.draw_by(DrawLedger(filter=self._filter, columns=columns, bundled_fonts=fonts))

    def draw_by(self, question: Question[Ledger]) -> None:
        """Ask for the pages of a ledger drawn in another way."""
        self.viewer.wait()
        self._context.tasks.study(question, self._drawn, self._refused)
        self.open()

    @Slot(object)
    def _drawn(self, ledger: Any) -> None:
        self._ledger = ledger
        super()._drawn(ledger)

    def _note(self, _copies: int) -> NoteLedger:
        assert self._ledger is not None
        return NoteLedger(filter=self._filter, ledger=self._ledger)
