"""What evaluation asks of its records, and what computing writes: loaded, decided, saved."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from integrity_desk.domain.evaluation import (
    COMPUTED_BY,
    OPEN_TO_INDICATORS,
    OPEN_TO_SCORES,
    EvaluationObjection,
    EvaluationResult,
    EvaluationScheme,
    Indicator,
    IndicatorScore,
)
from integrity_desk.domain.fields import Id
from integrity_desk.domain.formulas import Tally
from integrity_desk.domain.periods import stretch
from integrity_desk.domain.records import made
from integrity_desk.domain.scoring import (
    HUNDRED,
    Scored,
    Standing,
    check_weights,
    formula_of,
    is_given,
    ranks,
    score,
    standing,
)
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.services.counting import tally
from integrity_desk.services.following import follows
from integrity_desk.services.guarding import Guarded, guards
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _


@guards("evaluation_scheme")
def weights_add_up(guarded: Guarded[EvaluationScheme], work: UnitOfWork) -> None:
    """Before anything is collected, and again before it is computed."""
    if guarded.act in ("open", "compute"):
        check_weights(indicators_of(guarded.after, work))


@guards("evaluation_scheme")
def objections_are_decided(guarded: Guarded[EvaluationScheme], work: UnitOfWork) -> None:
    """Grades are final when every objection to them has been decided."""
    if guarded.act == "finalise":
        objections = work.find(EvaluationObjection, evaluation_scheme_id=guarded.after.id)
        if any(each.finding is None for each in objections):
            raise StepRefused(_("还有考核异议没有处理结论，请先处理完再确定等次。"))


@guards("evaluation_scheme")
def computed_terms_stand(guarded: Guarded[EvaluationScheme], work: UnitOfWork) -> None:
    """Once scores are computed, the units, the period and the marks they go by stand."""
    before, after = guarded.before, guarded.after
    if before is None or guarded.act or before.state in OPEN_TO_INDICATORS:
        return
    if any(getattr(before, name) != getattr(after, name) for name in COMPUTED_BY):
        raise StepRefused(_("得分已经计算，考核期、单位和分数线不能再改；请先退回重新采集。"))


@guards("indicator")
def computed_indicators_stand(guarded: Guarded[Indicator], work: UnitOfWork) -> None:
    """Once scores are computed, what they were computed by stands."""
    scheme = work.load(EvaluationScheme, guarded.after.evaluation_scheme_id)
    if scheme.state not in OPEN_TO_INDICATORS:
        raise StepRefused(_("得分已经计算，考核指标不能再改；确需修改的，请先退回重新采集。"))


@guards("indicator")
def names_differ(guarded: Guarded[Indicator], work: UnitOfWork) -> None:
    """A scoring table finds its columns by the indicators' names."""
    after = guarded.after
    others = work.find(Indicator, evaluation_scheme_id=after.evaluation_scheme_id, name=after.name)
    if any(each.id != after.id for each in others):
        raise InvalidInput("name", _("本次考核已有同名的指标，请换一个名称。"))


@guards("evaluation_objection")
def objections_have_their_time(guarded: Guarded[EvaluationObjection], work: UnitOfWork) -> None:
    """Objections are heard while the results hang out, and decided before they are final."""
    scheme = work.load(EvaluationScheme, guarded.after.evaluation_scheme_id)
    if scheme.state not in ("publicity", "objections"):
        raise StepRefused(_("考核异议在公示期间和异议处理阶段登记。"))


@follows("evaluation_scheme", "compute")
def compute(scheme: EvaluationScheme, work: UnitOfWork) -> None:
    """Count, score, grade and rank every unit, and keep how each number arose."""
    indicators = indicators_of(scheme, work)
    assert scheme.from_on is not None
    assert scheme.until_on is not None
    period = stretch(scheme.from_on, scheme.until_on)
    tallies = {
        each.id: tally(formula, period, work)
        for each in indicators
        if (formula := formula_of(each)) is not None
    }
    results = result_of_each_unit(scheme, work)
    scored = {result.id: _score_unit(result, indicators, tallies, work) for result in results}
    standings = [standing(scheme, scored[result.id]) for result in results]
    _write_standings(scheme, results, standings, work)
    work.save(dataclasses.replace(scheme, computed_on=work.today))


