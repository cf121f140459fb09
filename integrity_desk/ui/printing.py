"""Handing finished PDFs to a printer: as they are to CUPS, as pictures of pages elsewhere.

    printers = Printers();  printers.found.connect(...);  printers.look()
    spooler = Spooler(tasks);  spooler.send(pdf, options)   # then ``sent`` or ``failed``

Qt's own PDF and printing paths draw anew; a notice must leave the desk byte for byte as it was
kept. So ``lp`` gets the PDF itself on its standard input, and where there is no CUPS (Windows)
the pages are drawn at 300 dpi by the same drawer as the preview.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, QProcess, QProcessEnvironment, QRect, Signal, Slot
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from integrity_desk.domain.sheets import Paper
from integrity_desk.errors import DeskError
from integrity_desk.services.previews import PageImage, RenderPages
from integrity_desk.ui.tasks import Tasks
from integrity_desk.wording import _

RASTER_DPI = 300
"""Beyond this a page of text looks the same and the job only grows."""

HAS_CUPS = sys.platform != "win32"
"""Whether printing goes through ``lp`` and its kin."""

_SIZES = {
    Paper.A4: QPageSize.PageSizeId.A4,
    Paper.A3: QPageSize.PageSizeId.A3,
    Paper.TWO_A4: QPageSize.PageSizeId.A4,
}
_MEDIA = {Paper.A4: "A4", Paper.A3: "A3", Paper.TWO_A4: "A4"}


@dataclass(frozen=True, kw_only=True)
class Printer:
    """A printer the system knows; ``note`` is what it says of itself when it is not ready."""

    name: str
    default: bool = False
    ready: bool = True
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class PrintOptions:
    """How to print pages ``first`` to ``last`` (from 1) of a sheet of ``pages``."""

    printer: str
    paper: Paper
    title: str
    pages: int
    first: int
    last: int
    copies: int = 1
    two_sided: bool = False
    landscape: bool = False
    tray: str = ""
    """As the system calls it; "" leaves it to the printer."""


class Printers(QObject):
    """Asks the system which printers there are, without making the window wait."""

    found = Signal(object)
    """A tuple of Printer, the default one first; empty when there is none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None

    def look(self) -> None:
        """Ask; ``found`` tells."""
        if HAS_CUPS:
            self._process = system_process(self)
            self._process.finished.connect(self._read)
            self._process.errorOccurred.connect(self._lacking)
            self._process.start("lpstat", ["-p", "-d"])
        else:
            default = QPrinterInfo.defaultPrinterName()
            names = QPrinterInfo.availablePrinterNames()
            self.found.emit(_sorted(Printer(name=each, default=each == default) for each in names))

    @Slot()
    def _read(self) -> None:
        assert self._process is not None
        said = bytes(self._process.readAllStandardOutput().data()).decode("utf-8", "replace")
        self.found.emit(printers_in(said))

    @Slot(QProcess.ProcessError)
    def _lacking(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.found.emit(())


class Spooler(QObject):
    """Sends one PDF at a time to a printer."""

    sent = Signal()
    failed = Signal(str)
    """Why nothing was printed, as a sentence."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks

    def send(self, pdf: bytes, options: PrintOptions) -> None:
        """Hand the job over; ``sent`` or ``failed`` follows."""
        job: LpJob | RasterJob
        job = LpJob(self) if HAS_CUPS else RasterJob(self._tasks, printer_for(options), self)
        job.sent.connect(self.sent)
        job.failed.connect(self.failed)
        job.start(pdf, options)


class LpJob(QObject):
    """One run of ``lp``: the PDF on its standard input, the choices as its options."""

    sent = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._printer = ""
        self._pdf = b""
        self._process = system_process(self)
        self._process.started.connect(self._feed)
        self._process.finished.connect(self._ended)
        self._process.errorOccurred.connect(self._lacking)

    def start(self, pdf: bytes, options: PrintOptions) -> None:
        """Run it."""
        self._printer, self._pdf = options.printer, pdf
        self._process.start("lp", lp_arguments(options))

    @Slot()
    def _feed(self) -> None:
        self._process.write(self._pdf)
        self._process.closeWriteChannel()

    @Slot(int)
    def _ended(self, code: int) -> None:
        if code == 0:
            self.sent.emit()
            return
        said = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
        words = _("打印机“{printer}”没有接受打印任务：{said}。请确认打印机已开机、已连接后再试。")
        reason = said.strip().rstrip(".") or _("没有说明原因")
        self.failed.emit(words.format(printer=self._printer, said=reason))

    @Slot(QProcess.ProcessError)
    def _lacking(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.failed.emit(
                _("本机没有打印程序 lp，无法打印。请另存为PDF，或请管理员安装 CUPS 打印客户端。")
            )


class RasterJob(QObject):
    """Pages drawn one by one at 300 dpi and painted onto a QPrinter."""

    sent = Signal()
    failed = Signal(str)

    def __init__(self, tasks: Tasks, printer: QPrinter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._printer = printer
        self._painter = QPainter()
        self._name = ""
        self._pdf = b""
        self._pages: list[int] = []

    def start(self, pdf: bytes, options: PrintOptions) -> None:
        """Draw the first page; the others follow one another."""
        self._name, self._pdf = options.printer, pdf
        self._pages = list(range(options.first - 1, options.last))
        if self._painter.begin(self._printer):
            self._next()
        else:
            self._fail()

    def _next(self) -> None:
        question = RenderPages(pdf=self._pdf, dpi=RASTER_DPI, pages=(self._pages[0],))
        self._tasks.ask(question, self._paint, self._refused)

    @Slot(object)
    def _paint(self, drawn: tuple[PageImage, ...]) -> None:
        paper = self._printer.paperRect(QPrinter.Unit.DevicePixel).toRect()
        self._painter.drawImage(QRect(QPoint(0, 0), paper.size()), picture_of(drawn[0]))
        self._pages.pop(0)
        if not self._pages:
            self._painter.end()
            self.sent.emit()
        elif self._printer.newPage():
            self._next()
        else:
            self._painter.end()
            self._fail()

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()
        self.failed.emit(error.sentence)

    def _fail(self) -> None:
        words = _("打印机“{printer}”没有接受打印任务。请确认打印机已开机、已连接后再试。")
        self.failed.emit(words.format(printer=self._name))


def printers_in(said: str) -> tuple[Printer, ...]:
    """Read what ``lpstat -p -d`` says in the C locale."""
    default = next(iter(_DEFAULT.findall(said)), "")
    found = []
    for name, state, note in _PRINTER.findall(said):
        ready = not state.startswith("disabled")
        found.append(Printer(name=name, default=name == default, ready=ready, note=note.strip()))
    return _sorted(found)


def lp_arguments(options: PrintOptions) -> list[str]:
    """Return the arguments of ``lp``; the PDF comes on its standard input."""
    arguments = ["-d", options.printer, "-n", str(options.copies), "-t", options.title]
    arguments += ["-o", f"media={_MEDIA[options.paper]}"]
    arguments += ["-o", f"sides={'two-sided-long-edge' if options.two_sided else 'one-sided'}"]
    if options.tray:
        arguments += ["-o", f"InputSlot={options.tray}"]
    if options.copies > 1:
        arguments += ["-o", "collate=true"]
    if (options.first, options.last) != (1, options.pages):
        arguments += ["-P", f"{options.first}-{options.last}"]
    return arguments


def printer_for(options: PrintOptions) -> QPrinter:
    """Return a QPrinter set as chosen."""
    printer = QPrinter(QPrinterInfo.printerInfo(options.printer))
    printer.setDocName(options.title)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(_SIZES[options.paper]))
    layout = QPageLayout.Orientation
    printer.setPageOrientation(layout.Landscape if options.landscape else layout.Portrait)
    printer.setCopyCount(options.copies)
    printer.setCollateCopies(True)
    mode = QPrinter.DuplexMode
    printer.setDuplex(mode.DuplexLongSide if options.two_sided else mode.DuplexNone)
    if options.tray in QPrinter.PaperSource.__members__:
        printer.setPaperSource(QPrinter.PaperSource[options.tray])
    return printer


def picture_of(page: PageImage) -> QImage:
    """Return a drawn page as an image of its own memory."""
    line = page.width * 4
    return QImage(page.pixels, page.width, page.height, line, QImage.Format.Format_RGB32).copy()


_PRINTER = re.compile(r"^printer (\S+) (.*)(?:\n[ \t]+(\S.*))?", re.MULTILINE)
_DEFAULT = re.compile(r"^system default destination: (\S+)", re.MULTILINE)


def _sorted(printers: Iterable[Printer]) -> tuple[Printer, ...]:
    return tuple(sorted(printers, key=lambda each: (not each.default, each.name)))


def system_process(parent: QObject) -> QProcess:
    """Return a process that speaks the C locale, so that its words can be read."""
    made = QProcess(parent)
    surroundings = QProcessEnvironment.systemEnvironment()
    surroundings.insert("LC_ALL", "C.UTF-8")
    made.setProcessEnvironment(surroundings)
    return made
