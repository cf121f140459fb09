"""What a record's state offers to enter next, and never enters by itself.

    @suggests("commitment")
    def after_a_breach(record: Commitment, reader: Reader) -> Iterator[Suggestion]:
        if record.state == "breached":
            yield Suggestion(code="unit", type="integrity_record", label=N_("…"), values={…})

The opened record shows each as a button, which opens its form with these values in it. One that
has been taken up, by a record that links to the same ones, is not offered again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from integrity_desk.domain.fields import Kind
from integrity_desk.domain.records import Record, type_named, type_of
from integrity_desk.storage.reader import Reader


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """One entry that is offered."""

    code: str
    """Tells the suggestions of one record apart."""
    type: str
    """The record type to enter."""
    label: str
    """The words of its button, declared with ``N_``."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Plain values the form begins with; they may all be changed."""
    known_by: tuple[str, ...] = ()
    """The link fields by which a record shows that the offer was taken up; all links by default."""


_WITHDRAWN = "withdrawn"
"""What was taken up and withdrawn again is offered anew."""

R = TypeVar("R", bound=Record)
Suggest = Callable[[R, Reader], Iterable[Suggestion]]

_SOURCES: dict[str, list[Suggest[Any]]] = {}


def suggests(type_name: str) -> Callable[[Suggest[R]], Suggest[R]]:
    """Make the function below say what records of this type offer; a type may have several."""

    def register(source: Suggest[R]) -> Suggest[R]:
        _SOURCES.setdefault(type_name, []).append(source)
        return source

    return register


def suggestions(record: Record, reader: Reader) -> tuple[Suggestion, ...]:
    """Return what is offered now; nothing to those who enter nothing."""
    if not reader.actor.may("edit"):
        return ()
    return tuple(each for each in _offered(record, reader) if not _taken_up(each, reader))


def _offered(record: Record, reader: Reader) -> Iterator[Suggestion]:
    for source in _SOURCES.get(type_of(record).name, ()):
        yield from source(record, reader)


def _taken_up(offer: Suggestion, reader: Reader) -> bool:
    """Whether such a record stands, and was not withdrawn; without a link none is known."""
    declared = type_named(offer.type)
    links = offer.known_by or tuple(
        name for name in offer.values if declared.field(name).kind is Kind.LINK
    )
    equals = {name: offer.values[name] for name in links}
    taken = reader.find(declared.cls, **equals) if equals else ()
    return any(each.state != _WITHDRAWN for each in taken)
