"""The score sheet: units by indicators, how each number arose, and the records behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from integrity_desk.domain.evaluation import (
    EvaluationResult,
    EvaluationScheme,
    Grade,
    Indicator,
    IndicatorScore,
)
from integrity_desk.domain.fields import Id
from integrity_desk.domain.formulas import Counts
from integrity_desk.domain.scoring import (
    HUNDRED,
    ends_of,
    formula_of,
    is_given,
    points_words,
    value_words,
)
from integrity_desk.errors import NotFound
from integrity_desk.services.acts import Question, answers
from integrity_desk.services.evaluation_rules import indicators_of, scores_of
from integrity_desk.services.registers import Hit, hit_at_owner
from integrity_desk.services.visibility import may_see
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _

MOST_NAMED = 500
"""How many records behind a number are named; the number itself counts them all."""


@dataclass(frozen=True, kw_only=True)
class ShowScoreSheet(Question["ScoreSheet"]):
    """The score sheet of a scheme as it stands."""

    scheme_id: Id


@dataclass(frozen=True, kw_only=True)
class ExplainScore(Question["Explanation"]):
    """How one number of one unit arose, with the records that were counted."""

    result_id: Id
    indicator_id: Id


@dataclass(frozen=True, kw_only=True)
class Head:
    """One column of the score sheet."""

    id: Id
    name: str
    weight: int
    veto: bool
    given: bool
    scorer: str = ""
    """Who gives the points; "" where nobody is named."""

    @property
    def title(self) -> str:
        """The name with what it weighs, or that it vetoes."""
        if not self.weight:
            return _("{name}（否决）").format(name=self.name)
        return _("{name}（{weight}）").format(name=self.name, weight=self.weight)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One number of one unit in words; ``points`` is a dash where there was nothing to count."""

    indicator_id: Id
    value: str
    points: str
    vetoes: bool = False


@dataclass(frozen=True, kw_only=True)
class UnitLine:
    """One row of the score sheet; totals in hundredths of a point."""

    result_id: Id
    unit_id: Id
    unit: str
    cells: tuple[Cell, ...]
    total_hundredths: int | None
    previous_hundredths: int | None
    rank: int | None
    grade: Grade | None
    veto_reason: str

    @property
    def total(self) -> str:
        """The total in words."""
        return points_words(self.total_hundredths)


