"""Reading records: one by id, some by equal fields, and long lists by row number.

A long list is an ordered array of row numbers (8 bytes a row); its pages are fetched by
primary key. OFFSET is never used: at a million rows it costs 43 ms, a page by key 3 ms.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from integrity_desk.domain.fields import Id, Kind
from integrity_desk.domain.plain import to_plain
from integrity_desk.domain.records import Record, RecordType, record_types, type_named, type_of
from integrity_desk.errors import NotFound
from integrity_desk.storage.columns import narrowed, quoted, shape
from integrity_desk.storage.database import Database
from integrity_desk.wording import _

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """Sub-records of a type within ranges, and with the first of two amounts less."""

    type: str
    ranges: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    less: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which records of a type, in which order; all conditions must hold.

    ``equals`` maps a field to the values allowed, None for not filled in; ``ranges`` to (from, to)
    plain values, either may be None, both included; ``less`` has pairs of amounts of which the
    first is less. ``having`` and ``lacking`` are sub-records of which there is one, or none.
    ``rows`` restricts to row numbers (from a search).
    """

    type: str
    equals: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    ranges: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    less: tuple[tuple[str, str], ...] = ()
    having: tuple[Parts, ...] = ()
    lacking: tuple[Parts, ...] = ()
    rows: tuple[int, ...] | None = None
    order_by: str = ""
    descending: bool = True


def load(database: Database, cls: type[R], rec: Id, *, even_void: bool = True) -> R:
    """Return one record; NotFound when there is none of that type with that id."""
    found = database.conn.execute(
        f"{shape(type_of(cls).name).select} WHERE id = ? AND void <= ?", (rec, even_void)
    ).fetchone()
    if found is None:
        raise NotFound(_("找不到这条记录，它可能已被删除。"))
    return _as(cls, found)


def find(database: Database, cls: type[R], **equals: Any) -> list[R]:
    """Return records whose fields equal the given values, oldest first, void ones left out."""
    declared = type_of(cls)
    plain = {name: to_plain(declared.field(name), value) for name, value in equals.items()}
    conditions = [f"{quoted(name)} IS ?" for name in plain] + ["void = 0"]
    rows = database.conn.execute(
        f"{shape(declared.name).select} WHERE {' AND '.join(conditions)} ORDER BY row",
        tuple(plain.values()),
    )
    return [_as(cls, row) for row in rows]


def type_of_id(database: Database, rec: Id) -> str:
    """Return the type name of a record; NotFound for an unknown id."""
    found = database.conn.execute("SELECT type FROM record WHERE id = ?", (rec,)).fetchone()
    if found is None:
        raise NotFound(_("找不到这条记录，它可能已被删除。"))
    return str(found[0])


def row_of(database: Database, rec: Id) -> int | None:
    """Return the row number of a record, also of a void one; None for an unknown id."""
    found = database.conn.execute("SELECT row FROM record WHERE id = ?", (rec,)).fetchone()
    return int(found[0]) if found else None


def stands(database: Database, type_name: str, rec: Id) -> bool:
    """Whether there is a record of that type and id that is not void."""
    found = database.conn.execute(
        f"SELECT 1 FROM {quoted(type_name)} WHERE id = ? AND void = 0", (rec,)
    ).fetchone()
    return found is not None


def row_numbers(database: Database, selection: Selection) -> array[int]:
    """Return the ordered row numbers of a selection; its length is the count."""
    where, values = _where(selection)
    order = _order(selection)
    rows = database.conn.execute(
        f"SELECT row FROM {quoted(selection.type)} WHERE {where} ORDER BY {order}", values
    )
    return array("q", (row for (row,) in rows))


def at_rows(
    database: Database,
    type_name: str,
    rows: Iterable[int],
    *,
    only: frozenset[str] | None = None,
) -> dict[int, Record]:
    """Return the records at these row numbers of one type's table.

    With ``only``, for lists, just these fields are read and the others are left empty.
    """
    wanted = tuple(rows)
    marks = ", ".join("?" * len(wanted))
    read = shape(type_name) if only is None else narrowed(type_name, only)
    found = database.conn.execute(
        f"SELECT {read.columns}, row FROM {quoted(type_name)} WHERE row IN ({marks})", wanted
    )
    return {row[-1]: read.to_record(row) for row in found}


def counts(database: Database, type_name: str, by: str) -> dict[str, int]:
    """Return how many records stand under each value of one field; "" for not filled in."""
    rows = database.conn.execute(
        f"SELECT {quoted(by)}, count(*) FROM {quoted(type_name)} WHERE +void = 0 GROUP BY 1"
    )
    return {value or "": count for value, count in rows}


def count(database: Database, selection: Selection) -> int:
    """Return how many records a selection holds."""
    where, values = _where(selection)
    return int(
        database.conn.execute(
            f"SELECT count(*) FROM {quoted(selection.type)} WHERE {where}", values
        ).fetchone()[0]
    )


def types_of_rows(database: Database, rows: Iterable[int]) -> dict[int, tuple[Id, str]]:
    """Return (id, type name) of the records at these row numbers."""
    wanted = tuple(rows)
    marks = ", ".join("?" * len(wanted))
    statement = f"SELECT row, id, type FROM record WHERE row IN ({marks})"
    found = database.conn.execute(statement, wanted)
    return {row: (rec, type_name) for row, rec, type_name in found}


