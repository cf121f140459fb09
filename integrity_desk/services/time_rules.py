"""What this desk counts time limits by: region, calendar, days without progress.

Kept in the store, so that every PC and every backup of the desk agrees; changed by an
administrator, each change noted. A record goes on by the rule version it was counted by.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import ClassVar

from integrity_desk.domain.calendar_checks import check_whole
from integrity_desk.domain.calendar_files import read_calendar_years
from integrity_desk.domain.calendars import CalendarYear
from integrity_desk.domain.deadlines import DEADLINES
from integrity_desk.domain.rule_changes import Rule, RuleChange
from integrity_desk.errors import InvalidInput
from integrity_desk.paths import resource
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.recounting import Moved, recounted
from integrity_desk.storage import records, time_rules
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.records import Selection
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import N_, _

SETTINGS = "settings"
"""The part of the store that these acts write."""

NATIONWIDE = N_("全国规定")
_MOST_IDLE_DAYS = 366


@dataclass(frozen=True, kw_only=True)
class Region:
    """A region with rules of its own; code "" for nationwide rules only."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class ShowTimeRules(Question["TimeRulesView"]):
    """What is counted by now."""


@dataclass(frozen=True, kw_only=True)
class KnownYear:
    """One year of the calendar, and where it is from."""

    year: int
    source: str
    imported: bool


@dataclass(frozen=True, kw_only=True)
class TimeRulesView:
    """Region and days in force, what may be chosen, the newest years of the calendar."""

    region: str
    regions: tuple[Region, ...]
    idle_days: int
    years: tuple[KnownYear, ...]
    provisional: int
    """How many due days wait for a calendar not yet published."""


@dataclass(frozen=True, kw_only=True)
class ChooseRegion(Command[None]):
    """Let the rules of a region overlay the nationwide ones for what is counted from now on."""

    permission: ClassVar[str] = "administer"
    region: str


@dataclass(frozen=True, kw_only=True)
class SetIdleDays(Command[None]):
    """Warn of a commitment after so many days without progress."""

    permission: ClassVar[str] = "administer"
    days: int


@dataclass(frozen=True, kw_only=True)
class ReadCalendarFile(Question["tuple[CalendarYear, ...]"]):
    """The years of a file that would be imported, checked; InvalidInput says what is wrong."""

    permission: ClassVar[str] = "administer"
    path: Path


@dataclass(frozen=True, kw_only=True)
class ImportCalendar(Command["Recounted"]):
    """Keep the years of a file and count every provisional due day anew, all in one act."""

    permission: ClassVar[str] = "administer"
    path: Path


@dataclass(frozen=True, kw_only=True)
class Recounted:
    """What an import did: the years kept, what moved, how many only became certain."""

    years: tuple[int, ...]
    moved: tuple[Moved, ...]
    settled: int
    """Due days that stayed and are no longer provisional."""


@answers(ShowTimeRules)
def show_time_rules(question: ShowTimeRules, reader: Reader) -> TimeRulesView:
    """Read what is kept, and what the program brings."""
    rules = reader.rules
    imported = time_rules.imported_years(reader.database)
    years = sorted(rules.calendar.years.values(), key=lambda each: -each.year)
    return TimeRulesView(
        region=rules.region,
        regions=regions(),
        idle_days=rules.idle_days,
        years=tuple(
            KnownYear(year=each.year, source=each.source, imported=each.year in imported)
            for each in years
        ),
        provisional=sum(records.count(reader.database, each) for each in _provisional()),
    )


@performs(ChooseRegion)
def choose_region(command: ChooseRegion, work: UnitOfWork) -> None:
    """Keep the code; what is counted already stays as it is."""
    known = {each.code: each.name for each in regions()}
    if command.region not in known:
        raise InvalidInput("region", _("没有这个地区的规则，请从列表中选择。"))
    before = known.get(work.rules.region, work.rules.region)
    work.keep_rules(partial(time_rules.keep_region, region=command.region))
    _note(Rule.REGION, before, known[command.region], work)


@performs(SetIdleDays)
def set_idle_days(command: SetIdleDays, work: UnitOfWork) -> None:
    """Keep the number."""
    if not 1 <= command.days <= _MOST_IDLE_DAYS:
        words = _("天数应在1至{most}之间。").format(most=_MOST_IDLE_DAYS)
        raise InvalidInput("idle_days", words)
    before = str(work.rules.idle_days)
    work.keep_rules(partial(time_rules.keep_idle_days, days=command.days))
    _note(Rule.IDLE_DAYS, before, str(command.days), work)


@answers(ReadCalendarFile)
def read_calendar_file(question: ReadCalendarFile, reader: Reader) -> tuple[CalendarYear, ...]:
    """Read and check; nothing is kept."""
    return _fresh_years(question.path, reader)


@performs(ImportCalendar)
def import_calendar(command: ImportCalendar, work: UnitOfWork) -> Recounted:
    """Keep the years, then derive every record anew that has a day by a clock."""
    years = _fresh_years(command.path, work)
    for year in years:
        known = work.rules.calendar.years.get(year.year)
        work.keep_rules(partial(time_rules.keep_year, year=year))
        after = _("{year}年：{source}").format(year=year.year, source=year.source)
        _note(Rule.CALENDAR, known.source if known else "", after, work)
    moved, settled = recounted(work)
    return Recounted(years=tuple(each.year for each in years), moved=moved, settled=settled)


@lru_cache(maxsize=1)
def regions() -> tuple[Region, ...]:
    """Return what may be chosen: nationwide rules, and each region with rules of its own."""
    with resource("rules/regions.toml").open("rb") as file:
        entries = tomllib.load(file)["region"]
    return (Region(code="", name=NATIONWIDE), *(Region(**each) for each in entries))


def _fresh_years(path: Path, reader: Reader) -> tuple[CalendarYear, ...]:
    """A file of one year may put right a year that is known; of several, the new ones count."""
    read = read_calendar_years(path)
    calendar = reader.rules.calendar
    fresh = [each for each in read if len(read) == 1 or each.year not in calendar.years]
    if not any(calendar.moved_by(each) for each in fresh):
        years = _("、").join(str(each.year) for each in read)
        sentence = _("文件里只有{years}年的安排，本机已经有了，内容相同，不必再导入。")
        raise InvalidInput("", sentence.format(years=years))
    for each in fresh:
        check_whole(each)
    return tuple(fresh)


def _provisional() -> Iterator[Selection]:
    for deadline in DEADLINES:
        if deadline.runs:
            yield Selection(
                type=deadline.type,
                equals={"state": tuple(sorted(deadline.states)), "due_provisional": (1,)},
            )


def _note(rule: Rule, before: str, after: str, work: UnitOfWork) -> None:
    work.add(RuleChange(rule=rule, before=before, after=after))
    work.touch(SETTINGS)
