"""What neighbour desks sent, and what people must settle."""

from __future__ import annotations

from sqlite_utils import Database

from integrity_desk.storage.migrations.tables import create

_TABLES = {
    "author": (
        "number:T state:T entered_by:T entered_at:T desk:T account:T name:T",
        "",
    ),
}

_GROUND = (
    """CREATE TABLE arrival (
        position INTEGER PRIMARY KEY REFERENCES revision (position),
        stream TEXT NOT NULL,
        seq INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE neighbour_volume (
        stream TEXT NOT NULL,
        seq INTEGER NOT NULL,
        part INTEGER NOT NULL,
        parts INTEGER NOT NULL,
        prev TEXT NOT NULL,
        content TEXT NOT NULL,
        name TEXT NOT NULL,
        state TEXT NOT NULL,
        received_at TEXT NOT NULL,
        PRIMARY KEY (stream, seq, part, content)
    ) STRICT""",
    """CREATE TABLE neighbour_stream (
        stream TEXT PRIMARY KEY,
        through_seq INTEGER NOT NULL,
        content_through TEXT NOT NULL,
        received_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE unsettled (
        rec TEXT NOT NULL,
        field TEXT NOT NULL,
        type TEXT NOT NULL,
        PRIMARY KEY (rec, field)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE newer (rec TEXT PRIMARY KEY, type TEXT NOT NULL) STRICT, WITHOUT ROWID""",
)


def upgrade(database: Database) -> None:
    """What neighbour desks sent, and what people must settle."""
    create(database, _TABLES)
    for statement in _GROUND:
        database.conn.execute(statement)
