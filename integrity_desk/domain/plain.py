"""Plain values: how field values stand in revisions, bundles, drafts and columns.

day -> "YYYY-MM-DD"   moment -> "YYYY-MM-DDTHH:MM:SSZ"   choice -> its code
choices, links -> list of str                             empty -> None
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from integrity_desk.domain.fields import Choice, Field, Kind
from integrity_desk.domain.records import Record, RecordType
from integrity_desk.errors import InvalidInput
from integrity_desk.wording import _

_TOO_BIG = 2**53
"""Whole numbers stay below this in revision lines."""

_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


def to_plain(field: Field, value: Any) -> Any:
    """Return the JSON value of a field value; None when it is empty."""
    if type(value) is str:
        return value or None
    if value == field.empty:
        return None
    if field.kind is Kind.DAY:
        return value.isoformat()
    if field.kind is Kind.MOMENT:
        return _moment(value)
    if field.kind in (Kind.CHOICES, Kind.LINKS):
        return [str(each) for each in value]
    return str(value) if field.kind is Kind.CHOICE else value


def from_plain(field: Field, plain: Any) -> Any:
    """Return the field value of a JSON value; InvalidInput names the field when it cannot be."""
    if plain is None:
        return field.empty
    try:
        return _convert(field, plain)
    except (ValueError, TypeError) as error:
        raise InvalidInput(
            field.name, _("“{field}”的内容格式不对，请检查。").format(field=_(field.label))
        ) from error


def plain_changes(declared: RecordType, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return changed field values as plain values."""
    return {name: to_plain(declared.field(name), value) for name, value in changes.items()}


def record_from_plain(declared: RecordType, rec: str, plain: Mapping[str, Any]) -> Record:
    """Build a record from plain values; fields this program does not know are passed over."""
    known = {
        name: from_plain(declared.field(name), value)
        for name, value in plain.items()
        if declared.has(name)
    }
    return declared.cls(id=rec, **known)


@lru_cache(maxsize=64)
def _moment(value: datetime) -> str:
    """One act writes the same moment into all its records."""
    return value.astimezone(UTC).strftime(_MOMENT)


def _convert(field: Field, plain: Any) -> Any:
    kind = field.kind
    if field.is_text or kind is Kind.LINK:
        text = str(plain)
        text.encode()  # half a surrogate pair cannot be kept
        return text
    if kind is Kind.DAY:
        return plain if isinstance(plain, date) else date.fromisoformat(plain)
    if kind is Kind.MOMENT:
        return datetime.strptime(plain, _MOMENT).replace(tzinfo=UTC)
    if kind is Kind.CHOICE:
        return _choice(field, plain)
    if kind is Kind.CHOICES:
        return tuple(_choice(field, each) for each in plain)
    if kind is Kind.LINKS:
        return tuple(str(each) for each in plain)
    if kind is Kind.FLAG:
        return bool(plain)
    return _whole(plain)


def _whole(plain: Any) -> int:
    number = int(plain)
    if abs(number) >= _TOO_BIG:
        raise ValueError(plain)
    return number


def _choice(field: Field, code: str) -> Choice:
    assert field.choices is not None
    return field.choices(code)  # type: ignore[call-arg]
