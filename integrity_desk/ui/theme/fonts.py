"""The bundled Hei face, so that no desk ever shows boxes instead of characters."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

_PACKAGE = "pylopdf_fonts_zh_cn"
_FILE = "NotoSansSC-Regular.otf"

_families: list[str] = []


def load_bundled_font() -> str:
    """Register the Hei face (once, before the first widget) and return its family name."""
    if not _families:
        package = find_spec(_PACKAGE)
        assert package is not None
        assert package.origin is not None
        path = Path(package.origin).with_name(_FILE)
        number = QFontDatabase.addApplicationFont(str(path))
        _families.extend(QFontDatabase.applicationFontFamilies(number))
    return _families[0]


def interface_font(pixels: int) -> QFont:
    """Return the interface's font; unhinted, so pictures are the same on every platform."""
    font = QFont(load_bundled_font())
    font.setPixelSize(pixels)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
