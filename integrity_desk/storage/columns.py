"""From the declaration to columns and back: one table per record type, one column per field."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, cached_property, lru_cache
from typing import Any

from integrity_desk.domain.fields import Field, Kind
from integrity_desk.domain.plain import from_plain
from integrity_desk.domain.records import Record, RecordType, type_named, with_values
from integrity_desk.domain.revisions import Value

_WHOLE = frozenset({Kind.NUMBER, Kind.MONEY, Kind.FLAG})
_Read = Callable[[Any], Any]

_LISTS = frozenset({Kind.CHOICES, Kind.LINKS})
_READS: dict[Kind, _Read] = {
    Kind.DAY: date.fromisoformat,
    Kind.MOMENT: datetime.fromisoformat,
    Kind.FLAG: bool,
}


def column_type(field: Field) -> str:
    """Return the STRICT column type of a field."""
    return "INTEGER" if field.kind in _WHOLE else "TEXT"


def indexed(declared: RecordType, field: Field) -> bool:
    """Whether lists sort or filter by this field, or links are followed backwards through it."""
    if field.name == "number":
        return bool(declared.prefix)
    if field.name == "state":
        return declared.life is not None
    if field.managed:
        return False
    listed = field.listed and declared.register and field.kind is not Kind.LONG_TEXT
    return bool(listed or field.filtered or field.kind is Kind.LINK)


@dataclass(frozen=True)
class TableShape:
    """The statements of one record table, written once."""

    declared: RecordType
    readers: tuple[tuple[str, _Read | None], ...]
    """``id`` and the fields, each with what turns its column into its value; None: it is that."""

    @cached_property
    def columns(self) -> str:
        """The columns that are read, in the order of ``readers``."""
        return ", ".join(quoted(name) for name, _read in self.readers)

    @cached_property
    def select(self) -> str:
        """The statement, without its conditions, that reads these columns."""
        return f"SELECT {self.columns} FROM {quoted(self.declared.name)}"

    def insert(self, names: Iterable[str]) -> str:
        """Return the statement that writes row, id and these fields of a new record."""
        return _insert(self.declared.name, tuple(names))

    def update(self, names: Iterable[str]) -> str:
        """Return the statement that writes these fields of one id."""
        sets = ", ".join(f"{quoted(name)} = ?" for name in names)
        return f"UPDATE {quoted(self.declared.name)} SET {sets} WHERE id = ?"

    def to_record(self, row: tuple[Any, ...]) -> Record:
        """Build the record from a row that begins with ``columns``; what follows is passed over."""
        values = {
            name: value if read is None else read(value)
            for (name, read), value in zip(self.readers, row, strict=False)
            if value is not None
        }
        return with_values(self.declared.blank, values)


@cache
def shape(type_name: str) -> TableShape:
    """Return the shape of a type's table."""
    declared = type_named(type_name)
    readers = ((field.name, _reader(field)) for field in declared.fields)
    return TableShape(declared=declared, readers=(("id", None), *readers))


@cache
def narrowed(type_name: str, names: frozenset[str]) -> TableShape:
    """Return the shape that reads only these fields; the others of its records are empty."""
    whole = shape(type_name)
    kept = tuple(reader for reader in whole.readers if reader[0] in names | {"id"})
    return replace(whole, readers=kept)


@lru_cache(maxsize=1_000)
def _insert(type_name: str, names: tuple[str, ...]) -> str:
    """Empty columns are left out: to hand over sixty of them costs more than to keep the rest."""
    listed = ", ".join(["row", "id", *map(quoted, names)])
    marks = ", ".join("?" * (len(names) + 2))
    return f"INSERT INTO {quoted(type_name)} ({listed}) VALUES ({marks})"


def columns(plain: Mapping[str, Value]) -> dict[str, Any]:
    """Return what stands in the columns for plain values: the same, but lists as JSON."""
    return {
        name: json.dumps(value) if type(value) is list else value for name, value in plain.items()
    }


def quoted(name: str) -> str:
    """Quote a declared name for SQL; declared names are identifiers, never input."""
    assert name.isidentifier(), name
    return f'"{name}"'


def _reader(field: Field) -> _Read | None:
    """Columns hold what was checked when it was written, so nothing is checked again."""
    if field.kind is Kind.CHOICE:
        return field.choices
    if field.kind in _LISTS:
        return lambda column: from_plain(field, json.loads(column))
    return _READS.get(field.kind)
