"""Rules of one record type that have to look something up before a record may be kept.

    @guards("complaint")
    def handled_from_outside(guarded: Guarded[Complaint], work: UnitOfWork) -> None: …

What a record says by itself is checked in ``domain`` (``checks``, a step's ``guard``); these come
after, with the store at hand, and refuse with the same errors.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from integrity_desk.domain.records import Record, type_of
from integrity_desk.storage.unit_of_work import UnitOfWork

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, kw_only=True)
class Guarded(Generic[R]):
    """What is about to be kept: the record as it was (None when new), as it will be, and the act.

    ``act`` is the step's, "" for an entry or an amendment.
    """

    before: R | None
    after: R
    act: str = ""


Guard = Callable[[Guarded[Any], UnitOfWork], None]

_GUARDS: dict[str, list[Guard]] = {}


def guards(type_name: str) -> Callable[[Guard], Guard]:
    """Make the function below look at every record of this type before it is kept."""

    def register(guard: Guard) -> Guard:
        _GUARDS.setdefault(type_name, []).append(guard)
        return guard

    return register


def guard(before: Record | None, after: Record, work: Any, act: str = "") -> None:
    """Ask the guards of the record's type; each raises a DeskError to refuse.

    ``work`` may be a mere Reader, for a dry run: guards look things up and write nothing.
    """
    guarded = Guarded(before=before, after=after, act=act)
    for each in _GUARDS.get(type_of(after).name, ()):
        each(guarded, work)
