"""Printing a notice: the printing is noted before the kept PDF goes to the printer."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from integrity_desk.domain.fields import Id
from integrity_desk.domain.notices import PrintReason
from integrity_desk.errors import DeskError
from integrity_desk.services.sheets import PrintedPdf, PrintSheet
from integrity_desk.ui.dialogs.print_paper import PrintDialog
from integrity_desk.ui.pages.base import Context
from integrity_desk.wording import _


class PrintSheetDialog(PrintDialog):
    """``printed`` carries the PrintedPdf.

    ``again`` says that the same content was printed before: the version stays the same.
    """

    def __init__(self, context: Context, notice_id: Id, title: str, **options: Any) -> None:
        super().__init__(context, title, b"", **options)
        self._notice_id = notice_id
        self._sheet: PrintedPdf | None = None
        self.lost = QCheckBox(_("原单遗失或损坏，这次是补打"))
        rows = self.layout()
        assert isinstance(rows, QVBoxLayout)
        rows.insertWidget(rows.indexOf(self.refusal), self.lost)
        self.lost.setVisible(bool(options.get("again")))

    def _begin(self) -> None:
        if self._sheet is not None:  # noted already; only the printer refused it
            self._send(self._sheet.pdf)
            return
        command = PrintSheet(
            notice_id=self._notice_id,
            paper=self._paper,
            copies=self.copies.value(),
            reason=PrintReason.LOST if self.lost.isChecked() else None,
            bundled_fonts=self._context.settings.current.bundled_fonts,
        )
        self._context.tasks.perform(command, self._noted, self._refused)

    def _told(self) -> tuple[str, object]:
        assert self._sheet is not None
        words = _("已送往打印机“{printer}”：{number} 第{version}印次，{copies}份。")
        said = words.format(
            printer=self.options.printer,
            number=self._sheet.number,
            version=self._sheet.version,
            copies=self.options.copies,
        )
        return said, self._sheet

    @Slot(object)
    def _noted(self, sheet: PrintedPdf) -> None:
        self._sheet = sheet
        self._send(sheet.pdf)

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self._not_sent(error.sentence)
