"""The letters of an opened record: previewed, printed, kept, printed again."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from integrity_desk.domain.fields import Id
from integrity_desk.domain.letters import SUBJECTS
from integrity_desk.errors import DeskError
from integrity_desk.services.letters import (
    CREDIT_REPORT,
    Letters,
    ListLetters,
    PreviewLetter,
    PrintLetter,
    PrintLetterAgain,
    ReadLetter,
)
from integrity_desk.ui.dialogs.noted_preview import NotedPreview
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.pages.record_panel import RecordPanel
from integrity_desk.wording import _


class RecordLetters(QObject):
    """Knows the letters of the record in the panel, and opens the preview of one."""

    def __init__(self, context: Context, window: QWidget, panel: RecordPanel) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._panel = panel
        self.found = Letters()
        panel.letter_wanted.connect(self._write_shown)
        panel.written_wanted.connect(self.show_written)

    @property
    def offered(self) -> bool:
        """Whether a letter fits the record in the panel."""
        return self._panel.letters is not None and bool(self.found.offered)

    def ask(self, record_id: Id, type_name: str) -> None:
        """Ask for the letters of a record that is being opened."""
        self.found = Letters()
        if type_name in SUBJECTS:
            question = ListLetters(record_id=record_id)
            self._context.tasks.ask(question, self._take, self._none, latest=True)

    def open_menu(self) -> None:
        """Show what fits the record in the panel."""
        if self._panel.letters is not None:
            self._panel.letters.open_menu()

    @Slot(object)
    def _take(self, letters: Letters) -> None:
        self.found = letters

    @Slot(object)
    def _none(self, _error: DeskError) -> None:
        """The record cannot be opened either; that answer follows and says why."""

    @Slot(str, str)
    def _write_shown(self, template: str, title: str) -> None:
        if self._panel.view is not None:
            self.write(self._panel.view.id, template, title)

    def write(self, record_id: Id, template: str, title: str) -> None:
        """Show a letter as it would be printed now."""
        given: dict[str, Any] = {
            "record_id": record_id, "template": template,
            "bundled_fonts": bool(self._context.settings.current.bundled_fonts),
        }  # fmt: skip
        note = _("打印或另存时编号并存档；内容没有变化的，再次打印仍是同一份。")
        if template == CREDIT_REPORT:
            note = _("这是存档的原件，再次打印与原件完全相同。")
        command = partial(_print_letter, given)
        self._preview(title, command, note).ask(PreviewLetter(**given))

    @Slot(str, str)
    def show_written(self, letter_id: Id, title: str) -> None:
        """Show a written letter as it was printed."""
        note = _("这是存档的原件，再次打印与原件完全相同。")
        command = partial(_print_again, letter_id)
        self._preview(title, command, note).ask(ReadLetter(id=letter_id))

    def _preview(self, title: str, command: Any, note: str) -> NotedPreview:
        return NotedPreview(self._context, title, self._window, command=command, note=note)


def _print_letter(given: dict[str, Any], copies: int) -> PrintLetter:
    return PrintLetter(**given, copies=copies)


def _print_again(letter_id: Id, copies: int) -> PrintLetterAgain:
    return PrintLetterAgain(id=letter_id, copies=copies)
