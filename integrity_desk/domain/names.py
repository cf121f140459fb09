"""Names as people search them: by pinyin, by initials, in either script.

The readings and the script table are data in ``resources/rules``, made by
``tools/make_pinyin.py`` and ``tools/make_simplified.py``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from operator import itemgetter

from integrity_desk.paths import resource

MAX_SPELLINGS = 16
"""How many combinations of readings a person's name is given; the likeliest come first."""

_LONGEST_PERSONAL_NAME = 5
_MAX_OF_OTHERS = 4
"""Names of units and titles hardly ever have a rare reading; each costs time at every entry."""

_MAX_LENGTH = 60
_COST = itemgetter(0)


def pinyin_keys(name: str) -> tuple[str, ...]:
    """Return initials and full spellings of ``name``, likeliest reading first, without tones.

    pinyin_keys("单小明") begins ("sxm", "shanxiaoming", "dxm", "danxiaoming", …): a surname is
    read as a surname first, all its other readings follow. ü is written v. At most 16
    combinations of readings, 4 of a long name; characters without a reading are left out.
    """
    keys: dict[str, None] = {}
    for _cost, initials, spelled in _spellings(name):
        keys[initials] = None
        keys[spelled] = None
    return tuple(key for key in keys if key)


def surname(name: str) -> str:
    """Return the surname a Chinese name begins with: two characters for 欧阳 and its like.

    A name in another pattern (with a middle dot, Latin letters, one character) has none: "".
    """
    name = name.strip()
    if not 2 <= len(name) <= 5 or not all(_is_han(character) for character in name):
        return ""
    return name[:2] if len(name) > 2 and fold(name[:2]) in _surnames() else name[0]


def fold(text: str) -> str:
    """Return ``text`` as search compares it: NFKC, lower case, traditional made simplified."""
    return unicodedata.normalize("NFC", text.translate(_FOLDED))


def _spellings(name: str) -> list[tuple[int, str, str]]:
    """Cost, initials and letters of the likeliest readings: the fewest rare ones first."""
    folded = fold(name.strip())
    most = MAX_SPELLINGS if len(folded) <= _LONGEST_PERSONAL_NAME else _MAX_OF_OTHERS
    best = [(0, "", "")]
    first = whole = ""  # what follows every one of them
    for readings in islice(_readings_of(folded), _MAX_LENGTH):
        if len(readings) == 1:
            first += readings[0][0]
            whole += readings[0]
            continue
        ranked = [(rank, first + each[0], whole + each) for rank, each in enumerate(readings)]
        longer = [
            (cost + rank, initials + initial, spelled + reading)
            for cost, initials, spelled in best
            for rank, initial, reading in ranked
        ]
        best = sorted(longer, key=_COST)[:most]
        first = whole = ""
    return [(cost, initials + first, spelled + whole) for cost, initials, spelled in best]


def _readings_of(text: str) -> Iterable[tuple[str, ...]]:
    table = _readings()
    head = surname(text)
    for syllable, character in zip(_surnames().get(head, "").split(), head, strict=False):
        others = table.get(character, ()) if len(head) == 1 else ()
        yield (syllable, *(each for each in others if each != syllable))
        text = text[1:]
    for character in text:
        if character in table:
            yield table[character]
        elif character.isascii() and character.isalnum():
            yield (character,)


def _is_han(character: str) -> bool:
    return unicodedata.name(character, "").startswith("CJK UNIFIED IDEOGRAPH")


@lru_cache(maxsize=1)
def _readings() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for syllable, characters in _lines("rules/pinyin.txt"):
        for character in characters:
            table[character] = (*table.get(character, ()), syllable)
    return table


@lru_cache(maxsize=1)
def _surnames() -> dict[str, str]:
    return dict(_lines("rules/surnames.txt"))


class _Folded(dict[int, str]):
    """What each character folds to, found out when it is first met.

    NFC over characters in NFKC is NFKC of the whole text, at half its cost.
    """

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code)).lower()
        self[code] = folded.translate(_simplified())
        return self[code]


_FOLDED = _Folded()


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    return {ord(old): new for old, new in _lines("rules/simplified.txt")}


def _lines(name: str) -> Iterable[tuple[str, str]]:
    for line in resource(name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            first, _tab, rest = line.partition("\t")
            yield first, rest
