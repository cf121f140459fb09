"""How long 100,000 due dates take: ``python -m benchmarks.bench_clocks``."""

from __future__ import annotations

import time
from datetime import date

from integrity_desk.domain.calendars import published_calendar
from integrity_desk.domain.clocks import Pause, Suspension, clock, count

_DEADLINES = 100_000
_FIRST = date(2022, 5, 1).toordinal()
_SPREAD = 1_600
_CLOCKS = (
    "disclosure_answer",
    "petition_handling",
    "petition_return",
    "inquiry_log_retention",
)


def main() -> None:
    """Count the deadlines of an office of 1,600 days over four clocks, then suspended ones."""
    begun = time.perf_counter()
    calendar = published_calendar()
    print(f"load {len(calendar.years)} years of calendars  {time.perf_counter() - begun:8.3f} s")

    begun = time.perf_counter()
    provisional = 0
    for number in range(_DEADLINES):
        start = date.fromordinal(_FIRST + number % _SPREAD)
        rule = clock(_CLOCKS[number % len(_CLOCKS)], on=start, region="350526")
        provisional += count(rule, start, calendar=calendar).provisional
    print(f"count {_DEADLINES:,} deadlines          {time.perf_counter() - begun:8.3f} s")
    print(f"  of them provisional             {provisional:8,}")

    begun = time.perf_counter()
    for number in range(_DEADLINES // 100):
        start = date.fromordinal(_FIRST + number)
        away = date.fromordinal(_FIRST + number + 10)
        asked = Suspension(first=start, last=away, pause=Pause.THIRD_PARTY)
        rule = clock("disclosure_answer", on=start)
        _lines = count(rule, start, calendar=calendar, suspensions=[asked]).explanation
    print(
        f"count and explain {_DEADLINES // 100:,} suspended  {time.perf_counter() - begun:8.3f} s"
    )


if __name__ == "__main__":
    main()
