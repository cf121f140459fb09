"""One font face as a composite PDF font: any of TTF, TTC, OTF, CFF or a variable font.

Follows reportlab's dynamic-font protocol, so canvas and graphics can draw with it. Glyph ids
are kept (Identity-H, code = CID = glyph id), subsetting is HarfBuzz's, and the ToUnicode map
is right above U+FFFF, where reportlab's own is not.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import uharfbuzz
from reportlab.pdfbase import pdfdoc, pdfmetrics


class MissingGlyph(LookupError):
    """A character that the font cannot draw; never shown to people as it is."""

    def __init__(self, char: str) -> None:
        super().__init__(f"U+{ord(char):04X}")
        self.char = char


@dataclass(frozen=True)
class FaceMetrics:
    """What reportlab asks a dynamic font's face, in thousandths of an em."""

    name: str
    ascent: float
    descent: float
    defaultWidth: float = 1000.0  # noqa: N815 - reportlab's name


@dataclass
class _Use:
    """The glyphs one document has drawn with the font: glyph id to character."""

    internal_name: str
    glyphs: dict[int, str] = field(default_factory=dict)


class CidFont:
    """A font face found in ``path`` at ``index``; ``fontName`` is unique per face."""

    _multiByte = 1  # noqa: N815 - names of reportlab's protocol
    _dynamicFont = 1  # noqa: N815
    shapable = False

    def __init__(self, path: Path, index: int = 0) -> None:
        self._hb_face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)), index)
        self._hb_font = uharfbuzz.Font(self._hb_face)
        self._per_mille = 1000 / self._hb_face.upem
        self.full_name = self._hb_face.get_name(4) or path.stem
        postscript = self._hb_face.get_name(6) or path.stem
        self.fontName = re.sub(r"[^A-Za-z0-9_-]", "", postscript)
        extents = self._hb_font.get_font_extents("ltr")
        self.face = FaceMetrics(
            name=self.fontName,
            ascent=extents.ascender * self._per_mille,
            descent=extents.descender * self._per_mille,
        )
        self._uses: WeakKeyDictionary[Any, _Use] = WeakKeyDictionary()
        pdfmetrics.registerFont(self)

    def glyph(self, char: str) -> int:
        """Return the glyph id of one character, 0 when the face has none."""
        return self._hb_font.get_nominal_glyph(ord(char)) or 0

    def advance(self, glyph: int) -> float:
        """Return the width of a glyph in thousandths of an em."""
        return float(self._hb_font.get_glyph_h_advance(glyph) * self._per_mille)

    def ink(self, glyph: int) -> tuple[float, float]:
        """Return where a glyph's ink begins and ends, in thousandths of an em."""
        extents = self._hb_font.get_glyph_extents(glyph)
        left, right = extents.x_bearing, extents.x_bearing + extents.width
        return left * self._per_mille, right * self._per_mille

    def use(self, doc: Any, char: str, glyph: int) -> str:
        """Note that ``doc`` draws ``glyph`` for ``char``; return its code, four hex digits."""
        self._use_in(doc).glyphs.setdefault(glyph, char)
        return f"{glyph:04X}"

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:
        """Return the width in points (reportlab protocol); MissingGlyph if it cannot be drawn."""
        return sum(self.advance(self._sure_glyph(char)) for char in text) * size / 1000

    def splitString(self, text: str, doc: Any, encoding: str = "utf8") -> list[tuple[int, bytes]]:
        """Return ``text`` as one run of two-byte codes (reportlab protocol)."""
        codes = "".join(self.use(doc, char, self._sure_glyph(char)) for char in text)
        return [(0, bytes.fromhex(codes))]

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:
        """Return the name by which page content selects the font, e.g. ``/F1``."""
        return f"/{self._use_in(doc).internal_name}"

    def addObjects(self, doc: Any) -> None:
        """Write the subset font into ``doc``; reportlab calls it when it saves."""
        use = self._uses.pop(doc)
        glyphs = dict(sorted(use.glyphs.items()))
        name = f"{_tag(glyphs)}+{self.fontName}"
        font = _dictionary(
            Type="/Font",
            Subtype="/Type0",
            BaseFont=f"/{name}",
            Encoding="/Identity-H",
            DescendantFonts=pdfdoc.PDFArray([doc.Reference(self._descendant(doc, name, glyphs))]),
            ToUnicode=doc.Reference(_stream(_to_unicode(glyphs))),
        )
        doc.idToObject["BasicFonts"].dict[use.internal_name] = doc.Reference(font)

    def _use_in(self, doc: Any) -> _Use:
        use = self._uses.get(doc)
        if use is None:
            use = self._uses[doc] = _Use(f"F{len(doc.delayedFonts) + 1}")
            doc.fontMapping[self.fontName] = f"/{use.internal_name}"
            doc.delayedFonts.append(self)
        return use

    def _sure_glyph(self, char: str) -> int:
        glyph = self.glyph(char)
        if not glyph:
            raise MissingGlyph(char)
        return glyph

    def _descendant(self, doc: Any, name: str, glyphs: dict[int, str]) -> Any:
        subset = self._subset(glyphs)
        cff = "CFF " in subset.table_tags
        font = _dictionary(
            Type="/Font",
            Subtype="/CIDFontType0" if cff else "/CIDFontType2",
            BaseFont=f"/{name}",
            CIDSystemInfo="<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
            DW=1000,
            W=self._widths(glyphs),
            FontDescriptor=doc.Reference(self._descriptor(doc, name, subset, cff=cff)),
        )
        if not cff:
            font["CIDToGIDMap"] = "/Identity"
        return font

    def _descriptor(self, doc: Any, name: str, subset: Any, *, cff: bool) -> Any:
        program = subset.reference_table("CFF ").data if cff else subset.blob.data
        file = _stream(program)
        if cff:
            file.dictionary["Subtype"] = "/CIDFontType0C"
        else:
            file.dictionary["Length1"] = len(program)
        return _dictionary(
            Type="/FontDescriptor",
            FontName=f"/{name}",
            Flags=4,
            FontBBox=f"[-1000 {self.face.descent:.0f} 3000 {self.face.ascent:.0f}]",
            ItalicAngle=0,
            Ascent=f"{self.face.ascent:.0f}",
            Descent=f"{self.face.descent:.0f}",
            CapHeight=f"{self.face.ascent * 0.8:.0f}",
            StemV=80,
            **{"FontFile3" if cff else "FontFile2": doc.Reference(file)},
        )

    def _subset(self, glyphs: dict[int, str]) -> Any:
        wanted = uharfbuzz.SubsetInput()
        wanted.glyph_set.set(glyphs)
        flags = uharfbuzz.SubsetFlags
        wanted.flags = (
            flags.RETAIN_GIDS
            | flags.CFF_IDENTITY_CHARSET
            | flags.NO_LAYOUT_CLOSURE
            | flags.NOTDEF_OUTLINE
        )
        wanted.drop_table_tag_set.set(_UNNEEDED_TABLES)
        if self._hb_face.has_var_data:
            wanted.pin_all_axes_to_default(self._hb_face)
            wanted.flags |= flags.DOWNGRADE_CFF2
        return uharfbuzz.subset(self._hb_face, wanted)

    def _widths(self, glyphs: dict[int, str]) -> str:
        narrow = ((glyph, self.advance(glyph)) for glyph in glyphs)
        return f"[{' '.join(f'{g} [{w:g}]' for g, w in narrow if w != 1000)}]"


_UNNEEDED_TABLES = frozenset(
    int.from_bytes(tag.encode(), "big")
    for tag in (
        "cmap", "name", "OS/2", "post", "GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx",
        "DSIG", "kern", "MATH", "STAT", "meta", "gasp",
    )
)  # fmt: skip

_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{ranges}endcmap CMapName currentdict /CMap defineresource pop end end
"""


def _to_unicode(glyphs: dict[int, str]) -> bytes:
    lines = [f"<{g:04X}> <{c.encode('utf-16-be').hex().upper()}>\n" for g, c in glyphs.items()]
    blocks = (lines[at : at + 100] for at in range(0, len(lines), 100))
    ranges = "".join(f"{len(b)} beginbfchar\n{''.join(b)}endbfchar\n" for b in blocks)
    return _CMAP.format(ranges=ranges).encode()


def _tag(glyphs: dict[int, str]) -> str:
    digest = hashlib.sha256(repr(list(glyphs)).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _dictionary(**entries: Any) -> Any:
    return pdfdoc.PDFDictionary(entries)


def _stream(content: bytes) -> Any:
    return pdfdoc.PDFStream(content=content, filters=[pdfdoc.PDFZCompress])
