"""The columns of a register's list, from its declaration."""

from __future__ import annotations

from integrity_desk.domain.deadlines import main_deadline
from integrity_desk.domain.fields import Field, Kind
from integrity_desk.domain.records import RecordType
from integrity_desk.ui.models.rows import Column
from integrity_desk.wording import _

STATE = "state"
_PADDING = 5
_PER_CHARACTER = 3.5
_LATIN = 0.56
_NUMBER_WIDTH = 37
_DAY_WIDTH = 26
_MAIN_WIDTH = 42
_MOST_WIDTH = 40
_NAME_WIDTH = 58
_SHORT_NAME = 7
"""Widths in steps of the space scale: a character of the base size takes 3.5 steps, a Latin
letter about half of that. A link listed longer than a person's name is to a unit or to a record."""

_CLASSES_FIRST = 100
_KEPT = frozenset({"number", STATE})


def columns_of(declared: RecordType) -> tuple[Column, ...]:
    """Return one column per listed field, and the state's at the end."""
    main = main_field(declared)
    deadline = main_deadline(declared.name)
    due = deadline.field if deadline else ""
    columns = [
        Column(
            name=field.name,
            label=field.label,
            kind=_kind(field, main, due),
            width=_width(field, main),
            widest=_widest(field, main),
            stretch=field is main,
            rank=0 if field is main or field.name in (*_KEPT, due) else _rank(field, place),
            sortable=not field.is_link and not field.sensitive,
        )
        for place, field in enumerate(declared.listed_fields, start=1)
    ]
    if declared.life is not None:
        longest = max(_length(_(state.label)) for state in declared.life.states)
        label = declared.field(STATE).label
        width = round(longest * _PER_CHARACTER) + 2 * _PADDING
        columns.append(Column(name=STATE, label=label, kind="state", width=width))
    return tuple(columns)


def main_field(declared: RecordType) -> Field:
    """Return the field that takes the spare width: the title, else the widest listed one."""
    listed = declared.listed_fields
    titled = [field for field in listed if field.name == declared.title]
    return titled[0] if titled else max(listed, key=lambda field: field.listed)


def _kind(field: Field, main: Field, due: str) -> str:
    if field.name == due:
        return "due"
    if field.kind in (Kind.MONEY, Kind.NUMBER):
        return "number"
    return "text" if field is main or field.name == "number" else "muted"


def _length(words: str) -> float:
    """Return how many Chinese characters ``words`` is as long as."""
    return sum(_LATIN if each.isascii() else 1 for each in words)


def _width(field: Field, main: Field) -> int:
    if field.name == "number":
        return _NUMBER_WIDTH
    if field.kind is Kind.DAY:
        return _DAY_WIDTH
    if field is main:
        return _MAIN_WIDTH
    return min(round(field.listed * _PER_CHARACTER) + _PADDING, _MOST_WIDTH)


def _widest(field: Field, main: Field) -> int:
    """Names of units, titles of records, classes and long headings get the room there is."""
    if field is main or field.name == "number":
        return 0
    words = [_(field.label)]
    if field.kind is Kind.CHOICE and field.choices is not None:
        words += [_(each.label) for each in field.choices]
    longest = round(max(map(_length, words)) * _PER_CHARACTER) + _PADDING
    return max(longest, _NAME_WIDTH if field.is_link and field.listed > _SHORT_NAME else 0)


def _rank(field: Field, place: int) -> int:
    """Kinds and classes are dropped before who and when, later columns before earlier ones."""
    return place + (_CLASSES_FIRST if field.kind is Kind.CHOICE else 0)
