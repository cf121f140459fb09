"""What becomes of measures, of the court's list and of notices after a decision."""

from __future__ import annotations

from sqlite_utils import Database

from integrity_desk.storage.migrations.tables import extend

_COLUMNS = {
    "integrity_record": (
        "settled_on:T settlement:T performed_on:T performance_proof:T removal_asked_on:T",
        "",
    ),
    "measure": (
        "carried_out_on:T carried_out:T",
        "",
    ),
    "notice": (
        "recall_ids:T recall_from_on:T recall_by_on:T due_rule:T due_provisional:I",
        "",
    ),
}


def upgrade(database: Database) -> None:
    """What becomes of measures, of the court's list and of notices after a decision."""
    extend(database, _COLUMNS)
