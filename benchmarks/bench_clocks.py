"""How long 100,000 due dates take: ``python -m benchmarks.bench_clocks``."""

from __future__ import annotations

from datetime import date

from benchmarks.report import Row, seconds, table
from integrity_desk.domain.calendars import Calendar, published_calendar
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


def rows(scale: float) -> list[Row]:
    """Count ``scale`` times 100,000 due dates, and the same days with the calendar alone."""
    many = max(1_000, int(scale * _DEADLINES))
    calendar = published_calendar()
    explained = max(10, many // 100)
    return [
        Row(
            name=f"count {many:,} due dates", ours=seconds(lambda: _count(many, calendar)),
            peer=seconds(lambda: _step(many, calendar)), against="asking the calendar ten times",
        ),
        Row(
            name=f"count and explain {explained:,} suspended",
            ours=seconds(lambda: _explain(explained, calendar)),
        ),
    ]  # fmt: skip


def _count(many: int, calendar: Calendar) -> None:
    """The due dates of an office of 1,600 days over four clocks."""
    for number in range(many):
        start = date.fromordinal(_FIRST + number % _SPREAD)
        rule = clock(_CLOCKS[number % len(_CLOCKS)], on=start, region="350526")
        count(rule, start, calendar=calendar)


def _step(many: int, calendar: Calendar) -> None:
    for number in range(many):
        start = _FIRST + number % _SPREAD
        for day in range(10):
            calendar.is_working(date.fromordinal(start + day))


def _explain(many: int, calendar: Calendar) -> None:
    for number in range(many):
        start = date.fromordinal(_FIRST + number % _SPREAD)
        away = date.fromordinal(_FIRST + number % _SPREAD + 10)
        asked = Suspension(first=start, last=away, pause=Pause.THIRD_PARTY)
        rule = clock("disclosure_answer", on=start)
        assert count(rule, start, calendar=calendar, suspensions=[asked]).explanation


if __name__ == "__main__":
    print(table(rows(1.0)))
