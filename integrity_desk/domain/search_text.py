"""Search text: uniform bigrams, so that any run of two or more characters is found whole.

``政务诚信`` becomes ``政务 务诚 诚信 信``; looking for ``务诚信`` is the phrase ``务诚 诚信``.
Short fields (names, numbers) also give their single characters, so one character finds a name.
Simplified and traditional, full and half width, upper and lower case fold together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from operator import add

from integrity_desk.domain.fields import SHORT_KINDS
from integrity_desk.domain.names import fold, pinyin_keys
from integrity_desk.domain.records import Record, RecordType, type_named, type_of

_RUNS = re.compile(r"[^\W_]+")
_WALL = "\u2502"
"""A token between two runs, so that no phrase reaches across."""

_LONGEST_NAME = 20


@dataclass(frozen=True)
class SearchText:
    """What is indexed of one record: tokens separated by blanks."""

    body: str
    single: str
    spelling: str


def search_text(record: Record) -> SearchText:
    """Return the tokens of all searched fields of a record; sensitive fields stay out."""
    declared = type_of(record)
    short, long = (_runs_of(record, names) for names in _searched(declared.name))
    body: list[str] = []
    for run in short + long:
        body += map(add, run, run[1:])
        body += run[-1], _WALL
    single = dict.fromkeys("".join(short))
    return SearchText(" ".join(body), " ".join(single), " ".join(_spelling(declared, record)))


def phrase(query: str) -> str | None:
    """Return the FTS5 expression for ``query``: every run must stand in the text; None if blank.

    A single character is looked up as such (column ``single``).
    """
    terms = [_phrase_of(run) for run in _runs(query)]
    return " AND ".join(terms) if terms else None


def is_single(query: str) -> bool:
    """Whether the query is one character only."""
    return len("".join(_runs(query))) == 1


def prefix(query: str) -> str:
    """Return the FTS5 expression that finds a single character anywhere in long text."""
    return f'body : "{"".join(_runs(query))}" *'


def spelling(query: str) -> str | None:
    """Return the FTS5 prefix expression when the query could be pinyin; else None."""
    letters = query.replace(" ", "").casefold()
    return f'"{letters}" *' if letters.isascii() and letters.isalpha() else None


@cache
def _searched(type_name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the short fields that are searched, and of the long ones."""
    fields = [each for each in type_named(type_name).fields if each.searched and not each.sensitive]
    short = tuple(each.name for each in fields if each.kind in SHORT_KINDS)
    return short, tuple(each.name for each in fields if each.name not in short)


def _runs_of(record: Record, names: tuple[str, ...]) -> list[str]:
    values = record.__dict__
    return _runs("\n".join([str(values[name]) for name in names if values[name]]))


def _phrase_of(run: str) -> str:
    if len(run) == 1:
        return f'single : "{run}"'
    return f'body : "{" ".join(run[i : i + 2] for i in range(len(run) - 1))}"'


def _runs(value: str) -> list[str]:
    return _RUNS.findall(fold(value))


def _spelling(declared: RecordType, record: Record) -> Iterable[str]:
    title = declared.title_of(record) if declared.title else ""
    return pinyin_keys(title) if 0 < len(title) <= _LONGEST_NAME else ()
