"""Life cycles as data: states, and the steps that lead from one to the next.

A step is an act a person may take: from which states, to which state, with which permission,
which fields must be given, whether a second person must take it, and a guard that refuses with
a sentence. ``steps.advance`` is the only way a state changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Guard = Callable[[Any, Any], None]
"""``guard(moved_record, facts)`` raises StepRefused or InvalidInput to refuse the step."""


@dataclass(frozen=True)
class State:
    """One state; ``tone`` is the colour family of its badge: grey, blue, amber, green, red."""

    code: str
    label: str
    tone: str = "grey"
    final: bool = False
    private: bool = False
    """Not yet fit to leave the desk: never in a bundle, never on a sheet."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One act of a life cycle; one of no state is not offered, a command of its own takes it."""

    act: str
    label: str
    of: tuple[str, ...]
    to: str
    permission: str = "edit"
    needs: tuple[str, ...] = ()
    """Fields that must be filled in when the step is taken; the form asks for them."""
    asks: tuple[str, ...] = ()
    """Further fields that the step's form offers."""
    clears: tuple[str, ...] = ()
    """Fields emptied by the step, because a new round begins; history keeps what they held."""
    second_person: bool = False
    guard: Guard | None = None
    numbered: bool = False
    """Whether the record gets its running number with this step."""
    anew: bool = False
    """Whether it writes anew what is filled in at entry already, e.g. a post."""
    applies: Callable[[Any, Any], bool] | None = None
    """``applies(record, time_rules)``: whether its rules know this step; else it is not offered."""
    later: bool = False
    """Whether parts have to be entered first, so that it cannot follow entry at once."""
    binding: str = ""
    """Why it cannot be undone, a sentence declared with ``N_``; see ``undoing`` for the others."""


@dataclass(frozen=True, kw_only=True)
class LifeCycle:
    """The states and steps of one record type; the first state is where a record begins."""

    states: tuple[State, ...]
    steps: tuple[Step, ...]

    @property
    def initial(self) -> str:
        """The code of the state a new record begins in."""
        return self.states[0].code

    def state(self, code: str) -> State:
        """Return the state of that code; an unknown one (newer program) shows as its code."""
        return self._by_code.get(code) or State(code, code)

    def step(self, act: str) -> Step:
        """Return the step of that name; KeyError for an unknown one."""
        for each in self.steps:
            if each.act == act:
                return each
        raise KeyError(act)

    def judged(self, state: str) -> bool:
        """Whether no way leads to ``state`` but through the act of a second person."""
        return state not in self._unjudged

    @cached_property
    def _by_code(self) -> dict[str, State]:
        return {each.code: each for each in self.states}

    @cached_property
    def _unjudged(self) -> frozenset[str]:
        reached, fresh = {self.initial}, {self.initial}
        while fresh:
            fresh = {
                each.to for each in self.steps if not each.second_person and fresh & set(each.of)
            } - reached
            reached |= fresh
        return frozenset(reached)

    def offered(self, state: str) -> tuple[Step, ...]:
        """Return the steps that leave ``state``, in declared order."""
        return tuple(each for each in self.steps if state in each.of)
