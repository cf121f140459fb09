"""The deadline board and its month: what is late, due, paused or provisional, by clause and person.

Overdue is never a state: every lane is read from the days.
"""

from __future__ import annotations

from calendar import Calendar as Weeks
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from integrity_desk.domain.calendars import Calendar
from integrity_desk.domain.deadlines import SOON
from integrity_desk.services.acts import Question, answers
from integrity_desk.services.due_items import (
    NOBODY,
    DueItem,
    Narrowed,
    count_between,
    due_between,
    provisional_after,
    standing_still,
)
from integrity_desk.services.narrowing import Choice, choices
from integrity_desk.storage.reader import Reader

_DAY = timedelta(days=1)
_MOST_SHOWN = 500
"""Lines of one lane that are handed out; all of them are counted."""


class Lane(StrEnum):
    """The lanes of the board; every item stands in exactly one."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    PAUSED = "paused"
    PROVISIONAL = "provisional"


@dataclass(frozen=True, kw_only=True)
class ShowBoard(Question["Board"]):
    """What falls due, in lanes."""

    narrowed: Narrowed = Narrowed()


@dataclass(frozen=True, kw_only=True)
class ShowMonth(Question["Month"]):
    """What falls due on each day of a month, and which days are worked."""

    month: date
    """Any day of it."""
    narrowed: Narrowed = Narrowed()


@dataclass(frozen=True, kw_only=True)
class CountDue(Question["DueCounts"]):
    """How much is overdue or due today; no names."""


@dataclass(frozen=True, kw_only=True)
class LaneView:
    """One lane: how many stand in it, and the first of them, soonest first."""

    lane: Lane
    count: int
    items: tuple[DueItem, ...]


@dataclass(frozen=True, kw_only=True)
class Board:
    """All lanes, and what the whole board could be narrowed to."""

    lanes: tuple[LaneView, ...]
    clauses: tuple[Choice, ...]
    handlers: tuple[Choice, ...]
    total: int
    """How many items there are without narrowing."""


@dataclass(frozen=True, kw_only=True)
class DayCell:
    """One day of a month: whether it is worked, by which notice, and what is due on it."""

    day: date
    working: bool
    rest: str = ""
    """The festival it is off for."""
    worked_for: str = ""
    """The festival it is worked for, a weekend day."""
    published: bool = True
    """Whether the notice of its year is known."""
    items: tuple[DueItem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Month:
    """Whole weeks from Monday that hold the month."""

    first: date
    weeks: tuple[tuple[DayCell, ...], ...]

    @property
    def days(self) -> tuple[DayCell, ...]:
        """All days shown, in order."""
        return tuple(cell for week in self.weeks for cell in week)


@dataclass(frozen=True, kw_only=True)
class DueCounts:
    """How many things are overdue, and how many due today."""

    overdue: int
    today: int


@answers(ShowBoard)
def show_board(question: ShowBoard, reader: Reader) -> Board:
    """Read everything up to a week ahead, what stands still, and later provisional days."""
    week_ends = reader.today + SOON
    every = (
        *due_between(None, week_ends, reader),
        *standing_still(reader),
        *provisional_after(week_ends + _DAY, reader),
    )
    lanes: dict[Lane, list[DueItem]] = {lane: [] for lane in Lane}
    for item in filter(question.narrowed.holds, every):
        lanes[_lane(item, reader.today, week_ends)].append(item)
    return Board(
        lanes=tuple(_view(lane, items) for lane, items in lanes.items()),
        clauses=choices((each.clause, each.clause) for each in every),
        handlers=choices(((each.handler, each.handler_name) for each in every), last=NOBODY),
        total=len(every),
    )


@answers(ShowMonth)
def show_month(question: ShowMonth, reader: Reader) -> Month:
    """Lay the days out in weeks and put on each what is due."""
    first = question.month.replace(day=1)
    weeks = list(Weeks().monthdatescalendar(first.year, first.month))
    calendar = reader.rules.calendar
    due: dict[date, list[DueItem]] = {}
    for item in due_between(weeks[0][0], weeks[-1][-1], reader):
        if question.narrowed.holds(item):
            due.setdefault(item.due, []).append(item)
    return Month(
        first=first,
        weeks=tuple(
            tuple(_cell(day, calendar, due.get(day, ())) for day in week) for week in weeks
        ),
    )


@answers(CountDue)
def count_due(question: CountDue, reader: Reader) -> DueCounts:
    """Ask the indexes."""
    today = reader.today
    return DueCounts(
        overdue=count_between(None, today - _DAY, reader),
        today=count_between(today, today, reader),
    )


def _lane(item: DueItem, today: date, week_ends: date) -> Lane:
    if item.paused:
        return Lane.PAUSED
    if item.due < today:
        return Lane.OVERDUE
    if item.due == today:
        return Lane.TODAY
    return Lane.WEEK if item.due <= week_ends else Lane.PROVISIONAL


def _view(lane: Lane, items: list[DueItem]) -> LaneView:
    items.sort(key=lambda each: (each.due, each.number, each.what))
    return LaneView(lane=lane, count=len(items), items=tuple(items[:_MOST_SHOWN]))


def _cell(day: date, calendar: Calendar, items: Iterable[DueItem]) -> DayCell:
    return DayCell(
        day=day,
        working=calendar.is_working(day),
        rest=calendar.rest_name(day),
        worked_for=calendar.worked_for(day),
        published=day.year in calendar.years,
        items=tuple(sorted(items, key=lambda each: (each.number, each.what))),
    )
