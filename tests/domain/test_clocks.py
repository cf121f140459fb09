import calendar as months
from datetime import date, timedelta
from functools import cache

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity_desk.domain.calendars import published_calendar
from integrity_desk.domain.clocks import (
    Clock,
    Pause,
    Suspension,
    Unit,
    clock,
    clocks,
    count,
    read_clocks,
    read_days,
)
from integrity_desk.errors import InvalidInput, NotFound, StepRefused

CALENDAR = published_calendar()
DAY = timedelta(days=1)
is_workday = cache(chinese_calendar.is_workday)
RULE = """
[[clock]]
id = "objection"
name = "诚信记录异议处理"
clause = "示例市规定第一条"
unit = "working_day"
length = 4
region = "9901"
effective_from = 2026-01-01
"""


def a_clock(unit, length, **more):
    return Clock(id="sample", name="示例时限", clause="示例条款", unit=unit, length=length, **more)


def counted(some_clock, start, **more):
    return count(some_clock, start, calendar=CALENDAR, **more).due


def by_walking(unit, length, start, stopped=frozenset()):
    """An independent counter: one day at a time, by the package the calendars come from."""
    if unit in (Unit.MONTH, Unit.YEAR):
        year, month = start.year, start.month
        for _ in range(length * (12 if unit is Unit.YEAR else 1)):
            month += 1
            if month == 13:
                year, month = year + 1, 1
        end = date(year, month, min(start.day, months.monthrange(year, month)[1]))
        unit, length = Unit.CALENDAR_DAY, (end - start).days
    day = start
    while length > 0:
        day = day + DAY
        if day in stopped:
            continue
        if unit is Unit.WORKING_DAY and not is_workday(day):
            continue
        length = length - 1
    while day in stopped or not is_workday(day):
        day = day + DAY
    return day


@pytest.mark.parametrize(
    ("unit", "length"),
    [
        (Unit.CALENDAR_DAY, 15),
        (Unit.CALENDAR_DAY, 60),
        (Unit.WORKING_DAY, 3),
        (Unit.WORKING_DAY, 20),
        (Unit.MONTH, 1),
        (Unit.MONTH, 6),
        (Unit.YEAR, 1),
    ],
)
def test_every_start_day_of_six_years_is_counted_as_by_walking(unit, length):
    some_clock = a_clock(unit, length)
    for ordinal in range(date(2019, 1, 1).toordinal(), date(2025, 1, 1).toordinal()):
        start = date.fromordinal(ordinal)
        assert counted(some_clock, start) == by_walking(unit, length, start), start


starts = st.dates(min_value=date(2004, 1, 1), max_value=date(2022, 12, 31))
units = st.sampled_from(Unit)
spans = st.lists(st.tuples(st.integers(-5, 60), st.integers(0, 40)), min_size=1, max_size=3)


@given(units, st.integers(1, 3), starts, spans)
def test_suspended_days_are_counted_as_by_walking(unit, length, start, spans):
    length = length * 10 if unit in (Unit.CALENDAR_DAY, Unit.WORKING_DAY) else length
    some_clock = a_clock(unit, length, suspended_by=(Pause.HEARING,))
    suspensions = [
        Suspension(first=start + offset * DAY, last=start + (offset + width) * DAY)
        for offset, width in spans
    ]
    stopped = {
        each.first + n * DAY
        for each in suspensions
        for n in range((each.last - each.first).days + 1)
    }
    due = counted(some_clock, start, suspensions=suspensions)
    assert due == by_walking(unit, length, start, stopped)
    assert due >= counted(some_clock, start)


@given(units, st.integers(1, 40), starts)
def test_a_due_date_is_a_working_day_after_the_start(unit, length, start):
    length = min(length, 3) if unit is Unit.YEAR else length
    due = counted(a_clock(unit, length), start)
    assert due > start
    assert is_workday(due)


@given(units, st.integers(1, 30), starts)
def test_a_later_start_or_a_longer_period_is_never_due_earlier(unit, length, start):
    length = min(length, 3) if unit is Unit.YEAR else length
    due = counted(a_clock(unit, length), start)
    assert counted(a_clock(unit, length), start + DAY) >= due
    assert counted(a_clock(unit, length + 1), start) >= due


@given(st.sampled_from([Unit.CALENDAR_DAY, Unit.WORKING_DAY]), st.integers(1, 40), starts, spans)
def test_the_explanation_counts_exactly_the_days_of_the_period(unit, length, start, spans):
    some_clock = a_clock(unit, length, suspended_by=(Pause.EXPERT,))
    suspensions = [
        Suspension(first=start + offset * DAY, last=start + (offset + width) * DAY)
        for offset, width in spans
    ]
    result = count(some_clock, start, calendar=CALENDAR, suspensions=suspensions)
    lines = result.explanation
    assert (lines[0].day, lines[-1].day) == (start, result.due)
    assert [line.number for line in lines if line.number] == list(range(1, length + 1))
    assert len(lines) == (result.due - start).days + 1


