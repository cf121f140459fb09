"""What a board can be narrowed to: each choice with how many of its items it has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One clause, person, unit or kind: what it is called, and how many items it has."""

    code: str
    name: str
    count: int


def choices(named: Iterable[tuple[str, str]], *, last: str = "") -> tuple[Choice, ...]:
    """Count (code, name) pairs, most first, the code ``last`` at the end; those without a code
    are no choice."""
    counted = Counter(named)
    found = [Choice(code=code, name=name, count=n) for (code, name), n in counted.items() if code]
    return tuple(sorted(found, key=lambda each: (each.code == last, -each.count, each.name)))
