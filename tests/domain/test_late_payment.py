"""What late payment costs, by the rate of each day."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity_desk.domain.commitments import Commitment, LateInterest
from integrity_desk.domain.instalments import Instalment
from integrity_desk.domain.late_payment import (
    interest_fen,
    standing,
    statutory_interest,
    statutory_rate,
)
from integrity_desk.domain.steps import check
from integrity_desk.errors import InvalidInput

DUE = date(2025, 9, 30)
DAY = timedelta(days=1)


def debt(kind=LateInterest.STATUTORY, rate=None):
    return Commitment(late_interest=kind, agreed_rate=rate)


def part(amount=100_000_00, due=DUE, **values):
    return Instalment(amount_fen=amount, due_on=due, **values)


def test_interest_is_five_ten_thousandths_a_day_from_the_day_after_the_due_day():
    assert statutory_interest(1_000_000_00, due_on=DUE, until=DUE) == 0
    assert statutory_interest(1_000_000_00, due_on=DUE, until=DUE + 10 * DAY) == 5_000_00
    assert interest_fen(part(1_000_000_00), debt(), DUE + 10 * DAY) == 5_000_00


def test_the_rate_is_that_of_the_rule_in_force():
    before, after = statutory_rate(date(2025, 5, 31)), statutory_rate(date(2025, 6, 1))
    assert before is not None
    assert after is not None
    assert "第728号" in before.clause
    assert "第十七条" in after.clause
    assert statutory_rate(date(2020, 8, 31)) is None


def test_days_before_there_was_a_rate_bear_none_and_each_other_day_its_own():
    old = part(due=date(2020, 8, 21))  # ten days without a rate, then thirty with one
    assert interest_fen(old, debt(), date(2020, 9, 30)) == 100_000_00 * 30 * 5 // 10_000
    across = statutory_interest(10_000, due_on=date(2025, 5, 30), until=date(2025, 6, 2))
    assert across == 3 * 5  # 31 May by one order, 1 and 2 June by the other


@given(amount=st.integers(0, 10**13), first=st.integers(0, 4000), days=st.integers(0, 3650))
def test_interest_is_the_sum_over_the_days_at_the_rate_of_each(amount, first, days):
    due = date(2019, 1, 1) + first * DAY
    rates = (statutory_rate(due + number * DAY) for number in range(1, days + 1))
    told = sum(rate.daily_ten_thousandths for rate in rates if rate)
    exact = statutory_interest(amount, due_on=due, until=due + days * DAY)
    assert exact == Fraction(amount * told, 10_000)
    assert abs(interest_fen(part(amount, due), debt(), due + days * DAY) - exact) <= Fraction(1, 2)


def test_an_agreed_rate_is_a_years_and_no_interest_is_none():
    year_later = DUE + 365 * DAY
    assert interest_fen(part(), debt(LateInterest.AGREED, 345), year_later) == 3_450_00
    assert interest_fen(part(), debt(LateInterest.NONE), year_later) == 0
    assert interest_fen(part(), debt(None), year_later) == 0


def test_what_was_paid_late_bears_interest_until_it_was_paid():
    half = part(paid_fen=50_000_00, paid_on=DUE + 10 * DAY)
    # 50,000 for ten days and 50,000 for thirty
    assert interest_fen(half, debt(), DUE + 30 * DAY) == 50_000_00 * (10 + 30) * 5 // 10_000
    whole = part(paid_fen=100_000_00, paid_on=DUE + 10 * DAY)
    assert interest_fen(whole, debt(), DUE + 300 * DAY) == 100_000_00 * 10 * 5 // 10_000
    assert interest_fen(part(paid_fen=100_000_00, paid_on=DUE), debt(), DUE + 300 * DAY) == 0


def test_a_plan_adds_up():
    plan = (
        part(due=DUE - 60 * DAY, paid_fen=100_000_00, paid_on=DUE - 61 * DAY),
        part(due=DUE - 10 * DAY, paid_fen=40_000_00, paid_on=DUE - 12 * DAY),
        part(due=DUE),
        part(due=DUE + 30 * DAY),
    )
    stands = standing(debt(), plan, DUE)
    assert (stands.planned_fen, stands.paid_fen) == (400_000_00, 140_000_00)
    assert (stands.arrears_fen, stands.late) == (60_000_00, 1)
    assert stands.interest_fen == 60_000_00 * 10 * 5 // 10_000
    assert "第802号" in stands.clause
    assert stands.next_due == DUE
    assert standing(debt(), plan[:1], DUE).clause == ""


@pytest.mark.parametrize(
    ("kind", "rate"), [(LateInterest.AGREED, None), (LateInterest.STATUTORY, 345), (None, 345)]
)
def test_an_agreed_rate_is_given_where_one_was_agreed_and_nowhere_else(filled, kind, rate):
    with pytest.raises(InvalidInput) as refusal:
        check(filled("commitment", late_interest=kind, agreed_rate=rate))
    assert refusal.value.field == "agreed_rate"
