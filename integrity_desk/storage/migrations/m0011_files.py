"""What notices say they put right."""

from __future__ import annotations

from sqlite_utils import Database

from integrity_desk.storage.migrations.tables import extend

_COLUMNS = {
    "notice": (
        "concerns_id:T",
        "concerns_id",
    ),
}


def upgrade(database: Database) -> None:
    """What notices say they put right."""
    extend(database, _COLUMNS)
