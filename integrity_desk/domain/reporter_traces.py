"""Who complained, written where everybody reads: found at entry, and offered to be moved.

The facts of a case are open to more people than its reporter is. A name or a number among them is
a warning, never a refusal: sometimes it is the matter itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

READ_BY_ALL = ("subject", "facts", "demand", "about_others")
"""Fields of a complaint that are open to more people than its reporter is."""

_IDENTIFYING = {"name": 2, "phone": 7, "citizen_id": 15, "email": 5, "address": 6}
"""Fields of a reporter, and from how many characters on they tell somebody apart."""

_NUMBERS = {
    "citizen_id": re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[0-9Xx](?![0-9A-Za-z])"),
    "phone": re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"),
}


@dataclass(frozen=True, kw_only=True)
class Trace:
    """A piece of text in ``field`` that stands, or belongs, in ``belongs`` of the reporter."""

    field: str
    belongs: str
    text: str


def traces(values: Mapping[str, Any], reporter: Mapping[str, Any]) -> tuple[Trace, ...]:
    """Return where the open fields repeat the reporter, or hold a number that may be theirs."""
    return tuple(
        trace
        for field in READ_BY_ALL
        if values.get(field)
        for trace in _in(field, str(values[field]), reporter)
    )


def repeated(
    values: Mapping[str, Any], fields: tuple[str, ...], reporter: Mapping[str, Any]
) -> tuple[Trace, ...]:
    """Return where these fields repeat what is known of a reporter; other numbers are let be."""
    return tuple(
        trace for field in fields for trace in _known(field, str(values.get(field) or ""), reporter)
    )


def moved(
    values: Mapping[str, Any], reporter: Mapping[str, Any], found: tuple[Trace, ...], word: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the values and the reporter once ``word`` stands in the place of what was found.

    A number that the reporter lacks is put there; what is filled in already stays as it is.
    """
    open_, theirs = dict(values), dict(reporter)
    for trace in found:
        open_[trace.field] = str(open_[trace.field]).replace(trace.text, word)
        if not theirs.get(trace.belongs):
            theirs[trace.belongs] = trace.text
    return open_, theirs


def _known(field: str, text: str, reporter: Mapping[str, Any]) -> Iterator[Trace]:
    for belongs, shortest in _IDENTIFYING.items():
        value = str(reporter.get(belongs) or "").strip()
        if len(value) >= shortest and "*" not in value and value in text:
            yield Trace(field=field, belongs=belongs, text=value)


def _in(field: str, text: str, reporter: Mapping[str, Any]) -> Iterator[Trace]:
    seen: set[str] = set()
    for trace in _known(field, text, reporter):
        seen.add(trace.text)
        yield trace
    for belongs, number in _NUMBERS.items():
        for match in number.finditer(text):
            if match[0] not in seen:
                seen.add(match[0])
                yield Trace(field=field, belongs=belongs, text=match[0])
