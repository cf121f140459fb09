"""What commitments, arrears and the rules of counting keep."""

from __future__ import annotations

from sqlite_utils import Database

from integrity_desk.storage.migrations.tables import create, extend

_TABLES = {
    "rule_change": (
        "number:T state:T entered_by:T entered_at:T desk:T rule:T before:T after:T",
        "",
    ),
}

_COLUMNS = {
    "commitment": (
        "first_asked_id:T late_interest:T agreed_rate:I last_year_id:T",
        "first_asked_id last_year_id",
    ),
}


def upgrade(database: Database) -> None:
    """What commitments, arrears and the rules of counting keep."""
    create(database, _TABLES)
    extend(database, _COLUMNS)
