"""The system's own printing dialog, for what only it knows of a printer.

It is asked for, never the first thing shown: it speaks to the print server on the window's thread.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from integrity_desk.ui.printing import PrintOptions, printer_for
from integrity_desk.wording import _


class SystemPrintDialog(QPrintDialog):
    """``chosen`` carries the PrintOptions that were given plus what the person changed."""

    chosen = Signal(object)
    refused = Signal(str)

    def __init__(self, options: PrintOptions, parent: QWidget | None = None) -> None:
        self._options = options
        self._printer = printer_for(options)  # the dialog only borrows it
        super().__init__(self._printer, parent)
        self.setWindowTitle(_("系统打印对话框"))
        self.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, on=True)
        self.setMinMax(1, options.pages)
        self.setFromTo(options.first, options.last)
        self.accepted.connect(self._take)

    @Slot(QPrinter)
    def _take(self, printer: QPrinter) -> None:
        if printer.outputFileName():
            self.refused.emit(_("要存成文件，请用“另存为PDF”，文件才与留存的一字不差。"))
        else:
            self.chosen.emit(options_from(printer, self._options))


def options_from(printer: QPrinter, options: PrintOptions) -> PrintOptions:
    """Return the options with the printer, copies, pages and sides set on a QPrinter."""
    whole = printer.printRange() is not QPrinter.PrintRange.PageRange
    single = (QPrinter.DuplexMode.DuplexNone, QPrinter.DuplexMode.DuplexAuto)
    return replace(
        options,
        printer=printer.printerName(),
        copies=printer.copyCount(),
        first=1 if whole else max(1, printer.fromPage()),
        last=options.pages if whole else min(options.pages, printer.toPage() or options.pages),
        two_sided=printer.duplex() not in single,
    )
