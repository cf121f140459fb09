"""Field declarations: one line per field says everything any layer needs to know of it.

A declaration is read by the tables, forms, lists, filters, search, masks, spreadsheets,
bundles and the history view. Values are plain Python:

    text, long_text, citizen_id, credit_code, phone -> str ("" when empty)
    number -> int | None      money -> int | None, in fen (1/100 yuan)
    day -> date | None        moment -> datetime | None, in UTC
    flag -> bool              choice -> Choice | None      choices -> tuple[Choice, ...]
    link -> Id ("" when empty)                             links -> tuple[Id, ...]
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any

Id = str
"""Record identity: 32 hexadecimal digits (UUID version 7)."""

_MAX_SHORT = 200
_MAX_LONG = 20_000


class Kind(Enum):
    """What sort of value a field holds."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    MOMENT = "moment"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    LINK = "link"
    LINKS = "links"
    CITIZEN_ID = "citizen_id"
    CREDIT_CODE = "credit_code"
    PHONE = "phone"


class Choice(str, Enum):
    """A closed list of codes, each with the label that people read."""

    label: str

    def __new__(cls, code: str, label: str) -> Choice:
        """Make the member ``code`` and remember its label."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    def __str__(self) -> str:
        return str.__str__(self)

    __hash__ = str.__hash__  # an Enum's own is a function in Python


@dataclass(frozen=True, kw_only=True)
class Field:
    """One declared field; ``name`` and ``section`` are filled in when its type is registered."""

    label: str
    kind: Kind
    name: str = ""
    section: str = ""
    required: bool = False
    choices: type[Choice] | None = None
    to: tuple[str, ...] = ()
    help: str = ""
    sensitive: bool = False
    searched: bool = False
    published: bool = False
    listed: int = 0
    filtered: bool = False
    managed: bool = False
    max_length: int = 0

    @cached_property
    def is_text(self) -> bool:
        """Whether values are free text."""
        return self.kind in TEXT_KINDS

    @cached_property
    def is_link(self) -> bool:
        """Whether values are ids of other records."""
        return self.kind in (Kind.LINK, Kind.LINKS)

    @cached_property
    def empty(self) -> Any:
        """The value that means "not filled in"."""
        if self.is_text or self.kind is Kind.LINK:
            return ""
        if self.kind in (Kind.CHOICES, Kind.LINKS):
            return ()
        return False if self.kind is Kind.FLAG else None


TEXT_KINDS = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.CITIZEN_ID, Kind.CREDIT_CODE, Kind.PHONE})

SHORT_KINDS = TEXT_KINDS - {Kind.LONG_TEXT}


def text(label: str, **options: Any) -> Any:
    """Declare one line of text."""
    return _declare(label, Kind.TEXT, options, max_length=_MAX_SHORT)


def long_text(label: str, **options: Any) -> Any:
    """Declare text of several paragraphs."""
    return _declare(label, Kind.LONG_TEXT, options, max_length=_MAX_LONG)


def number(label: str, **options: Any) -> Any:
    """Declare a whole number."""
    return _declare(label, Kind.NUMBER, options)


def money(label: str, **options: Any) -> Any:
    """Declare an amount; the name ends in ``_fen`` because the value is in fen."""
    return _declare(label, Kind.MONEY, options)


def day(label: str, **options: Any) -> Any:
    """Declare a calendar day."""
    return _declare(label, Kind.DAY, options)


def moment(label: str, **options: Any) -> Any:
    """Declare a point in time, kept in UTC, shown in China time."""
    return _declare(label, Kind.MOMENT, options)


def flag(label: str, **options: Any) -> Any:
    """Declare yes or no; no when not filled in."""
    return _declare(label, Kind.FLAG, options)


def choice(label: str, choices: type[Choice], **options: Any) -> Any:
    """Declare one of a closed list."""
    return _declare(label, Kind.CHOICE, options, choices=choices)


def choices(label: str, choices: type[Choice], **options: Any) -> Any:
    """Declare any number of a closed list."""
    return _declare(label, Kind.CHOICES, options, choices=choices)


def link(label: str, to: str | tuple[str, ...], **options: Any) -> Any:
    """Declare a link to one record of the named type or types."""
    return _declare(label, Kind.LINK, options, to=(to,) if isinstance(to, str) else to)


def links(label: str, to: str | tuple[str, ...], **options: Any) -> Any:
    """Declare links to any number of records."""
    return _declare(label, Kind.LINKS, options, to=(to,) if isinstance(to, str) else to)


def citizen_id(label: str, **options: Any) -> Any:
    """Declare a citizen identity number (GB 11643); masked unless the reader may see it."""
    return _declare(label, Kind.CITIZEN_ID, options, sensitive=True, max_length=_MAX_SHORT)


def credit_code(label: str, **options: Any) -> Any:
    """Declare a unified social credit code (GB 32100)."""
    return _declare(label, Kind.CREDIT_CODE, options, max_length=_MAX_SHORT)


def phone(label: str, **options: Any) -> Any:
    """Declare a telephone number; masked unless the reader may see it."""
    return _declare(label, Kind.PHONE, options, sensitive=True, max_length=_MAX_SHORT)


def _declare(label: str, kind: Kind, options: dict[str, Any], **defaults: Any) -> Any:
    declared = Field(label=label, kind=kind, **{**defaults, **options})
    return dataclasses.field(default=declared.empty, metadata={"declared": declared})
