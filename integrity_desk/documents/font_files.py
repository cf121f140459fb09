"""Where font faces are: the bundled two, and those of the system, found by their name table."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pylopdf_fonts_zh_cn
import uharfbuzz


@dataclass(frozen=True)
class FaceFile:
    """One face: a font file, and the face's place in it when it is a collection."""

    path: Path
    index: int = 0


def bundled_song() -> FaceFile:
    """Return the Song (serif) face that comes with the program."""
    return FaceFile(pylopdf_fonts_zh_cn.serif_path())


def bundled_hei() -> FaceFile:
    """Return the Hei (sans serif) face that comes with the program."""
    return FaceFile(pylopdf_fonts_zh_cn.sans_path())


def system_folders() -> tuple[Path, ...]:
    """Return the folders where Windows, UOS, Kylin and office suites keep Chinese fonts."""
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData/Local"))
        return (
            Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",
            local / "Microsoft/Windows/Fonts",
        )
    return (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
    )


@functools.cache
def faces_by_name(folders: tuple[Path, ...]) -> dict[str, FaceFile]:
    """Return every embeddable face in ``folders`` under each of its names, in lower case."""
    found: dict[str, FaceFile] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in _SUFFIXES and path.is_file():
                for name, face in _faces_in(path):
                    found.setdefault(name, face)
    return found


_SUFFIXES = frozenset((".ttf", ".ttc", ".otf", ".otc"))
_NAME_IDS = frozenset((1, 4, 16))
_REGULAR = frozenset(("regular", "normal", "book", "常规", "標準", ""))
_RESTRICTED_LICENCE = 0x0002
"""OS/2 fsType: the maker forbids embedding (OpenType specification, OS/2, fsType)."""


def _faces_in(path: Path) -> Iterator[tuple[str, FaceFile]]:
    try:
        blob = uharfbuzz.Blob.from_file_path(str(path))
    except uharfbuzz.HarfBuzzError:
        return
    for index in range(_count_faces(blob)):
        face = uharfbuzz.Face(blob, index)
        if face.glyph_count and _may_embed(face):
            yield from ((name, FaceFile(path, index)) for name in _names(face))


def _count_faces(blob: uharfbuzz.Blob) -> int:
    head = blob.data[:12]
    return int.from_bytes(head[8:12], "big") if head[:4] == b"ttcf" else 1


def _names(face: uharfbuzz.Face) -> Iterator[str]:
    """Family names count for the regular style only, full names always."""
    regular = (face.get_name(2) or "").lower() in _REGULAR
    for entry in face.list_names():
        if int(entry.name_id) in _NAME_IDS and (regular or int(entry.name_id) == 4):
            yield (face.get_name(entry.name_id, entry.language) or "").lower()


def _may_embed(face: uharfbuzz.Face) -> bool:
    table = face.reference_table("OS/2").data
    return len(table) < 10 or int.from_bytes(table[8:10], "big") & 0x000F != _RESTRICTED_LICENCE
