"""The look: tokens → palette, one generated style sheet, recoloured icons.

theme.apply(app, scheme="light", large=False)   # at start and at every switch
theme.current().space(2)                        # sizes and colours while painting
theme.set_icon(button, "plus")                  # follows every later switch
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from integrity_desk.ui.theme import icons
from integrity_desk.ui.theme.fonts import interface_font, load_bundled_font
from integrity_desk.ui.theme.palette import palette_for
from integrity_desk.ui.theme.style_sheet import style_sheet_for
from integrity_desk.ui.theme.tokens import Tokens, tokens_for

__all__ = [
    "STYLE",
    "Tokens",
    "apply",
    "current",
    "font",
    "icon",
    "load_bundled_font",
    "mark",
    "picture",
    "set_icon",
]

STYLE = ("-style", "fusion")
"""Arguments of the QApplication: asking a QStyle in Python makes six hundred enum members."""

_state: list[Tokens] = [tokens_for("light")]
_bindings = icons.IconBindings()


def apply(app: QApplication, *, scheme: str = "light", large: bool = False) -> None:
    """Dress the whole application; may be called again at run time to switch.

    The old sheet comes off first: where one sheet follows another, Qt polishes every widget once
    for itself and again for each widget above it; where none was, once.
    """
    tokens = tokens_for(scheme, large=large)
    _state[0] = tokens
    app.setStyleSheet("")
    app.setFont(interface_font(tokens.base))
    app.setPalette(palette_for(tokens))
    app.setStyleSheet(style_sheet_for(tokens))
    _bindings.refresh(tokens)


def current() -> Tokens:
    """Return the tokens in force."""
    return _state[0]


def font(pixels: int) -> QFont:
    """Return the interface font at a size of the type scale."""
    return interface_font(pixels)


def icon(name: str, colour: str = "text") -> QIcon:
    """Return an icon in today's colours; for what is rebuilt at every switch anyway."""
    return icons.make_icon(name, colour, current())


def picture(name: str, ink: str, side: int, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a pixmap of ``side`` pixels in ``#rrggbb``."""
    return icons.pixmap(name, ink, side, ratio)


def set_icon(target: QObject, name: str, colour: str = "text") -> None:
    """Show an icon on a button or action, recoloured at every later switch."""
    _bindings.bind(target, name, colour, current())


def mark(widget: QWidget, **properties: str) -> None:
    """Set the dynamic properties the style sheet selects by; restyle a widget that was shown."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
