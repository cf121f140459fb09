"""Looking records up: lists, rows, counts by state, and search."""

from __future__ import annotations

import dataclasses
from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from integrity_desk.domain.attachments import Attachment, owner_of
from integrity_desk.domain.deadlines import due_tone, main_deadline
from integrity_desk.domain.display import wording
from integrity_desk.domain.fields import Field, Id
from integrity_desk.domain.records import Record, RecordType, links_of, type_named, type_of
from integrity_desk.errors import NotPermitted
from integrity_desk.services.acts import Question, answers
from integrity_desk.services.early_warnings import warned_of
from integrity_desk.services.visibility import may_see
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.records import Selection
from integrity_desk.wording import _

_MOST_FOUND = 10_000


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What a list is narrowed to; all conditions hold together.

    ``states`` are state codes; ``equals`` maps a field to plain values; ``days`` a day field to
    (from, until), either may be None; ``text`` is searched for.
    """

    type: str
    states: tuple[str, ...] = ()
    equals: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    days: Mapping[str, tuple[date | None, date | None]] = field(default_factory=dict)
    text: str = ""
    warning: str = ""
    """The code of an early warning of the type that it must hold."""
    order_by: str = ""
    descending: bool = True


@dataclass(frozen=True, kw_only=True)
class ListRecords(Question["array[int]"]):
    """Which rows a filter selects, in order; the length is the count."""

    filter: Filter


@dataclass(frozen=True, kw_only=True)
class FetchRows(Question["tuple[Row, ...]"]):
    """The rows with these row numbers, in that order; rows gone meanwhile are left out."""

    type: str
    rows: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class CountStates(Question["dict[str, int]"]):
    """How many records of a type stand in each state."""

    type: str


@dataclass(frozen=True, kw_only=True)
class FindRecords(Question["tuple[Hit, ...]"]):
    """Records of any register that hold the text, newest first."""

    text: str
    types: tuple[str, ...] = ()
    limit: int = 50


class Row(NamedTuple):
    """One line of a list: cells in the order of the type's listed fields."""

    row_id: int
    id: Id
    cells: tuple[str, ...]
    state_label: str
    tone: str
    due_tone: str = ""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One search result."""

    id: Id
    type: str
    number: str
    title: str
    state_label: str
    tone: str


@answers(ListRecords)
def list_records(question: ListRecords, reader: Reader) -> array[int]:
    """Order the row numbers by the filter."""
    _require_open(question.filter.type, reader)
    return records.row_numbers(reader.database, selection(question.filter, reader))


@answers(FetchRows)
def fetch_rows(question: FetchRows, reader: Reader) -> tuple[Row, ...]:
    """Read one page by key, with the names of what it links to."""
    _require_open(question.type, reader)
    declared = type_named(question.type)
    shown = declared.listed_fields
    deadline = main_deadline(declared.name)
    only = frozenset({"state"}) | (deadline.looked_at if deadline else frozenset())
    owner = frozenset({f"{declared.part_of}_id"} if declared.restricted else ())
    found = records.at_rows(
        reader.database,
        declared.name,
        question.rows,
        only=only | owner | {field_.name for field_ in shown},
    )
    if declared.restricted:
        found = {row: each for row, each in found.items() if may_see(each, reader)}
    titles = titles_of(found.values(), shown, reader)
    columns = [(field_.name, wording(field_, titles)) for field_ in shown]
    today = reader.today
    return tuple(
        _row(row_id, found[row_id], declared, columns, today)
        for row_id in question.rows
        if row_id in found
    )


@answers(CountStates)
def count_states(question: CountStates, reader: Reader) -> dict[str, int]:
    """Count by state."""
    _require_open(question.type, reader)
    return records.counts(reader.database, question.type, "state")


@answers(FindRecords)
def find_records(question: FindRecords, reader: Reader) -> tuple[Hit, ...]:
    """Ask the index; a restricted find leads to the case it belongs to."""
    restricted = reader.actor.may("reporter")
    most = question.limit if not question.types else _MOST_FOUND
    rows = reader.index.find(question.text, limit=most, restricted=restricted)
    hits: dict[Id, Hit] = {}
    for first in range(0, len(rows), question.limit):
        for hit in _hits(rows[first : first + question.limit], reader):
            if not question.types or hit.type in question.types:
                hits.setdefault(hit.id, hit)
        if len(hits) >= question.limit:
            break
    return tuple(hits.values())[: question.limit]


def selection(narrowed: Filter, reader: Reader) -> Selection:
    """Turn a filter into a selection of the store."""
    equals: dict[str, tuple[Any, ...]] = dict(narrowed.equals)
    if narrowed.states:
        equals["state"] = narrowed.states
    rows = None
    if narrowed.text.strip():
        rows = tuple(
            reader.index.find(
                narrowed.text, limit=_MOST_FOUND, restricted=reader.actor.may("reporter")
            )
        )
    chosen = Selection(
        type=narrowed.type,
        equals=equals,
        ranges={
            name: tuple(each.isoformat() if each else None for each in days)  # type: ignore[misc]
            for name, days in narrowed.days.items()
        },
        rows=rows,
        order_by=narrowed.order_by,
        descending=narrowed.descending,
    )
    return warned_of(chosen, narrowed.warning, reader) if narrowed.warning else chosen


def titles_of(shown: Iterable[Record], fields: Iterable[Field], reader: Reader) -> dict[Id, str]:
    """Return the names of everything that these fields of these records link to."""
    links = [each for each in fields if each.is_link]
    wanted = (linked for record in shown for _field, linked in links_of(record, links))
    return records.titles(reader.database, wanted)


def hit_of(record: Record) -> Hit:
    """Name a record by itself."""
    declared = type_of(record)
    state = declared.life.state(record.state) if declared.life else None
    return Hit(
        id=record.id,
        type=declared.name,
        number=record.number,
        title=declared.title_of(record),
        state_label=state.label if state else "",
        tone=state.tone if state else "grey",
    )


def hit_at_owner(record: Record, reader: Reader) -> Hit:
    """Name a record; a part is named with what it belongs to, and leads there."""
    declared = type_of(record)
    if not declared.part_of:
        return hit_of(record)
    shown = hit_of(_owner(record, reader))
    title = _("{part}（{owner}）").format(part=declared.title_of(record), owner=shown.title)
    return dataclasses.replace(shown, title=title)


def _require_open(type_name: str, reader: Reader) -> None:
    """A restricted type has no list, but for those who may see every record of it."""
    if type_named(type_name).restricted and not reader.actor.may("reporter"):
        raise NotPermitted(_("这条内容只对经办人和复核员开放。"))


def _row(
    row_id: int,
    record: Record,
    declared: RecordType,
    columns: Iterable[tuple[str, Callable[[Any], str]]],
    today: date,
) -> Row:
    state = declared.life.state(record.state) if declared.life else None
    return Row(
        row_id=row_id,
        id=record.id,
        cells=tuple([worded(getattr(record, name)) for name, worded in columns]),
        state_label=state.label if state else "",
        tone=state.tone if state else "grey",
        due_tone=due_tone(record, today),
    )


def _hits(rows: list[int], reader: Reader) -> list[Hit]:
    """Read what is shown of the records at these rows, one statement a type, in their order."""
    by_type: dict[str, list[int]] = {}
    for row, (_rec, type_name) in records.types_of_rows(reader.database, rows).items():
        by_type.setdefault(type_name, []).append(row)
    found = {}
    for type_name, some in by_type.items():
        only = _shown_of_hits(type_named(type_name))
        found.update(records.at_rows(reader.database, type_name, some, only=only))
    whole = (_to_show(found[row], reader) for row in rows if row in found)
    return [hit_of(record) for record in whole if record is not None]


def _shown_of_hits(declared: RecordType) -> frozenset[str]:
    owners = {f"{declared.part_of}_id", "owner_id"}
    return frozenset({"number", "state", declared.title, *owners})


def _to_show(record: Record, reader: Reader) -> Record | None:
    """The record itself, or what it is a part of or attached to; None for whoever may not see."""
    declared = type_of(record)
    if not may_see(record, reader):
        return None
    if isinstance(record, Attachment):
        return _to_show(reader.load_any(record.owner_id), reader)
    if not declared.part_of:
        return record
    return _owner(record, reader)


def _owner(part: Record, reader: Reader) -> Record:
    return reader.load(type_named(type_of(part).part_of).cls, owner_of(part))
