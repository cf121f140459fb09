"""The ground every record stands on: ids, the append-only log, search, files, the outbox."""

from __future__ import annotations

from sqlite_utils import Database

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE record (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL
) STRICT;

CREATE TABLE revision (
    position INTEGER PRIMARY KEY,
    replica TEXT NOT NULL,
    n INTEGER NOT NULL,
    rec TEXT NOT NULL,
    line BLOB NOT NULL,
    hash BLOB NOT NULL,
    UNIQUE (replica, n)
) STRICT;
CREATE INDEX revision_rec ON revision (rec);
CREATE TRIGGER revision_is_not_changed BEFORE UPDATE ON revision
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER revision_is_not_deleted BEFORE DELETE ON revision
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE VIRTUAL TABLE search_text USING fts5(
    body, single, content='', contentless_delete=1, tokenize='ascii', detail='full');
CREATE VIRTUAL TABLE search_restricted USING fts5(
    body, single, content='', contentless_delete=1, tokenize='ascii', detail='full');
CREATE VIRTUAL TABLE search_pinyin USING fts5(
    spelling, content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3', detail='none');
CREATE TABLE search_secret (
    row INTEGER NOT NULL REFERENCES record (row),
    field TEXT NOT NULL,
    digest BLOB NOT NULL,
    restricted INTEGER NOT NULL,
    PRIMARY KEY (row, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX search_secret_digest ON search_secret (digest);

CREATE TABLE blob (sha256 TEXT PRIMARY KEY, size_bytes INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE blob_chunk (
    sha256 TEXT NOT NULL REFERENCES blob (sha256),
    position INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (sha256, position)
) STRICT;

CREATE TABLE unsent (
    position INTEGER PRIMARY KEY REFERENCES revision (position),
    type TEXT NOT NULL,
    rec TEXT NOT NULL
) STRICT;
CREATE INDEX unsent_type ON unsent (type, rec);
CREATE TABLE bundle (
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    content TEXT NOT NULL,
    prev TEXT NOT NULL,
    files TEXT NOT NULL,
    revisions INTEGER NOT NULL,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    carried_at TEXT,
    receipted_at TEXT,
    PRIMARY KEY (stream, seq)
) STRICT;
CREATE TABLE delivery (
    dot TEXT PRIMARY KEY,
    rec TEXT NOT NULL,
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    state TEXT NOT NULL,
    code TEXT NOT NULL DEFAULT '',
    field TEXT NOT NULL DEFAULT '',
    message TEXT NOT NULL DEFAULT '',
    county_ref TEXT NOT NULL DEFAULT '',
    FOREIGN KEY (stream, seq) REFERENCES bundle (stream, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_rec ON delivery (rec);
CREATE INDEX delivery_bundle ON delivery (stream, seq, state);
CREATE INDEX delivery_state ON delivery (state);

CREATE TABLE draft (
    account TEXT NOT NULL,
    key TEXT NOT NULL,
    content TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (account, key)
) STRICT, WITHOUT ROWID;
"""


def upgrade(database: Database) -> None:
    """Create the ground tables in an empty store."""
    for statement in _statements():
        database.conn.execute(statement)


def _statements() -> list[str]:
    """Split at the blank-free ends of statements; a trigger's body stays with its head."""
    parts: list[str] = []
    for piece in _SCHEMA.split(";\n"):
        if piece.strip() == "":
            continue
        parts.append(piece.strip())
    return parts
