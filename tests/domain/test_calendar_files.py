"""Next year's working days, read from the files offices can get hold of."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from integrity_desk.domain.calendar_checks import check_whole
from integrity_desk.domain.calendar_files import kind_of, read_calendar_years
from integrity_desk.domain.calendars import CalendarYear, published_calendar
from integrity_desk.errors import InvalidInput

DAY = timedelta(days=1)
YEARS = published_calendar().years


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def spans(days):
    """Return (name, first day, day after the last) of days in a row."""
    found = []
    for day in sorted(days):
        if found and found[-1][2] == day and found[-1][0] == days[day]:
            found[-1][2] = day + DAY
        else:
            found.append([days[day], day, day + DAY])
    return found


def as_ics(year, off="{name}假期", worked="上班(补{name}假期)", mark=False):
    """The form in which calendars of days off are published: events of several days."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "X-WR-CALDESC:中国法定节假日数据，", " 每日更新"]
    for days, words, kind in (
        (year.holidays, off, "WORK-HOLIDAY"),
        (year.workdays, worked, "ALTERNATE-WORKDAY"),
    ):
        for name, first, after in spans(days):
            lines += [
                "BEGIN:VEVENT",
                f"SUMMARY:{words.format(name=name)}",
                f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
                f"DTEND;VALUE=DATE:{after:%Y%m%d}",
                *([f"X-APPLE-SPECIAL-DAY:{kind}"] if mark else []),
                "END:VEVENT",
            ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def as_rows(
    year, off="放假", worked="上班", day="{0:%Y-%m-%d}", between=",", head="日期,类型,名称\n"
):
    rows = [(each, off, name) for each, name in year.holidays.items()]
    rows += [(each, worked, name) for each, name in year.workdays.items()]
    lines = (between.join((day.format(when, d=when), kind, name)) for when, kind, name in rows)
    return head + "\n".join(lines)


def as_days(year):
    days = [
        {"name": name, "date": str(day), "isOffDay": True} for day, name in year.holidays.items()
    ]
    days += [
        {"name": name, "date": str(day), "isOffDay": False} for day, name in year.workdays.items()
    ]
    return json.dumps({"year": year.year, "papers": ["https://example.invalid/"], "days": days})


def as_table(year):
    marked = dict.fromkeys(year.holidays, True) | dict.fromkeys(year.workdays, False)
    names = {**year.holidays, **year.workdays}
    return json.dumps(
        {
            "code": 0,
            "holiday": {
                f"{day:%m-%d}": {"holiday": off, "name": names[day], "date": str(day)}
                for day, off in marked.items()
            },
        }
    )


EXCEL, SPOKEN = "{d.year}/{d.month}/{d.day}", "{d.year}年{d.month}月{d.day}日"

FORMS = {
    "events.ics": as_ics,
    "bracketed.ics": lambda year: as_ics(year, "{name}（休）", "{name}（班）"),
    "bars.ics": lambda year: as_ics(year, "休｜{name}", "班｜{name}"),
    "numbered.ics": lambda year: as_ics(year, "{name} 第1天/共3天 放假", "{name}补班"),
    "marked.ics": lambda year: as_ics(year, "{name}", "{name}", mark=True),
    "rows.csv": as_rows,
    "excel.csv": lambda year: as_rows(year, "休", "班", EXCEL).encode("gb18030"),
    "bare.csv": lambda year: "\ufeff" + as_rows(year, "节假日", "调休上班", head=""),
    "tabs.csv": lambda year: as_rows(year, day=SPOKEN, between="\t", head=""),
    "days.json": as_days,
    "table.json": as_table,
}  # fmt: skip


@pytest.mark.parametrize("year", [2024, 2025, 2026])
@pytest.mark.parametrize("name", FORMS)
def test_a_year_reads_the_same_in_every_form(file, name, year):
    told = YEARS[year]
    (read,) = read_calendar_years(file(name, FORMS[name](told)))
    assert read.year == year
    assert set(read.holidays) == set(told.holidays)
    assert set(read.workdays) == set(told.workdays)
    assert {*read.holidays.values()} == {*told.holidays.values()}
    assert name in read.source
    check_whole(read)
    assert not published_calendar().moved_by(read)


def test_our_own_form_is_read_as_ever(file):
    (read,) = read_calendar_years(
        file("2027.toml", 'year = 2027\nsource = "示例"\n[holidays]\n"元旦" = [2027-01-01]\n')
    )
    assert (read.year, read.source) == (2027, "示例")


def test_a_file_of_two_years_gives_both_and_late_december_goes_with_the_next(file):
    next_years = {day.replace(year=2027): name for day, name in YEARS[2026].holidays.items()}
    moved = CalendarYear(
        year=2027, source="", workdays={},
        holidays={date(2026, 12, 31): "元旦", **next_years},
    )  # fmt: skip
    (alone,) = read_calendar_years(file("alone.ics", as_ics(moved)))
    assert (alone.year, min(alone.holidays)) == (2027, date(2026, 12, 31))
    both = as_ics(YEARS[2025]).replace("END:VCALENDAR\r\n", "") + as_ics(YEARS[2026])
    assert [each.year for each in read_calendar_years(file("both.ics", both))] == [2025, 2026]


def test_a_list_of_every_day_of_the_year_is_read_by_what_is_out_of_the_ordinary(file):
    calendar, lines = published_calendar(), []
    for number in range(365):
        day = date(2026, 1, 1) + number * DAY
        kind = "工作日" if calendar.is_working(day) else "休息日"
        lines.append(f"{day},{'调休上班' if day in YEARS[2026].workdays else kind}")
    (read,) = read_calendar_years(file("all.csv", "\n".join(lines)))
    assert not [
        day for day in (date(2026, 1, 1) + n * DAY for n in range(365))
        if calendar.with_years(read).is_working(day) != calendar.is_working(day)
    ]  # fmt: skip
    check_whole(read)


@pytest.mark.parametrize(
    ("words", "off"),
    [
        ("上班(补春节假期)", False), ("春节（班）", False), ("补班", False), ("班", False),
        ("春节（休）", True), ("放假", True), ("休", True), ("劳动节假期", True), ("国庆休", True),
        ("Workday", False), ("Holiday", True),
        ("调休", None), ("春节调休", None), ("母亲节", None), ("", None),
    ],
)  # fmt: skip
def test_words_say_off_or_worked_or_nothing(words, off):
    assert kind_of(words) is off


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("notice.pdf", "", "只认"),
        ("empty.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "还没有公布"),
        ("words.ics", "节假日", "格式不对"),
        ("vague.ics", as_ics(YEARS[2026], "{name}", "{name}调休"), "看不出"),
        ("undated.ics", as_ics(YEARS[2026]).replace("DATE:2026", "DATE:20x6"), "不是日期"),
        ("long.ics", as_ics(YEARS[2026]).replace("DATE:20260104", "DATE:20270104"), "不是日期"),
        ("vague.csv", "2027-01-01,元旦\n", "第1行"),
        ("undated.csv", "日期,类型\n一月一日,放假\n", "第2行"),
        ("wrong.csv", "2027-02-30,放假\n2027-02-30,放假\n", "第2行"),
        ("contrary.csv", "2027-01-02,放假\n2027-01-02,上班\n", "既是放假又是上班"),
        ("broken.json", "{", "格式不对"),
        ("unsaid.json", '[{"date": "2027-01-01", "isOffDay": "yes"}]', "是否放假"),
        ("nothing.json", '{"year": 2027, "days": []}', "还没有公布"),
        ("noise.csv", b"\xff\xfe\x00\xd8\xff\xff", "编码"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(file, name, content, said):
    with pytest.raises(InvalidInput, match=said) as refusal:
        read_calendar_years(file(name, content))
    assert refusal.value.sentence.endswith("。")


def test_every_published_year_is_found_whole():
    for year in YEARS.values():
        check_whole(year)


def without(year, days=(), worked=()):
    return CalendarYear(
        year=year.year, source=year.source,
        holidays={day: name for day, name in year.holidays.items() if name not in days},
        workdays={day: name for day, name in year.workdays.items() if name not in worked},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "worked", "said"),
    [
        (("元旦",), (), "缺少1月1日"),
        (("劳动节",), (), "缺少5月1日"),
        (("国庆节",), (), "缺少10月1日"),
        (("春节",), (), "缺少春节"),
        ((), ("元旦", "春节", "劳动节", "国庆节"), "个工作日"),
        ((), ("春节", "国庆节"), "个工作日"),
    ],
)
def test_a_year_with_something_missing_is_refused(days, worked, said):
    with pytest.raises(InvalidInput, match=said):
        check_whole(without(YEARS[2026], days, worked))


def test_a_calendar_tells_what_says_otherwise():
    calendar = published_calendar()
    assert calendar.moved_by(without(YEARS[2026], worked=("元旦",)))
    assert not calendar.moved_by(YEARS[2026])
    assert CalendarYear.from_plain(json.loads(json.dumps(YEARS[2026].as_plain()))) == YEARS[2026]
