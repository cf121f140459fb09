"""The chain a record stands in: promise, complaint, order, record, measure, objection, repair.

One walk over the declared links, in both directions, for every register of the chain. Units,
people and notices are left out: everything hangs on them, so they lead nowhere in particular.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from integrity_desk.domain.fields import Id, Kind
from integrity_desk.domain.records import Record, RecordType, type_named, type_of
from integrity_desk.errors import NotFound
from integrity_desk.services.visibility import may_see
from integrity_desk.storage.reader import Reader

ORDER = (
    "commitment", "complaint", "rectification_order", "integrity_record", "measure", "objection",
    "repair",
)  # fmt: skip
"""The registers of the chain, as one leads to the next."""

_MOST = 12


@dataclass(frozen=True, kw_only=True)
class ChainCard:
    """One record of the chain; ``here`` is the one that is opened."""

    id: Id
    type: str
    label: str
    number: str
    title: str
    state_label: str
    tone: str
    here: bool


@dataclass(frozen=True, kw_only=True)
class Chain:
    """The cards in order, none when a record stands alone; ``goes_on`` when there are more."""

    cards: tuple[ChainCard, ...] = ()
    goes_on: bool = False


def chain_of(record: Record, reader: Reader) -> Chain:
    """Return the chain around a record, nearest first until it is full."""
    if type_of(record).name not in ORDER:
        return Chain()
    found = {record.id: record}
    waiting = [record]
    goes_on = False
    while waiting and not goes_on:
        for each in neighbours(waiting.pop(0), reader):
            if each.id in found or not may_see(each, reader):
                continue
            if len(found) == _MOST:
                goes_on = True
                break
            found[each.id] = each
            waiting.append(each)
    if len(found) == 1:
        return Chain()
    ranked = sorted(found.values(), key=lambda each: (ORDER.index(type_of(each).name), each.id))
    cards = tuple(_card(each, here=each.id == record.id) for each in ranked)
    return Chain(cards=cards, goes_on=goes_on)


def neighbours(record: Record, reader: Reader) -> Iterator[Record]:
    """Yield what a record links to, and what links to it, within the chain's registers."""
    own = type_of(record)
    for field in own.link_fields:
        if field.kind is Kind.LINK and not field.managed and set(field.to) & set(ORDER):
            yield from _linked(getattr(record, field.name), reader)
    for name in ORDER:
        declared = type_named(name)
        for field in declared.link_fields:
            if field.kind is Kind.LINK and not field.managed and own.name in field.to:
                yield from reader.find(declared.cls, **{field.name: record.id})


def _linked(rec: Id, reader: Reader) -> Iterator[Record]:
    try:
        linked = reader.load_any(rec)
    except NotFound:
        return
    if type_of(linked).name in ORDER:
        yield linked


def _card(record: Record, *, here: bool) -> ChainCard:
    declared: RecordType = type_of(record)
    state = declared.life.state(record.state) if declared.life else None
    return ChainCard(
        id=record.id, type=declared.name, label=declared.label, number=record.number,
        title=declared.title_of(record), state_label=state.label if state else "",
        tone=state.tone if state else "grey", here=here,
    )  # fmt: skip
