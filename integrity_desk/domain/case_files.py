"""Case files (卷宗): which records stand in one, and what its pages are made of.

Order and columns of the contents follow DA/T 22 (归档文件整理规则): what the program writes, what
was printed, what was handed in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from integrity_desk.domain.reports import Section

FOLLOWED: dict[str, tuple[str, ...]] = {
    "commitment": ("rectification_order", "integrity_record"),
    "complaint": ("complaint", "rectification_order", "integrity_record"),
    "rectification_order": (),
    "integrity_record": (
        "integrity_record", "rectification_order", "measure", "objection", "repair",
    ),
    "measure": (),
    "objection": (),
    "repair": (),
    "proposal": (),
    "question": ("question",),
}  # fmt: skip
"""What a case file may be about -> the registers whose records came of it and go with it.

Never back from a record to the complaint it came from: the file of a record is shown to the one
recorded, and a complaint's papers must not reach who was complained of (信访工作条例 30).
"""

Opened = Callable[[], BinaryIO]
"""Opens the content of a file, to be read anywhere and closed; NotFound when it is not here."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One line of the contents: what it is, its number, whose it is, and of which day."""

    title: str
    number: str = ""
    by: str = ""
    day: str = ""


@dataclass(frozen=True, kw_only=True)
class Sheet(Piece):
    """What the program writes from the registers: a record, or the steps it took."""

    sections: tuple[Section, ...]


@dataclass(frozen=True, kw_only=True)
class Kept(Piece):
    """What lies in the store as a file."""

    content: Opened
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Printed(Kept):
    """A paper as it was printed; ``only`` names the outline entry of a letter among others."""

    only: str = ""


@dataclass(frozen=True, kw_only=True)
class Enclosure(Kept):
    """An attachment behind its divider; ``facts`` are told there."""

    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """One record of the case with its papers and enclosures."""

    heading: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """Everything that a case file says; ``lines`` and ``note`` stand on the cover."""

    title: str
    subject: str
    number: str
    issuer: str
    made_on: date
    lines: tuple[tuple[str, str], ...]
    note: str
    chapters: tuple[Chapter, ...]
    footer: str = ""
