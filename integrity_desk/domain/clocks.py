"""Counting legal time limits, by the Civil Code (民法典) articles 200 to 203.

The day of the event is not counted; a last day on a rest day rolls forward to the next working
day; months and years end on the corresponding day, or on the month's last; make-up workdays
count as working days. Suspended days are not counted. What reaches into days whose notice is
not published is provisional.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from integrity_desk.domain.calendars import Calendar
from integrity_desk.domain.clock_rules import Clock, Pause, Unit, clock, clocks, read_clocks
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.wording import _

__all__ = [
    "Clock", "DayLine", "DueDate", "Pause", "Suspension", "Unit",
    "clock", "clocks", "count", "read_clocks", "read_days",
]  # fmt: skip

_DAY = timedelta(days=1)
_LAST_START = date(9000, 1, 1)
_BY_DATE = (Unit.MONTH, Unit.YEAR)


@dataclass(frozen=True, kw_only=True)
class Suspension:
    """Days that are not counted, ``first`` to ``last`` inclusive.

    For one that still goes on give today as ``last`` and ``open=True``: the due date is then
    the earliest possible, and provisional. ``pause`` None means the reason was not stated.
    """

    first: date
    last: date
    pause: Pause | None = None
    open: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DayLine:
    """One line of an explanation; ``number`` counts from 1 and is 0 on a day not counted."""

    day: date
    number: int
    weekday: str
    note: str

    def __str__(self) -> str:
        counted = _("第{number}日").format(number=self.number) if self.number else ""
        return "  ".join(part for part in (str(self.day), self.weekday, counted, self.note) if part)


@dataclass(frozen=True, kw_only=True, slots=True)
class DueDate:
    """A counted time limit: the last day on which the act is still in time."""

    clock: Clock
    start: date
    due: date
    provisional: bool
    extension_days: int = 0
    suspensions: tuple[Suspension, ...] = ()
    calendar: Calendar = field(repr=False, compare=False)

    @property
    def clause(self) -> str:
        """The clause the time limit stands in."""
        return self.clock.clause

    @property
    def rule_version(self) -> str:
        """Which version of the rule was counted by."""
        return self.clock.version

    @property
    def summary(self) -> str:
        """One sentence for tooltips and letters: clause, length and last day."""
        length = self.clock.length + self.extension_days
        sentence = _("依据{clause}，自{start}次日起{length}{unit}，至{due}届满").format(
            clause=_(self.clause),
            start=self.start,
            length=length,
            unit=_(self.clock.unit.label),
            due=self.due,
        )
        return sentence + (_("（暂定）。") if self.provisional else _("。"))

    @property
    def explanation(self) -> tuple[DayLine, ...]:
        """How it was counted, day by day; made when asked for."""
        return tuple(_explain(self))

    def as_plain(self, *, explain: bool = False) -> dict[str, Any]:
        """Return the result as JSON values."""
        plain: dict[str, Any] = {
            "clock": self.clock.id,
            "start": self.start.isoformat(),
            "due": self.due.isoformat(),
            "provisional": self.provisional,
            "clause": self.clause,
            "rule_version": self.rule_version,
        }
        if explain:
            plain["explanation"] = [
                {"day": line.day.isoformat(), "number": line.number, "note": str(line)}
                for line in self.explanation
            ]
        return plain


def count(
    clock: Clock,
    start: date,
    *,
    calendar: Calendar,
    suspensions: Sequence[Suspension] = (),
    extension_days: int = 0,
) -> DueDate:
    """Count ``clock`` from ``start``, the day of the event.

    ``extension_days`` is in the clock's own unit (working days for a clock of working days).
    Raises StepRefused for an extension or suspension that the rule does not allow, InvalidInput
    for dates that cannot be.
    """
    _check(clock, start, suspensions, extension_days)
    length = clock.length + extension_days
    still_open = False
    if suspensions:
        stopped = _suspended_days(suspensions)
        end = _end_when_suspended(clock, start, length, stopped, calendar)
        due = _rolled(end, stopped, calendar)
        still_open = any(each.open for each in suspensions)
    else:
        end = _plain_end(clock, start, length, calendar)
        due = calendar.working_day_from(end)
    first = start + _DAY if clock.unit is Unit.WORKING_DAY else end
    return DueDate(
        clock=clock,
        start=start,
        due=due,
        provisional=still_open or not calendar.settled(first, due),
        extension_days=extension_days,
        suspensions=tuple(suspensions),
        calendar=calendar,
    )


def read_days(text: str) -> tuple[date, ...]:
    """Read "2026-01-01" or "2026-01-01..2026-12-31" as days; InvalidInput when it is neither."""
    first, dots, last = text.partition("..")
    try:
        begin = date.fromisoformat(first.strip())
        end = date.fromisoformat(last.strip()) if dots else begin
    except ValueError as problem:
        sentence = _("“{text}”不是日期，请写成2026-01-01或2026-01-01..2026-12-31。")
        raise InvalidInput("", sentence.format(text=text)) from problem
    if end < begin:
        raise InvalidInput("", _("“{text}”的结束日早于开始日，请核对。").format(text=text))
    return tuple(date.fromordinal(each) for each in range(begin.toordinal(), end.toordinal() + 1))


def _check(
    clock: Clock, start: date, suspensions: Iterable[Suspension], extension_days: int
) -> None:
    if start >= _LAST_START:
        raise InvalidInput("", _("起算日{start}太远，请核对。").format(start=start))
    if not 0 <= extension_days <= clock.extension:
        sentence = _("“{name}”最多延长{most}{unit}，不能延长{asked}{unit}（{clause}）。")
        raise StepRefused(
            sentence.format(
                name=_(clock.name),
                most=clock.extension,
                asked=extension_days,
                unit=_(clock.unit.label),
                clause=_(clock.clause),
            )
        )
    for each in suspensions:
        if each.last < each.first:
            raise InvalidInput("", _("中止的结束日早于开始日，请核对。"))
        if not clock.suspended_by or each.pause not in (None, *clock.suspended_by):
            sentence = _("“{name}”不因此中止计算（{clause}）。")
            raise StepRefused(sentence.format(name=_(clock.name), clause=_(clock.clause)))


def _plain_end(clock: Clock, start: date, length: int, calendar: Calendar) -> date:
    """The last day before rolling forward, when nothing is suspended."""
    if clock.unit is Unit.WORKING_DAY:
        return calendar.working_day_after(start, length)
    if clock.unit is Unit.CALENDAR_DAY:
        return start + timedelta(days=length)
    return _corresponding_day(start, length * (12 if clock.unit is Unit.YEAR else 1))


def months_after(start: date, months: int) -> date:
    """Return the corresponding day so many months on, or that month's last (民法典 202)."""
    return _corresponding_day(start, months)


