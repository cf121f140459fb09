"""How values read: one place turns a field value into the words of screens and sheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from integrity_desk.domain.fields import Field, Id, Kind
from integrity_desk.domain.privacy import mask
from integrity_desk.domain.times import CHINA
from integrity_desk.wording import _

NO_TITLES: Mapping[Id, str] = {}


def words(
    field: Field, value: Any, titles: Mapping[Id, str] = NO_TITLES, *, masked: bool = True
) -> str:
    """Return a field value as people read it; "" when it is not filled in.

    ``titles`` has the names of linked records. Private values are masked unless asked otherwise.
    """
    return wording(field, titles, masked=masked)(value)


def wording(
    field: Field, titles: Mapping[Id, str] = NO_TITLES, *, masked: bool = True
) -> Callable[[Any], str]:
    """Return what does for each value of one field as ``words`` does: for a column of a list."""
    kind = field.kind
    if field.is_text and not (field.sensitive and masked):
        return str
    if field.is_text:
        return lambda value: mask(kind, value) if value else ""
    if kind is Kind.DAY:
        return lambda value: str(value) if value else ""
    if kind is Kind.CHOICE:
        return lambda value: _(value.label) if value else ""
    if kind is Kind.CHOICES:
        return lambda value: _("、").join(_(each.label) for each in value)
    absent = _("（不在本机）")
    if kind is Kind.LINK:
        return lambda value: titles.get(value, absent) if value else ""
    if kind is Kind.LINKS:
        return lambda value: _("、").join(titles.get(each, absent) for each in value)
    return lambda value: "" if value == field.empty else _plain_words(kind, value)


def yuan(fen: int) -> str:
    """Return an amount in yuan: 1234567 fen is "12,345.67"."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def long_day(day: date) -> str:
    """Return a day as running text writes it: 2026年5月12日."""
    return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)


def local_minute(moment: datetime) -> str:
    """Return a moment in China time to the minute: 2026-05-12 09:30."""
    return moment.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def _plain_words(kind: Kind, value: Any) -> str:
    if kind is Kind.FLAG:
        return _("是")
    if kind is Kind.MONEY:
        return yuan(value)
    if kind is Kind.MOMENT:
        return local_minute(value)
    return str(value)
