"""A year's working calendar from whatever file an office can get hold of.

.toml   the form of ``resources/calendars``
.ics    as calendars of days off are published: all-day events, 休 or 班 in their summary, or
        marked X-APPLE-SPECIAL-DAY
.csv    日期,类型[,名称]: 2027-01-01,放假,元旦
.json   lists of {"date", "isOffDay", "name"}, or tables of {"holiday", "name"} by day
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from integrity_desk.domain.calendars import CalendarYear, read_calendar, refused
from integrity_desk.wording import _

_DAY = timedelta(days=1)
_SATURDAY = 5
_LONGEST_EVENT = 31
_LARGEST_BYTES = 4 << 20
_MOVED_DECEMBER = 26

_WORKED = ("班", "workday")
_OFF = (
    "放假",
    "假期",
    "节假日",
    "假日",
    "休息",
    "周末",
    "（休）",
    "(休)",
    "休｜",
    "holiday",
    "dayoff",
)
_PLAINLY_OFF = frozenset({"休", "假", "法定", "off"})
_ORDINARY = frozenset({"工作日", "平日", "workday"})
_DATE = re.compile(r"(\d{4})(?:-|/|\.|年)?(\d{1,2})(?:-|/|\.|月)?(\d{1,2})日?")


@dataclass(frozen=True, kw_only=True)
class Marked:
    """One day as a file marks it: off, or worked."""

    day: date
    off: bool
    name: str


def read_calendar_years(path: Path) -> tuple[CalendarYear, ...]:
    """Read the years a file holds, oldest first; InvalidInput says what is wrong with it."""
    suffix = path.suffix.lower()
    if suffix == ".toml":
        return (read_calendar(path),)
    reader = _READERS.get(suffix)
    if reader is None:
        raise refused(path, _("只认.toml、.ics、.csv和.json文件"))
    marked = tuple(reader(path, _text(path)))
    if not any(each.off for each in marked):
        raise refused(path, _("里面没有放假日期，可能这一年的安排还没有公布"))
    return tuple(_years(path, marked))


def kind_of(words: str) -> bool | None:
    """Return whether words mark a day off (True) or worked (False); None when they do not say.

    调休 alone is said of both, so it says nothing.
    """
    plain = words.strip().lower().replace(" ", "")
    if any(each in plain for each in _WORKED):
        return False
    if plain in _PLAINLY_OFF or any(each in plain for each in _OFF) or plain.endswith("休"):
        return None if plain.endswith("调休") else True
    return None


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise refused(path, _("文件太大，不会是一年的放假安排"))
        content = path.read_bytes()
    except OSError as problem:
        raise refused(path, _("文件打不开")) from problem
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refused(path, _("文件不是UTF-8或GB18030编码的文本"))


def _years(path: Path, marked: Iterable[Marked]) -> Iterator[CalendarYear]:
    """Group by year; days of late December stand with the year whose notice moved them."""
    by_year: dict[int, list[Marked]] = {}
    for each in marked:
        by_year.setdefault(each.day.year, []).append(each)
    for year in sorted(by_year):
        days = by_year[year]
        if year + 1 in by_year and all(_belongs_to_the_next(each.day) for each in days):
            by_year[year + 1] = days + by_year[year + 1]
        else:
            yield _year(path, year, days)


def _belongs_to_the_next(day: date) -> bool:
    return day.month == 12 and day.day >= _MOVED_DECEMBER


def _year(path: Path, year: int, days: Iterable[Marked]) -> CalendarYear:
    holidays: dict[date, str] = {}
    workdays: dict[date, str] = {}
    for each in days:
        if not each.off and each.day.weekday() < _SATURDAY:
            continue  # a list of all days names ordinary working days too
        kept, other = (holidays, workdays) if each.off else (workdays, holidays)
        if each.day in other:
            raise refused(path, _("{day}既是放假又是上班").format(day=each.day))
        kept.setdefault(each.day, each.name)
    source = _("导入自文件“{name}”").format(name=path.name)
    return CalendarYear(year=year, source=source, holidays=holidays, workdays=workdays)


# .ics


def _from_ics(path: Path, text: str) -> Iterator[Marked]:
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    if "BEGIN:VCALENDAR" not in unfolded:
        raise refused(path, _("格式不对（{detail}）").format(detail="VCALENDAR"))
    for event in re.findall(r"BEGIN:VEVENT\r?\n(.*?)END:VEVENT", unfolded, re.DOTALL):
        values = dict(_property(line) for line in event.splitlines() if ":" in line)
        off = _kind_of_event(path, values)
        if off is not None:
            for day in _days_of_event(path, values):
                yield Marked(day=day, off=off, name=_festival(values.get("SUMMARY", "")))


def _property(line: str) -> tuple[str, str]:
    name, _colon, value = line.partition(":")
    return name.partition(";")[0].upper(), value.strip()


def _kind_of_event(path: Path, values: Mapping[str, str]) -> bool | None:
    special = values.get("X-APPLE-SPECIAL-DAY", "").upper()
    if special in ("WORK-HOLIDAY", "ALTERNATE-WORKDAY"):
        return special == "WORK-HOLIDAY"
    summary = values.get("SUMMARY", "")
    kind = kind_of(summary)
    if kind is None and "调休" in summary:
        raise refused(path, _("“{words}”看不出是放假还是上班").format(words=summary))
    return kind


def _days_of_event(path: Path, values: Mapping[str, str]) -> Iterator[date]:
    first = _day(values.get("DTSTART", "")[:8])
    after = _day(values.get("DTEND", "")[:8]) or (first and first + _DAY)
    if first is None or after is None or not 0 <= (after - first).days <= _LONGEST_EVENT:
        words = values.get("DTSTART", "")
        raise refused(path, _("“{words}”不是日期").format(words=words))
    for number in range(max(1, (after - first).days)):
        yield first + number * _DAY


def _festival(summary: str) -> str:
    """Return the festival's own name: 春节 of 上班(补春节假期) or 春节（休）."""
    name = re.sub(r"[（(]?第\d+天.*|[（(]?[休班][）)]|[休班][｜|]|\\", "", summary)
    name = re.sub(r"调休|补班|上班|放假|假期|休息|[（()）补休班｜|]|\s", "", name)
    return name or summary.strip()