def _corresponding_day(start: date, months_later: int) -> date:
    years, month = divmod(start.month - 1 + months_later, 12)
    try:
        return start.replace(start.year + years, month + 1)
    except ValueError:
        return start.replace(start.year + years, month + 2, 1) - _DAY


def _end_when_suspended(
    clock: Clock, start: date, length: int, stopped: frozenset[date], calendar: Calendar
) -> date:
    if clock.unit in _BY_DATE:
        length = (_plain_end(clock, start, length, calendar) - start).days
    working = clock.unit is Unit.WORKING_DAY
    day = start
    while length:
        day += _DAY
        length -= day not in stopped and (not working or calendar.is_working(day))
    return day


def _rolled(end: date, stopped: frozenset[date], calendar: Calendar) -> date:
    while end in stopped or not calendar.is_working(end):
        end += _DAY
    return end


def _suspended_days(suspensions: Iterable[Suspension]) -> frozenset[date]:
    return frozenset(
        date.fromordinal(ordinal)
        for each in suspensions
        for ordinal in range(each.first.toordinal(), each.last.toordinal() + 1)
    )


def _explain(due: DueDate) -> Iterator[DayLine]:
    """The day of the event, every day counted or not, the last day.

    Of months and years only the days that need a word: counting their days decides nothing.
    """
    clock, calendar = due.clock, due.calendar
    stopped = _suspended_days(due.suspensions)
    length = clock.length + due.extension_days
    end = _end_when_suspended(clock, due.start, length, stopped, calendar)
    by_date = clock.unit in _BY_DATE
    yield DayLine(day=due.start, number=0, weekday=calendar.note(due.start), note=_("起算日不计入"))
    number = 0
    for ordinal in range(due.start.toordinal() + 1, due.due.toordinal() + 1):
        day = date.fromordinal(ordinal)
        reason = _why_not_counted(day, clock, end, stopped, calendar)
        number += not reason
        note = _("届满") if day == due.due else reason
        if by_date and not note:
            if day != end:
                continue
            note = _("期满对应日")
        shown = 0 if reason or by_date else number
        yield DayLine(day=day, number=shown, weekday=calendar.note(day), note=note)


def _why_not_counted(
    day: date, clock: Clock, end: date, stopped: frozenset[date], calendar: Calendar
) -> str:
    if day in stopped:
        return _("中止，不计入")
    if day > end:
        return _("末日为休息日，顺延")
    if clock.unit is Unit.WORKING_DAY and not calendar.is_working(day):
        return _("休息日，不计入")
    return ""
