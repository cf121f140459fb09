"""Joining what came from elsewhere with what stands here: a record shown anew after merging."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from integrity_desk.domain.fields import Id
from integrity_desk.domain.merging import Merged, merged
from integrity_desk.domain.plain import from_plain
from integrity_desk.domain.records import RecordType, record_types
from integrity_desk.domain.revisions import Revision
from integrity_desk.errors import InvalidInput
from integrity_desk.storage import foreign
from integrity_desk.storage.unit_of_work import UnitOfWork


def show_anew(work: UnitOfWork, rec: Id) -> Merged:
    """Write what a record shows after all its revisions: row, search text, settle list.

    A record of a type this program does not know stays in the log alone until the upgrade.
    """
    revisions = work.history(rec)
    declared = _declared(revisions)
    shown = merged(revisions)
    name = declared.name if declared else _newest(revisions).type_name
    if declared is None:
        foreign.mark_newer(work.database, rec, name, newer=True)
        return shown
    values, readable = _known(declared, shown.values)
    newer = not readable or any(each.schema > declared.schema for each in revisions)
    work.put_merged(declared.cls(id=rec, **values), void=shown.void)
    foreign.flag(work.database, rec, name, () if shown.void else shown.conflicts)
    foreign.mark_newer(work.database, rec, name, newer=newer)
    return shown


def _newest(revisions: list[Revision]) -> Revision:
    return max(revisions, key=lambda each: (each.schema, each.hlc, each.dot))


def _declared(revisions: list[Revision]) -> RecordType | None:
    name = _newest(revisions).type_name
    return next((each for each in record_types() if each.name == name), None)


def _known(declared: RecordType, plain: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    """Return the field values this program understands, and whether that was all of them."""
    values: dict[str, Any] = {}
    readable = True
    for name, value in plain.items():
        if not declared.has(name):
            readable = False
            continue
        try:
            values[name] = from_plain(declared.field(name), value)
        except InvalidInput:
            readable = False
    return values, readable
