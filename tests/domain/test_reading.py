"""Reading what clerks type: days, moments, amounts and numbers in every usual way of writing."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity_desk.domain.display import local_minute, long_day, yuan
from integrity_desk.domain.reading import read_day, read_fen, read_moment, read_number
from integrity_desk.domain.times import CHINA
from integrity_desk.errors import InvalidInput

READERS = (read_day, read_moment, read_fen, read_number)


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-12", "20260512", "2026.5.12", "2026/5/12", "2026年5月12日", "2026年05月12",
        "２０２６年５月１２日", "２０２６．５．１２", " 2026-5-12 ", "2026 年 5 月 12 日",
        "2026年5月12日\n",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(text):
    assert read_day(text) == date(2026, 5, 12)


@pytest.mark.parametrize(
    "text",
    ["2026-02-30", "20261301", "2026-5", "26-05-12", "五月十二日", "2026-05-12-", "12/5/2026", "0"],
)
def test_what_is_no_day_is_refused_and_quoted(text):
    with pytest.raises(InvalidInput, match=f"“{text}”读不懂"):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("2026-05-12 09:30", "2026-05-12 09:30"),
        ("20260512 0930", "2026-05-12 09:30"),
        ("2026年5月12日 9时30分", "2026-05-12 09:30"),
        ("2026-05-12　９：３０", "2026-05-12 09:30"),
        ("2026-05-12", "2026-05-12 00:00"),
        ("2026 年 5 月 12 日", "2026-05-12 00:00"),
    ],
)
def test_a_moment_is_china_time_kept_as_utc(text, local):
    read = read_moment(text)
    assert read is not None
    assert read.tzinfo is UTC
    assert local_minute(read) == local


def test_a_moment_before_eight_belongs_to_the_day_before_in_utc():
    assert read_moment("2026-05-12 07:59") == datetime(2026, 5, 11, 23, 59, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2026-05-12 25:00", "2026-05-12 9点", "2026-05-12 9:60", "09:30"])
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(InvalidInput, match="读不懂"):
        read_moment(text)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("12,345.67", 1_234_567), ("12345.67元", 1_234_567), ("１２，３４５．６７", 1_234_567),
        ("1.5万", 1_500_000), ("1.5万元", 1_500_000), ("0.0001万", 100), ("-3.05", -305),
        ("12", 1200), ("12.5", 1250), ("0", 0), (" 1 200 ", 120_000), ("100.00", 10_000),
        ("1.50000", 150), ("0.10", 10),
    ],
)  # fmt: skip
def test_an_amount_is_read_in_yuan(text, fen):
    assert read_fen(text) == fen


@pytest.mark.parametrize("text", ["约100", "1.5亿", "一百元", "1.2.3", "12元5角", "-", "万", ".5"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(InvalidInput, match="金额"):
        read_fen(text)


@pytest.mark.parametrize("text", ["0.001", "1.2345678万", "99999999999999999"])
def test_no_amount_is_rounded_or_runs_over(text):
    with pytest.raises(InvalidInput, match="精确到分"):
        read_fen(text)


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("1,200", 1200), ("１２", 12), ("-3", -3), (" 7 ", 7)]
)
def test_a_number_is_whole(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["1.5", "三", "12个", "1e3", "9" * 16, "--1"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(InvalidInput, match="不是整数"):
        read_number(text)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", ["", "  ", "　", "\n"])
def test_nothing_typed_is_nothing(reader, text):
    assert reader(text) is None


@pytest.mark.parametrize("reader", READERS)
@given(text=st.text(max_size=20))
def test_anything_at_all_is_read_or_refused(reader, text):
    with suppress(InvalidInput):
        reader(text)


@given(fen=st.integers(-(10**15), 10**15))
def test_an_amount_is_read_as_it_is_shown(fen):
    assert read_fen(yuan(fen)) == fen


@given(day=st.dates(min_value=date(1000, 1, 1)))
def test_a_day_is_read_as_it_is_shown(day):
    assert read_day(long_day(day)) == read_day(str(day)) == day


@given(at=st.datetimes(min_value=datetime(1000, 1, 2), max_value=datetime(9000, 1, 1)))
def test_a_moment_is_read_as_it_is_shown(at):
    moment = at.replace(second=0, microsecond=0, tzinfo=CHINA)
    assert read_moment(local_minute(moment)) == moment
