"""Reports as content: flowing pages of lines, paragraphs, tables and charts under headings.

One renderer (``documents/reports``) draws them all: files, rules, statistics, credit reports.
A report whose ``ending`` is given closes with issuer, day and the code that proves it unchanged;
the code is made like that of a notice sheet, so that ``verify-sheet`` reads it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from integrity_desk.domain.charts import Chart
from integrity_desk.domain.sheets import Column, Row, code_of, qr_text_of


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Running text; a newline begins the next paragraph."""

    text: str
    indented: bool = True


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Labels with their values, one a line, the values in one column; empty ones stay out."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A ruled table; its head repeats on every page. ``empty`` is said when there are no rows."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"row {row.place!r}: {len(row.cells)} cells")


Block = Paragraph | Lines | Table | Chart


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading and what stands under it; ``level`` 0 is a chapter, 1 stands below it.

    A section with ``new_page`` begins on one of its own.
    """

    heading: str = ""
    blocks: tuple[Block, ...] = ()
    level: int = 0
    new_page: bool = False


@dataclass(frozen=True, kw_only=True)
class Ending:
    """Who issues the report and when; a sealed one leaves room for the seal and bears a code."""

    issuer: str
    issued_on: date
    sealed: bool = True


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What stands beside the seal, so that a paper can be told from a forgery."""

    number: str
    version: int
    code: str
    qr_text: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything that a report says.

    ``number`` stands under the title and on every page; ``footer`` too, e.g. who printed it.
    """

    title: str
    sections: tuple[Section, ...]
    made_on: date
    subtitle: str = ""
    number: str = ""
    version: int = 1
    author: str = ""
    footer: str = ""
    landscape: bool = False
    ending: Ending | None = None


def report_json(report: Report) -> str:
    """Return the canonical JSON of what is said: sorted keys, no spaces, ISO dates.

    Who printed it does not change what it says, nor do the unprinted places of rows.
    """
    return canonical_json(dataclasses.replace(report, footer=""))


def report_digest(report: Report) -> str:
    """Return the SHA-256 of the content, 64 hexadecimal digits."""
    return digest_of(dataclasses.replace(report, footer=""))


def report_code(report: Report) -> str:
    """Return the code printed at the end, e.g. ``9F3A-6C21-77E0``."""
    return code_of(report_digest(report))


def report_qr_text(report: Report) -> str:
    """Return the text of the QR code, in the form that ``sheets.parse_qr_text`` reads."""
    return qr_text_of(report_code(report), report.version, report.number)


def report_proof(report: Report) -> Proof:
    """Return what proves the report unchanged."""
    return Proof(
        number=report.number, version=report.version, code=report_code(report),
        qr_text=report_qr_text(report),
    )  # fmt: skip


def canonical_json(content: Any) -> str:
    """Return what a document says as JSON that is the same for the same content."""
    return json.dumps(
        _said(dataclasses.asdict(content)), ensure_ascii=False, sort_keys=True,
        separators=(",", ":"), default=_plain,
    )  # fmt: skip


def digest_of(content: Any) -> str:
    """Return the SHA-256 of what a document says, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def _said(content: Any) -> Any:
    if isinstance(content, dict):
        return {name: _said(value) for name, value in content.items() if name != "place"}
    return [_said(each) for each in content] if isinstance(content, list | tuple) else content


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    raise TypeError(f"not printable: {value!r}")
