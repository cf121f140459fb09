"""Counting by formulas over the store: which records of a period belong to which unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from integrity_desk.domain.fields import Id
from integrity_desk.domain.formulas import Formula, Tally, operand
from integrity_desk.domain.periods import Period
from integrity_desk.domain.records import Record, type_named, type_of
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.records import Selection

_PAGE_ROWS = 500


def tally(formula: Formula, period: Period, reader: Reader) -> Mapping[Id, Tally]:
    """Return what the formula finds in a period, for each unit it finds anything for.

    Days that have not come yet are not counted: what is due tomorrow is not late today.
    """
    found: dict[Id, tuple[list[Id], list[Id]]] = defaultdict(lambda: ([], []))
    for unit, record in _belonging(formula, period, reader):
        judged = formula.judge(record, reader.rules)
        if judged is not None:
            found[unit][0 if judged else 1].append(record.id)
    return {
        unit: Tally(hits=tuple(hits), misses=tuple(misses))
        for unit, (hits, misses) in found.items()
    }


def whole(tallies: Mapping[Id, Tally]) -> Tally:
    """Return the tallies of all units as one."""
    return Tally(
        hits=tuple(rec for each in tallies.values() for rec in each.hits),
        misses=tuple(rec for each in tallies.values() for rec in each.misses),
    )


def _belonging(formula: Formula, period: Period, reader: Reader) -> Iterator[tuple[Id, Record]]:
    last = min(period.last, reader.today)
    owners: dict[Id, Record] = {}
    for record in _candidates(formula, period, reader):
        day = _along(formula.day, record, owners, reader)
        if day is not None and period.first <= day <= last:
            unit = _along(formula.unit, record, owners, reader)
            if unit:
                yield unit, record


def _candidates(formula: Formula, period: Period, reader: Reader) -> Iterable[Record]:
    """Read the records whose day may lie in the period; a derived day needs all of them."""
    ranges: dict[str, tuple[Any, Any]] = {}
    if formula.day.isidentifier():
        ranges[formula.day] = (period.first.isoformat(), period.last.isoformat())
    only = None if formula.is_derived else formula.fields
    chosen = Selection(type=formula.register, ranges=ranges, descending=False)
    return read_all(chosen, reader, only=only)


def read_all(
    chosen: Selection, reader: Reader, *, only: frozenset[str] | None = None
) -> Iterator[Record]:
    """Yield every record of a selection in its order, read page by page."""
    rows = records.row_numbers(reader.database, chosen)
    for start in range(0, len(rows), _PAGE_ROWS):
        page = rows[start : start + _PAGE_ROWS]
        known = records.at_rows(reader.database, chosen.type, page, only=only)
        yield from (known[row] for row in page if row in known)


def _along(path: str, record: Any, owners: dict[Id, Record], reader: Reader) -> Any:
    """Return a field's value, or with a dot that of the record it links to; each is read once."""
    link, _dot, further = path.partition(".")
    value = operand(record, link, reader.rules)
    if not further or not value:
        return value or None
    if value not in owners:
        (owner,) = type_of(record).field(link).to
        owners[value] = reader.load(type_named(owner).cls, value)
    return getattr(owners[value], further) or None
