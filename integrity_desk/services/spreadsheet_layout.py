"""What stands where in a register's spreadsheet: the same for the way out and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from integrity_desk.domain.display import words
from integrity_desk.domain.fields import Field, Id
from integrity_desk.domain.records import Record, RecordType, parts_of, type_named
from integrity_desk.errors import NotPermitted
from integrity_desk.wording import _

ID_HEADING = "记录标识"
"""Heading of the column that recognises a row; the same in every interface language."""
REVISION_HEADING = "导出时版本"
"""Heading of the column that says which revision was exported."""
MARKS = (ID_HEADING, REVISION_HEADING)


def register(name: str) -> RecordType:
    """Return a type that has a register; accounts, reporters and logs are no spreadsheets."""
    declared = type_named(name)
    if not (declared.register and declared.handed_out):
        sentence = _("“{type}”没有台账，不能导入或导出。")
        raise NotPermitted(sentence.format(type=_(declared.label)))
    return declared


def columns(declared: RecordType) -> tuple[Field, ...]:
    """Return the fields that stand in a spreadsheet, in order: number and state, then the rest."""
    first = [declared.field("number")] if declared.prefix else []
    first += [declared.field("state")] if declared.life else []
    rest = (
        each
        for each in declared.fields
        if each.name not in Record.__dataclass_fields__
        and (not each.managed or each.listed or each.filtered)
    )
    return (*first, *rest)


def headings(declared: RecordType) -> list[str]:
    """Return the heading row."""
    return [*(_(each.label) for each in columns(declared)), *MARKS]


def sub_tables(declared: RecordType) -> tuple[RecordType, ...]:
    """Return the sub-records that travel as further tables: those that a person fills in."""
    return tuple(
        each
        for each in parts_of(declared.name)
        if not each.restricted and any(not field.is_link for field in each.typed_fields)
    )


def linked(records: Iterable[Record], fields: Iterable[Field]) -> Iterable[Id]:
    """Return every id that these fields of these records point at."""
    names = [each.name for each in fields if each.is_link]
    for record in records:
        for name in names:
            value = getattr(record, name)
            yield from value if isinstance(value, tuple) else (value,) if value else ()


def cell_words(
    declared: RecordType, field: Field, value: Any, titles: Mapping[Id, str], *, masked: bool
) -> str:
    """Return the text of one cell."""
    if field.name == "state" and declared.life is not None:
        return _(declared.life.state(value).label)
    return words(field, value, titles, masked=masked)
