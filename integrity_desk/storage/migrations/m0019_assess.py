"""Persons of one name in one file."""

from __future__ import annotations

from sqlite_utils import Database

from integrity_desk.storage.migrations.tables import extend

_COLUMNS = {
    "person": (
        "divided_from_id:T divided_into_ids:T divide_reason:T",
        "divided_from_id",
    ),
}


def upgrade(database: Database) -> None:
    """Persons of one name in one file."""
    extend(database, _COLUMNS)
