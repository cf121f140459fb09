"""Merging: what a record shows once several desks have written to it.

Each write of a field names the writes it replaces (``pred``, as Automerge does), so the
outcome never depends on the order of arrival: what survives of a field is every write seen,
minus every write named in any ``pred`` seen. Several different survivors are a conflict: the
one with the greatest stamp is shown, all are kept, and a person settles it by a new write
whose ``pred`` lists them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from integrity_desk.domain.revisions import VOID, Revision, Value, encode


class Survivor(NamedTuple):
    """One write of one field that no other write has replaced."""

    field: str
    dot: str
    hlc: str
    value: Value
    by: str

    @property
    def rank(self) -> tuple[str, str]:
        """Who is shown among several: the greatest stamp, then the greatest dot."""
        return self.hlc, self.dot


@dataclass(frozen=True, kw_only=True)
class Merged:
    """What a record shows: current values, the fields a person must settle, whether it is void.

    ``conflicts`` has, per field, all survivors in the order of their rank, the shown one last.
    Under ``VOID`` it lists the declaration and the writes made beside it: such a record stays
    visible.
    """

    values: Mapping[str, Value]
    conflicts: Mapping[str, tuple[Survivor, ...]]
    void: bool


def survivors(revisions: Iterable[Revision]) -> dict[str, list[Survivor]]:
    """Return, per field, the writes of one record that nothing seen replaces, by rank."""
    seen = _distinct(revisions)
    replaced: dict[str, set[str]] = {}
    for revision in seen:
        for field, dots in revision.pred.items():
            replaced.setdefault(field, set()).update(dots)
    left: dict[str, list[Survivor]] = {}
    for revision in seen:
        dot = revision.dot
        for field, value in revision.set.items():
            if dot not in replaced.get(field, ()):
                write = Survivor(field, dot, revision.hlc, value, revision.by)
                left.setdefault(field, []).append(write)
    for writes in left.values():
        if len(writes) > 1:
            writes.sort(key=lambda write: write.rank)
    return left


def merged(revisions: Iterable[Revision]) -> Merged:
    """Return what the record shows after all these revisions, in whatever order they came."""
    seen = list(revisions)
    if len(seen) == 1 and VOID not in seen[0].set:  # most records are written once
        return Merged(values=dict(seen[0].set), conflicts={}, void=False)
    left = survivors(seen)
    declared = left.pop(VOID, [])
    conflicts = {
        field: tuple(writes)
        for field, writes in left.items()
        if any(_differs(write.value, writes[-1].value) for write in writes[:-1])
    }
    beside = _beside_void(declared, left, seen)
    void = any(write.value is True for write in declared) and not beside
    if beside:
        conflicts[VOID] = (*beside, *declared)
    return Merged(
        values={field: writes[-1].value for field, writes in left.items()},
        conflicts=conflicts,
        void=void,
    )


def predecessors(revisions: Iterable[Revision], fields: Iterable[str]) -> dict[str, list[str]]:
    """Return the ``pred`` of a new write of ``fields`` to the record with these revisions.

    A declaration of ``VOID`` answers for everything it has seen, so it names the survivors of
    all fields. Fields that replace nothing are left out.
    """
    left = survivors(revisions)
    pred = {}
    for field in fields:
        writes = (
            [each for every in left.values() for each in every]
            if field == VOID
            else (left.get(field, []))
        )
        if writes:
            pred[field] = sorted({write.dot for write in writes})
    return pred


def _distinct(revisions: Iterable[Revision]) -> Iterable[Revision]:
    """One revision per dot; a forged twin (streams refuse them) loses the same way everywhere."""
    by_dot: dict[str, Revision] = {}
    for revision in revisions:
        known = by_dot.setdefault(revision.dot, revision)
        if known is not revision and encode(revision) > encode(known):
            by_dot[revision.dot] = revision
    return by_dot.values()


def _beside_void(
    declared: list[Survivor], left: Mapping[str, list[Survivor]], seen: Iterable[Revision]
) -> list[Survivor]:
    """The surviving writes that no surviving declaration of void has seen."""
    voids = {write.dot for write in declared if write.value is True}
    if not voids:
        return []
    known = set(voids)
    for revision in seen:
        if revision.dot in voids:
            known.update(revision.pred.get(VOID, ()))
    beside = [write for write in declared if write.value is not True]
    for writes in left.values():
        beside += [write for write in writes if write.dot not in known]
    return sorted(beside, key=lambda write: (write.rank, write.field))


def _differs(one: Value, other: Value) -> bool:
    return type(one) is not type(other) or one != other
