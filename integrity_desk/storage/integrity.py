"""Reading the whole store to see whether it is sound."""

from __future__ import annotations

from collections.abc import Iterator

from integrity_desk.domain.fields import Id
from integrity_desk.domain.revisions import Revision, decode_trusted
from integrity_desk.storage.database import Database


def damaged_pages(database: Database) -> bool:
    """Whether SQLCipher's page codes or SQLite's structures do not hold."""
    if database.conn.execute("PRAGMA cipher_integrity_check").fetchall():
        return True
    return bool(database.conn.execute("PRAGMA quick_check").fetchone()[0] != "ok")


def sizes(database: Database) -> dict[str, int]:
    """Return how many records, revisions and file contents the store holds."""
    return {
        table: int(database.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        for table in ("record", "revision", "blob")
    }


def lost(database: Database) -> int:
    """Return how many records of the log are not known to the store any more.

    What a newer program wrote, of a type not known here, was never shown and is not lost.
    """
    found = database.conn.execute(
        "SELECT count(*) FROM (SELECT DISTINCT rec FROM revision)"
        " WHERE rec NOT IN (SELECT id FROM record) AND rec NOT IN (SELECT rec FROM newer)"
    )
    return int(found.fetchone()[0])


def unlogged(database: Database) -> list[Id]:
    """Return the records that stand in the store without a line of the log."""
    return [
        rec
        for (rec,) in database.conn.execute(
            "SELECT id FROM record WHERE NOT EXISTS (SELECT 1 FROM revision WHERE rec = id)"
        )
    ]


def histories(database: Database, type_name: str) -> Iterator[tuple[Id, list[Revision]]]:
    """Yield every record id of a type with its revisions in order, also where the row is gone."""
    rows = database.conn.execute(
        "SELECT record.id, revision.line FROM record JOIN revision ON revision.rec = record.id"
        " WHERE record.type = ? ORDER BY record.row, revision.position",
        (type_name,),
    )
    rec = ""
    lines: list[Revision] = []
    for found, line in rows:
        if found != rec and lines:
            yield rec, lines
            lines = []
        rec = found
        lines.append(decode_trusted(line))
    if lines:
        yield rec, lines
