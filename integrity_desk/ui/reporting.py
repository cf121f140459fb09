"""What goes wrong in the window: expected failures are shown, bugs are logged and reported.

Every unexpected exception, in whatever thread, and every Qt warning comes here. A report saved
for the makers carries the trace without values, because values are people's data.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import PySide6
from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QSysInfo,
    Qt,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from integrity_desk import __version__, paths
from integrity_desk.errors import DeskError
from integrity_desk.ui.dialogs.saving import where_to_save
from integrity_desk.wording import _

log = logging.getLogger("integrity_desk")

_LOG_BYTES = 1_000_000
"""A longer log makes room for a new one at the next start."""
_PACKAGE_ROOT = Path(__file__).parents[2]
_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


@dataclass(frozen=True, kw_only=True)
class Report:
    """One crash: its number, and a text free of personal data."""

    number: str
    text: str


class Reporter(QObject):
    """Takes every unexpected exception of the process; ``install`` once at start."""

    crashed = Signal(object)
    """A Report, delivered in the window's thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dialog: QMessageBox | None = None
        self.crashed.connect(self._show)

    def install(self, folder: Path | None = None) -> None:
        """Log to ``folder`` (default: the log folder) and take over the exception hooks."""
        self._log_to(folder or paths.log_folder())
        sys.excepthook = self._take
        threading.excepthook = self._take_from_thread
        qInstallMessageHandler(_log_qt_message)

    def uninstall(self) -> None:
        """Give the hooks back and close the log."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)
        log.removeHandler(self._file)
        self._file.close()

    def _log_to(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "integrity-desk.log"
        if path.exists() and path.stat().st_size > _LOG_BYTES:
            path.replace(folder / "integrity-desk.old.log")
        self._file = logging.FileHandler(path, encoding="utf-8")
        self._file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        log.addHandler(self._file)
        log.setLevel(logging.INFO)

    def _take(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        report = report_of(error)
        log.error("crash %s", report.number, exc_info=(kind, error, trace))
        self.crashed.emit(report)

    def _take_from_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._take(args.exc_type, args.exc_value, args.exc_traceback)

    @Slot(object)
    def _show(self, report: Report) -> None:
        if self._dialog is not None:
            return
        self._dialog = CrashDialog(report)
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.destroyed.connect(self._forget)
        self._dialog.open()

    @Slot()
    def _forget(self) -> None:
        """Let go of it once Qt has: let go while it closes, it would be gone under Qt's hands."""
        self._dialog = None


class CrashDialog(QMessageBox):
    """Says that the program erred, gives the report's number, offers to save the report."""

    def __init__(self, report: Report, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self.setIcon(QMessageBox.Icon.Critical)
        self.setWindowTitle(_("程序出错"))
        self.setText(_("程序出错，刚才的操作没有完成，已保存的数据不受影响。"))
        self.setInformativeText(
            _("报告编号：{number}\n请保存报告并交给维护人员；报告不含任何登记内容。").format(
                number=report.number
            )
        )
        self._save = QPushButton(_("保存报告"), self)
        self.addButton(self._save, QMessageBox.ButtonRole.ActionRole)
        self._save.clicked.disconnect()
        self._save.clicked.connect(self._ask_where)
        self.addButton(_("关闭"), QMessageBox.ButtonRole.RejectRole)

    def save_to(self, path: Path) -> None:
        """Write the report as a text file."""
        path.write_text(self._report.text, "utf-8")

    @Slot()
    def _ask_where(self) -> None:
        usual = Path.home() / f"{self._report.number}.txt"
        path = where_to_save(self, _("保存报告"), usual, "txt")
        if path:
            self.save_to(path)


def report_of(error: BaseException) -> Report:
    """Describe a crash without values: places in the code, kinds of error, versions."""
    number = os.urandom(4).hex().upper()
    lines = [f"report {number}", *_versions(), ""]
    for each in reversed(list(_causes(error))):
        lines += [f"  {place}" for place in _places(each)]
        lines += [f"{type(each).__module__}.{type(each).__qualname__}", ""]
    return Report(number=number, text="\n".join(lines))


def show_failure(error: DeskError, parent: QWidget | None = None) -> QMessageBox:
    """Show an expected failure's sentence; returns the open dialog."""
    dialog = QMessageBox(QMessageBox.Icon.Warning, _("未能完成"), error.sentence, parent=parent)
    dialog.addButton(_("知道了"), QMessageBox.ButtonRole.AcceptRole)
    dialog.open()
    return dialog


def _causes(error: BaseException | None) -> Any:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _places(error: BaseException) -> list[str]:
    return [
        f"{_short(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]


def _short(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(_PACKAGE_ROOT):
        return path.relative_to(_PACKAGE_ROOT).as_posix()
    return path.name


def _versions() -> list[str]:
    return [
        f"integrity-desk {__version__}",
        f"Python {sys.version.split()[0]}, PySide6 {PySide6.__version__}",
        f"{QSysInfo.prettyProductName()}, {QSysInfo.currentCpuArchitecture()}",
    ]


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    log.log(_QT_LEVELS[kind], "Qt: %s", message)
