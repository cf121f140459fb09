"""The pauses of a case: each one counts, in the order in which they were made.

The fields of the complaint hold the pause that goes on, or the last one; all of them lie in
``pauses``, a line each: ``third_party 2026-05-13 2026-05-20``, the second day being the one on
which the clock went on, or ``-`` while it stands still.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from integrity_desk.domain.clocks import Pause, Suspension
from integrity_desk.domain.due_days import pause

_CODES = {each.value: each for each in Pause}
_OPEN = "-"


@dataclass(frozen=True, kw_only=True)
class CasePause:
    """One pause: why, since when, and the day on which the clock went on (None: it has not)."""

    ground: Pause
    since: date
    resumed: date | None

    def __str__(self) -> str:
        return f"{self.ground.value} {self.since} {self.resumed or _OPEN}"


def pauses_of(record: Any) -> tuple[CasePause, ...]:
    """Return every pause of a case, the oldest first."""
    kept = tuple(_read(record.pauses))
    current = _current(record)
    if current is None:
        return kept
    begins_anew = record.state == "suspended" and kept and kept[-1].resumed is not None
    return (*kept, current) if begins_anew else (*kept[:-1], current)


def pauses_kept(record: Any) -> str:
    """Return the lines to be kept; "" in a round that has had no pause."""
    return "" if record.suspended_on is None else "\n".join(map(str, pauses_of(record)))


def days_not_counted(record: Any) -> tuple[Suspension, ...]:
    """Return the spans of all ended pauses, as clocks count them."""
    return tuple(
        span for each in pauses_of(record) for span in pause(each.since, each.resumed, each.ground)
    )


def _current(record: Any) -> CasePause | None:
    if not (record.suspended_on and record.suspension_ground):
        return None
    ground = _CODES[record.suspension_ground.value]
    return CasePause(ground=ground, since=record.suspended_on, resumed=record.resumed_on)


def _read(lines: str) -> Iterator[CasePause]:
    for line in lines.splitlines():
        ground, _space, days = line.partition(" ")
        since, _space, resumed = days.partition(" ")
        if ground in _CODES:
            yield CasePause(
                ground=_CODES[ground],
                since=date.fromisoformat(since),
                resumed=None if resumed == _OPEN else date.fromisoformat(resumed),
            )
