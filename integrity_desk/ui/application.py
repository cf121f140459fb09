"""The QApplication, set up before anything is shown: input methods, font, look, crash reports."""

from __future__ import annotations

import os
import signal
import sys

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from integrity_desk.settings import Settings
from integrity_desk.ui import theme
from integrity_desk.ui.reporting import Reporter

_INPUT_METHODS = "fcitx;ibus"
"""Under fcitx 5 Chinese arrives only when its module is asked for first; elsewhere harmless."""


def make_application(settings: Settings) -> QApplication:
    """Return the application, dressed; made once, before the first widget."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C on the terminal ends the program
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_IM_MODULES", _INPUT_METHODS)
    application = QApplication(["integrity-desk", *theme.STYLE])
    application.setApplicationName("integrity-desk")
    application.setQuitOnLastWindowClosed(False)
    Reporter(application).install()
    if settings.language == "zh":
        _translate_qt(application)
    theme.load_bundled_font()
    theme.apply(application, scheme=settings.scheme, large=settings.large)
    return application


def _translate_qt(application: QApplication) -> None:
    """Qt's own words, in file dialogs and context menus, are English unless translated."""
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        application.installTranslator(translator)
