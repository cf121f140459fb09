"""Time is passed in; days are days in China."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity_desk.domain.times import CHINA, china_day, epoch_ms, from_epoch_ms


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 5, 11, 15, 59, 59, tzinfo=UTC), date(2026, 5, 11)),
        (datetime(2026, 5, 11, 16, 0, tzinfo=UTC), date(2026, 5, 12)),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2026, 5, 12, 0, 0, tzinfo=CHINA), date(2026, 5, 12)),
    ],
)
def test_the_day_changes_at_midnight_in_china(moment, day):
    assert china_day(moment) == day


@given(st.integers(0, 4 * 10**12))
def test_milliseconds_come_back_as_they_were(milliseconds):
    assert abs(epoch_ms(from_epoch_ms(milliseconds)) - milliseconds) <= 1


def test_china_has_no_summer_time():
    assert CHINA.utcoffset(None) == timedelta(hours=8)
