"""By which rule the answers to proposals and questions are due."""

from __future__ import annotations

from sqlite_utils import Database

from integrity_desk.storage.migrations.tables import extend

_COLUMNS = {
    "proposal": (
        "due_rule:T due_provisional:I due_counted:T",
        "",
    ),
    "question": (
        "due_rule:T due_provisional:I due_counted:T",
        "",
    ),
}


def upgrade(database: Database) -> None:
    """By which rule the answers to proposals and questions are due."""
    extend(database, _COLUMNS)
