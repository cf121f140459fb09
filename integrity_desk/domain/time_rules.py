"""By what a desk counts its time limits: the calendar it has, and whose local rules hold there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from integrity_desk.domain.calendars import Calendar, published_calendar
from integrity_desk.domain.clock_rules import Clock, clock, clock_of_version
from integrity_desk.domain.clocks import DueDate, Suspension, count
from integrity_desk.domain.warning_rules import commitment_warnings
from integrity_desk.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class TimeRules:
    """The working days known to a store, and the division code whose rules overlay the others."""

    calendar: Calendar = field(default_factory=published_calendar)
    region: str = ""
    idle_days: int = commitment_warnings().idle_days
    """After how many days without progress a commitment is warned of."""

    def clock(self, clock_id: str, *, on: date, kept: str = "") -> Clock:
        """Return the clock for a period beginning on ``on``; NotFound when none was in force.

        ``kept`` is the rule version a record was counted by before: it goes on holding, whatever
        region is chosen meanwhile, unless it is of another clock or was not in force on ``on``.
        """
        before = clock_of_version(kept)
        if before is not None and before.id == clock_id and before.holds_on(on):
            return before
        return clock(clock_id, on=on, region=self.region)

    def count(
        self, clock_id: str, start: date, *, suspensions: Sequence[Suspension] = (),
        extension_days: int = 0, kept: str = "",
    ) -> DueDate | None:  # fmt: skip
        """Count one time limit; None when no such rule was in force on the day it begins."""
        try:
            running = self.clock(clock_id, on=start, kept=kept)
        except NotFound:
            return None
        return count(
            running, start, calendar=self.calendar, suspensions=suspensions,
            extension_days=extension_days,
        )  # fmt: skip


@lru_cache(maxsize=1)
def published_rules() -> TimeRules:
    """Return the rules that come with the program, with no region chosen."""
    return TimeRules()
