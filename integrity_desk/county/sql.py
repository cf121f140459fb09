"""What the ledger asks of a database: the few things SQLite and PostgreSQL do differently.

Statements are written once, with ``?`` for values and ``ON CONFLICT`` for what may be there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol

TABLES = """
CREATE TABLE trust (serial {whole} NOT NULL, issued TEXT NOT NULL){strict};
CREATE TABLE noted (name TEXT PRIMARY KEY, value TEXT NOT NULL){strict};
CREATE TABLE trusted (sign TEXT PRIMARY KEY, entry TEXT NOT NULL){strict};
CREATE TABLE volume (
    stream TEXT NOT NULL, seq {whole} NOT NULL, part {whole} NOT NULL, parts {whole} NOT NULL,
    prev TEXT NOT NULL, content TEXT NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL,
    code TEXT NOT NULL, received_at TEXT NOT NULL,
    PRIMARY KEY (stream, seq, part, content)
){strict};
CREATE TABLE bundle (
    stream TEXT NOT NULL, seq {whole} NOT NULL, content TEXT NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (stream, seq)
){strict};
CREATE TABLE revision (
    replica TEXT NOT NULL, n {whole} NOT NULL, rec TEXT NOT NULL, line {data} NOT NULL,
    stream TEXT NOT NULL, seq {whole} NOT NULL, PRIMARY KEY (replica, n)
){strict};
CREATE INDEX revision_of_record ON revision (rec);
CREATE TABLE record (
    county_ref {numbered}, rec TEXT NOT NULL UNIQUE, type TEXT NOT NULL,
    field_values TEXT NOT NULL, conflicts TEXT NOT NULL, void {whole} NOT NULL
){strict};
CREATE TABLE verdict (
    stream TEXT NOT NULL, seq {whole} NOT NULL, dot TEXT NOT NULL, verdict TEXT NOT NULL,
    PRIMARY KEY (stream, seq, dot)
){strict};
CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY, size {whole} NOT NULL, extension TEXT NOT NULL,
    media_type TEXT NOT NULL
){strict};
CREATE TABLE wanted_blob (
    sha256 TEXT NOT NULL, stream TEXT NOT NULL, PRIMARY KEY (sha256, stream)
){strict};
CREATE TABLE issued (
    stream TEXT NOT NULL, seq {whole} NOT NULL, kind TEXT NOT NULL, content TEXT NOT NULL,
    prev TEXT NOT NULL, created TEXT NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (stream, seq)
){strict};
"""
"""The tables of a ledger; revisions are kept from change by triggers of each database's own."""


class Line(NamedTuple):
    """One revision line as it is kept, with the bundle that brought it."""

    replica: str
    n: int
    rec: str
    line: bytes
    stream: str
    seq: int


class Claimed(NamedTuple):
    """A record held until the transaction ends: the county's number for it, whether it is new."""

    ref: int
    is_new: bool


class RecordRow(NamedTuple):
    """What a record shows now; values and conflicts as JSON."""

    rec: str
    type: str
    values: str
    conflicts: str
    void: int


class Rows(Protocol):
    """What a statement gave back."""

    @property
    def rowcount(self) -> int:
        """How many rows were written."""

    def fetchone(self) -> Any:
        """Return the next row, or None."""

    def fetchall(self) -> list[Any]:
        """Return all rows left."""


class Sql(Protocol):
    """One connection to a ledger."""

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Rows:
        """Run one statement."""

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for many rows."""

    def transaction(self) -> AbstractContextManager[None]:
        """Keep all that the block writes, or nothing of it."""

    def alone(self, stream: str) -> AbstractContextManager[None]:
        """Let no other receiver handle this stream meanwhile; waits for one that does."""

    def add_lines(self, lines: Sequence[Line]) -> set[tuple[str, int]]:
        """Store the lines whose (replica, n) is not there yet; return those that were stored."""

    def claim(self, records: Iterable[str]) -> Mapping[str, Claimed]:
        """Number these records, in order of their ids, and hold them until the transaction ends.

        Two receivers that amend the same record then take turns, and the second sees what the
        first wrote.
        """

    def put_shown(self, records: Sequence[RecordRow]) -> None:
        """Write what claimed records show now."""
