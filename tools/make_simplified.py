"""Make ``resources/rules/simplified.txt`` from OpenCC's character table (Apache-2.0).

    python tools/make_simplified.py

Needs the package ``opencc-python-reimplemented``; the program itself reads only the table.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

_SOURCE = files("opencc") / "dictionary" / "TSCharacters.txt"
_TARGET = Path(__file__).parent.parent / "resources" / "rules" / "simplified.txt"
_HEADER = """\
# Traditional character, tab, simplified character; for comparing in search, never for display.
# Made by tools/make_simplified.py from OpenCC's TSCharacters.txt (https://github.com/BYVoid/OpenCC),
# Copyright 2010-2020 Carbo Kuo and contributors, Apache License 2.0. Do not edit.
"""


def main() -> None:
    """Write each character with the end of its chain, so that folding twice changes nothing."""
    pairs = dict(_pairs(_SOURCE.read_text("utf-8")))
    lines = [f"{old}\t{_end(pairs, old)}\n" for old in pairs if _end(pairs, old) != old]
    _TARGET.write_text(_HEADER + "".join(lines), "utf-8", newline="\n")


def _pairs(text: str) -> list[tuple[str, str]]:
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return [(old, new.split(" ")[0]) for old, new in rows]


def _end(pairs: dict[str, str], character: str) -> str:
    seen = {character}
    while (following := pairs.get(character, character)) not in seen:
        seen.add(following)
        character = following
    return character


if __name__ == "__main__":
    main()
