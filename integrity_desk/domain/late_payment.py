"""What late payment costs: interest by the statutory rate of each day, or by the rate agreed.

Source: 保障中小企业款项支付条例 (State Council orders 728 and 802), as kept in
``resources/rules/interest.toml``: each day after the due day at the rate in force on that day.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from integrity_desk.domain.commitments import Commitment, LateInterest
from integrity_desk.domain.instalments import Instalment, arrears_fen
from integrity_desk.paths import resource
from integrity_desk.wording import N_

_DAY = timedelta(days=1)
_DAYS_OF_A_YEAR = 365
_AGREED = N_("按合同约定的年利率")


@dataclass(frozen=True, kw_only=True)
class InterestRate:
    """A statutory rate and the clause that sets it."""

    name: str
    clause: str
    daily_ten_thousandths: int
    effective_from: date
    effective_until: date | None = None

    def days_within(self, first: date, last: date) -> int:
        """Return how many of the days ``first`` to ``last`` this rate holds for."""
        begun, ended = max(first, self.effective_from), min(last, self.effective_until or last)
        return max(0, (ended - begun).days + 1)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a repayment plan stands on a day; amounts in fen."""

    planned_fen: int
    paid_fen: int
    arrears_fen: int
    interest_fen: int
    clause: str
    """What the interest is reckoned by; "" when none is."""
    late: int
    """How many instalments are late."""
    next_due: date | None
    """The day of the first instalment still to be paid and not late."""


def standing(commitment: Commitment, plan: Iterable[Instalment], today: date) -> Standing:
    """Add up a repayment plan as it stands on ``today``."""
    instalments = tuple(plan)
    late = [each for each in instalments if arrears_fen(each, today)]
    owed = sum((_interest(each, commitment, today) for each in instalments), Fraction(0))
    ahead = [
        each.due_on
        for each in instalments
        if each.due_on and each.due_on >= today and (each.paid_fen or 0) < (each.amount_fen or 0)
    ]
    return Standing(
        planned_fen=sum(each.amount_fen or 0 for each in instalments),
        paid_fen=sum(each.paid_fen or 0 for each in instalments),
        arrears_fen=sum(arrears_fen(each, today) for each in instalments),
        interest_fen=_rounded(owed),
        clause=_clause(commitment, today) if owed else "",
        late=len(late),
        next_due=min(ahead, default=None),
    )


def interest_fen(instalment: Instalment, commitment: Commitment, today: date) -> int:
    """Return the interest owed on one instalment by ``today``, rounded half up to the fen."""
    return _rounded(_interest(instalment, commitment, today))


def statutory_interest(amount_fen: int, *, due_on: date, until: date) -> Fraction:
    """Return simple interest in fen for each day after ``due_on`` to ``until``, exactly.

    Each day bears the rate in force on it; days before there was a rate bear none.
    """
    days = sum(
        rate.daily_ten_thousandths * rate.days_within(due_on + _DAY, until)
        for rate in statutory_rates()
        if until > due_on
    )
    return Fraction(amount_fen * days, 10_000)


def statutory_rate(on: date) -> InterestRate | None:
    """Return the rate that applies without an agreement, on that day; None before there was one."""
    return next((rate for rate in statutory_rates() if rate.days_within(on, on)), None)


def _interest(instalment: Instalment, commitment: Commitment, today: date) -> Fraction:
    """What was paid late bears interest until its day, what is unpaid until today."""
    total = Fraction(0)
    for amount, until in _late_amounts(instalment, today):
        assert instalment.due_on is not None
        total += _on_amount(amount, instalment.due_on, until, commitment)
    return total


def _late_amounts(instalment: Instalment, today: date) -> Iterator[tuple[int, date]]:
    due, paid = instalment.due_on, instalment.paid_fen or 0
    if due is None:
        return
    if paid and instalment.paid_on is not None:
        yield paid, min(instalment.paid_on, today)
    yield max(0, (instalment.amount_fen or 0) - paid), today


def _on_amount(amount_fen: int, due_on: date, until: date, commitment: Any) -> Fraction:
    if until <= due_on:
        return Fraction(0)
    if commitment.late_interest is LateInterest.STATUTORY:
        return statutory_interest(amount_fen, due_on=due_on, until=until)
    if commitment.late_interest is LateInterest.AGREED:
        days = (until - due_on).days
        return Fraction(amount_fen * days * (commitment.agreed_rate or 0), 10_000 * _DAYS_OF_A_YEAR)
    return Fraction(0)


def _clause(commitment: Commitment, today: date) -> str:
    if commitment.late_interest is LateInterest.AGREED:
        return _AGREED
    rate = statutory_rate(today)
    return rate.clause if rate else ""


def _rounded(fen: Fraction) -> int:
    return int(fen + Fraction(1, 2))


@functools.cache
def statutory_rates() -> tuple[InterestRate, ...]:
    """Return every statutory rate there was and is."""
    with resource("rules/interest.toml").open("rb") as file:
        entries = tomllib.load(file)["rate"]
    return tuple(
        InterestRate(
            name=entry["name"],
            clause=entry["clause"],
            daily_ten_thousandths=entry["daily_ten_thousandths"],
            effective_from=entry["effective_from"],
            effective_until=entry.get("effective_until"),
        )
        for entry in entries
    )
