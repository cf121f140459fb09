"""Counting due days anew: after a new calendar, and after a version that brought a new clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from integrity_desk.domain.deadline_lines import Deadline
from integrity_desk.domain.deadlines import DEADLINES
from integrity_desk.domain.fields import Id
from integrity_desk.domain.records import Record, type_of
from integrity_desk.domain.steps import derived
from integrity_desk.services.acts import Command, performs
from integrity_desk.storage import records
from integrity_desk.storage.records import Selection
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _

_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class CountMissingDays(Command[int]):
    """Give a day to what awaits one and has none: it was entered before its clock was known.

    Performed each morning before anything is ended; the outcome is how many days were counted.
    """

    permission: ClassVar[str] = "edit"


@dataclass(frozen=True, kw_only=True)
class Moved:
    """One due day that counting anew moved."""

    id: Id
    type: str
    number: str
    title: str
    before: date | None
    after: date | None


def recounted(work: UnitOfWork) -> tuple[tuple[Moved, ...], int]:
    """Derive anew whatever is awaited: (what moved, soonest first; how many became certain)."""
    moved, settled = [], 0
    for deadline in (each for each in DEADLINES if each.runs):
        for before, after in _counted_anew(deadline, _awaited(deadline), work):
            days = [getattr(each, deadline.field) for each in (before, after)]
            if days[0] == days[1]:
                settled += 1
            else:
                moved.append(_moved(before, *days))
    ordered = sorted(moved, key=lambda each: (each.after or date.max, each.number))
    return tuple(ordered), settled


@performs(CountMissingDays)
def count_missing_days(command: CountMissingDays, work: UnitOfWork) -> int:
    """Look for what names no rule it was counted by."""
    return sum(
        1
        for deadline in DEADLINES
        if deadline.runs
        for _pair in _counted_anew(deadline, _awaited(deadline, due_rule=(None,)), work)
    )


def _counted_anew(
    deadline: Deadline, chosen: Selection, work: UnitOfWork
) -> Iterator[tuple[Record, Record]]:
    """Yield (before, after) of what changed; a newer version's records are left to it."""
    rows = records.row_numbers(work.database, chosen)
    for first in range(0, len(rows), _AT_ONCE):
        work.progress.step(first, len(rows), _("正在重新计算期限"))
        found = records.at_rows(work.database, deadline.type, rows[first : first + _AT_ONCE])
        for record in found.values():
            fresh = derived(record, work.rules)
            if fresh != record and not work.is_newer(record.id):
                yield record, work.save(fresh)


def _awaited(deadline: Deadline, **equals: tuple[None, ...]) -> Selection:
    states = {"state": tuple(sorted(deadline.states))}
    return Selection(type=deadline.type, equals={**states, **equals})


def _moved(record: Record, before: date | None, after: date | None) -> Moved:
    declared = type_of(record)
    return Moved(
        id=record.id, type=declared.name, number=record.number,
        title=declared.title_of(record), before=before, after=after,
    )  # fmt: skip
