from datetime import date, timedelta

import pytest
from chinese_calendar import is_workday
from hypothesis import given
from hypothesis import strategies as st

from integrity_desk.domain.calendars import Calendar, published_calendar, read_calendar
from integrity_desk.errors import InvalidInput

NOTICE_2027 = """
year = 2027
source = "示例通知"
[holidays]
"元旦" = [2026-12-31, 2027-01-01]
"春节" = [2027-02-05, 2027-02-08]
[workdays]
"元旦" = [2026-12-26]
"""

days = st.dates(min_value=date(2004, 1, 1), max_value=date(2026, 12, 31))


def every_day(first, last):
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


@pytest.fixture
def notice(tmp_path):
    def write(text):
        path = tmp_path / "2027.toml"
        path.write_text(text, "utf-8")
        return path

    return write


def test_every_day_since_2004_agrees_with_the_published_package():
    calendar = published_calendar()
    differing = [
        day
        for day in every_day(date(2004, 1, 1), date(2026, 12, 31))
        if calendar.is_working(day) != is_workday(day)
    ]
    assert differing == []


def test_beyond_the_last_notice_only_weekends_are_free_and_nothing_is_settled():
    calendar = published_calendar()
    assert calendar.is_working(date(2031, 10, 1))
    assert not calendar.is_working(date(2031, 10, 4))
    assert not calendar.settled(date(2031, 10, 1), date(2031, 10, 1))
    assert not calendar.settled(date(2003, 12, 31), date(2004, 1, 2))
    assert calendar.settled(date(2004, 1, 1), date(2026, 12, 25))


def test_the_last_days_of_december_wait_for_the_next_notice(notice):
    calendar = published_calendar()
    assert not calendar.settled(date(2026, 12, 1), date(2026, 12, 28))
    assert calendar.settled(date(2025, 12, 1), date(2025, 12, 28))
    later = calendar.with_years(read_calendar(notice(NOTICE_2027)))
    assert later.settled(date(2026, 12, 1), date(2026, 12, 28))
    assert calendar.is_working(date(2026, 12, 31))
    assert not later.is_working(date(2026, 12, 31))
    assert later.is_working(date(2026, 12, 26))


def test_a_missing_year_in_between_leaves_later_days_unsettled(notice):
    text = NOTICE_2027.replace("2027", "2028").replace("2026", "2027")
    text = text.replace("2028-02-05", "2028-02-07")
    calendar = published_calendar().with_years(read_calendar(notice(text)))
    assert not calendar.settled(date(2026, 6, 1), date(2028, 3, 1))
    assert calendar.settled(date(2028, 1, 1), date(2028, 3, 1))


@given(days, st.integers(1, 300))
def test_the_nth_working_day_is_found_as_by_walking(start, count):
    calendar = published_calendar()
    day, left = start, count
    while left:
        day += timedelta(days=1)
        left -= calendar.is_working(day)
    assert calendar.working_day_after(start, count) == day


def test_a_day_says_what_sort_of_day_it_is():
    calendar = published_calendar()
    assert calendar.note(date(2026, 10, 1)) == "周四（国庆节放假）"
    assert calendar.note(date(2026, 10, 10)) == "周六（国庆节调休上班）"
    assert calendar.note(date(2026, 10, 12)) == "周一"


def test_a_new_notice_is_read(notice):
    year = read_calendar(notice(NOTICE_2027))
    assert (year.year, year.source) == (2027, "示例通知")
    assert year.holidays[date(2027, 2, 5)] == "春节"
    assert Calendar([year]).is_working(date(2026, 12, 26))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("year = 2027", "", "缺少年份"),
        ("year = 2027", "year = true", "缺少年份"),
        ("year = 2027", "year = 27", "缺少年份"),
        ('source = "示例通知"', 'source = ""', "缺少依据"),
        ("[holidays]", "[holliday]", "holliday"),
        ("2027-02-05", '"二月五日"', "不是日期"),
        ("2027-02-05", "2027-02-05T08:00:00", "不是日期"),
        ("2027-02-05", "2029-02-05", "2029-02-05不在2027年内"),
        ("2027-02-05", "2027-02-08", "2027-02-08写了两次"),
        ("2026-12-26", "2026-12-31", "既是放假又是上班"),
        ("2026-12-26", "2026-12-28", "不是周末"),
        ("[holidays]", "workdays = 1\n[holidays]", "格式不对"),
        ('[workdays]\n"元旦" = [2026-12-26]\n', "[[workdays]]\n", "应是一节"),
        ("year = 2027", "year = = 2027", "格式不对"),
        (NOTICE_2027, 'year = 2027\nsource = "示例"\n', "缺少放假日期"),
    ],
)
def test_a_faulty_notice_is_refused_with_the_reason(notice, old, new, said):
    with pytest.raises(InvalidInput, match=said) as refusal:
        read_calendar(notice(NOTICE_2027.replace(old, new)))
    assert refusal.value.sentence.endswith("。")


def test_a_notice_that_is_missing_or_no_text_is_refused(tmp_path):
    with pytest.raises(InvalidInput, match="打不开"):
        read_calendar(tmp_path / "none.toml")
    (tmp_path / "gbk.toml").write_bytes("source = '示例'".encode("gbk"))
    with pytest.raises(InvalidInput, match="UTF-8"):
        read_calendar(tmp_path / "gbk.toml")
