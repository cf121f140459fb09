"""How values read: one place turns a field value into the words of screens and sheets."""

from __future__ import annotations

from collections.abc import Mapping
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
    if not value and value == field.empty:
        return ""
    if field.is_text:
        return mask(field.kind, value) if field.sensitive and masked else str(value)
    if field.kind is Kind.CHOICE:
        return _(value.label)
    if field.kind is Kind.CHOICES:
        return _("、").join(_(each.label) for each in value)
    if field.kind is Kind.LINK:
        return titles.get(value, _("（不在本机）"))
    if field.kind is Kind.LINKS:
        return _("、").join(titles.get(each, _("（不在本机）")) for each in value)
    return _plain_words(field, value)


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


def _plain_words(field: Field, value: Any) -> str:
    if field.kind is Kind.FLAG:
        return _("是")
    if field.kind is Kind.MONEY:
        return yuan(value)
    if field.kind is Kind.MOMENT:
        return local_minute(value)
    return str(value)
