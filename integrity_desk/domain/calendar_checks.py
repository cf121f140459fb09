"""Whether a year's calendar from a file may be believed: the whole year, and a plausible one.

A calendar that lacks a festival or the weekend days worked for it would count every deadline of
the year wrongly and say nothing, so it is refused before it is kept.
"""

from __future__ import annotations

from datetime import date, timedelta

from integrity_desk.domain.calendars import Calendar, CalendarYear
from integrity_desk.errors import InvalidInput
from integrity_desk.wording import _

_DAY = timedelta(days=1)
_ALWAYS_OFF = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
"""全国年节及纪念日放假办法: New Year, Labour Day, National Day."""

_SPRING_FROM, _SPRING_UNTIL = (1, 15), (3, 1)
_LEAST_OF_SPRING = 3
_FEWEST, _MOST = 246, 254
"""Working days of a year: 248 to 252 in every year since 2004."""


def check_whole(year: CalendarYear) -> None:
    """Raise InvalidInput when the calendar cannot be the whole of its year."""
    calendar = Calendar([year])
    for month, day in _ALWAYS_OFF:
        if calendar.is_working(date(year.year, month, day)):
            raise _refused(year, _("缺少{month}月{day}日的放假").format(month=month, day=day))
    spring = [each for each in year.holidays if _in_spring(each, year.year)]
    if len(spring) < _LEAST_OF_SPRING:
        raise _refused(year, _("缺少春节的放假日期"))
    worked = _working_days(calendar, year.year)
    if not _FEWEST <= worked <= _MOST:
        reason = _("全年有{count}个工作日，通常是{fewest}至{most}个，可能缺少调休上班日或放假日期")
        raise _refused(year, reason.format(count=worked, fewest=_FEWEST, most=_MOST))


def _in_spring(day: date, year: int) -> bool:
    return date(year, *_SPRING_FROM) <= day <= date(year, *_SPRING_UNTIL)


def _working_days(calendar: Calendar, year: int) -> int:
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return sum(calendar.is_working(date(year, 1, 1) + number * _DAY) for number in range(days))


def _refused(year: CalendarYear, reason: str) -> InvalidInput:
    sentence = _("{year}年的工作日历不能采用：{reason}。请核对国务院办公厅的通知后重新导入。")
    return InvalidInput("", sentence.format(year=year.year, reason=reason))
