"""Our SVG icons, recoloured at load; bound icons follow a change of theme."""

from __future__ import annotations

import weakref
from functools import lru_cache
from typing import Protocol

import shiboken6
from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from integrity_desk.paths import resource
from integrity_desk.ui.theme.tokens import Colours, Tokens

_CACHED_ICONS = 512


class HasIcon(Protocol):
    """A button or an action."""

    def setIcon(self, icon: QIcon) -> None:
        """Take the icon."""


class IconBindings:
    """Which buttons and actions show which icon; refreshed when the theme changes."""

    def __init__(self) -> None:
        self._bound: weakref.WeakKeyDictionary[QObject, tuple[str, str]] = (
            weakref.WeakKeyDictionary()
        )

    def bind(self, target: QObject, name: str, colour: str, tokens: Tokens) -> None:
        """Show icon ``name`` in the colour token ``colour`` on ``target`` from now on."""
        self._bound[target] = (name, colour)
        _show(target, name, colour, tokens)

    def refresh(self, tokens: Tokens) -> None:
        """Redraw every living binding in the new colours."""
        for target, (name, colour) in list(self._bound.items()):
            if shiboken6.isValid(target):
                _show(target, name, colour, tokens)


def make_icon(name: str, colour: str, tokens: Tokens) -> QIcon:
    """Return the icon in a colour token (``text``, ``nav_text``, …) or tone's ink (``red``)."""
    ink = _ink(colour, tokens)
    return _icon(name, ink, _ink("disabled", tokens), tokens.icon, _ratios())


def pixmap(name: str, ink: str, side: int, ratio: float = 1.0) -> QPixmap:
    """Return the icon as a square pixmap of ``side`` logical pixels in colour ``#rrggbb``."""
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    bounds = QRectF(0, 0, picture.width(), picture.height())
    QSvgRenderer(QByteArray(recoloured(name, ink))).render(painter, bounds)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def recoloured(name: str, ink: str) -> bytes:
    """Return the SVG of icon ``name`` drawn in ``ink``; FileNotFoundError for an unknown one."""
    return _source(name).replace("currentColor", ink).encode()


@lru_cache(maxsize=_CACHED_ICONS)
def _icon(name: str, ink: str, disabled_ink: str, side: int, ratios: frozenset[float]) -> QIcon:
    icon = QIcon()
    for ratio in ratios:
        icon.addPixmap(pixmap(name, ink, side, ratio))
        icon.addPixmap(pixmap(name, disabled_ink, side, ratio), QIcon.Mode.Disabled)
    return icon


@lru_cache(maxsize=_CACHED_ICONS)
def _source(name: str) -> str:
    return resource(f"icons/{name}.svg").read_text("utf-8")


def _ratios() -> frozenset[float]:
    """Return the scales an icon is drawn for: those of the screens, and the plainest."""
    return frozenset((1.0, *(each.devicePixelRatio() for each in QGuiApplication.screens())))


def _ink(colour: str, tokens: Tokens) -> str:
    if colour in tokens.colours.tones:
        return tokens.tone(colour).ink
    if colour not in Colours._fields:
        raise KeyError(colour)
    return str(getattr(tokens.colours, colour))


def _show(target: QObject, name: str, colour: str, tokens: Tokens) -> None:
    holder: HasIcon = target  # type: ignore[assignment]
    holder.setIcon(make_icon(name, colour, tokens))
    if hasattr(target, "setIconSize"):
        target.setIconSize(QSize(tokens.icon, tokens.icon))
