"""Make ``resources/rules/pinyin.txt`` from pypinyin's character table (MIT licence).

    python tools/make_pinyin.py

Needs the package ``pypinyin``; the program itself reads only the table made here.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from pathlib import Path

from pypinyin.pinyin_dict import pinyin_dict

_TARGET = Path(__file__).parent.parent / "resources" / "rules" / "pinyin.txt"
_HEADER = """\
# Readings of Chinese characters without tones: syllable, tab, characters.
# The n-th line on which a character stands is its n-th most common reading.
# Made by tools/make_pinyin.py from pypinyin (https://github.com/mozillazg/python-pinyin),
# Copyright (c) 2016 mozillazg and contributors, MIT licence. Do not edit.
"""


def main() -> None:
    """Write the table: first readings of all characters, then second ones, and so on."""
    ranks: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for code, marked in sorted(pinyin_dict.items()):
        readings = dict.fromkeys(_plain(each) for each in marked.split(","))
        for rank, syllable in enumerate(readings):
            ranks[rank][syllable].append(chr(code))
    lines = [
        f"{syllable}\t{''.join(characters)}\n"
        for _rank, syllables in sorted(ranks.items())
        for syllable, characters in sorted(syllables.items())
    ]
    _TARGET.write_text(_HEADER + "".join(lines), "utf-8", newline="\n")


def _plain(marked: str) -> str:
    """Drop the tone mark and write ü as v."""
    letters = unicodedata.normalize("NFD", marked.strip()).replace("u\u0308", "v")
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return plain.replace("ü", "v").replace("ê", "e").replace("ɡ", "g")


if __name__ == "__main__":
    main()
