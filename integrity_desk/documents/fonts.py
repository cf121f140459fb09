"""Which face draws which text: four roles, a fallback per character, and never a box.

A role is filled by the first face found on this machine, else by the bundled Song or Hei.
A character that the role's face lacks is drawn with the next face that has it; one that no
face has stops the job with its place, or is printed as 〔U+XXXX〕 when that was asked for.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from reportlab import rl_config

from integrity_desk.documents.cid_font import CidFont, MissingGlyph
from integrity_desk.documents.font_files import (
    FaceFile,
    bundled_hei,
    bundled_song,
    faces_by_name,
    system_folders,
)
from integrity_desk.domain.redactions import MARK
from integrity_desk.errors import CannotPrint
from integrity_desk.wording import _

rl_config.useA85 = 0


class Role(Enum):
    """What a face is used for; the value is the name people know it by."""

    TITLE = "小标宋"
    BODY = "仿宋"
    SECOND = "楷体"
    HEAD = "黑体"


class MissingCharacter(CannotPrint):
    """A character that no font here has, and the record and field where it stands."""

    def __init__(self, char: str, place: str) -> None:
        code = f"U+{ord(char):04X}"
        super().__init__(
            _(
                "{place}中的“{char}”（{code}）在本机所有字体中都没有字形，不能如实打印。"
                "请安装生僻字字体，或改正该字，或选择以〔{code}〕标示后再打印。"
            ).format(place=place or _("正文"), char=char, code=code)
        )
        self.char = char
        self.place = place


@dataclass(frozen=True)
class Glyph:
    """How one character is drawn: the face, its glyph id, and what is copied out."""

    font: CidFont
    id: int
    char: str
    stretch: int = 1
    """How many times as wide as the face has it."""


class Typeface:
    """One role's faces in order of preference; ``bold`` is a stroke in thousandths of an em."""

    def __init__(
        self, fonts: Sequence[CidFont], *, bold: int = 0, mark_missing: bool = False
    ) -> None:
        self.fonts = tuple(fonts)
        self.bold = bold
        self._mark_missing = mark_missing
        self._glyphs: dict[str, tuple[Glyph, ...]] = {}
        self.advances = _Advances(self)

    def glyphs(self, char: str) -> tuple[Glyph, ...]:
        """Return what is drawn for ``char``: one glyph, none, or the marking of a missing one."""
        known = self._glyphs.get(char)
        if known is None:
            known = self._glyphs[char] = tuple(self._find(char))
        return known

    def width(self, text: str) -> float:
        """Return the natural width of ``text`` in thousandths of an em."""
        return sum(map(self.advances.__getitem__, text))

    def blanks(self, char: str) -> tuple[float, float]:
        """Return the empty space before and after the ink of ``char``, thousandths of an em."""
        [glyph] = self.glyphs(char)
        left, right = glyph.font.ink(glyph.id)
        return left, glyph.font.advance(glyph.id) - right

    def first_missing(self, text: str) -> str | None:
        """Return the first character of ``text`` that cannot be drawn."""
        try:
            self.width(text)
        except MissingGlyph as missing:
            return missing.char
        return None

    def _find(self, char: str) -> Iterator[Glyph]:
        if char in _UNSEEN:
            return
        if char == BAR:
            face = _open(bundled_hei())
            yield Glyph(face, face.glyph(_FULL_BLOCK), MARK, stretch=_BAR_WIDTH)
            return
        char = OLD_PRIVATE_USE.get(char, char)
        private = "\ue000" <= char <= "\uf8ff"
        for font in () if private else self.fonts:
            if glyph := font.glyph(char):
                yield Glyph(font, glyph, char)
                return
        if not self._mark_missing:
            raise MissingGlyph(char)
        for each in f"〔U+{ord(char):04X}〕":
            yield from self.glyphs(each)