def check_open_to_scores(scheme: EvaluationScheme) -> None:
    """Refuse points while nothing is collected."""
    if scheme.state not in OPEN_TO_SCORES:
        raise StepRefused(_("评分在采集阶段填写；已计算的，请先退回重新采集。"))


def indicators_of(scheme: EvaluationScheme, reader: Reader) -> list[Indicator]:
    """Return the scheme's indicators, the weighed ones first, in the order they were entered."""
    found = reader.find(Indicator, evaluation_scheme_id=scheme.id)
    return sorted(found, key=lambda each: each.veto)


def result_of_each_unit(scheme: EvaluationScheme, work: UnitOfWork) -> list[EvaluationResult]:
    """Return the scheme's results in the order of its units, making those not yet there.

    A unit taken off the scheme loses its result.
    """
    known = {
        each.unit_id: each for each in work.find(EvaluationResult, evaluation_scheme_id=scheme.id)
    }
    for unit_id in known.keys() - set(scheme.unit_ids):
        work.void(known.pop(unit_id))
    names = records.titles(work.database, scheme.unit_ids)
    for unit_id in scheme.unit_ids:
        if unit_id not in known:
            fresh = made(
                EvaluationResult,
                evaluation_scheme_id=scheme.id,
                unit_id=unit_id,
                unit_name=names[unit_id],
            )
            known[unit_id] = work.add(fresh)
    return [known[unit_id] for unit_id in scheme.unit_ids]


def scores_of(result: EvaluationResult, reader: Reader) -> dict[Id, IndicatorScore]:
    """Return a unit's scores by indicator."""
    found = reader.find(IndicatorScore, evaluation_result_id=result.id)
    return {each.indicator_id: each for each in found}


def _score_unit(
    result: EvaluationResult,
    indicators: Sequence[Indicator],
    tallies: Mapping[Id, Mapping[Id, Tally]],
    work: UnitOfWork,
) -> list[Scored]:
    kept = scores_of(result, work)
    told = []
    for indicator in indicators:
        before = kept.get(indicator.id)
        tallied = tallies.get(indicator.id, {}).get(result.unit_id, Tally())
        scored = score(indicator, _value(indicator, tallied, before))
        told.append(scored)
        line = before or made(
            IndicatorScore,
            evaluation_result_id=result.id, indicator_id=indicator.id,
            indicator_name=indicator.name,
        )  # fmt: skip
        written = dataclasses.replace(
            line,
            indicator_name=indicator.name,
            value_hundredths=scored.value_hundredths,
            points_hundredths=scored.points_hundredths,
            hit_ids=tallied.hits,
            missed_ids=tallied.misses,
        )
        (work.save if before else work.add)(written)
    return told


def _value(indicator: Indicator, tallied: Tally, before: IndicatorScore | None) -> float | None:
    if is_given(indicator):
        if before is None or before.value_hundredths is None:
            return None
        return before.value_hundredths / HUNDRED
    formula = formula_of(indicator)
    assert formula is not None
    return tallied.value(formula.counts)


def _write_standings(
    scheme: EvaluationScheme,
    results: Sequence[EvaluationResult],
    standings: Sequence[Standing],
    work: UnitOfWork,
) -> None:
    earlier = _totals_before(scheme, work)
    for result, told, rank in zip(results, standings, ranks(standings), strict=True):
        work.save(
            dataclasses.replace(
                result,
                total_hundredths=told.total_hundredths,
                previous_hundredths=earlier.get(result.unit_id),
                rank=rank,
                grade=told.grade,
                veto_reason=told.veto_reason,
            )
        )


def _totals_before(scheme: EvaluationScheme, reader: Reader) -> dict[Id, int]:
    """Return last period's totals by unit, of the scheme named as the previous one."""
    if not scheme.previous_id:
        return {}
    found = reader.find(EvaluationResult, evaluation_scheme_id=scheme.previous_id)
    return {
        each.unit_id: each.total_hundredths for each in found if each.total_hundredths is not None
    }
