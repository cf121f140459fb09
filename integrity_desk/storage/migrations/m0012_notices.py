"""What notices remember, hide and refer to."""

from __future__ import annotations

from sqlite_utils import Database

from integrity_desk.storage.migrations.tables import create, extend

_TABLES = {
    "redaction": (
        "number:T state:T entered_by:T entered_at:T desk:T notice_id:T item_id:T heading:T "
        "passage:T exemption:T reason:T",
        "notice_id item_id",
    ),
    "exemption_check": (
        "number:T state:T entered_by:T entered_at:T desk:T item_id:T notice_id:T "
        "state_secret:T forbidden:T danger:T third_party:T internal:T process:T case_file:T "
        "publication_ground:T content:T checked_by:T checked_at:T",
        "",
    ),
}

_COLUMNS = {
    "notice": (
        "layout:T about_id:T",
        "about_id",
    ),
    "printed_sheet": (
        "reason:T",
        "",
    ),
}


def upgrade(database: Database) -> None:
    """What notices remember, hide and refer to."""
    create(database, _TABLES)
    extend(database, _COLUMNS)
