"""Cells as offices fill them in."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity_desk.domain.display import local_minute
from integrity_desk.domain.reading import read_fen, read_number
from integrity_desk.domain.sheet_reading import (
    Hints,
    only_year,
    read_flag,
    read_sheet_day,
    read_sheet_fen,
    read_sheet_moment,
    refuse_damaged,
)
from integrity_desk.errors import InvalidInput

IN_2026 = Hints(year=2026)


@pytest.mark.parametrize(
    "text",
    [
        "2026.3.5", "2026年3月5日", "20260305", "3月5日", "３月５日", " 3 月 5 日 ", "3月5号",
        "2026年3月5号", "2026-03-05 00:00:00", "2026/3/5 14:23", "2026-03-05T09:00:00", "46086",
        "２０２６．３．５",
    ],
)  # fmt: skip
def test_a_day_is_read_in_any_of_the_ways_offices_type_it(text):
    assert read_sheet_day(text, IN_2026) == date(2026, 3, 5)


def test_a_day_number_counts_from_the_workbooks_own_start():
    assert read_sheet_day("44624", Hints(from_1904=True)) == date(2026, 3, 5)
    with pytest.raises(InvalidInput, match="读不懂"):
        read_sheet_day("10000", Hints())


def test_a_day_without_a_year_is_not_guessed_at():
    with pytest.raises(InvalidInput, match="没有年份"):
        read_sheet_day("3月5日", Hints())


@pytest.mark.parametrize("text", ["2月30日", "13月1日", "3.5", "5/3/2026", "26.3.5", "上月"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(InvalidInput):
        read_sheet_day(text, IN_2026)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("示例镇2026年民生实事清单", 2026), ("２０２６年度", 2026), ("2025—2026年", None),
        ("名册", None), ("第20261号", None),
    ],
)  # fmt: skip
def test_the_year_of_a_title_counts_only_when_it_is_the_only_one(title, year):
    assert only_year(title) == year


def test_a_moment_may_have_seconds_or_none():
    read = [
        read_sheet_moment(each, IN_2026)
        for each in ("2026-03-05 14:23:11", "2026年3月5日 14时23分", "20260305 1423")
    ]
    assert {local_minute(each) for each in read} == {"2026-03-05 14:23"}
    assert local_minute(read_sheet_moment("46086", Hints())) == "2026-03-05 00:00"


@pytest.mark.parametrize(
    ("text", "heading", "fen"),
    [
        ("1.2万元", "金额", 1_200_000), ("￥1,234.50", "金额", 123_450), ("¥12", "金额", 1_200),
        ("1,250", "总投资（万元）", 1_250_000_000), ("1,250元", "总投资（万元）", 125_000),
        ("12", "金额（元）", 1_200),
    ],
)  # fmt: skip
def test_an_amount_is_read_with_its_signs_and_its_headings_unit(text, heading, fen):
    assert read_sheet_fen(text, heading) == fen


@pytest.mark.parametrize("text", ["12 345,67", "1,23", "12,34,567", ",5", "1,2345"])
def test_a_comma_that_parts_no_thousands_is_refused(text):
    with pytest.raises(InvalidInput):
        read_fen(text)
    with pytest.raises(InvalidInput):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("是", True), ("√", True), ("Ｙ", True), ("有", True), ("否", False), ("无", False),
        ("×", False), ("", False), ("TRUE", True), ("0", False),
    ],
)  # fmt: skip
def test_yes_and_no_are_read_in_words_and_ticks(text, value):
    assert read_flag(text) is value


def test_what_is_neither_yes_nor_no_is_refused():
    with pytest.raises(InvalidInput, match="看不出是或否"):
        read_flag("待定")


@pytest.mark.parametrize("text", ["3.50E+17", "3.50526199001011E+17", "1.38e+10", "３．５Ｅ＋１７"])
def test_lost_digits_are_never_taken(text):
    with pytest.raises(InvalidInput, match="数字已经丢失"):
        refuse_damaged(text)


@pytest.mark.parametrize("text", ["#REF!", "#N/A", "######"])
def test_a_broken_formula_is_never_taken(text):
    with pytest.raises(InvalidInput, match="公式错误"):
        refuse_damaged(text)


@pytest.mark.parametrize("text", ["350526199001011234", "E+17", "示例", "1.5", "2E"])
def test_what_is_whole_passes(text):
    refuse_damaged(text)


@given(text=st.text(max_size=16))
def test_anything_at_all_is_read_or_refused(text):
    for read in (read_sheet_day, read_sheet_moment):
        with suppress(InvalidInput):
            read(text, IN_2026)
    for alone in (read_flag, refuse_damaged):
        with suppress(InvalidInput):
            alone(text)
