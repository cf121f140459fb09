"""Cells of .csv files: text that no program which opens the file runs as a formula."""

from __future__ import annotations

import re

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell beginning so may be run as a formula by the program that opens it."""

_NUMBER = re.compile(r"[+-]?\d[\d,.]*%?")
_STARTS = "".join(map(re.escape, FORMULA_STARTS))
_RISKY = re.compile(f"'*[{_STARTS}]")
_ESCAPED = re.compile(f"'+[{_STARTS}]")


def harmless(text: str) -> str:
    """Return what may stand in a .csv cell: text that no program takes for a formula."""
    return "'" + text if _RISKY.match(text) and not _NUMBER.fullmatch(text) else text


def kept_apart(text: str) -> str:
    """Return a text such that ``unescaped`` gives it back, where formulas are no danger."""
    return "'" + text if _ESCAPED.match(text) else text


def unescaped(text: str) -> str:
    """Return what ``harmless`` was given."""
    return text[1:] if _ESCAPED.match(text) else text
