"""Print the migration that brings a store up to today's declarations.

python tools/schema.py            the tables of all record types, as a first migration
python tools/schema.py --check    exit 1 when declarations and migrated store differ
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from integrity_desk.domain import catalogue
from integrity_desk.domain.records import RecordType
from integrity_desk.storage import migrations
from integrity_desk.storage.columns import column_type, indexed
from integrity_desk.storage.database import Database, connect


def declared_columns(declared: RecordType) -> dict[str, str]:
    """Return column name -> STRICT type of one record type's table."""
    return {field.name: column_type(field) for field in declared.fields}


def missing(database: Database) -> dict[str, dict[str, str]]:
    """Return per table the declared columns that a migrated store lacks."""
    found = {}
    for declared in catalogue.TYPES:
        have = {row[1] for row in database.conn.execute(f'PRAGMA table_info("{declared.name}")')}
        lacking = {
            name: kind for name, kind in declared_columns(declared).items() if name not in have
        }
        if lacking:
            found[declared.name] = lacking
    return found


def first_migration() -> str:
    """Return the source text of the migration that creates every record table."""
    lines = [
        '"""The table of every record type: one column per declared field."""',
        "",
        "from __future__ import annotations",
        "",
        "from sqlite_utils import Database",
        "",
        "_TABLES = {",
    ]
    for declared in catalogue.TYPES:
        columns = " ".join(f"{name}:{kind[0]}" for name, kind in declared_columns(declared).items())
        indexes = " ".join(field.name for field in declared.fields if indexed(declared, field))
        lines += [f'    "{declared.name}": (', *_wrapped(columns), *_wrapped(indexes), "    ),"]
    return "\n".join([*lines, "}", "", _UPGRADE])


def _wrapped(words: str, width: int = 84) -> list[str]:
    lines, line = [], ""
    for word in words.split():
        if len(line) + len(word) + 1 > width:
            lines.append(line)
            line = ""
        line += f"{word} "
    lines.append(line.rstrip())
    quoted = [f'        "{each}"' for each in lines]
    return [*quoted[:-1], f"{quoted[-1]},"]


_UPGRADE = '''_KINDS = {"T": "TEXT", "I": "INTEGER"}


def upgrade(database: Database) -> None:
    """Create the record tables; an index ends in ``void`` so that lists read the index alone."""
    for table, (columns, indexes) in _TABLES.items():
        declared = (column.split(":") for column in columns.split())
        body = ", ".join(f'"{name}" {_KINDS[kind]}' for name, kind in declared)
        database.conn.execute(
            f'CREATE TABLE "{table}" (row INTEGER PRIMARY KEY REFERENCES record (row),'
            f" id TEXT NOT NULL UNIQUE, {body}, void INTEGER NOT NULL DEFAULT 0) STRICT"
        )
        database.conn.execute(f'CREATE INDEX "{table}_void" ON "{table}" (void)')
        for name in indexes.split():
            database.conn.execute(f'CREATE INDEX "{table}_{name}" ON "{table}" ("{name}", void)')
'''


def main() -> int:
    """Print or check; see the module's docstring."""
    if "--check" not in sys.argv:
        print(first_migration(), end="")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        database = connect(Path(folder) / "store.db", bytes(32), create=True)
        migrations.upgrade(database)
        lacking = missing(database)
        database.close()
    for table, columns in lacking.items():
        print(f"{table}: {columns}")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
