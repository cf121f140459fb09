"""Comparing a picture with the one kept in ``tests/snapshots/kept``.

Qt's font engine comes in its wheel and the face is bundled, so pictures of one version are the
same to the byte everywhere. A thousandth of the colour values may differ visibly all the same:
the system's graphics libraries round differently here and there. UPDATE_SNAPSHOTS=1 keeps anew.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtGui import QImage, QPainter

KEPT = Path(__file__).parent / "kept"
FAILED = Path(__file__).parents[2] / "snapshots-failed"

_VISIBLE = 24
"""Levels out of 255 by which a colour value must differ to count."""
_ALLOWED = 0.001

_COUNTS = bytes(int(level > _VISIBLE) for level in range(256))


def hold(name: str, picture: QImage) -> None:
    """Compare with the picture kept under that name; AssertionError naming what was written."""
    path = KEPT / f"{name}.png"
    drawn = picture.convertToFormat(QImage.Format.Format_RGB888)
    if os.environ.get("UPDATE_SNAPSHOTS"):
        _write(drawn, path)
        return
    assert path.is_file(), f"{path} is not there yet: set UPDATE_SNAPSHOTS=1 and look at it"
    kept = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB888)
    if kept == drawn:
        return
    difference = _difference(kept, drawn)
    share = _share(difference) if kept.size() == drawn.size() else 1.0
    if share > _ALLOWED:
        _write(drawn, FAILED / f"{name}.png")
        _write(difference, FAILED / f"{name}-difference.png")
        raise AssertionError(f"{name}: {share:.2%} differs, see {FAILED} for what was drawn")


def _difference(kept: QImage, drawn: QImage) -> QImage:
    difference = drawn.copy()
    painter = QPainter(difference)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(0, 0, kept)
    painter.end()
    return difference


def _share(difference: QImage) -> float:
    levels = bytes(difference.constBits())
    return levels.translate(_COUNTS).count(1) / len(levels)


def _write(picture: QImage, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    assert picture.save(str(path), "PNG", 0)  # 0: as small as can be
