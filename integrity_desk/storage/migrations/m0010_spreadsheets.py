"""What importing and exporting lists keeps."""

from __future__ import annotations

from sqlite_utils import Database

from integrity_desk.storage.migrations.tables import create, extend

_TABLES = {
    "import_source": (
        "number:T state:T entered_by:T entered_at:T desk:T name:T register:T headings:T mapping:T",
        "",
    ),
}

_COLUMNS = {
    "handout": (
        "in_full:I reason:T",
        "",
    ),
}


def upgrade(database: Database) -> None:
    """What importing and exporting lists keeps."""
    create(database, _TABLES)
    extend(database, _COLUMNS)
