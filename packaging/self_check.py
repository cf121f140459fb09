"""Tell whether a delivered copy is whole: ``integrity-desk-check`` beside the program.

Each line is one thing that a wrong build breaks first. A failing check ends in its traceback
and exit code 1.
"""

from __future__ import annotations

import importlib
import os
import secrets
import sys
import tempfile
from pathlib import Path

from integrity_desk import __version__
from integrity_desk.documents import font_files
from integrity_desk.paths import resource
from integrity_desk.storage.database import connect

_LIBRARIES = ("cryptography", "openpyxl", "orjson", "pypdfium2", "pyrage", "rapidfuzz", "segno")


def main() -> int:
    """Run all checks; return the exit code."""
    print(f"Integrity Desk {__version__}, Python {sys.version.split()[0]}, {sys.platform}")
    for check in (resources, fonts, libraries, store, window):
        check()
        print(f"ok  {check.__doc__}")
    return 0


def resources() -> None:
    """The rules, calendars, icons and both languages are there."""
    for name in ("rules", "calendars", "icons", "wording/en.mo"):
        if not resource(name).exists():
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
