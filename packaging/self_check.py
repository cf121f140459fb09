"""Tell whether a delivered copy is whole: ``integrity-desk-check`` beside the program.

Each line is one thing that a wrong build breaks first. A failing check ends in its traceback
and exit code 1.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import secrets
import sys
import tempfile
from pathlib import Path

from integrity_desk import __version__
from integrity_desk.documents import font_files
from integrity_desk.paths import resource
from integrity_desk.storage.database import connect

_LIBRARIES = ("cryptography", "openpyxl", "orjson", "pypdfium2", "pyrage", "rapidfuzz", "segno")
_FOLDERS = ("rules", "calendars", "templates", "sources", "sample", "demo", "county", "icons")
_PARTS = ("integrity_desk.cli", "integrity_desk.county", "integrity_desk.ui")
"""Packages every module of which must be loadable, but for what needs the county's extras."""
_EXTRAS = frozenset({"flask", "psycopg", "waitress"})


def main() -> int:
    """Run all checks; return the exit code."""
    print(f"Integrity Desk {__version__}, Python {sys.version.split()[0]}, {sys.platform}")
    for check in (resources, fonts, libraries, modules, store, window):
        check()
        print(f"ok  {check.__doc__}")
    return 0


def resources() -> None:
    """Rules, calendars, templates, sources, the sample, icons, the look and English are there."""
    for name in _FOLDERS:
        if not any(resource(name).iterdir()):
            raise FileNotFoundError(resource(name))
    for name in ("theme/style.qss", "wording/en.mo"):
        if not resource(name).is_file():
            raise FileNotFoundError(resource(name))


def fonts() -> None:
    """The two bundled Chinese faces are there."""
    for face in (font_files.bundled_song(), font_files.bundled_hei()):
        if face.path.stat().st_size < 1_000_000:
            raise FileNotFoundError(face.path)


def libraries() -> None:
    """The libraries that are loaded late can be loaded."""
    for name in _LIBRARIES:
        importlib.import_module(name)


def modules() -> None:
    """Every page, dialog and command can be loaded."""
    for part in _PARTS:
        package = importlib.import_module(part)
        for each in pkgutil.walk_packages(package.__path__, f"{part}."):
            try:
                importlib.import_module(each.name)
            except ModuleNotFoundError as missing:
                if missing.name not in _EXTRAS:
                    raise


def store() -> None:
    """A store can be written, and is not readable without its key."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "store.db")
        database = connect(path, secrets.token_bytes(32), create=True)
        database.execute("CREATE TABLE probe (word TEXT)")
        database.conn.close()
        if path.read_bytes().startswith(b"SQLite format 3"):
            raise RuntimeError("the store is not encrypted")


def window() -> None:
    """Qt opens a window and has the bundled face; without a display, off screen."""
    has_display = not sys.platform.startswith("linux") or "DISPLAY" in os.environ
    if not has_display and "WAYLAND_DISPLAY" not in os.environ:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    widgets = importlib.import_module("PySide6.QtWidgets")
    theme_fonts = importlib.import_module("integrity_desk.ui.theme.fonts")
    application = widgets.QApplication([])
    label = widgets.QLabel("诚信台账", font=theme_fonts.interface_font(16))
    label.show()
    application.processEvents()
    if not label.isVisible() or not theme_fonts.load_bundled_font():
        raise RuntimeError("no window, or no Chinese face in it")


if __name__ == "__main__":
    sys.exit(main())
