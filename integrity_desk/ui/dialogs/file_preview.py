"""An integrity file before it is printed or kept; taking it is written down, looking is not."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from integrity_desk.services.file_papers import DrawFile, PrintFile
from integrity_desk.services.subject_files import SubjectFile
from integrity_desk.ui.dialogs.paper_preview import PaperPreview
from integrity_desk.ui.pages.base import Context
from integrity_desk.wording import _


class FilePreview(PaperPreview):
    """Shows the file in full or short; what goes out is drawn and noted in one act."""

    def __init__(
        self, context: Context, file: SubjectFile, parent: QWidget, *, short: bool
    ) -> None:
        words = _("{name}诚信情况简要报告") if short else _("{name}诚信档案")
        note = _("打印或另存都会记下是谁、什么时候取走的。")
        super().__init__(context, words.format(name=file.name), parent, note=note)
        fonts = bool(context.settings.current.bundled_fonts)
        self._taking = PrintFile(subject_id=file.subject_id, short=short, bundled_fonts=fonts)
        self._target: Path | None = None
        self.ask(DrawFile(subject_id=file.subject_id, short=short, bundled_fonts=fonts))

    def save_to(self, path: Path) -> None:
        """Note it, then keep the paper as a file."""
        self._target = path
        self._context.tasks.perform(self._taking, self._save_noted)

    @Slot()
    def open_print(self) -> None:
        """Note it, then ask how to print."""
        if self.print.isEnabled():
            self._context.tasks.perform(self._taking, self._print_noted)

    @Slot(object)
    def _save_noted(self, pdf: bytes) -> None:
        assert self._target is not None
        self._pdf = pdf
        super().save_to(self._target)

    @Slot(object)
    def _print_noted(self, pdf: bytes) -> None:
        self._pdf = pdf
        super().open_print()
