"""Between forms, which hold field values, and commands and drafts, which hold plain ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from integrity_desk.domain.fields import Field
from integrity_desk.domain.plain import from_plain, to_plain


def plain_values(fields: Iterable[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a form's values as plain values by field name; None for what is empty."""
    return {field.name: to_plain(field, values[field.name]) for field in fields}


def field_values(fields: Iterable[Field], plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return plain values as a form takes them; fields not named are left out."""
    return {
        field.name: from_plain(field, plain[field.name]) for field in fields if field.name in plain
    }


def filled(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return only what is filled in."""
    return {name: value for name, value in plain.items() if value not in (None, "", [], False)}
