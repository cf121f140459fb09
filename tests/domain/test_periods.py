from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.domain.periods import (
    before,
    quarter_of,
    quarters_before,
    read_period,
    stretch,
)
from integrity_desk.errors import InvalidInput


def test_a_quarter_is_read_with_both_its_ends():
    read = read_period("2026Q3")
    assert (read.first, read.last) == (date(2026, 7, 1), date(2026, 9, 30))
    assert read.words == "2026年第三季度"


def test_the_last_quarter_ends_with_the_year():
    assert read_period("2026q4").last == date(2026, 12, 31)
    assert read_period("2026").words == "2026年度"


@pytest.mark.parametrize("text", ["2026Q5", "26Q1", "2026-Q1", "", "Q1"])
def test_what_is_no_period_is_refused_with_an_example(text):
    with pytest.raises(InvalidInput, match="2026Q3"):
        read_period(text)


def test_quarters_run_back_over_the_turn_of_the_year():
    codes = [each.code for each in quarters_before(read_period("2026Q1"), 4)]
    assert codes == ["2025Q2", "2025Q3", "2025Q4", "2026Q1"]


def test_the_period_before_is_of_the_same_sort():
    assert before(read_period("2026Q1")).code == "2025Q4"
    assert before(read_period("2026")).code == "2025"
    days = stretch(date(2026, 2, 1), date(2026, 2, 10))
    assert (before(days).first, before(days).last) == (date(2026, 1, 22), date(2026, 1, 31))


def test_whole_quarters_and_years_are_known_by_their_name():
    assert stretch(date(2026, 4, 1), date(2026, 6, 30)) == quarter_of(date(2026, 5, 5))
    assert stretch(date(2026, 1, 1), date(2026, 12, 31)).code == "2026"
