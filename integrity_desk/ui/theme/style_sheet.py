"""Tokens as the one style sheet, made from ``resources/theme/style.qss``."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path
from string import Template

from integrity_desk.paths import resource
from integrity_desk.ui.theme.icons import recoloured
from integrity_desk.ui.theme.tokens import Tokens

_SHEET_ICONS = {
    "chevron-down": "muted",
    "chevron-up": "muted",
    "chevron-left": "muted",
    "chevron-right": "muted",
    "check": "on_accent",
    "dot": "on_accent",
}
"""Icons the sheet needs as files, and the colour token of each."""

_SPACES = (0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 7)


def style_sheet_for(tokens: Tokens) -> str:
    """Return the application's style sheet."""
    return Template(resource("theme/style.qss").read_text("utf-8")).substitute(_names(tokens))


def _names(tokens: Tokens) -> dict[str, object]:
    names: dict[str, object] = {
        name: value for name, value in tokens.colours._asdict().items() if name != "tones"
    }
    for name, tone in tokens.colours.tones.items():
        names |= {f"{name}_ground": tone.ground, f"{name}_ink": tone.ink}
    for steps in _SPACES:
        names[f"space_{str(steps).replace('.', '_')}"] = f"{tokens.space(steps)}px"
    for name in ("base", "small", "heading", "title", "figure", "icon", "control", "radius"):
        names[name] = f"{getattr(tokens, name)}px"
    names["pill"] = f"{(tokens.control - 2) // 2}px"
    names["badge_radius"] = f"{round(tokens.base * 0.75)}px"
    for icon, colour in _SHEET_ICONS.items():
        path = _icon_file(icon, getattr(tokens.colours, colour))
        names[f"icon_{icon.replace('-', '_')}"] = path.as_posix()
    return names


def _icon_file(icon: str, ink: str) -> Path:
    path = Path(_folder().name) / f"{icon}-{ink.removeprefix('#')}.svg"
    if not path.exists():
        path.write_bytes(recoloured(icon, ink))
    return path


@lru_cache(maxsize=1)
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="integrity-desk-icons-")
