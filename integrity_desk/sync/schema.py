"""Schemas made from the declarations: Frictionless Table Schema for tables, JSON Schema for lines.

Nothing is written twice: a new field is in the next schema because it was declared.
"""

from __future__ import annotations

from typing import Any

from integrity_desk.domain.fields import Field, Kind
from integrity_desk.domain.records import RecordType, record_types
from integrity_desk.domain.revisions import VOID

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DOT = r"^[0-9a-f]{16}-[1-9][0-9]{0,15}$"
_HEX_16, _HEX_32, _HEX_64 = r"^[0-9a-f]{16}$", r"^[0-9a-f]{32}$", r"^[0-9a-f]{64}$"

_STRING: dict[str, Any] = {"type": ["string", "null"]}
_STRINGS: dict[str, Any] = {"type": ["array", "null"], "items": {"type": "string"}}
_NUMBER: dict[str, Any] = {"type": ["integer", "null"]}
_OF_KIND: dict[Kind, dict[str, Any]] = {
    Kind.NUMBER: _NUMBER,
    Kind.MONEY: _NUMBER,
    Kind.DAY: {"type": ["string", "null"], "format": "date"},
    Kind.MOMENT: {"type": ["string", "null"], "format": "date-time"},
    Kind.FLAG: {"type": ["boolean", "null"]},
    Kind.CHOICES: _STRINGS,
    Kind.LINKS: _STRINGS,
}


def revision_table() -> dict[str, Any]:
    """Return the Table Schema of a file of revision lines, fields in sorted-key order."""
    return _table(
        by="string", cmd="string", hlc=_HEX_16, n="integer", pred="object", rec=_HEX_32,
        replica=_HEX_16, set="object", type="string",
    )  # fmt: skip


def blob_table() -> dict[str, Any]:
    """Return the Table Schema of blobs.jsonl."""
    return _table(extension="string", media_type="string", sha256=_HEX_64, size="integer")


def line_schema(types: tuple[RecordType, ...] | None = None) -> dict[str, Any]:
    """Return the JSON Schema of one revision line of the declared (or the given) types.

    A line of an undeclared or newer type passes: it is stored and not shown.
    """
    declared = record_types() if types is None else types
    return {
        "$schema": _DRAFT,
        "title": "Revision of TSB/1",
        "type": "object",
        "additionalProperties": False,
        "required": ["by", "cmd", "hlc", "n", "pred", "rec", "replica", "set", "type"],
        "properties": {
            "by": {"type": "string", "maxLength": 64},
            "cmd": {"type": "string"},
            "hlc": {"type": "string", "pattern": _HEX_16},
            "n": {"type": "integer", "minimum": 1},
            "pred": {"type": "object", "additionalProperties": _dots()},
            "rec": {"type": "string", "pattern": _HEX_32},
            "replica": {"type": "string", "pattern": _HEX_16},
            "set": {"type": "object", "minProperties": 1},
            "type": {"type": "string", "pattern": "^[a-z][a-z0-9_]*@[1-9][0-9]*$"},
        },
        "allOf": [_if_of(each) for each in declared],
    }


def value_schema(field: Field) -> dict[str, Any]:
    """Return the JSON Schema of one field's plain value; null means not filled in."""
    if field.choices is not None:
        codes = [str(code) for code in field.choices]
        if field.kind is Kind.CHOICES:
            return {"type": ["array", "null"], "items": {"enum": codes}}
        return {"enum": [*codes, None]}
    if field.is_text and field.max_length:
        return {**_STRING, "maxLength": field.max_length}
    return _OF_KIND.get(field.kind, _STRING)


def _if_of(declared: RecordType) -> dict[str, Any]:
    written = {
        field.name: {"title": field.label, **value_schema(field)} for field in declared.fields
    }
    return {
        "if": {"properties": {"type": {"const": declared.schema_tag}}},
        "then": {
            "properties": {
                "set": {"properties": {**written, VOID: {"type": "boolean"}}},
            }
        },
    }


def _dots() -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": _DOT}}


def _table(**fields: str) -> dict[str, Any]:
    return {"fields": [_column(name, kind) for name, kind in fields.items()]}


def _column(name: str, kind: str) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": name != "by"}
    if kind.startswith("^"):
        return {"constraints": {**constraints, "pattern": kind}, "name": name, "type": "string"}
    return {"constraints": constraints, "name": name, "type": kind}
