"""Everything that falls due, one item each, read through the one table of deadlines.

The board, the month view and the reminder show the same items; what differs is which days of
them they ask for.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from integrity_desk.domain.deadline_lines import Deadline
from integrity_desk.domain.deadlines import DEADLINES, main_deadline, urgency
from integrity_desk.domain.due_days import basis, counted_runs
from integrity_desk.domain.fields import Id
from integrity_desk.domain.records import Record, RecordType, type_named, type_of
from integrity_desk.domain.time_rules import TimeRules
from integrity_desk.services.counting import read_all
from integrity_desk.services.visibility import may_see
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.records import Selection
from integrity_desk.wording import _

NOBODY = "-"
"""The handler of what nobody was named for."""


@dataclass(frozen=True, kw_only=True)
class DueItem:
    """One thing that falls due. A part's item leads to the record that it belongs to."""

    id: Id
    type: str
    number: str
    title: str
    what: str
    """What has to happen: 办理期限, 分期应付日 3."""
    due: date
    """Of a clock that stands still: the earliest day it can still be."""
    clause: str
    handler: Id
    """The person who sees to it, or ``NOBODY``."""
    handler_name: str
    provisional: bool = False
    paused: bool = False
    tone: str = ""


@dataclass(frozen=True, kw_only=True)
class Narrowed:
    """What a board or month is narrowed to; "" for everything."""

    clause: str = ""
    handler: Id = ""

    def holds(self, item: DueItem) -> bool:
        """Whether the item is among what is asked for."""
        return self.clause in ("", item.clause) and self.handler in ("", item.handler)


def due_between(first: date | None, last: date | None, reader: Reader) -> Iterator[DueItem]:
    """Yield what is awaited by a day from ``first`` to ``last``, both included; None for any."""
    days = tuple(each.isoformat() if each else None for each in (first, last))
    for deadline in DEADLINES:
        chosen = _open(deadline, {deadline.field: (days[0], days[1])})
        only = _needed(deadline) if not deadline.runs else None
        yield from _items(deadline, read_all(chosen, reader, only=only), reader)


def parts_due(last: date, reader: Reader) -> Iterator[DueItem]:
    """Yield what is due by ``last`` of records' parts alone: unpaid instalments."""
    days = (None, last.isoformat())
    for deadline in DEADLINES:
        if type_named(deadline.type).part_of:
            chosen = _open(deadline, {deadline.field: days})
            yield from _items(deadline, read_all(chosen, reader, only=_needed(deadline)), reader)


def provisional_after(day: date, reader: Reader) -> Iterator[DueItem]:
    """Yield what is due later, on a day that a calendar not yet published may move."""
    for deadline in DEADLINES:
        if deadline.runs:
            chosen = _open(
                deadline, {deadline.field: (day.isoformat(), None)}, due_provisional=(1,)
            )
            yield from _items(deadline, read_all(chosen, reader), reader)


def standing_still(reader: Reader) -> Iterator[DueItem]:
    """Yield what waits while its clock stands still, with the earliest day it can still be."""
    for deadline in DEADLINES:
        if deadline.paused_in:
            states = tuple(sorted(deadline.paused_in))
            chosen = Selection(type=deadline.type, equals={"state": states}, descending=False)
            yield from _items(deadline, read_all(chosen, reader), reader)


def count_between(first: date | None, last: date, reader: Reader) -> int:
    """Return how many items ``due_between`` would yield, by the indexes where they can tell."""
    total = 0
    days = (first.isoformat() if first else None, last.isoformat())
    for deadline in DEADLINES:
        chosen = _open(deadline, {deadline.field: days})
        if deadline.owner_states:
            found = read_all(chosen, reader, only=_needed(deadline))
            total += sum(1 for _item in _items(deadline, found, reader))
        else:
            total += records.count(reader.database, chosen)
    return total


def _open(deadline: Deadline, ranges: dict[str, Any], **equals: tuple[Any, ...]) -> Selection:
    return Selection(
        type=deadline.type,
        equals={**deadline.awaited, **equals},
        ranges=ranges,
        less=(deadline.less,) if deadline.less else (),
        order_by=deadline.field,
        descending=False,
    )


def _needed(deadline: Deadline) -> frozenset[str]:
    """The fields an item is made of where no clock has to be looked at."""
    declared = type_named(deadline.type)
    names = {"number", deadline.person, declared.title, f"{declared.part_of}_id"}
    names |= deadline.looked_at
    return frozenset(name for name in names if declared.has(name) or name == "state")


def _items(deadline: Deadline, found: Iterable[Record], reader: Reader) -> Iterator[DueItem]:
    declared = type_named(deadline.type)
    rules, owners = reader.rules, _Owners(declared, reader)
    made: list[DueItem] = []
    for record in found:
        owner = owners.of(record)
        counts = not deadline.owner_states or owner.state in deadline.owner_states
        if counts and (not declared.restricted or may_see(record, reader)):
            made += _item(deadline, record, owner, rules, reader.today)
    names = records.titles(reader.database, (each.handler for each in made))
    for each in made:
        yield dataclasses.replace(each, handler_name=names.get(each.handler, ""))


def _item(
    deadline: Deadline, record: Any, owner: Any, rules: TimeRules, today: date
) -> Iterator[DueItem]:
    paused = record.state in deadline.paused_in
    due = _earliest(deadline, record, rules, today) if paused else getattr(record, deadline.field)
    if due is None:
        return
    declared, of_owner = type_of(record), type_of(owner)
    main = main_deadline(of_owner.name)
    person = deadline.person if record is owner or not main else main.person
    label = _(deadline.label)
    yield DueItem(
        id=owner.id,
        type=of_owner.name,
        number=owner.number,
        title=of_owner.title_of(owner),
        what=label if record is owner else f"{label} {declared.title_of(record)}",
        due=due,
        clause=basis(deadline, record, rules),
        handler=(getattr(owner, person) if person else "") or NOBODY,
        handler_name="",
        provisional=bool(deadline.runs) and record.due_provisional and not paused,
        paused=paused,
        tone="" if paused else urgency(due, today),
    )


def _earliest(deadline: Deadline, record: Any, rules: TimeRules, today: date) -> date | None:
    counted = counted_runs(deadline, record, rules, today)
    return next((each.due for each, _runs, stands in counted if stands), None)


class _Owners:
    """The record that a part belongs to, each loaded once; any other record is its own."""

    def __init__(self, declared: RecordType, reader: Reader) -> None:
        self._declared = declared
        self._reader = reader
        self._known: dict[Id, Record] = {}

    def of(self, record: Record) -> Record:
        part_of = self._declared.part_of
        if not part_of:
            return record
        rec = getattr(record, f"{part_of}_id")
        if rec not in self._known:
            self._known[rec] = self._reader.load(type_named(part_of).cls, rec)
        return self._known[rec]
