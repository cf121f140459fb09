"""What a record says in the catalogue's words: codes, formats and units by a profile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.fields import Field, Kind
from integrity_desk.domain.plain import from_plain
from integrity_desk.domain.profile_checks import DECIMALS, SAME, Format, format_of
from integrity_desk.domain.profiles import Element, Item
from integrity_desk.domain.times import china_day
from integrity_desk.errors import InvalidInput
from integrity_desk.wording import _

_BY_NAME = {declared.name: declared for declared in TYPES}
_FEN = {"元": Decimal(100), "万元": Decimal(1_000_000)}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A record as the county shows it now; ``values`` are plain, ``ref`` is the county's number."""

    id: str
    type: str
    ref: str
    values: Mapping[str, Any]


Find = Callable[[str], Shown | None]
"""Finds a linked record by its id."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a catalogue table by element codes; or, in ``flaws``, why it cannot be one.

    A flaw is (element's name, reason); reasons hold nothing of what the record says.
    """

    cells: Mapping[str, str]
    flaws: tuple[tuple[str, str], ...]


def belongs(item: Item, record: Shown) -> bool:
    """Whether a record is one of this item's."""
    if record.type != item.type or (item.states and record.values.get("state") not in item.states):
        return False
    return all(record.values.get(name) in codes for name, codes in item.where.items())


def row_of(item: Item, record: Shown, given: Mapping[str, str], find: Find) -> Row:
    """Return a record's line, in the language in force; ``given`` has facts by "@…"."""
    cells: dict[str, str] = {}
    flaws: list[tuple[str, str]] = []
    for each in item.elements:
        try:
            cells[each.code] = _cell(each, record, given, find)
        except InvalidInput as error:
            flaws.append((each.name, error.sentence))
    return Row(cells=cells, flaws=tuple(flaws))


def _cell(element: Element, record: Shown, given: Mapping[str, str], find: Find) -> str:
    form = format_of(element)
    assert form is not None, "a profile is checked before it is used"
    if element.value:
        said = element.value
    elif element.field.startswith("@"):
        said = {"@record": record.id, "@county_ref": record.ref, **given}[element.field]
    else:
        said = _read(element, record, form, find)
    if element.required and not said:
        raise InvalidInput(element.code, _("没有填写"))
    if said and form.kind != "day" and not _has_room(said, form):
        raise InvalidInput(element.code, _("超过目录规定的长度"))
    return said


def _has_room(said: str, form: Format) -> bool:
    length = len(said.replace(".", "").lstrip("-")) if form.kind == "number" else len(said)
    return length == form.length if form.exact else length <= form.length


def _read(element: Element, record: Shown, form: Format, find: Find) -> str:
    name, dot, second = element.field.partition(".")
    holder, declared = record, _BY_NAME[record.type]
    if dot:
        linked = _linked(declared.field(name), str(record.values.get(name) or ""), find)
        if linked is None or second == SAME:
            return linked.id if linked else ""
        holder, declared, name = linked, _BY_NAME[linked.type], second
        if not declared.has(name):
            return ""
    field = declared.field(name)
    try:
        value = from_plain(field, holder.values.get(name))
    except InvalidInput as error:
        raise InvalidInput(element.code, _("内容格式不对")) from error
    if value == field.empty and field.kind is not Kind.FLAG:
        return ""
    return _said(element, field, value, form, find)


def _said(element: Element, field: Field, value: Any, form: Format, find: Find) -> str:
    if field.is_link:
        ids = (value,) if field.kind is Kind.LINK else value
        found = (_linked(field, each, find) for each in ids)
        return "、".join(_called(element, each) for each in found if each is not None)
    if isinstance(value, (date, datetime)):
        day = china_day(value) if isinstance(value, datetime) else value
        return f"{day:%Y%m%d}" if form.compact else day.isoformat()
    if field.kind is Kind.MONEY:
        return f"{Decimal(value) / _FEN[element.unit]:.{DECIMALS[element.unit]}f}"
    values = value if field.kind is Kind.CHOICES else (value,)
    return "、".join(_coded(element, field, each) for each in values)


def _linked(field: Field, rec: str, find: Find) -> Shown | None:
    """The record behind a link; one of a type that may not stand there is none."""
    linked = find(rec) if rec else None
    return linked if linked is not None and linked.type in field.to else None


def _called(element: Element, linked: Shown) -> str:
    if element.codes is not None:
        return _listed(element, linked.type)
    title = _BY_NAME[linked.type].title
    return str(linked.values.get(title) or linked.values.get("number") or "")


def _coded(element: Element, field: Field, value: Any) -> str:
    if element.codes is None:
        return _(value.label) if field.choices is not None else str(value)
    code = str(value).lower() if field.kind is Kind.FLAG else str(value)
    return _listed(element, code)


def _listed(element: Element, code: str) -> str:
    if element.codes is None or code not in element.codes:
        raise InvalidInput(element.code, _("代码不在目录的代码表里"))
    return element.codes[code]