class Fonts:
    """The faces of one printing job; ``bundled_only`` makes it the same on every machine.

    ``folders`` are searched instead of the system's; ``mark_missing`` prints 〔U+XXXX〕 for a
    character that no face has, instead of refusing the job.
    """

    def __init__(
        self,
        *,
        bundled_only: bool = False,
        folders: Sequence[Path] | None = None,
        mark_missing: bool = False,
    ) -> None:
        searched = system_folders() if folders is None else tuple(folders)
        self._installed = {} if bundled_only else faces_by_name(searched)
        self._mark_missing = mark_missing
        self._typefaces: dict[Role, Typeface] = {}

    def typeface(self, role: Role) -> Typeface:
        """Return the faces of a role, the preferred one first."""
        known = self._typefaces.get(role)
        if known is None:
            known = self._typefaces[role] = self._typeface(role)
        return known

    def faces(self) -> dict[str, str]:
        """Return the face that fills each role, by name: kept with every printed version."""
        return {role.value: self.typeface(role).fonts[0].full_name for role in Role}

    def check(self, texts: Iterable[tuple[str, str]]) -> None:
        """Raise MissingCharacter for the first (place, text) that cannot be drawn."""
        typeface = self.typeface(Role.BODY)
        for place, text in texts:
            if (char := typeface.first_missing(text)) is not None:
                raise MissingCharacter(char, place)

    def _typeface(self, role: Role) -> Typeface:
        wanted = self._first_installed(_WANTED[role])
        own = wanted or (bundled_hei() if role is Role.HEAD else bundled_song())
        bold = _STROKE_BOLD.get(role, 0) if wanted is None else 0
        chain = dict.fromkeys((own, *self._everybody()))
        fonts = [_open(face) for face in chain]
        return Typeface(fonts, bold=bold, mark_missing=self._mark_missing)

    def _everybody(self) -> Iterator[FaceFile]:
        """Yield the faces every role falls back on, so that all roles cover the same text."""
        yield bundled_song()
        yield from (self._installed[n] for n in _RARE if n in self._installed)
        yield from filter(None, (self._first_installed(names) for names in _WANTED.values()))
        yield bundled_hei()

    def _first_installed(self, names: Sequence[str]) -> FaceFile | None:
        return next((self._installed[name] for name in names if name in self._installed), None)


class _Advances(dict[str, float]):
    """Character to width in thousandths of an em, filled as characters are met."""

    def __init__(self, typeface: Typeface) -> None:
        super().__init__()
        self._typeface = typeface

    def __missing__(self, char: str) -> float:
        glyphs = self._typeface.glyphs(char)
        self[char] = width = sum(g.font.advance(g.id) * g.stretch for g in glyphs)
        return width


@functools.cache
def _open(face: FaceFile) -> CidFont:
    return CidFont(face.path, face.index)


BAR = "\U0010fffd"
"""Stands in laid out text for ``MARK``: a black bar, whatever the length of what is hidden."""
_FULL_BLOCK, _BAR_WIDTH = "█", 3

_STROKE_BOLD = {Role.TITLE: 28, Role.HEAD: 24}
"""The bundled faces are regular; these roles want weight."""

_WANTED: dict[Role, tuple[str, ...]] = {
    Role.TITLE: (
        "方正小标宋简体", "fzxiaobiaosong-b05s", "方正小标宋_gbk", "fzxiaobiaosong-b05",
        "cesi小标宋", "cesi小标宋-gb18030", "华文中宋", "stzhongsong",
    ),
    Role.BODY: (
        "仿宋_gb2312", "fangsong_gb2312", "仿宋", "fangsong", "方正仿宋_gbk", "fzfangsong-z02",
        "cesi仿宋", "cesi仿宋-gb18030", "华文仿宋", "stfangsong",
    ),
    Role.SECOND: (
        "楷体_gb2312", "kaiti_gb2312", "楷体", "kaiti", "方正楷体_gbk", "fzkai-z03",
        "cesi楷体", "cesi楷体-gb18030", "霞鹜文楷", "lxgw wenkai",
    ),
    Role.HEAD: (
        "黑体", "simhei", "方正黑体_gbk", "fzhei-b01", "cesi黑体", "cesi黑体-gb18030",
    ),
}  # fmt: skip

_RARE = (
    "simsun-extb", "simsun-extg", "cesi宋体-gb18030", "hanaminb", "花園明朝b", "hanamina",
    "花園明朝a", "plangothic p1", "plangothic p2", "遍黑体 p1", "遍黑体 p2", "babelstone han",
)  # fmt: skip

_UNSEEN_RANGES = (
    (0x200B, 0x200F), (0x2060, 0x2064), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF),
)  # fmt: skip
_UNSEEN = frozenset("\n\r\u00ad\ufeff").union(
    chr(code) for first, last in _UNSEEN_RANGES for code in range(first, last + 1)
)
"""Characters without a shape of their own: zero-width, direction and variation marks."""

_GBK_FROM_E815 = (
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹"
    "䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)

OLD_PRIVATE_USE = {
    "\t": " ",
    "\u00a0": " ",
    "\ue7c7": "ḿ",
    "\ue7c8": "ǹ",
    **{chr(0xE815 + at): char for at, char in enumerate(_GBK_FROM_E815)},
}
"""Private-use code points of old GBK fonts, and the standard characters (GB 18030-2022)."""
