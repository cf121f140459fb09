"""A paper whose printing is noted: what is printed or saved is what the note's command brings.

    NotedPreview(context, title, parent, command=partial(print_letter, …)).ask(PreviewLetter(…))

``command(copies)`` notes the printing; its value has the bytes as ``pdf``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from integrity_desk.errors import DeskError
from integrity_desk.ui.dialogs.paper_preview import PaperPreview
from integrity_desk.ui.dialogs.print_paper import PrintDialog
from integrity_desk.ui.pages.base import Context

Noting = Callable[[int], Any]


class NotedPreview(PaperPreview):
    """Shows what a question draws; printing and saving go through a command."""

    def __init__(
        self, context: Context, title: str, parent: QWidget, *, command: Noting, note: str = ""
    ) -> None:
        super().__init__(context, title, parent, note=note)
        self._command = command
        self._target: Path | None = None

    @Slot()
    def open_print(self) -> None:
        """Ask how to print."""
        if self.print.isEnabled():
            dialog = NotedPrintDialog(
                self._context, self._title, self._pdf, command=self._command,
                pages=self.viewer.count, landscape=self.viewer.landscape, parent=self,
            )  # fmt: skip
            dialog.printed.connect(self.accept)
            dialog.open()

    def save_to(self, path: Path) -> None:
        """Note it, then keep the paper as a file."""
        self._target = path
        self._context.tasks.perform(self._command(1), self._noted, self._not_noted)

    @Slot(object)
    def _drawn(self, answer: Any) -> None:
        super()._drawn(answer if isinstance(answer, bytes) else answer.pdf)

    @Slot(object)
    def _noted(self, noted: Any) -> None:
        assert self._target is not None
        self._pdf = noted.pdf
        super().save_to(self._target)

    @Slot(object)
    def _not_noted(self, error: DeskError) -> None:
        self._context.tasks.failed.emit(error)


class NotedPrintDialog(PrintDialog):
    """Notes the printing when the person confirms, and sends what that brought."""

    def __init__(
        self, context: Context, title: str, pdf: bytes, *, command: Noting, **options: Any
    ) -> None:
        super().__init__(context, title, pdf, **options)
        self._command = command
        self._noted_once = False

    def _begin(self) -> None:
        if self._noted_once:  # only the printer refused it
            self._send(self._pdf)
        else:
            command = self._command(self.copies.value())
            self._context.tasks.perform(command, self._noted, self._refused)

    @Slot(object)
    def _noted(self, noted: Any) -> None:
        self._noted_once = True
        self._pdf = noted.pdf
        self._send(self._pdf)

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self._not_sent(error.sentence)
