"""Letters as they went out, and an administrator's own words for them."""

from __future__ import annotations

from sqlite_utils import Database

from integrity_desk.storage.migrations.tables import create

_TABLES = {
    "letter": (
        "number:T state:T entered_by:T entered_at:T desk:T record_id:T template:T title:T "
        "version:I code:T issued_on:T pages:I together:I fonts:T printed_by:T printed_at:T "
        "sha256:T",
        "number record_id",
    ),
    "letter_template": (
        "number:T state:T entered_by:T entered_at:T desk:T template:T title:T addressee:T body:T",
        "",
    ),
}


def upgrade(database: Database) -> None:
    """Letters as they went out, and an administrator's own words for them."""
    create(database, _TABLES)
