"""A ledger in one file: SQLite under SQLCipher, for a county on one machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from integrity_desk.county.sql import TABLES, Claimed, Line, RecordRow, Rows
from integrity_desk.errors import StoreUnavailable
from integrity_desk.wording import _

_SCHEMA = (
    TABLES.format(whole="INTEGER", data="BLOB", numbered="INTEGER PRIMARY KEY", strict=" STRICT")
    + """
CREATE TRIGGER revision_stays BEFORE UPDATE ON revision
BEGIN SELECT RAISE(ABORT, 'revisions are never changed'); END;
CREATE TRIGGER revision_is_kept BEFORE DELETE ON revision
BEGIN SELECT RAISE(ABORT, 'revisions are never deleted'); END;
"""
)

_WAIT_S = 60.0
"""How long one receiver waits for another."""


class SqliteLedger:
    """An open ledger file; see ``sql.Sql``."""

    def __init__(self, connection: Any, turns: Path) -> None:
        self._connection = connection
        self._turns = turns

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Rows:
        """Run one statement."""
        rows: Rows = self._connection.execute(statement, tuple(values))
        return rows

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for many rows."""
        self._connection.executemany(statement, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that the block writes, or nothing of it."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def alone(self, stream: str) -> Iterator[None]:
        """Receivers of one file take turns, whatever the stream: a lock on an empty database."""
        turn = driver.connect(self._turns, timeout=_WAIT_S, isolation_level=None)
        try:
            turn.execute("BEGIN EXCLUSIVE")
            yield
            turn.execute("ROLLBACK")
        finally:
            turn.close()

    def add_lines(self, lines: Sequence[Line]) -> set[tuple[str, int]]:
        """Store the lines whose (replica, n) is not there yet; return those that were stored."""
        statement = "INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
        return {
            (each.replica, each.n)
            for each in lines
            if self._connection.execute(statement, each).rowcount
        }

    def claim(self, records: Iterable[str]) -> Mapping[str, Claimed]:
        """Number these records; the transaction alone holds them, for there is one writer."""
        statement = (
            "INSERT INTO record (rec, type, field_values, conflicts, void)"
            " VALUES (?, '', '{}', '{}', 0)"
            " ON CONFLICT (rec) DO UPDATE SET rec = excluded.rec RETURNING county_ref, type = ''"
        )
        claimed = {}
        for rec in sorted(records):
            ref, is_new = self._connection.execute(statement, (rec,)).fetchone()
            claimed[rec] = Claimed(ref, bool(is_new))
        return claimed

    def put_shown(self, records: Sequence[RecordRow]) -> None:
        """Write what claimed records show now."""
        self._connection.executemany(
            "UPDATE record SET type = ?, field_values = ?, conflicts = ?, void = ? WHERE rec = ?",
            [(*each[1:], each.rec) for each in records],
        )


@contextmanager
def open_file(path: Path, key: bytes, *, create: bool = False) -> Iterator[SqliteLedger]:
    """Open the ledger file with its 32-byte key; StoreUnavailable with a sentence."""
    mode = "rwc" if create else "rw"
    try:
        connection = driver.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=_WAIT_S,
            isolation_level=None,
        )
        try:
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            connection.executescript(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;"
            )
            if create:
                connection.executescript(_SCHEMA)
            yield SqliteLedger(connection, path.with_name("turns.db"))
        finally:
            connection.close()
    except (driver.IntegrityError, driver.ProgrammingError):
        raise  # ours, not the disk's
    except driver.Error as error:
        raise StoreUnavailable(
            _("县级台账读写失败，可能是磁盘已满、文件被占用或已损坏。请检查磁盘后再试一次。")
        ) from error
