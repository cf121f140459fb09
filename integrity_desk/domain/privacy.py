"""Masks: how a private value is shown to a reader who has not asked to see it."""

from __future__ import annotations

from integrity_desk.domain.fields import Choice, Kind
from integrity_desk.domain.identifiers import normalise
from integrity_desk.domain.names import surname

_STAR = "*"


class NameMask(Choice):
    """How much of a person's name a published sheet shows."""

    SURNAME_STARS = "surname_stars", "只留姓（王**）"
    SURNAME_SOMEONE = "surname_someone", "某某（王某某）"
    ALL_STARS = "all_stars", "全部遮盖（***）"


def mask(kind: Kind, value: str) -> str:
    """Return ``value`` with its private part starred, by the kind of its field.

    350526********1234, 138****1234, 0595-****5678; any other value keeps a quarter at each end.
    """
    if kind is Kind.CITIZEN_ID:
        return _mask_citizen(normalise(value, kind))
    if kind is Kind.PHONE:
        return _mask_phone(normalise(value, kind))
    return _mask_text(value)


def mask_name(name: str, style: NameMask = NameMask.SURNAME_STARS) -> str:
    """Return a person's name made anonymous; the surname (also 欧阳 and its like) may stay."""
    name = name.strip()
    kept = surname(name) or name[: len(name) > 1]
    hidden = len(name) - len(kept)
    if style is NameMask.ALL_STARS:
        return _STAR * len(name)
    if style is NameMask.SURNAME_SOMEONE:
        return kept + "某" * min(hidden, 2)
    return kept + _STAR * hidden


def _mask_citizen(number: str) -> str:
    if len(number) == 18:
        return _keep(number, 6, 4)
    return _keep(number, 6, 3) if len(number) == 15 else _mask_text(number)


def _mask_phone(number: str) -> str:
    number, mark, _extension = number.partition("转")
    extension = mark + _STAR * len(_extension)
    area, dash, local = number.partition("-")
    if dash:
        return area + dash + _keep(local, 0, 4) + extension
    if len(number) == 11:
        return _keep(number, 3, 4) + extension
    return _mask_text(number) + extension


def _mask_text(value: str) -> str:
    kept = len(value) // 4
    return _keep(value, kept, kept)


def _keep(value: str, first: int, last: int) -> str:
    end = len(value) - last
    return value[:first] + _STAR * (end - first) + value[end:]
