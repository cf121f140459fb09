"""Commands and questions: intentions as data, and the table of who carries them out.

A command is a frozen, keyword-only, verb-first dataclass; its handler takes ``(command, work)``
and never checks permission, opens a transaction or writes an audit line: ``Desk.perform`` does
these once for all. A question's handler takes ``(question, reader)`` and writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from integrity_desk.domain.changes import Changes
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Command(Generic[T]):
    """Something a person wants done; ``T`` is what its outcome carries."""

    permission: ClassVar[str] = "edit"

    @property
    def needs(self) -> str:
        """The permission this particular command needs."""
        return self.permission

    @property
    def recorded_as(self) -> str:
        """The command's name in the log."""
        return type(self).__name__


@dataclass(frozen=True, kw_only=True)
class Question(Generic[T]):
    """Something a person wants to know; ``T`` is the answer."""

    permission: ClassVar[str] = "view"


@dataclass(frozen=True, kw_only=True)
class Outcome(Generic[T]):
    """What a command gave back, and what it wrote."""

    value: T
    changes: Changes


C = TypeVar("C", bound=Command[Any])
Q = TypeVar("Q", bound=Question[Any])
V = TypeVar("V")

_performers: dict[type[Command[Any]], Callable[[Any, UnitOfWork], Any]] = {}
_answerers: dict[type[Question[Any]], Callable[[Any, Reader], Any]] = {}


def performs(
    kind: type[C],
) -> Callable[[Callable[[C, UnitOfWork], V]], Callable[[C, UnitOfWork], V]]:
    """Make the function below the handler of a command class."""

    def register(handler: Callable[[C, UnitOfWork], V]) -> Callable[[C, UnitOfWork], V]:
        assert kind not in _performers, kind
        _performers[kind] = handler
        return handler

    return register


def answers(kind: type[Q]) -> Callable[[Callable[[Q, Reader], V]], Callable[[Q, Reader], V]]:
    """Make the function below the handler of a question class."""

    def register(handler: Callable[[Q, Reader], V]) -> Callable[[Q, Reader], V]:
        assert kind not in _answerers, kind
        _answerers[kind] = handler
        return handler

    return register


def performer(command: Command[Any]) -> Callable[[Any, UnitOfWork], Any]:
    """Return the handler of a command."""
    return _performers[type(command)]


def answerer(question: Question[Any]) -> Callable[[Any, Reader], Any]:
    """Return the handler of a question."""
    return _answerers[type(question)]
