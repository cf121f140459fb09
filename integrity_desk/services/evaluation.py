"""Evaluation: the usual indicators, and the points that people give."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from integrity_desk.domain.evaluation import (
    EvaluationResult,
    EvaluationScheme,
    Indicator,
    IndicatorScore,
    ScoreSource,
)
from integrity_desk.domain.fields import Id
from integrity_desk.domain.formulas import formulas
from integrity_desk.domain.records import made
from integrity_desk.domain.scoring import HUNDRED, is_given
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.services.acts import Command, performs
from integrity_desk.services.evaluation_rules import (
    check_open_to_scores,
    indicators_of,
    result_of_each_unit,
    scores_of,
)
from integrity_desk.services.records import enter_record
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _

FULL_SCORE = 100
"""Points that people give lie between nought and this."""


@dataclass(frozen=True, kw_only=True)
class TakeUsualIndicators(Command[int]):
    """Add the usual computed indicators with their usual weights; the outcome is how many."""

    scheme_id: Id


@dataclass(frozen=True, kw_only=True)
class DropIndicator(Command[None]):
    """Take an indicator off a scheme that is not yet computed."""

    id: Id


@dataclass(frozen=True, kw_only=True)
class GiveScores(Command[int]):
    """Write points that people gave: {unit id: hundredths, or None to take them back}."""

    indicator_id: Id
    values: Mapping[Id, int | None]
    given_by: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class FillScores(Command[int]):
    """Write what was typed into the scoring table: {indicator id: {unit id: hundredths}}."""

    values: Mapping[Id, Mapping[Id, int | None]]
    given_by: str = ""
    note: str = ""


@performs(TakeUsualIndicators)
def take_usual(command: TakeUsualIndicators, work: UnitOfWork) -> int:
    """Add those of the formulas that have a usual weight or veto and are not there yet."""
    scheme = work.load(EvaluationScheme, command.scheme_id)
    there = {each.formula for each in indicators_of(scheme, work)}
    added = 0
    for each in formulas().values():
        if each.id in there or not (each.weight or each.veto is not None):
            continue
        values = {
            "evaluation_scheme_id": scheme.id, "name": each.name, "formula": each.id,
            "source": ScoreSource.COMPUTED.value, "weight": each.weight or None,
            "veto": each.veto is not None, "veto_above": each.veto,
        }  # fmt: skip
        enter_record("indicator", values, work)
        added += 1
    return added


@performs(DropIndicator)
def drop_indicator(command: DropIndicator, work: UnitOfWork) -> None:
    """Take it out of the lists, with the points given for it; its history stays."""
    indicator = work.load(Indicator, command.id)
    scheme = work.load(EvaluationScheme, indicator.evaluation_scheme_id)
    if scheme.state != "draft":
        raise StepRefused(_("已开始采集，考核指标不能再删除。"))
    work.void(indicator)


@performs(GiveScores)
def give_scores(command: GiveScores, work: UnitOfWork) -> int:
    """Keep each unit's points with who gave them."""
    indicator = work.load(Indicator, command.indicator_id)
    scheme = work.load(EvaluationScheme, indicator.evaluation_scheme_id)
    check_open_to_scores(scheme)
    if not is_given(indicator):
        raise StepRefused(_("“{name}”从台账计算，不能人工填写。").format(name=indicator.name))
    by_unit = {each.unit_id: each for each in result_of_each_unit(scheme, work)}
    for unit_id, hundredths in command.values.items():
        if unit_id not in by_unit:
            raise InvalidInput("unit_id", _("该单位不在本次考核范围内。"))
        _give(indicator, by_unit[unit_id], hundredths, command, work)
    return len(command.values)


@performs(FillScores)
def fill_scores(command: FillScores, work: UnitOfWork) -> int:
    """Give the points of each indicator; one that is refused refuses all."""
    return sum(
        give_scores(
            GiveScores(
                indicator_id=indicator_id, values=values,
                given_by=command.given_by, note=command.note,
            ),
            work,
        )
        for indicator_id, values in command.values.items()
    )  # fmt: skip


def _give(
    indicator: Indicator,
    result: EvaluationResult,
    hundredths: int | None,
    command: GiveScores,
    work: UnitOfWork,
) -> None:
    if hundredths is not None and not 0 <= hundredths <= FULL_SCORE * HUNDRED:
        raise InvalidInput("value", _("评分应在0至100之间。"))
    before = scores_of(result, work).get(indicator.id)
    line = before or made(
        IndicatorScore,
        evaluation_result_id=result.id,
        indicator_id=indicator.id,
        indicator_name=indicator.name,
    )
    written = dataclasses.replace(
        line,
        value_hundredths=hundredths,
        given_by=command.given_by or work.actor.name,
        note=command.note,
    )
    (work.save if before else work.add)(written)
