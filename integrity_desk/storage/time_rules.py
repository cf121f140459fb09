"""What a store counts its time limits by: kept in it, so that it travels with every backup."""

from __future__ import annotations

import json
from functools import lru_cache

from integrity_desk.domain.calendars import Calendar, CalendarYear, published_calendar
from integrity_desk.domain.time_rules import TimeRules
from integrity_desk.storage import meta
from integrity_desk.storage.database import Database

_REGION, _IDLE_DAYS, _CALENDAR = "rules.region", "rules.idle_days", "rules.calendar."


def of_store(database: Database) -> TimeRules:
    """Return the calendar with the imported years, the region chosen, the days without progress."""
    kept = {
        name: bytes(value)
        for name, value in database.conn.execute(
            "SELECT name, value FROM meta WHERE name >= 'rules.' AND name < 'rules/' ORDER BY name"
        )
    }
    years = tuple(value for name, value in kept.items() if name.startswith(_CALENDAR))
    idle_days = kept.get(_IDLE_DAYS)
    return TimeRules(
        calendar=_calendar(years),
        region=kept.get(_REGION, b"").decode(),
        idle_days=int(idle_days) if idle_days else TimeRules.idle_days,
    )


def imported_years(database: Database) -> frozenset[int]:
    """Return the years whose calendar was imported here."""
    rows = database.conn.execute(
        "SELECT name FROM meta WHERE name >= ? AND name < ?", (_CALENDAR, f"{_CALENDAR}~")
    )
    return frozenset(int(name.removeprefix(_CALENDAR)) for (name,) in rows)


def keep_region(database: Database, region: str) -> None:
    """Remember the division code whose rules overlay the others; "" for none."""
    meta.put(database, _REGION, region.encode())


def keep_idle_days(database: Database, days: int) -> None:
    """Remember after how many days without progress a commitment is warned of."""
    meta.put(database, _IDLE_DAYS, str(days).encode())


def keep_year(database: Database, year: CalendarYear) -> None:
    """Remember one year's calendar, in place of the one known."""
    plain = json.dumps(year.as_plain(), ensure_ascii=False, sort_keys=True)
    meta.put(database, f"{_CALENDAR}{year.year}", plain.encode())


@lru_cache(maxsize=4)
def _calendar(years: tuple[bytes, ...]) -> Calendar:
    """The published calendar overlaid by these years; made once, for it remembers working days."""
    if not years:
        return published_calendar()
    return published_calendar().with_years(
        *(CalendarYear.from_plain(json.loads(year)) for year in years)
    )