def titles(database: Database, ids: Iterable[Id], *, numbered: bool = False) -> dict[Id, str]:
    """Return the words people know each of these records by; unknown ids are left out.

    With ``numbered``, for spreadsheets, a record that has a number is named with it: 事项（编号）.
    """
    wanted = tuple(dict.fromkeys(ids))
    marks = ", ".join("?" * len(wanted))
    found = database.conn.execute(
        f"SELECT type, group_concat(row) FROM record WHERE id IN ({marks}) GROUP BY type", wanted
    ).fetchall()
    known: dict[Id, str] = {}
    for type_name, rows in found:
        at = tuple(map(int, rows.split(",")))
        known.update(_titles_at(database, type_named(type_name), at, numbered=numbered))
    return known


def _titles_at(
    database: Database, declared: RecordType, rows: tuple[int, ...], *, numbered: bool
) -> Iterator[tuple[Id, str]]:
    """Do what ``RecordType.title_of`` does without reading whole records."""
    title, kind = quoted(declared.title or "number"), declared.told_by
    told = quoted(kind.name) if kind else "NULL"
    labels = {each.value: each.label for each in kind.choices} if kind and kind.choices else {}
    found = database.conn.execute(
        f"SELECT id, {title}, number, {told} FROM {quoted(declared.name)}"
        f" WHERE row IN ({', '.join('?' * len(rows))})",
        rows,
    )
    return (
        (rec, f"{named}（{number}）" if numbered and named and number and named != number
         else str(named or number or _(labels.get(told, declared.label))))
        for rec, named, number, told in found
    )  # fmt: skip


def ids_by(database: Database, type_name: str, name: str) -> dict[str, list[Id]]:
    """Return the ids of a type's records under each value of one text field; empty ones not."""
    found: dict[str, list[Id]] = {}
    for value, rec in database.conn.execute(
        f"SELECT {quoted(name)}, id FROM {quoted(type_name)}"
        f" WHERE void = 0 AND {quoted(name)} IS NOT NULL"
    ):
        found.setdefault(value, []).append(rec)
    return found


def pointing_at(database: Database, rec: Id, target: str, *, limit: int = 200) -> list[Record]:
    """Return records that link to ``rec``, a record of type ``target``; newest last."""
    found: list[Record] = []
    for declared in record_types():
        for field_ in declared.fields:
            if field_.kind is Kind.LINK and target in field_.to and not field_.managed:
                rows = database.conn.execute(
                    f"{shape(declared.name).select} WHERE {quoted(field_.name)} = ?"
                    " AND void = 0 ORDER BY row DESC LIMIT ?",
                    (rec, limit),
                )
                found += [shape(declared.name).to_record(row) for row in rows]
    return sorted(found, key=lambda each: each.id)[-limit:]


def _where(selection: Selection) -> tuple[str, tuple[Any, ...]]:
    # With the plus sign the ordering field's own index is walked, instead of sorting what is
    # found through the index of "void": a fifth of the time for a long list.
    conditions = ["+void = 0" if selection.order_by else "void = 0"]
    values: list[Any] = []
    for name, allowed in selection.equals.items():
        known = [value for value in allowed if value is not None]
        listed = f"{quoted(name)} IN ({', '.join('?' * len(known))})"
        empty = None in allowed
        conditions.append(f"({listed} OR {quoted(name)} IS NULL)" if empty else listed)
        values += known
    _narrow(selection, conditions, values)
    for wanted, each in [
        *(("EXISTS", parts) for parts in selection.having),
        *(("NOT EXISTS", parts) for parts in selection.lacking),
    ]:
        inner, given = _where_parts(each, selection.type)
        conditions.append(f"{wanted} (SELECT 1 FROM {quoted(each.type)} AS part WHERE {inner})")
        values += given
    if selection.rows is not None:
        conditions.append(f"row IN ({', '.join('?' * len(selection.rows))})")
        values += selection.rows
    return " AND ".join(conditions), tuple(values)


def _where_parts(parts: Parts, owner: str) -> tuple[str, list[Any]]:
    """Conditions on sub-records; a column of the owner would need its table's name."""
    conditions = [f"part.{quoted(f'{owner}_id')} = {quoted(owner)}.id", "part.void = 0"]
    values: list[Any] = []
    _narrow(parts, conditions, values, prefix="part.")
    return " AND ".join(conditions), values


def _narrow(
    what: Selection | Parts, conditions: list[str], values: list[Any], prefix: str = ""
) -> None:
    for name, (first, last) in what.ranges.items():
        for sign, bound in ((">=", first), ("<=", last)):
            if bound is not None:
                conditions.append(f"{prefix}{quoted(name)} {sign} ?")
                values.append(bound)
    for paid, owed in what.less:
        conditions.append(
            f"coalesce({prefix}{quoted(paid)}, 0) < coalesce({prefix}{quoted(owed)}, 0)"
        )


def _order(selection: Selection) -> str:
    direction = "DESC" if selection.descending else "ASC"
    if not selection.order_by:
        return f"row {direction}"
    return f"{quoted(selection.order_by)} {direction}, row {direction}"


def _as(cls: type[R], row: tuple[Any, ...]) -> R:
    record = shape(type_of(cls).name).to_record(row)
    assert isinstance(record, cls)
    return record
