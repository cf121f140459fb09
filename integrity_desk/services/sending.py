"""What may leave the desk: approved records that the county asks for, and no drafts.

Who complained goes only where the county's profile asks for it, never of those who wish to stay
unknown, and never while a neighbour desk reads the same bundle.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from integrity_desk.domain.attachments import Attachment
from integrity_desk.domain.fields import Id
from integrity_desk.domain.records import RecordType, record_types, type_named, type_of
from integrity_desk.domain.reporters import Reporter, ReporterKind
from integrity_desk.services.county_trust import county_profile
from integrity_desk.services.neighbours import has_neighbours
from integrity_desk.storage import deliveries
from integrity_desk.storage.deliveries import Hold
from integrity_desk.storage.reader import Reader


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the county's profile comes to here: types that stay, and whether reporters go."""

    withheld: frozenset[str]
    reporters: bool

    def travels(self, declared: RecordType) -> bool:
        """Whether records of a type leave this desk at all."""
        if declared.restricted:
            return self.reporters
        return declared.synced and declared.name not in self.withheld


def asked(reader: Reader) -> Asked:
    """Return what the county asks this desk for."""
    profile = county_profile(reader)
    return Asked(
        withheld=frozenset(profile.withheld),
        reporters=profile.reporters and not has_neighbours(reader),
    )


def count(reader: Reader) -> int:
    """Return how many records have something to send."""
    rules = asked(reader)
    return sum(
        deliveries.sendable_count(reader.database, declared.name, _holds(declared, rules))
        for declared in _travelling(rules)
    )


def sendable(reader: Reader) -> list[tuple[int, Id]]:
    """Return (position, rec) of every revision that is due, in order of the log.

    Drafts and records under review wait until they are approved; sub-records and attachments
    wait for what they belong to; what the county does not ask for waits until it does.
    """
    rules = asked(reader)
    return sorted(
        each
        for declared in _travelling(rules)
        for each in deliveries.sendable(reader.database, declared.name, _holds(declared, rules))
    )


def sent_before(reader: Reader) -> list[tuple[int, Id]]:
    """Return (position, rec) of every revision that went before and that the county asks for."""
    return sorted(_sent(reader, asked(reader)))


def await_asking(reader: Reader) -> None:
    """Let what went before and is not asked for now wait as if it had never gone.

    A county that lost its copy has lost this too, and may ask for it by a later profile.
    """
    kept = {position for position, _rec in _sent(reader, asked(reader))}
    left = [each for each in deliveries.ever_sent(reader.database) if each[0] not in kept]
    for position, rec, type_name in left:
        deliveries.await_sending(reader.database, position, type_name, rec)


def _sent(reader: Reader, rules: Asked) -> Iterator[tuple[int, Id]]:
    travelling = {each.name: each for each in _travelling(rules)}
    held: dict[str, frozenset[Id]] = {}
    for position, rec, type_name in deliveries.ever_sent(reader.database):
        declared = travelling.get(type_name)
        if declared is None:
            continue
        if type_name not in held:
            holds = [each for each in _holds(declared, rules) if _is_asked_about(each)]
            held[type_name] = deliveries.held(reader.database, type_name, holds)
        if rec not in held[type_name]:
            yield position, rec


def _is_asked_about(hold: Hold) -> bool:
    """Whether a hold is a matter of asking, and no state that what went before has outgrown."""
    return hold.states is None or hold.field != "state"


def _travelling(rules: Asked) -> Iterator[RecordType]:
    return (declared for declared in record_types() if rules.travels(declared))


def _holds(declared: RecordType, rules: Asked) -> Iterator[Hold]:
    yield from _hold("id", declared, rules)
    if declared is type_of(Attachment):
        for owner in declared.field("owner_id").to:
            yield from _hold("owner_id", type_named(owner), rules)
    elif declared.part_of:
        yield from _hold(f"{declared.part_of}_id", type_named(declared.part_of), rules)
    if declared is type_of(Reporter):
        unknown = (ReporterKind.CONFIDENTIAL.value, ReporterKind.ANONYMOUS.value)
        yield Hold(column="id", type=declared.name, field="kind", states=unknown)


def _hold(column: str, held: RecordType, rules: Asked) -> Iterator[Hold]:
    """What keeps back: private states, or the whole type when it does not travel."""
    private = tuple(each.code for each in held.life.states if each.private) if held.life else ()
    travels = rules.travels(held)
    if private or not travels:
        yield Hold(column=column, type=held.name, states=private if travels else None)
