"""Han line layout: where lines may break (避头尾), and how they are set to a measure.

Two ways, one set of rules. ``wrap`` is quick and ragged, for table cells. ``set_paragraph``
weighs whole paragraphs: it squeezes the empty half of punctuation, hangs a final comma or stop,
spaces Han from Western text, justifies by at most 0.12 em a gap, and leaves no lone character
on the last line. Rules after GB/T 15834 and W3C's Requirements for Chinese Text Layout.
All widths are thousandths of an em.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from integrity_desk.documents.fonts import BAR, Typeface
from integrity_desk.domain.redactions import MARK

OPENING = "（《〈「『【〔［｛“‘〖([{"
CLOSING = "）》〉」』】〕］｝”’〗，。、；：！？．)]},.;:!?%‰℃°々·…—～"
HANGING = "，。、；：！？．"
FULL_WIDTH = frozenset("（《〈「『【〔［｛“‘〖）》〉」』】〕］｝”’〗，。、；：！？．")

MAX_STRETCH = 120
"""More than 0.12 em between characters, and readers copy out spaces that are not there."""
MIXED_GAP = 125
"""Between Han and Western characters."""
HALF = 500


@dataclass(frozen=True)
class Line:
    """One set line: pieces of text, each with the space after it; ``indent`` before the first."""

    pieces: tuple[tuple[str, float], ...]
    indent: float = 0.0

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(text for text, _ in self.pieces)


def wrap(text: str, advances: Mapping[str, float], measure: float) -> list[str]:
    """Break ``text`` into ragged lines of at most ``measure``; newlines are kept as breaks."""
    lines: list[str] = []
    for paragraph in barred(text).split("\n"):
        lines.extend(_wrap_one(paragraph, advances, measure))
    return lines


def widest_word(text: str, advances: Mapping[str, float]) -> float:
    """Return the width of the widest part of ``text`` that does not break, such as a date."""
    words = (found.group() for found in _UNIT.finditer(barred(text)))
    return max((sum(map(advances.__getitem__, word)) for word in words), default=0.0)


@lru_cache(maxsize=256)
def set_paragraph(
    text: str, typeface: Typeface, measure: float, *, indent: float = 0.0, ragged: bool = False
) -> tuple[Line, ...]:
    """Set one paragraph to ``measure``; its first line begins at ``indent``.

    Remembered, because a batch of letters says the same on every page but for the name.
    """
    units = _units(barred(text), typeface, measure)
    if not units:
        return (Line(()),)
    breaks = _best_breaks(units, measure, indent)
    lines = []
    for start, stop in breaks:
        first, last = start == 0, stop == len(units)
        room = measure - (indent if first else 0)
        loose = ragged or last
        lines.append(_set_line(units[start:stop], room, indent if first else 0, loose, first))
    return tuple(lines)


def barred(text: str) -> str:
    """Return ``text`` with one bar, which never breaks, for every mark of hidden words."""
    return text.replace(MARK, BAR) if MARK in text else text


_WORD = r"[!-'*-Z\\^-z|~\u00a1-\u00b6\u00b8-\u024f\u0370-\u052f\u2264\u2265]+[%‰℃°]?"
_UNIT = re.compile(rf"{_WORD}|—+|…+|.", re.DOTALL)
_COUNTED = frozenset("年月日号度")
"""What stays with the figure, or the year, before it: 2026年度."""

_WORDLIKE = re.compile(_WORD)
_SPACES = " \u3000\t"


# -- quick wrapping ---------------------------------------------------------------------------


def _wrap_one(text: str, advances: Mapping[str, float], measure: float) -> list[str]:
    ends = list(accumulate(map(advances.__getitem__, text)))
    if not ends or ends[-1] <= measure:
        return [text]
    lines = []
    start, base = 0, 0.0
    while ends[-1] - base > measure:
        stop = max(bisect_right(ends, base + measure, start), start + 1)
        if stop == len(text):
            break
        stop = _cell_break(text, start, stop, ends[stop] - HALF <= base + measure)
        lines.append(text[start:stop].rstrip(" "))
        while stop < len(text) and text[stop] == " ":
            stop += 1
        if stop == len(text):
            return lines
        start, base = stop, ends[stop - 1]
    lines.append(text[start:])
    return lines


def _cell_break(text: str, start: int, stop: int, half_fits: bool) -> int:
    """Move a break to where the rules allow one; a final full-width mark may lose its half."""
    if half_fits and text[stop] in HANGING and _may_break(text, stop + 1):
        return stop + 1
    for at in range(stop, max(start, stop - 24), -1):
        if _may_break(text, at):
            return at
    return stop


def _may_break(text: str, at: int) -> bool:
    if at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if after in CLOSING or before in OPENING:
        return False
    if after in _COUNTED and (before.isdigit() or before == "年"):
        return False
    return not (_WORDLIKE.match(before) and _WORDLIKE.match(after))


# -- paragraphs -------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Unit:
    """What never breaks inside: a Han character, a mark, a word or number, a dash."""

    text: str
    width: float
    before: float
    """Space from the unit before it, when both stand on one line (may be negative)."""
    left: float
    """Empty part that may be squeezed away on the left (opening marks)."""
    right: float
    """Empty part that may be squeezed away on the right (closing marks, comma, stop)."""
    stretches: bool
    """Whether the gap before it may grow."""
    is_han: bool

    @property
    def may_start(self) -> bool:
        return self.text[0] not in CLOSING

    @property
    def may_end(self) -> bool:
        return self.text[-1] not in OPENING

    @property
    def is_space(self) -> bool:
        return self.text in _SPACES


def _units(text: str, typeface: Typeface, measure: float) -> list[_Unit]:
    units: list[_Unit] = []
    for piece in _pieces(text.strip(" \t\n"), typeface, measure):
        previous = units[-1] if units else None
        units.append(_unit(piece, typeface, previous))
    return units


def _pieces(text: str, typeface: Typeface, measure: float) -> Iterator[str]:
    """Yield the unbreakable pieces; a word longer than a line falls into its characters."""
    for found in _UNIT.finditer(text):
        piece = found.group()
        yield from piece if typeface.width(piece) > measure else (piece,)


def _unit(piece: str, typeface: Typeface, previous: _Unit | None) -> _Unit:
    width = typeface.width(piece)
    left = right = 0.0
    if piece in FULL_WIDTH and width > 900:
        blank_left, blank_right = typeface.blanks(piece)
        left = _half(blank_left) if piece in OPENING else 0.0
        right = 0.0 if piece in OPENING else _half(blank_right)
    is_han = not _WORDLIKE.match(piece) and piece not in _SPACES
    mark = piece in FULL_WIDTH or piece[0] in "—…·"
    before = 0.0
    if previous is not None:
        before = _gap(previous, left, right, is_han=is_han, mark=mark, piece=piece)
    return _Unit(
        text=piece, width=width, before=before, left=left, right=right,
        stretches=_stretches(previous, piece, is_han=is_han), is_han=is_han and not mark,
    )  # fmt: skip


def _half(blank: float) -> float:
    return max(0.0, min(float(HALF), blank - 40))


def _gap(
    previous: _Unit, left: float, right: float, *, is_han: bool, mark: bool, piece: str
) -> float:
    """Adjacent marks share one half; Han and Western text stand a little apart."""
    if previous.right and (left or right):
        return -previous.right
    if previous.left and left:
        return -left
    if piece in _SPACES or previous.is_space or mark:
        return 0.0
    mixed = previous.is_han != is_han and (previous.is_han or _WORDLIKE.match(previous.text))
    return float(MIXED_GAP) if mixed else 0.0


def _stretches(previous: _Unit | None, piece: str, *, is_han: bool) -> bool:
    if previous is None or (previous.text[0] in "—…" and piece[0] in "—…"):
        return False
    western = not is_han and piece not in _SPACES
    return not (western and _WORDLIKE.match(previous.text))


class _Sums:
    """Running sums over the units, so that any stretch of them is measured at once."""

    def __init__(self, units: Sequence[_Unit]) -> None:
        self.units = units
        self.natural = [0.0, *accumulate(unit.width + unit.before for unit in units)]
        self.gaps = [0, *accumulate(unit.stretches for unit in units)]
        self.widest = [n + g * MAX_STRETCH for n, g in zip(self.natural, self.gaps, strict=True)]
        rooms = (_squeezable(before, unit) for before, unit in pairwise(units))
        self.shrink = [0.0, 0.0, *accumulate(rooms)]
        self.han = [0, *accumulate(unit.is_han for unit in units)]
        self.breakable = [before.may_end and after.may_start for before, after in pairwise(units)]

    def may_end(self, stop: int) -> bool:
        """Whether a line may end before the unit ``stop``."""
        return stop == len(self.units) or self.breakable[stop - 1]


def _squeezable(before: _Unit, unit: _Unit) -> float:
    return unit.left + max(0.0, before.right + min(unit.before, 0.0))


def _best_breaks(units: Sequence[_Unit], measure: float, indent: float) -> list[tuple[int, int]]:
    """Choose the breaks of least total cost (after Knuth and Plass)."""
    sums = _Sums(units)
    total = len(units)
    cost = [0.0] + [float("inf")] * total
    came_from = [0] * (total + 1)
    for start in range(total):
        if cost[start] == float("inf"):
            continue
        room = measure - (indent if start == 0 else 0)
        for stop, price in _candidates(sums, start, room):
            if cost[start] + price < cost[stop]:
                cost[stop], came_from[stop] = cost[start] + price, start
    breaks = []
    stop = total
    while stop > 0:
        breaks.append((came_from[stop], stop))
        stop = came_from[stop]
    return breaks[::-1]


def _candidates(sums: _Sums, start: int, room: float) -> Iterator[tuple[int, float]]:
    """Yield the breaks a line beginning at ``start`` may end with, each with its cost.

    Breaks that leave the line too loose are looked at only when there is no other.
    """
    units = sums.units
    edge = units[start].before + (units[start].left if start else 0.0)
    base = sums.natural[start] + edge
    wide = sums.widest[start] + edge + units[start].stretches * MAX_STRETCH
    first = min(bisect_left(sums.widest, wide + room, start + 1), len(units))
    found = False
    for stop in range(first, len(units) + 1):
        over = sums.natural[stop] - base - units[stop - 1].right - room
        shrink = sums.shrink[stop] - sums.shrink[start + 1]
        if over > shrink:
            break
        if sums.may_end(stop):
            found = True
            yield stop, _price(sums, start, stop, over, shrink, room - sums.natural[stop] + base)
    if not found:
        yield _last_resort(sums, start, first, wide + room)


def _last_resort(sums: _Sums, start: int, first: int, wanted: float) -> tuple[int, float]:
    """Return the longest loose line, or one that breaks a rule when there is none."""
    for stop in range(first - 1, start, -1):
        if sums.may_end(stop):
            return stop, 100 + 2 * (wanted - sums.widest[stop])
    return max(start + 1, first - 1), _OVERFULL


_WIDOW = 400.0
_OVERFULL = 100_000.0


def _price(sums: _Sums, start: int, stop: int, over: float, shrink: float, spare: float) -> float:
    last = stop == len(sums.units)
    lone = last and start and sums.han[stop] - sums.han[start] < 2
    price = _WIDOW if lone else 0.0
    if over > 0:
        return price + 5 + 60 * (over / shrink) ** 2
    if spare < 0:
        return price + 2
    if last:
        return price
    gaps = sums.gaps[stop] - sums.gaps[start + 1]
    return price + 40 * (spare / max(gaps, 1) / MAX_STRETCH) ** 2


def _set_line(units: Sequence[_Unit], room: float, indent: float, loose: bool, first: bool) -> Line:
    while len(units) > 1 and units[-1].is_space:
        units = units[:-1]
    while len(units) > 1 and units[0].is_space and not first:
        units = units[1:]
    trim = 0.0 if first else units[0].left
    inner = [unit.before for unit in units[1:]]
    natural = sum(unit.width for unit in units) + sum(inner) - trim
    spare = room - natural
    if spare < 0:
        inner = _squeeze(units, inner, -spare - units[-1].right)
    elif not loose:
        inner = _stretch(units, inner, spare)
    return Line(
        tuple(zip((unit.text for unit in units), (*inner, 0.0), strict=True)), indent - trim
    )


def _stretch(units: Sequence[_Unit], inner: list[float], spare: float) -> list[float]:
    gaps = sum(unit.stretches for unit in units[1:])
    each = min(spare / gaps, MAX_STRETCH) if gaps else 0.0
    return [
        gap + (each if unit.stretches else 0) for gap, unit in zip(inner, units[1:], strict=True)
    ]


def _squeeze(units: Sequence[_Unit], inner: list[float], over: float) -> list[float]:
    if over <= 0:
        return inner
    room = [_squeezable(before, unit) for before, unit in pairwise(units)]
    share = min(1.0, over / sum(room)) if sum(room) else 0.0
    return [gap - share * part for gap, part in zip(inner, room, strict=True)]
