"""What neighbour desks wrote: their lines byte for byte, and how far each of their streams came.

Lines from elsewhere are chained in the order of their arrival, whoever wrote them: drafts leave
a desk late or never, so the numbers of another replica arrive with gaps and out of order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from integrity_desk.domain.fields import Id
from integrity_desk.domain.revisions import FIRST_HASH, Revision, chain_hash
from integrity_desk.storage.database import Database

APPLIED, HELD, QUARANTINED = "applied", "held", "quarantined"

NEW, KNOWN, TAKEN = "new", "known", "taken"
"""What became of a line: kept, here already, or its number was given to other words before."""


@dataclass(frozen=True, kw_only=True)
class Volume:
    """One volume of a neighbour's stream, and what became of it."""

    stream: str
    seq: int
    part: int
    parts: int
    prev: str
    content: str
    name: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a neighbour's stream has been taken in."""

    stream: str
    through_seq: int
    content_through: str
    received_at: str


class Arrivals:
    """Appends lines from elsewhere to the log, one after another."""

    def __init__(self, database: Database) -> None:
        self._database, self._sql = database, database.conn
        found = self._sql.execute(
            "SELECT hash FROM revision JOIN arrival USING (position)"
            " ORDER BY arrival.position DESC LIMIT 1"
        ).fetchone()
        self._previous = bytes(found[0]) if found else FIRST_HASH

    def add(self, revision: Revision, line: bytes, stream: str, seq: int) -> str:
        """Keep one line that came in bundle ``seq`` of ``stream``; return NEW, KNOWN or TAKEN."""
        kept = kept_as(self._database, revision, line)
        if kept != NEW:
            return kept
        chained = chain_hash(self._previous, line)
        written = self._sql.execute(
            "INSERT INTO revision (replica, n, rec, line, hash) VALUES (?, ?, ?, ?, ?)",
            (revision.replica, revision.n, revision.rec, line, chained),
        )
        self._sql.execute(
            "INSERT INTO arrival (position, stream, seq) VALUES (?, ?, ?)",
            (written.lastrowid, stream, seq),
        )
        self._previous = chained
        return NEW


def kept_as(database: Database, revision: Revision, line: bytes) -> str:
    """Return NEW for a line not seen before, KNOWN for the same bytes, TAKEN for other ones."""
    known = database.conn.execute(
        "SELECT line FROM revision WHERE replica = ? AND n = ?", (revision.replica, revision.n)
    ).fetchone()
    if known is None:
        return NEW
    return KNOWN if bytes(known[0]) == line else TAKEN


def volumes(database: Database, stream: str) -> list[Volume]:
    """Return every volume of a stream that was seen here."""
    rows = database.conn.execute(
        "SELECT stream, seq, part, parts, prev, content, name, state FROM neighbour_volume"
        " WHERE stream = ? ORDER BY seq, part",
        (stream,),
    )
    keys = ("stream", "seq", "part", "parts", "prev", "content", "name", "state")
    return [Volume(**dict(zip(keys, row, strict=True))) for row in rows]


def note(database: Database, volume: Volume, at: str) -> None:
    """Write where a volume stands; its earlier state is replaced, unless it was applied."""
    database.conn.execute(
        "INSERT INTO neighbour_volume VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (stream, seq, part, content) DO UPDATE SET parts = excluded.parts,"
        " prev = excluded.prev, name = excluded.name, state = excluded.state,"
        " received_at = excluded.received_at WHERE neighbour_volume.state <> ?",
        (volume.stream, volume.seq, volume.part, volume.parts, volume.prev, volume.content,
         volume.name, volume.state, at, APPLIED),
    )  # fmt: skip


def forget(database: Database, stream: str, seq: int, part: int) -> None:
    """A volume kept here cannot be taken in after all: it must come again."""
    database.conn.execute(
        "DELETE FROM neighbour_volume WHERE stream = ? AND seq = ? AND part = ? AND state = ?",
        (stream, seq, part, HELD),
    )


def progress(database: Database) -> dict[str, Progress]:
    """Return how far each neighbour's stream has been taken in."""
    rows = database.conn.execute(
        "SELECT stream, through_seq, content_through, received_at FROM neighbour_stream"
    )
    return {
        row[0]: Progress(
            stream=row[0], through_seq=row[1], content_through=row[2], received_at=row[3]
        )
        for row in rows
    }


def streams(database: Database) -> list[str]:
    """Return the streams that anything came of."""
    rows = database.conn.execute("SELECT DISTINCT stream FROM neighbour_volume ORDER BY stream")
    return [stream for (stream,) in rows]


def advance(database: Database, stream: str, seq: int, content: str, at: str) -> None:
    """Note that everything up to bundle ``seq`` has been taken in."""
    database.conn.execute(
        "INSERT OR REPLACE INTO neighbour_stream VALUES (?, ?, ?, ?)", (stream, seq, content, at)
    )
    database.conn.execute(
        "UPDATE neighbour_volume SET state = ? WHERE stream = ? AND seq <= ? AND state = ?",
        (APPLIED, stream, seq, HELD),
    )


def flag(database: Database, rec: Id, type_name: str, fields: Iterable[str]) -> None:
    """Write which fields of a record a person must settle; none takes it off the list."""
    database.conn.execute("DELETE FROM unsettled WHERE rec = ?", (rec,))
    database.conn.executemany(
        "INSERT INTO unsettled (rec, field, type) VALUES (?, ?, ?)",
        [(rec, field, type_name) for field in fields],
    )


def unsettled(database: Database) -> Iterator[tuple[Id, str, tuple[str, ...]]]:
    """Yield (record, type, fields) of everything a person must settle, oldest record first."""
    rows = database.conn.execute(
        "SELECT rec, type, group_concat(field, ' ') FROM unsettled GROUP BY rec ORDER BY rec"
    ).fetchall()
    for rec, type_name, fields in rows:
        yield rec, type_name, tuple(fields.split(" "))


def is_unsettled(database: Database, rec: Id) -> bool:
    """Whether some field of a record waits to be settled."""
    found = database.conn.execute("SELECT 1 FROM unsettled WHERE rec = ? LIMIT 1", (rec,))
    return found.fetchone() is not None


def mark_newer(database: Database, rec: Id, type_name: str, *, newer: bool) -> None:
    """Note whether a newer program has written to a record."""
    database.conn.execute("DELETE FROM newer WHERE rec = ?", (rec,))
    if newer:
        database.conn.execute("INSERT INTO newer (rec, type) VALUES (?, ?)", (rec, type_name))


def newer(database: Database) -> list[Id]:
    """Return the records that a newer program has written to."""
    return [rec for (rec,) in database.conn.execute("SELECT rec FROM newer ORDER BY rec")]


def is_newer(database: Database, rec: Id) -> bool:
    """Whether a newer program has written to the record, so that it is for reading only here."""
    return bool(database.conn.execute("SELECT 1 FROM newer WHERE rec = ?", (rec,)).fetchone())


def desk_of(database: Database, replica: str, n: int) -> str:
    """Return the desk ("999901001-02") a line arrived from; "" for one written here."""
    found = database.conn.execute(
        "SELECT stream FROM arrival JOIN revision USING (position) WHERE replica = ? AND n = ?",
        (replica, n),
    ).fetchone()
    return str(found[0]).rpartition("-")[0] if found else ""
