"""Working days: the yearly notices of the State Council, and what follows from them.

One TOML file per notice:

    year = 2026
    source = "国务院办公厅2026年部分节假日安排通知"
    [holidays]                          # days off; weekend days may be listed too
    "元旦" = [2026-01-01, 2026-01-02]
    [workdays]                          # weekend days worked instead (调休)
    "元旦" = [2026-01-04]

A notice may also move days of the December before it. Outside the published years only
Saturdays and Sundays are known to be free, and every answer there is provisional.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from integrity_desk.errors import InvalidInput
from integrity_desk.paths import resource
from integrity_desk.wording import N_, _

_DAY = timedelta(days=1)
_SATURDAY = 5
_NEXT_NOTICE_FROM = 26
"""From this day of December on the next year's notice may still decide: those of 2007, 2008
and 2019 moved days from the 29th on."""

_YEARS = range(2000, 2200)
_KEYS = frozenset({"year", "source", "holidays", "workdays"})
_WEEKDAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))


@dataclass(frozen=True, kw_only=True)
class CalendarYear:
    """What one year's notice says: days off and weekend days worked, each with its festival."""

    year: int
    source: str
    holidays: Mapping[date, str]
    workdays: Mapping[date, str]

    def as_plain(self) -> dict[str, Any]:
        """Return the year as JSON values, as a store keeps it."""
        return {
            "year": self.year,
            "source": self.source,
            "holidays": {day.isoformat(): name for day, name in self.holidays.items()},
            "workdays": {day.isoformat(): name for day, name in self.workdays.items()},
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> CalendarYear:
        """Return the year of such JSON values."""
        return cls(
            year=plain["year"],
            source=plain["source"],
            holidays={date.fromisoformat(day): name for day, name in plain["holidays"].items()},
            workdays={date.fromisoformat(day): name for day, name in plain["workdays"].items()},
        )


class Calendar:
    """Answers which days are worked, from the notices of any number of years."""

    def __init__(self, years: Iterable[CalendarYear]) -> None:
        self.years: Mapping[int, CalendarYear] = {each.year: each for each in years}
        self._off: dict[date, str] = {}
        self._worked: dict[date, str] = {}
        for each in self.years.values():
            self._off |= each.holidays
            self._worked |= each.workdays
        self._working_ordinals: dict[int, list[int]] = {}

    def moved_by(self, year: CalendarYear) -> bool:
        """Whether this year is new here, or says otherwise than the one known."""
        known = self.years.get(year.year)
        return (
            known is None
            or ({*known.holidays} ^ {*year.holidays} | {*known.workdays} ^ {*year.workdays})
            != set()
        )

    def with_years(self, *years: CalendarYear) -> Calendar:
        """Return a calendar in which these years are added or replaced."""
        return Calendar([*self.years.values(), *years])

    def is_working(self, day: date) -> bool:
        """Whether offices work on ``day``."""
        if day.weekday() < _SATURDAY:
            return day not in self._off
        return day in self._worked

    def rest_name(self, day: date) -> str:
        """Return the festival for which ``day`` is off by notice; "" for any other day."""
        return self._off.get(day, "")

    def worked_for(self, day: date) -> str:
        """Return the festival for which a weekend day is worked; "" for any other day."""
        return self._worked.get(day, "")

    def settled(self, first: date, last: date) -> bool:
        """Whether the notices for all days from ``first`` to ``last`` are published."""
        year, needed = first.year, last.year
        if last.month == 12 and last.day >= _NEXT_NOTICE_FROM:
            needed += 1
        while year in self.years and year < needed:
            year += 1
        return year in self.years

    def working_day_from(self, day: date) -> date:
        """Return ``day``, or the first working day after it when it is a rest day."""
        while not self.is_working(day):
            day += _DAY
        return day

    def working_day_after(self, day: date, count: int) -> date:
        """Return the ``count``-th working day after ``day`` (count ≥ 1)."""
        year = day.year
        ordinals = self._working_days_of(year)
        place = bisect_right(ordinals, day.toordinal()) + count - 1
        while place >= len(ordinals):
            place -= len(ordinals)
            year += 1
            ordinals = self._working_days_of(year)
        return date.fromordinal(ordinals[place])

    def note(self, day: date) -> str:
        """Return what sort of day it is, for people: 周六, 周四（国庆节放假）, 周日（调休上班）."""
        weekday = _(_WEEKDAYS[day.weekday()])
        if day in self._worked:
            return _("{weekday}（{festival}调休上班）").format(
                weekday=weekday, festival=_(self._worked[day])
            )
        if day in self._off:
            return _("{weekday}（{festival}放假）").format(
                weekday=weekday, festival=_(self._off[day])
            )
        return weekday

    def _working_days_of(self, year: int) -> list[int]:
        if year not in self._working_ordinals:
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            self._working_ordinals[year] = [
                ordinal
                for ordinal in range(first, last + 1)
                if self.is_working(date.fromordinal(ordinal))
            ]
        return self._working_ordinals[year]


@lru_cache(maxsize=1)
def published_calendar() -> Calendar:
    """Return the calendar of all notices that come with the program."""
    return Calendar(read_calendar(path) for path in sorted(resource("calendars").glob("*.toml")))


def read_calendar(path: Path) -> CalendarYear:
    """Read one year's notice; InvalidInput says in a sentence what is wrong with the file."""
    content = _parsed(path)
    unknown = sorted(set(content) - _KEYS)
    if unknown:
        raise refused(path, _("不认识“{key}”这一项").format(key=unknown[0]))
    year, source = content.get("year"), content.get("source")
    if not isinstance(year, int) or year not in _YEARS:
        raise refused(path, _("缺少年份，应写明如 year = 2027"))
    if not isinstance(source, str) or not source.strip():
        raise refused(path, _('缺少依据，应写明如 source = "国务院办公厅通知"'))
    holidays = _days(path, content, "holidays", year)
    workdays = _days(path, content, "workdays", year)
    if not holidays:
        raise refused(path, _("缺少放假日期，应有[holidays]一节"))
    _check_days(path, holidays, workdays)
    return CalendarYear(year=year, source=source.strip(), holidays=holidays, workdays=workdays)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as problem:
        raise refused(path, _("文件打不开")) from problem
    except UnicodeDecodeError as problem:
        raise refused(path, _("文件不是UTF-8编码的文本")) from problem
    except tomllib.TOMLDecodeError as problem:
        detail = _("格式不对（{detail}）").format(detail=problem)
        raise refused(path, detail) from problem


def _days(path: Path, content: Mapping[str, Any], key: str, year: int) -> dict[date, str]:
    table = content.get(key, {})
    if not isinstance(table, dict):
        raise refused(path, _("“{key}”应是一节，写成[{key}]").format(key=key))
    days: dict[date, str] = {}
    for festival, listed in table.items():
        for day in listed if isinstance(listed, list) else [listed]:
            if not isinstance(day, date) or isinstance(day, datetime):
                text = _("“{festival}”中的“{value}”不是日期")
                raise refused(path, text.format(festival=festival, value=day))
            if day.year != year and (day.year, day.month) != (year - 1, 12):
                text = _("{day}不在{year}年内")
                raise refused(path, text.format(day=day, year=year))
            if day in days:
                raise refused(path, _("{day}写了两次").format(day=day))
            days[day] = festival
    return days


def _check_days(path: Path, holidays: Mapping[date, str], workdays: Mapping[date, str]) -> None:
    for day in sorted(workdays):
        if day in holidays:
            raise refused(path, _("{day}既是放假又是上班").format(day=day))
        if day.weekday() < _SATURDAY:
            raise refused(path, _("{day}不是周末，不会是调休上班日").format(day=day))


def refused(path: Path, reason: str) -> InvalidInput:
    """Return the refusal of a calendar file for this reason."""
    sentence = _("工作日历文件“{name}”不能采用：{reason}。请改正后重新导入。")
    return InvalidInput("", sentence.format(name=path.name, reason=reason))
