"""Design tokens: every colour, space, radius and type size, all from one base size.

Named tuples, because dataclasses of so many fields take 2 ms of every start.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

SCHEMES = ("light", "dark")
BASE_SIZE = 14
LARGE_BASE_SIZE = 18


class Tone(NamedTuple):
    """A colour family of badges: its ground and the ink on it."""

    ground: str
    ink: str


class Colours(NamedTuple):
    """The colours of one scheme, as ``#rrggbb``; red is kept for what is late or wrong."""

    window: str
    surface: str
    sunken: str
    border: str
    border_strong: str
    """Outlines of what can be filled in or ticked: three times as bright or dark as its ground."""
    text: str
    muted: str
    faint: str
    disabled: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    zebra: str
    hover: str
    selected: str
    nav: str
    nav_hover: str
    nav_selected: str
    nav_text: str
    nav_muted: str
    alarm: str
    on_alarm: str
    scroll: str
    shadow: str
    tones: MappingProxyType[str, Tone]


def _tones(**pairs: tuple[str, str]) -> MappingProxyType[str, Tone]:
    return MappingProxyType({name: Tone(ground=g, ink=i) for name, (g, i) in pairs.items()})


LIGHT = Colours(
    window="#f3f6fa",
    surface="#ffffff",
    sunken="#f5f7fa",
    border="#dde3eb",
    border_strong="#8794a5",
    text="#18212d",
    muted="#54606f",
    faint="#636f7d",
    disabled="#7f8b99",
    accent="#2160b8",
    accent_hover="#1a4f9c",
    accent_soft="#e6effb",
    on_accent="#ffffff",
    zebra="#f8fafc",
    hover="#eef3f9",
    selected="#dbe8f8",
    nav="#1d3a5f",
    nav_hover="#274a76",
    nav_selected="#33598c",
    nav_text="#f2f6fb",
    nav_muted="#b9c8dc",
    alarm="#b01f1f",
    on_alarm="#ffffff",
    scroll="#aab6c4",
    shadow="#1d2b3d",
    tones=_tones(
        grey=("#e9edf2", "#525e6c"),
        blue=("#e2edfc", "#1b55aa"),
        amber=("#fdf0d4", "#8a5600"),
        green=("#ddf3e5", "#14663b"),
        red=("#fde3e1", "#b01f1f"),
    ),
)

DARK = Colours(
    window="#171b21",
    surface="#1f252d",
    sunken="#262d37",
    border="#343d49",
    border_strong="#6b7787",
    text="#e7ebf1",
    muted="#a3aebb",
    faint="#97a3b1",
    disabled="#7a8694",
    accent="#5f9ff5",
    accent_hover="#7db2fa",
    accent_soft="#1e3350",
    on_accent="#0d1622",
    zebra="#222932",
    hover="#29313c",
    selected="#274062",
    nav="#11151a",
    nav_hover="#1c232c",
    nav_selected="#26354a",
    nav_text="#eef2f7",
    nav_muted="#9aa7b7",
    alarm="#c23636",
    on_alarm="#ffffff",
    scroll="#55606f",
    shadow="#000000",
    tones=_tones(
        grey=("#343c47", "#b4bec9"),
        blue=("#1f3759", "#8dbaf9"),
        amber=("#473612", "#efbd5d"),
        green=("#1a3d2a", "#74d09a"),
        red=("#4e2426", "#ff9d97"),
    ),
)


class Tokens(NamedTuple):
    """The look in force: colours of the scheme and sizes in pixels from one base size."""

    scheme: str
    large: bool
    colours: Colours
    base: int

    def space(self, steps: float) -> int:
        """Return ``steps`` of the space scale; one step is 4 px at the base size of 14."""
        return round(steps * self.base * 2 / 7)

    def tone(self, name: str) -> Tone:
        """Return a badge's colours; an unknown tone (newer program) shows grey."""
        return self.colours.tones.get(name, self.colours.tones["grey"])

    @property
    def radius(self) -> int:
        """Corner radius of controls and cards."""
        return round(self.base * 3 / 7)

    @property
    def small(self) -> int:
        """Type size of captions and counters."""
        return round(self.base * 13 / 14)

    @property
    def heading(self) -> int:
        """Type size of section headings and panel titles."""
        return round(self.base * 16 / 14)

    @property
    def title(self) -> int:
        """Type size of the page's title."""
        return round(self.base * 19 / 14)

    @property
    def figure(self) -> int:
        """Type size of the large figures on cards."""
        return round(self.base * 27 / 14)

    @property
    def icon(self) -> int:
        """Side of an icon."""
        return round(self.base * 18 / 14)

    @property
    def control(self) -> int:
        """Height of buttons and line editors."""
        return round(self.base * 32 / 14)

    @property
    def row(self) -> int:
        """Height of a table's row."""
        return round(self.base * 34 / 14)


def tokens_for(scheme: str, *, large: bool = False) -> Tokens:
    """Return the tokens of ``scheme`` ("light" or "dark") at normal or large text."""
    if scheme not in SCHEMES:
        raise ValueError(scheme)
    return Tokens(
        scheme=scheme,
        large=large,
        colours=DARK if scheme == "dark" else LIGHT,
        base=LARGE_BASE_SIZE if large else BASE_SIZE,
    )
