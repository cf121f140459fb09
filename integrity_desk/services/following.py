"""What an act on one record does to others, in the same transaction.

    @follows("objection", "decide")
    def settle_what_it_suspended(record: Objection, work: UnitOfWork) -> None: …

A follower is called with the record as it was just kept; it loads, decides (``advance`` and the
like, pure) and saves what else has to move. Refusing there refuses the whole act. A new record is
followed by ``ENTER``. What follows may itself be followed; a chain ends because every act moves a
record onwards in its life.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from integrity_desk.domain.records import Record, type_of
from integrity_desk.storage.unit_of_work import UnitOfWork

ENTER = "enter"

Follower = Callable[[Any, UnitOfWork], None]

_FOLLOWERS: dict[tuple[str, str], list[Follower]] = {}


def follows(type_name: str, *acts: str) -> Callable[[Follower], Follower]:
    """Make the function below follow these acts of a record type."""

    def register(follower: Follower) -> Follower:
        for act in acts:
            _FOLLOWERS.setdefault((type_name, act), []).append(follower)
        return follower

    return register


def follow(record: Record, act: str, work: UnitOfWork) -> None:
    """Do what follows from an act that was just taken on ``record``."""
    for each in _FOLLOWERS.get((type_of(record).name, act), ()):
        each(record, work)
