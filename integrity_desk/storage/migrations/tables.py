"""How migrations write down record tables: ``{table: ("column:T …", "indexed columns …")}``.

Kinds are T (TEXT) and I (INTEGER). Released migrations rely on what stands here: append only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlite_utils import Database

Tables = Mapping[str, tuple[str, str]]

_KINDS = {"T": "TEXT", "I": "INTEGER"}


def create(database: Database, tables: Tables) -> None:
    """Create record tables; an index ends in ``void`` so that lists read the index alone."""
    for table, (columns, indexes) in tables.items():
        body = ", ".join(f'"{name}" {kind}' for name, kind in _declared(columns))
        database.conn.execute(
            f'CREATE TABLE "{table}" (row INTEGER PRIMARY KEY REFERENCES record (row),'
            f" id TEXT NOT NULL UNIQUE, {body}, void INTEGER NOT NULL DEFAULT 0) STRICT"
        )
        database.conn.execute(f'CREATE INDEX "{table}_void" ON "{table}" (void)')
        _index(database, table, indexes)


def extend(database: Database, tables: Tables) -> None:
    """Add columns, empty in every row, to record tables that stand already."""
    for table, (columns, indexes) in tables.items():
        for name, kind in _declared(columns):
            database.conn.execute(f'ALTER TABLE "{table}" ADD COLUMN "{name}" {kind}')
        _index(database, table, indexes)


def _declared(columns: str) -> Iterable[tuple[str, str]]:
    for column in columns.split():
        name, _colon, kind = column.partition(":")
        yield name, _KINDS[kind]


def _index(database: Database, table: str, indexes: str) -> None:
    for name in indexes.split():
        database.conn.execute(f'CREATE INDEX "{table}_{name}" ON "{table}" ("{name}", void)')
