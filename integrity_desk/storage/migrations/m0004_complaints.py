"""What complaints, proposals and questions keep of their clocks and ties."""

from __future__ import annotations

from sqlite_utils import Database

from integrity_desk.storage.migrations.tables import create, extend

_TABLES = {
    "kinship": (
        "number:T state:T entered_by:T entered_at:T desk:T person_id:T related_id:T "
        "nearness:T withdraws:I note:T",
        "person_id related_id",
    ),
}

_COLUMNS = {
    "complaint": (
        "referred_by:T procedure:T return_by_on:T referral_receipted_on:T return_agreement:T "
        "joined_to_id:T separation_reason:T extension_told_how:T pauses:T called_back_on:T",
        "procedure joined_to_id",
    ),
    "proposal": (
        "assigned_on:T extension_reason:T talked_on:T",
        "",
    ),
    "question": (
        "assigned_on:T same_as_id:T",
        "same_as_id",
    ),
}


def upgrade(database: Database) -> None:
    """What complaints, proposals and questions keep of their clocks and ties."""
    create(database, _TABLES)
    extend(database, _COLUMNS)