@pytest.mark.parametrize(
    ("clock_id", "start", "due"),
    [
        # 15 days end in the National Day holiday and roll to the first working day after it
        ("petition_acceptance", "2026-09-20", "2026-10-08"),
        ("petition_acceptance", "2026-03-02", "2026-03-17"),
        # five working days across the Spring Festival of 2026 (off 15 to 23, worked 14 and 28)
        ("petition_return", "2026-02-12", "2026-02-26"),
        ("petition_handling", "2026-01-05", "2026-03-06"),
        # Saturday 10 October 2026 is a make-up workday and counts
        ("penalty_withdrawal", "2026-10-08", "2026-10-12"),
        ("disclosure_answer", "2026-09-24", "2026-10-29"),
        # 30 days end on 2 May, in the Labour Day holiday of 1 to 5 May
        ("sme_payment", "2026-04-02", "2026-05-06"),
        # three years end on the corresponding day, a Friday
        ("impact_assessment_retention", "2022-02-28", "2025-02-28"),
    ],
)
def test_worked_examples(clock_id, start, due):
    start = date.fromisoformat(start)
    assert counted(clock(clock_id, on=start), start) == date.fromisoformat(due)


def test_months_end_on_the_corresponding_day_or_on_the_last():
    month = a_clock(Unit.MONTH, 1)
    assert counted(month, date(2023, 1, 31)) == date(2023, 2, 28)
    assert counted(month, date(2024, 1, 31)) == date(2024, 2, 29)
    assert counted(month, date(2024, 3, 15)) == date(2024, 4, 15)
    assert counted(a_clock(Unit.MONTH, 12), date(2023, 11, 30)) == date(2024, 12, 2)
    assert counted(a_clock(Unit.YEAR, 1), date(2024, 2, 29)) == date(2025, 2, 28)


def test_what_reaches_beyond_the_published_calendar_is_provisional():
    answer = clock("disclosure_answer", on=date(2026, 12, 1))
    assert not count(answer, date(2026, 11, 2), calendar=CALENDAR).provisional
    late = count(answer, date(2026, 12, 10), calendar=CALENDAR)
    assert late.provisional
    assert "暂定" in late.summary
    assert late.due == date(2027, 1, 7)
    handling = clock("petition_handling", on=date(2026, 12, 1))
    assert count(handling, date(2026, 12, 1), calendar=CALENDAR).provisional


def test_a_clock_from_before_the_first_calendar_is_provisional():
    assert count(a_clock(Unit.WORKING_DAY, 3), date(1999, 5, 1), calendar=CALENDAR).provisional


def test_an_extension_lengthens_the_period_and_has_a_limit():
    answer = clock("disclosure_answer", on=date(2026, 3, 2))
    start = date(2026, 3, 2)
    extended = count(answer, start, calendar=CALENDAR, extension_days=20)
    assert extended.due == by_walking(Unit.WORKING_DAY, 40, start)
    with pytest.raises(StepRefused, match="最多延长20个工作日"):
        count(answer, start, calendar=CALENDAR, extension_days=21)
    with pytest.raises(StepRefused):
        count(clock("petition_return", on=start), start, calendar=CALENDAR, extension_days=1)


def test_a_suspension_needs_a_reason_the_rule_knows():
    start = date(2026, 3, 2)
    hearing = Suspension(first=date(2026, 3, 9), last=date(2026, 3, 13), pause=Pause.HEARING)
    final = clock("petition_final_review", on=start)
    assert counted(final, start, suspensions=[hearing]) == date(2026, 4, 7)
    with pytest.raises(StepRefused, match="不因此中止"):
        count(clock("petition_return", on=start), start, calendar=CALENDAR, suspensions=[hearing])
    with pytest.raises(StepRefused):
        count(clock("disclosure_answer", on=start), start, calendar=CALENDAR, suspensions=[hearing])


def test_a_suspension_that_still_goes_on_makes_the_due_date_provisional():
    start = date(2026, 3, 2)
    open_hearing = Suspension(first=date(2026, 3, 9), last=date(2026, 3, 13), open=True)
    final = clock("petition_final_review", on=start)
    assert count(final, start, calendar=CALENDAR, suspensions=[open_hearing]).provisional


def test_the_last_day_never_falls_into_a_suspension():
    start = date(2026, 2, 26)
    weekend_end = a_clock(Unit.CALENDAR_DAY, 9, suspended_by=(Pause.HEARING,))
    assert counted(weekend_end, start) == date(2026, 3, 9)
    monday_off = Suspension(first=date(2026, 3, 9), last=date(2026, 3, 10))
    assert counted(weekend_end, start, suspensions=[monday_off]) == date(2026, 3, 11)


def test_dates_that_cannot_be_are_refused():
    final = clock("petition_final_review", on=date(2026, 3, 2))
    backwards = Suspension(first=date(2026, 3, 13), last=date(2026, 3, 9))
    with pytest.raises(InvalidInput, match="早于"):
        count(final, date(2026, 3, 2), calendar=CALENDAR, suspensions=[backwards])
    with pytest.raises(InvalidInput, match="太远"):
        count(final, date(9999, 12, 31), calendar=CALENDAR)


