"""Canonical JSON: sorted keys, UTF-8, no spaces, and a reader that accepts nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from integrity_desk.errors import BundleRefused
from integrity_desk.wording import _

_STRICT = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER
"""Whole numbers stay below 2^53, which is all that some readers can tell apart."""


def dumps(value: Any) -> bytes:
    """Return the one way of writing ``value``."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def loads(data: bytes) -> dict[str, Any]:
    """Return the object written in ``data``; BundleRefused ``json`` unless it is canonical."""
    try:
        value = orjson.loads(data)
        canonical = orjson.dumps(value, option=_STRICT) == data and not _has_fractions(value)
    except (orjson.JSONDecodeError, TypeError, RecursionError) as error:
        raise malformed() from error
    if not canonical or not isinstance(value, dict):
        raise malformed()
    return value


def loads_proved(data: bytes) -> Any:
    """Return the value written in ``data``, which was proved to be canonical when it came."""
    return orjson.loads(data)


def fitting(value: Mapping[str, Any], shape: Mapping[str, type | tuple[type, ...]]) -> bool:
    """Whether ``value`` has exactly the keys of ``shape``, each of its type (bool is no int)."""
    return value.keys() == shape.keys() and all(
        isinstance(value[key], kind) and (type(value[key]) is not bool or kind is bool)
        for key, kind in shape.items()
    )


def _has_fractions(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_has_fractions, value.values()))
    if isinstance(value, list):
        return any(map(_has_fractions, value))
    return isinstance(value, float)


def malformed() -> BundleRefused:
    """The refusal for text that is not canonical or lacks its fields."""
    return BundleRefused("json", _("同步文件中的说明内容格式不对，已整份拒收。请对方重新导出。"))
