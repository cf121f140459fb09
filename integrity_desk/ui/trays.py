"""The paper trays of a printer, asked of the system without making the window wait."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QObject, QProcess, Signal, Slot
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from integrity_desk.ui.printing import HAS_CUPS, system_process
from integrity_desk.wording import N_, _

_SLOTS = re.compile(r"^InputSlot(?:/[^:]*)?:(.*)$", re.MULTILINE)
_KNOWN = {
    "auto": N_("自动选择"), "manual": N_("手动进纸"), "manualfeed": N_("手动进纸"),
    "upper": N_("上纸盒"), "lower": N_("下纸盒"), "middle": N_("中纸盒"), "cassette": N_("纸盒"),
    "envelope": N_("信封进纸口"), "tractor": N_("连续纸"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Tray:
    """One tray: ``code`` as the system calls it, and its name for people."""

    code: str
    label: str
    default: bool = False


class Trays(QObject):
    """Asks for one printer's trays; ``found`` tells, with the printer's name."""

    found = Signal(str, object)
    """(printer, tuple of Tray); empty when the printer leaves no choice."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._printer = ""
        self._process: QProcess | None = None

    def look(self, printer: str) -> None:
        """Ask."""
        self._printer = printer
        if HAS_CUPS:
            self._process = system_process(self)
            self._process.finished.connect(self._read)
            self._process.errorOccurred.connect(self._lacking)
            self._process.start("lpoptions", ["-p", printer, "-l"])
        else:
            self.found.emit(printer, _of_qt(printer))

    @Slot()
    def _read(self) -> None:
        assert self._process is not None
        said = bytes(self._process.readAllStandardOutput().data()).decode("utf-8", "replace")
        self.found.emit(self._printer, trays_in(said))

    @Slot(QProcess.ProcessError)
    def _lacking(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.found.emit(self._printer, ())


def trays_in(said: str) -> tuple[Tray, ...]:
    """Read what ``lpoptions -l`` says; the default stands with a star."""
    found = _SLOTS.search(said)
    codes = found.group(1).split() if found else []
    return tuple(
        Tray(code=code.lstrip("*"), label=_named(code.lstrip("*")), default=code.startswith("*"))
        for code in codes
    )


def _named(code: str) -> str:
    numbered = re.fullmatch(r"(?:tray|cassette|bin)[ _-]?(\d+)", code, re.IGNORECASE)
    if numbered:
        return _("纸盒{number}").format(number=numbered.group(1))
    return _(_KNOWN[code.lower()]) if code.lower() in _KNOWN else code


def _of_qt(printer: str) -> tuple[Tray, ...]:
    known = QPrinter(QPrinterInfo.printerInfo(printer))
    return tuple(
        Tray(code=each.name, label=_named(each.name), default=each is known.paperSource())
        for each in getattr(known, "supportedPaperSources", tuple)()  # Qt has it on Windows only
    )
