"""Print the migration that brings a migrated store up to today's declarations.

python tools/schema.py WORDS      the next migration, e.g. "What evaluation and training keep"
python tools/schema.py --check    exit 1 when declarations and migrated store differ
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from integrity_desk.domain import catalogue
from integrity_desk.domain.fields import Field
from integrity_desk.domain.records import RecordType
from integrity_desk.storage import migrations
from integrity_desk.storage.columns import column_type, indexed
from integrity_desk.storage.database import Database, connect

Lacking = dict[RecordType, tuple[Field, ...]]


def main(arguments: list[str]) -> int:
    """Print or check; see the module's docstring."""
    with tempfile.TemporaryDirectory() as folder:
        database = connect(Path(folder) / "store.db", bytes(32), create=True)
        migrations.upgrade(database)
        lacking, fresh = missing(database)
        database.close()
    if arguments != ["--check"]:
        print(migration(" ".join(arguments), lacking, fresh), end="")
        return 0
    for declared, fields in {**lacking, **fresh}.items():
        print(f"{declared.name}: {' '.join(field.name for field in fields)}")
    return 1 if lacking or fresh else 0


def missing(database: Database) -> tuple[Lacking, Lacking]:
    """Return the declared columns that standing tables lack, and those of tables not yet there."""
    lacking: Lacking = {}
    fresh: Lacking = {}
    for declared in catalogue.TYPES:
        have = {row[1] for row in database.conn.execute(f'PRAGMA table_info("{declared.name}")')}
        fields = tuple(field for field in declared.fields if field.name not in have)
        if fields:
            (lacking if have else fresh)[declared] = fields
    return lacking, fresh


def migration(words: str, lacking: Lacking, fresh: Lacking) -> str:
    """Return the source text of the next migration."""
    acts = [("create", "_TABLES", fresh), ("extend", "_COLUMNS", lacking)]
    needed = [each for each in acts if each[2]]
    lines = [
        f'"""{words or "What came next"}."""',
        "",
        "from __future__ import annotations",
        "",
        "from sqlite_utils import Database",
        "",
        "from integrity_desk.storage.migrations.tables import "
        + ", ".join(act for act, _name, _tables in needed),
    ]
    for _act, name, tables in needed:
        lines += ["", f"{name} = {{"]
        for declared, fields in tables.items():
            lines += [f'    "{declared.name}": (', *_columns(fields), *_indexes(declared, fields)]
            lines += ["    ),"]
        lines += ["}"]
    calls = [f"    {act}(database, {name})" for act, name, _tables in needed]
    heading = ["", "", "def upgrade(database: Database) -> None:"]
    return "\n".join([*lines, *heading, f'    """{words or "What came next"}."""', *calls, ""])


def _columns(fields: tuple[Field, ...]) -> list[str]:
    return _wrapped(" ".join(f"{field.name}:{column_type(field)[0]}" for field in fields))


def _indexes(declared: RecordType, fields: tuple[Field, ...]) -> list[str]:
    return _wrapped(" ".join(field.name for field in fields if indexed(declared, field)))


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
