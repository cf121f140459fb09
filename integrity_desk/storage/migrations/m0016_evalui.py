"""Posts and persons entered twice."""

from __future__ import annotations

from sqlite_utils import Database

from integrity_desk.storage.migrations.tables import extend

_COLUMNS = {
    "person": (
        "appointed_by:T merged_into_id:T merge_reason:T",
        "merged_into_id",
    ),
}


def upgrade(database: Database) -> None:
    """Posts and persons entered twice."""
    extend(database, _COLUMNS)