# .csv


def _from_csv(path: Path, text: str) -> Iterator[Marked]:
    first_line = text.partition("\n")[0]
    delimiter = max(",\t;，", key=first_line.count)
    lines = csv.reader(text.splitlines(), delimiter=delimiter)
    for number, row in enumerate(lines, start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and _day(cells[0]) is None):
            continue
        yield _marked_row(path, number, [*cells, "", ""])


def _marked_row(path: Path, number: int, cells: list[str]) -> Marked:
    day, off = _day(cells[0]), kind_of(cells[1])
    if day is None:
        raise refused(
            path, _("第{number}行的“{words}”不是日期").format(number=number, words=cells[0])
        )
    if off is None and cells[1].lower() in _ORDINARY:
        off = False
    if off is None:
        text = _("第{number}行的“{words}”看不出是放假还是上班")
        raise refused(path, text.format(number=number, words=cells[1]))
    return Marked(day=day, off=off, name=cells[2] or _("节假日"))


# .json


def _from_json(path: Path, text: str) -> Iterator[Marked]:
    try:
        content = json.loads(text)
    except ValueError as problem:
        raise refused(path, _("格式不对（{detail}）").format(detail=problem)) from problem
    for key, entry in _entries(content):
        off = entry.get("isOffDay", entry.get("holiday"))
        day = _day(str(entry.get("date", key)))
        if not isinstance(off, bool) or day is None:
            text = _("“{words}”中没有日期，或没有写明是否放假")
            raise refused(path, text.format(words=json.dumps(entry, ensure_ascii=False)[:60]))
        yield Marked(day=day, off=off, name=_festival(str(entry.get("name") or _("节假日"))))


def _entries(content: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Find the entries of days at whatever depth they stand."""
    named = content.items() if isinstance(content, dict) else ()
    for key, value in named or (("", each) for each in _listed(content)):
        if isinstance(value, dict) and (
            "isOffDay" in value or ("holiday" in value and "name" in value)
        ):
            yield str(key), value
        elif isinstance(value, dict | list):
            yield from _entries(value)


def _listed(content: Any) -> list[Any]:
    return content if isinstance(content, list) else []


def _day(words: str) -> date | None:
    read = _DATE.fullmatch(words.strip().partition(" ")[0])
    if read is None:
        return None
    try:
        return date(*(int(each) for each in read.groups()))
    except ValueError:
        return None


_READERS: Mapping[str, Callable[[Path, str], Iterator[Marked]]] = {
    ".ics": _from_ics,
    ".csv": _from_csv,
    ".json": _from_json,
}