@pytest.mark.parametrize(
    ("region", "clock_id", "length"),
    [
        ("", "objection", 3),
        ("310115", "objection", 5),
        ("330100", "objection", 5),
        ("370100", "objection_with_inquiry", 7),
        ("350526", "objection", 3),
        ("33", "inquiry_log_retention", 10),
        ("35", "inquiry_log_retention", 5),
    ],
)
def test_a_region_has_its_own_clock_or_the_national_one(region, clock_id, length):
    assert clock(clock_id, on=date(2026, 3, 2), region=region).length == length
    assert clocks(region)[clock_id].length == length


def test_the_version_in_force_on_the_first_day_is_the_one_that_counts():
    old = clock("disclosure_answer", on=date(2019, 5, 14))
    new = clock("disclosure_answer", on=date(2019, 5, 15))
    assert (old.length, new.length) == (15, 20)
    assert old.version != new.version
    assert clock("objection", on=date(2017, 9, 30), region="31").length == 3
    assert clocks(on=date(2019, 5, 14))["disclosure_answer"] == old


def test_an_unknown_clock_and_a_day_before_the_rule_are_said_plainly():
    with pytest.raises(NotFound, match="没有代号为“nonsense”"):
        clock("nonsense", on=date(2026, 1, 1))
    with pytest.raises(NotFound, match="尚无"):
        clock("petition_return", on=date(2020, 1, 1))


def test_a_local_rule_file_overlays_the_shipped_rules(tmp_path):
    path = tmp_path / "local.toml"
    path.write_text(RULE, "utf-8")
    local = read_clocks(path)
    day = date(2026, 3, 2)
    assert clock("objection", on=day, region="990102", extra=local).length == 4
    assert clock("objection", on=day, region="9902", extra=local).length == 3


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("length = 4", "length = 0", "缺少“length”"),
        ("length = 4", "length = -4", "不合理"),
        ("length = 4", 'length = "四"', "“length”不合格"),
        ("length = 4", "length = true", "“length”不合格"),
        ('unit = "working_day"', 'unit = "week"', "week"),
        ("length = 4", 'length = 4\nsuspended_by = ["rain"]', "rain"),
        ("length = 4", "length = 4\nspeed = 1", "speed"),
        ('clause = "示例市规定第一条"', "", "缺少“clause”"),
        ("2026-01-01", "2026-01-01T00:00:00", "effective_from"),
        ("2026-01-01", "2026-01-01\neffective_until = 2025-12-31", "失效日期早于"),
        ("[[clock]]", "[[clocks]]", "应当只有"),
        ("[[clock]]", "[[clock", "格式不对"),
    ],
)
def test_a_faulty_rule_file_is_refused_with_the_reason(tmp_path, old, new, said):
    path = tmp_path / "local.toml"
    path.write_text(RULE.replace(old, new), "utf-8")
    with pytest.raises(InvalidInput, match=said) as refusal:
        read_clocks(path)
    assert refusal.value.sentence.endswith("。")


def test_a_due_date_shows_its_clause_and_how_it_was_counted():
    start = date(2026, 10, 8)
    result = count(clock("penalty_withdrawal", on=start), start, calendar=CALENDAR)
    assert result.summary == (
        "依据《行政处罚法》第四十八条、第八十五条，自2026-10-08次日起3个工作日，至2026-10-12届满。"
    )
    assert [str(line) for line in result.explanation] == [
        "2026-10-08  周四  起算日不计入",
        "2026-10-09  周五  第1日",
        "2026-10-10  周六（国庆节调休上班）  第2日",
        "2026-10-11  周日  休息日，不计入",
        "2026-10-12  周一  第3日  届满",
    ]
    plain = result.as_plain(explain=True)
    assert (plain["due"], len(plain["explanation"])) == ("2026-10-12", 5)


def test_a_period_of_years_is_explained_by_its_last_days_only():
    result = count(a_clock(Unit.YEAR, 3), date(2021, 10, 1), calendar=CALENDAR)
    assert [str(line) for line in result.explanation] == [
        "2021-10-01  周五（国庆节放假）  起算日不计入",
        "2024-10-01  周二（国庆节放假）  期满对应日",
        *(
            f"2024-10-0{n}  {CALENDAR.note(date(2024, 10, n))}  末日为休息日，顺延"
            for n in range(2, 8)
        ),
        "2024-10-08  周二  届满",
    ]


def test_days_are_read_one_or_as_a_span():
    assert read_days("2026-02-28") == (date(2026, 2, 28),)
    assert read_days("2026-02-28..2026-03-02")[-1] == date(2026, 3, 2)
    for wrong in ("", "昨天", "2026-02-30", "2026-03-02..2026-02-28", "2026-03-02.."):
        with pytest.raises(InvalidInput):
            read_days(wrong)
