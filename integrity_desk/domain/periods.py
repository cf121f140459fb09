"""Periods that reports and evaluations speak of: a quarter, half a year, a year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from integrity_desk.errors import InvalidInput
from integrity_desk.wording import N_, _


@dataclass(frozen=True, kw_only=True)
class Period:
    """A stretch of days, both ends included; ``code`` is how it is typed: 2026Q3, 2026."""

    code: str
    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.first <= day <= self.last

    @property
    def words(self) -> str:
        """The period as running text names it: 2026年第三季度."""
        year, _q, quarter = self.code.partition("Q")
        if quarter:
            return _("{year}年第{quarter}季度").format(
                year=year, quarter=_(_NUMERALS[int(quarter) - 1])
            )
        if year.isdigit():
            return _("{year}年度").format(year=year)
        return _("{first}至{last}").format(first=self.first, last=self.last)


def quarter_of(day: date) -> Period:
    """Return the quarter that holds a day."""
    return _quarter(day.year, (day.month + 2) // 3)


def year_of(day: date) -> Period:
    """Return the year that holds a day."""
    return _year(day.year)


def stretch(first: date, last: date) -> Period:
    """Return any stretch of days, named by itself where it is a whole quarter or year."""
    for known in (quarter_of(first), year_of(first)):
        if (known.first, known.last) == (first, last):
            return known
    return Period(code=f"{first}/{last}", first=first, last=last)


def read_period(text: str) -> Period:
    """Read 2026Q3 or 2026; InvalidInput when it is neither."""
    found = _PERIOD.fullmatch(text.strip())
    if found is None:
        raise InvalidInput(
            "period", _("“{text}”不是期间，请写成 2026Q3 或 2026。").format(text=text)
        )
    year = int(found["year"])
    return _quarter(year, int(found["quarter"])) if found["quarter"] else _year(year)


def quarters_before(period: Period, count: int) -> tuple[Period, ...]:
    """Return the last ``count`` quarters that end with the end of ``period``, oldest first."""
    latest = quarter_of(period.last)
    found = [latest]
    while len(found) < count:
        found.append(quarter_of(found[-1].first - timedelta(days=1)))
    return tuple(reversed(found))


def before(period: Period) -> Period:
    """Return the quarter before a quarter, the year before a year, as many days before others."""
    last = period.first - timedelta(days=1)
    if "Q" in period.code:
        return quarter_of(last)
    if period.code.isdigit():
        return year_of(last)
    return stretch(last - (period.last - period.first), last)


_NUMERALS = (N_("一"), N_("二"), N_("三"), N_("四"))
_PERIOD = re.compile(r"(?P<year>(?:19|20)\d\d)(?:[Qq](?P<quarter>[1-4]))?")


def _quarter(year: int, number: int) -> Period:
    first = date(year, 3 * number - 2, 1)
    after = date(year + (number == 4), 1 if number == 4 else 3 * number + 1, 1)
    return Period(code=f"{year}Q{number}", first=first, last=after - timedelta(days=1))


def _year(year: int) -> Period:
    return Period(code=str(year), first=date(year, 1, 1), last=date(year, 12, 31))
