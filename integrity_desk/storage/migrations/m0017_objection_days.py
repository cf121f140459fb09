"""The day by which an objection must be dealt with, and what moves it."""

from __future__ import annotations

from sqlite_utils import Database

from integrity_desk.storage.migrations.tables import extend

_COLUMNS = {
    "objection": (
        "asks_others:I due_on:T due_rule:T due_provisional:I extended_to:T "
        "extension_reason:T extension_told_on:T extension_told_how:T suspension_ground:T "
        "suspended_on:T resumed_on:T pauses:T",
        "",
    ),
}


def upgrade(database: Database) -> None:
    """The day by which an objection must be dealt with, and what moves it."""
    extend(database, _COLUMNS)
