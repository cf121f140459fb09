"""Pictures of everything: every scene in every look.

python -m tests.ui.looks --out DIR [--look light dark large english english-large] [NAME …]

A picture is written as DIR/LOOK/SCENE.png; contact sheets of eight as DIR/LOOK-01.png.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_FONT_DPI", "96")

from PySide6.QtCore import QEvent, QEventLoop, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from integrity_desk.ui import theme
from tests.ui.looks.planting import plant
from tests.ui.looks.scenes import SCENES
from tests.ui.looks.showroom import Room, dressed

LOOKS = {
    "light": {},
    "dark": {"scheme": "dark"},
    "large": {"large": True},
    "english": {"language": "en"},
    "english-large": {"language": "en", "large": True},
}

SHEET = (1560, 1500)
GAP = 12


class Waiter:
    """What a visit needs of pytest-qt."""

    def waitUntil(self, holds: Callable[[], bool], timeout: int = 10_000) -> None:
        """Let the window live until it holds."""
        end = time.monotonic() + timeout / 1000
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.ui.looks")
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--look", nargs="+", choices=LOOKS, default=list(LOOKS))
    asked.add_argument("scenes", nargs="*", metavar="NAME", help="a scene or the start of a name")
    options = asked.parse_args()
    app = QApplication([sys.argv[0], *theme.STYLE])
    app.setCursorFlashTime(0)
    theme.load_bundled_font()
    chosen = [each for each in SCENES if each.startswith(tuple(options.scenes) or "")]
    with TemporaryDirectory() as folder:
        planted = plant(Path(folder) / "planted")
        for look in options.look:
            pictures = [
                (name, taken(name, look, planted, Path(folder) / look / name, options.out))
                for name in chosen
            ]
            for number, sheet in enumerate(contact_sheets([each for _, each in pictures]), 1):
                sheet.save(str(options.out / f"{look}-{number:02d}.png"))
    return 0


def taken(name: str, look: str, planted: Path, folder: Path, out: Path) -> QImage:
    """Bring one scene about, keep its picture and return it."""
    how = dict(LOOKS[look])
    language = how.pop("language", "zh")
    scene = SCENES[name]
    folder.mkdir(parents=True)
    with dressed(**how):
        room = Room(Waiter(), planted, folder / "store", scene.login, language=language)
        try:
            widget = scene.make(room)
            widget.activateWindow()
            picture = room.rested(widget)
        except Exception as error:
            print(f"{look} {name}: {type(error).__name__} {error}")
            picture = room.visit.session.window.grab().toImage()
        finally:
            room.close()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    path = out / look / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(str(path))
    return picture


def contact_sheets(pictures: list[QImage]) -> list[QImage]:
    """Lay pictures out in rows; windows at half their size, dialogs a little smaller."""
    sheets: list[QImage] = []
    x = y = deep = SHEET[1]
    for each in pictures:
        share = 0.56 if each.width() > SHEET[0] * 0.6 else 0.75
        small = each.scaledToWidth(
            round(each.width() * share), Qt.TransformationMode.SmoothTransformation
        )
        if x + small.width() > SHEET[0]:
            x, y = 0, y + deep + GAP
            deep = 0
        if y + small.height() > SHEET[1]:
            sheets.append(QImage(*SHEET, QImage.Format.Format_RGB32))
            sheets[-1].fill(0x808080)
            x = y = deep = 0
        painter = QPainter(sheets[-1])
        painter.drawImage(x, y, small)
        painter.end()
        x += small.width() + GAP
        deep = max(deep, small.height())
    return sheets


if __name__ == "__main__":
    sys.exit(main())
