"""What may leave the desk: approved records, without reporters and without drafts."""

from __future__ import annotations

from collections.abc import Iterator

from integrity_desk.domain.attachments import Attachment
from integrity_desk.domain.fields import Id
from integrity_desk.domain.records import RecordType, record_types, type_named, type_of
from integrity_desk.storage import deliveries
from integrity_desk.storage.deliveries import Hold
from integrity_desk.storage.reader import Reader


def count(reader: Reader) -> int:
    """Return how many records have something to send."""
    return sum(
        deliveries.sendable_count(reader.database, declared.name, _holds(declared))
        for declared in _travelling()
    )


def sendable(reader: Reader) -> list[tuple[int, Id]]:
    """Return (position, rec) of every revision that is due, in order of the log.

    Drafts and records under review wait until they are approved; sub-records and attachments
    wait for what they belong to; reporters and what hangs on them never travel.
    """
    return sorted(
        each
        for declared in _travelling()
        for each in deliveries.sendable(reader.database, declared.name, _holds(declared))
    )


def _travelling() -> Iterator[RecordType]:
    return (declared for declared in record_types() if declared.synced)


def _holds(declared: RecordType) -> Iterator[Hold]:
    yield from _hold("id", declared)
    if declared is type_of(Attachment):
        for owner in declared.field("owner_id").to:
            yield from _hold("owner_id", type_named(owner))
    elif declared.part_of:
        yield from _hold(f"{declared.part_of}_id", type_named(declared.part_of))


def _hold(column: str, held: RecordType) -> Iterator[Hold]:
    """What keeps back: private states, or the whole type when it never travels."""
    private = tuple(each.code for each in held.life.states if each.private) if held.life else ()
    if private or not held.synced:
        yield Hold(column=column, type=held.name, states=private if held.synced else None)


def sent_before(reader: Reader) -> list[tuple[int, Id]]:
    """Return (position, rec) of every revision that a bundle of this desk has carried."""
    travelling = {declared.name for declared in _travelling()}
    return [
        (position, rec)
        for position, rec, type_name in deliveries.ever_sent(reader.database)
        if type_name in travelling
    ]
