"""Working out an evaluation: points of an indicator, total, veto, grade and rank. All pure.

Points and values are hundredths, so that 87.5 is kept exactly and sums never drift.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from integrity_desk.domain.evaluation import EvaluationScheme, Grade, Indicator, ScoreSource
from integrity_desk.domain.formulas import Formula, formulas
from integrity_desk.errors import InvalidInput
from integrity_desk.wording import _

HUNDRED = 100
NOTHING = "—"
"""What stands where there was nothing to count."""


@dataclass(frozen=True, kw_only=True)
class Scored:
    """One indicator of one unit: its value and points; None where there was nothing to count."""

    indicator: Indicator
    value_hundredths: int | None
    points_hundredths: int | None

    @property
    def vetoes(self) -> bool:
        """Whether this one indicator fails the unit."""
        above = (self.indicator.veto_above or 0) * HUNDRED
        return self.indicator.veto and (self.value_hundredths or 0) > above


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a unit comes out."""

    total_hundredths: int | None
    grade: Grade | None
    veto_reason: str


def formula_of(indicator: Indicator) -> Formula | None:
    """Return the formula an indicator is computed by; None for an entered one."""
    return formulas()[indicator.formula.value] if indicator.formula is not None else None


def ends_of(indicator: Indicator) -> tuple[float, float]:
    """Return the values that earn all points and none."""
    formula = formula_of(indicator)
    full, zero = (formula.full, formula.zero) if formula else (100.0, 0.0)
    return (
        full if indicator.full_at is None else float(indicator.full_at),
        zero if indicator.zero_at is None else float(indicator.zero_at),
    )


def score(indicator: Indicator, value: float | None) -> Scored:
    """Return the points of a value: in proportion between the two ends, never beyond them."""
    if value is None:
        return Scored(indicator=indicator, value_hundredths=None, points_hundredths=None)
    points = None
    if indicator.weight:
        full, zero = ends_of(indicator)
        share = min(1.0, max(0.0, (value - zero) / (full - zero)))
        points = round(share * indicator.weight * HUNDRED)
    return Scored(
        indicator=indicator, value_hundredths=round(value * HUNDRED), points_hundredths=points
    )


def standing(scheme: EvaluationScheme, scored: Sequence[Scored]) -> Standing:
    """Return total and grade; indicators with nothing to count leave their weight to the others."""
    weighed = [each for each in scored if each.points_hundredths is not None]
    weight = sum(each.indicator.weight or 0 for each in weighed)
    points = sum(each.points_hundredths or 0 for each in weighed)
    total = round(points * HUNDRED / weight) if weight else None
    reason = _("、").join(each.indicator.name for each in scored if each.vetoes)
    grade = Grade.FAILING if reason else _grade(scheme, total)
    return Standing(total_hundredths=total, grade=grade, veto_reason=reason)


def ranks(standings: Iterable[Standing]) -> list[int | None]:
    """Return each one's place: equal totals share it, a vetoed unit stands behind all others."""
    told = list(standings)
    keys = [
        None if each.total_hundredths is None else (bool(each.veto_reason), -each.total_hundredths)
        for each in told
    ]
    return [
        None if key is None else 1 + sum(other is not None and other < key for other in keys)
        for key in keys
    ]


def check_weights(indicators: Sequence[Indicator]) -> None:
    """Refuse a scheme whose weights do not add up to 100."""
    total = sum(each.weight or 0 for each in indicators)
    if total != HUNDRED:
        raise InvalidInput(
            "", _("各指标权重合计应为100，现在是{total}，请先调整考核指标。").format(total=total)
        )


def points_words(hundredths: int | None) -> str:
    """Return points or a value as people read it: 8750 is 87.5; a dash for nothing to count."""
    if hundredths is None:
        return NOTHING
    return f"{hundredths / HUNDRED:.2f}".rstrip("0").rstrip(".")


def value_words(indicator: Indicator, hundredths: int | None) -> str:
    """Return an indicator's value with its sign."""
    if hundredths is None:
        return NOTHING
    formula = formula_of(indicator)
    return points_words(hundredths) + (formula.sign if formula else "")


def is_given(indicator: Indicator) -> bool:
    """Whether people give the value, not the registers."""
    return indicator.source not in (None, ScoreSource.COMPUTED)


def _grade(scheme: EvaluationScheme, total: int | None) -> Grade | None:
    if total is None:
        return None
    marks = (
        (Grade.EXCELLENT, scheme.excellent_from),
        (Grade.GOOD, scheme.good_from),
        (Grade.PASSING, scheme.passing_from),
    )
    return next(
        (g for g, mark in marks if mark is not None and total >= mark * HUNDRED), Grade.FAILING
    )