@dataclass(frozen=True, kw_only=True)
class ScoreSheet:
    """Units by indicators, with totals, grades and last period's totals."""

    scheme: EvaluationScheme
    heads: tuple[Head, ...]
    lines: tuple[UnitLine, ...]
    weight: int
    """What the weights add up to."""

    @property
    def compares(self) -> bool:
        """Whether last period's totals are known."""
        return any(line.previous_hundredths is not None for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """How a number arose: the formula or the giver in lines, and the records behind it."""

    unit: str
    indicator: str
    lines: tuple[tuple[str, str], ...]
    hits: tuple[Hit, ...]
    misses: tuple[Hit, ...]


@answers(ShowScoreSheet)
def show_score_sheet(question: ShowScoreSheet, reader: Reader) -> ScoreSheet:
    """Read results and scores; before the first of them, the units with empty cells."""
    scheme = reader.load(EvaluationScheme, question.scheme_id)
    indicators = indicators_of(scheme, reader)
    results = {
        each.unit_id: each for each in reader.find(EvaluationResult, evaluation_scheme_id=scheme.id)
    }
    names = records.titles(reader.database, scheme.unit_ids)
    lines = [
        _line(unit_id, names[unit_id], results.get(unit_id), indicators, reader)
        for unit_id in scheme.unit_ids
    ]
    return ScoreSheet(
        scheme=scheme,
        heads=tuple(_head(each) for each in indicators),
        lines=tuple(sorted(lines, key=lambda line: line.rank or len(lines) + 1)),
        weight=sum(each.weight or 0 for each in indicators),
    )


@answers(ExplainScore)
def explain_score(question: ExplainScore, reader: Reader) -> Explanation:
    """Say the formula, the counts and the proportion in words, and name every record counted."""
    result = reader.load(EvaluationResult, question.result_id)
    indicator = reader.load(Indicator, question.indicator_id)
    kept = scores_of(result, reader).get(indicator.id)
    hits = kept.hit_ids if kept else ()
    misses = kept.missed_ids if kept else ()
    return Explanation(
        unit=result.unit_name,
        indicator=indicator.name,
        lines=_explained(indicator, kept),
        hits=_named(hits, reader),
        misses=_named(misses, reader),
    )


def _line(
    unit_id: Id,
    unit: str,
    result: EvaluationResult | None,
    indicators: Sequence[Indicator],
    reader: Reader,
) -> UnitLine:
    scores = scores_of(result, reader) if result else {}
    return UnitLine(
        result_id=result.id if result else "",
        unit_id=unit_id,
        unit=unit,
        cells=tuple(_cell(each, scores.get(each.id)) for each in indicators),
        total_hundredths=result.total_hundredths if result else None,
        previous_hundredths=result.previous_hundredths if result else None,
        rank=result.rank if result else None,
        grade=result.grade if result else None,
        veto_reason=result.veto_reason if result else "",
    )


def _cell(indicator: Indicator, kept: IndicatorScore | None) -> Cell:
    value = kept.value_hundredths if kept else None
    above = (indicator.veto_above or 0) * HUNDRED
    return Cell(
        indicator_id=indicator.id,
        value=value_words(indicator, value),
        points=points_words(kept.points_hundredths if kept else None),
        vetoes=indicator.veto and (value or 0) > above,
    )


def _head(indicator: Indicator) -> Head:
    return Head(
        id=indicator.id,
        name=indicator.name,
        weight=indicator.weight or 0,
        veto=indicator.veto,
        given=is_given(indicator),
        scorer=indicator.scorer,
    )


def _explained(indicator: Indicator, kept: IndicatorScore | None) -> tuple[tuple[str, str], ...]:
    return tuple((label, words) for label, words in _lines_of(indicator, kept) if words)


def _lines_of(indicator: Indicator, kept: IndicatorScore | None) -> Iterator[tuple[str, str]]:
    formula, value = formula_of(indicator), kept.value_hundredths if kept else None
    yield _("数值"), value_words(indicator, value)
    if formula is not None and kept is not None:
        hits, misses = len(kept.hit_ids), len(kept.missed_ids)
        if formula.counts is Counts.SHARE and hits + misses:
            yield (
                _("怎样得出"),
                _("{hits} ÷ {all} = {value}").format(
                    hits=hits, all=hits + misses, value=value_words(indicator, value)
                ),
            )
        elif formula.counts is Counts.SHARE:
            yield _("怎样得出"), _("考核期内没有可统计的记录，本项不计分，权重由其他指标分担。")
    yield _("得分"), _points_explained(indicator, kept)
    if formula is not None:
        yield from formula.described()
    else:
        yield _("评分单位"), indicator.scorer
        yield _("评分人"), kept.given_by if kept else ""
        yield _("评分说明"), kept.note if kept else ""


def _points_explained(indicator: Indicator, kept: IndicatorScore | None) -> str:
    if indicator.veto and not indicator.weight:
        return _("一票否决指标：数值大于{above}即评为不合格，不计分。").format(
            above=indicator.veto_above or 0
        )
    if kept is None or kept.points_hundredths is None:
        return "—"
    full, zero = ends_of(indicator)
    return _("{points}分（满分{weight}；数值{full}得满分，{zero}得零分，其间按比例）").format(
        points=points_words(kept.points_hundredths), weight=indicator.weight or 0,
        full=f"{full:g}", zero=f"{zero:g}",
    )  # fmt: skip


def _named(ids: Sequence[Id], reader: Reader) -> tuple[Hit, ...]:
    found = (_hit(rec, reader) for rec in ids[:MOST_NAMED])
    return tuple(hit for hit in found if hit is not None)


def _hit(rec: Id, reader: Reader) -> Hit | None:
    try:
        record = reader.load_any(rec)
    except NotFound:
        return None
    return hit_at_owner(record, reader) if may_see(record, reader) else None
