from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.domain.evaluation import (
    EvaluationScheme,
    FormulaChoice,
    Grade,
    Indicator,
    ScoreSource,
)
from integrity_desk.domain.records import made
from integrity_desk.domain.scoring import (
    Standing,
    check_weights,
    points_words,
    ranks,
    score,
    standing,
)
from integrity_desk.domain.steps import check
from integrity_desk.errors import InvalidInput

SCHEME = made(EvaluationScheme, excellent_from=90, good_from=80, passing_from=60)


def indicator(weight=50, formula="fulfilment_rate", **values):
    source = ScoreSource.COMPUTED if formula else ScoreSource.ENTERED
    choice = FormulaChoice(formula) if formula else None
    base = {"name": "示例指标", "weight": weight, "formula": choice, "source": source}
    return made(Indicator, evaluation_scheme_id="s", **{**base, **values})


@pytest.mark.parametrize(
    ("value", "points"), [(100, 5000), (75, 2500), (50, 0), (30, 0), (87.5, 3750)]
)
def test_points_lie_in_proportion_between_the_two_ends(value, points):
    assert score(indicator(), value).points_hundredths == points


def test_less_is_better_where_the_full_value_is_the_lower_one():
    breaches = indicator(formula="breaches", weight=30)
    assert [score(breaches, each).points_hundredths for each in (0, 1, 3, 9)] == [3000, 2000, 0, 0]


def test_a_scheme_may_set_its_own_ends():
    strict = indicator(full_at=100, zero_at=90)
    assert score(strict, 95).points_hundredths == 2500


def test_what_cannot_be_counted_leaves_its_weight_to_the_others():
    told = standing(SCHEME, [score(indicator(40), 100), score(indicator(60), None)])
    assert told.total_hundredths == 10000
    assert told.grade is Grade.EXCELLENT


def test_a_unit_without_any_number_has_no_total_and_no_grade():
    told = standing(SCHEME, [score(indicator(100), None)])
    assert (told.total_hundredths, told.grade) == (None, None)


@pytest.mark.parametrize(
    ("percent", "grade"),
    [(95, Grade.EXCELLENT), (90, Grade.GOOD), (79, Grade.FAILING), (80, Grade.PASSING)],
)  # fmt: skip
def test_grades_begin_on_their_mark(percent, grade):
    entered = indicator(100, formula="")
    marks = {95: 9500, 90: 8999, 80: 6000, 79: 5999}
    assert standing(SCHEME, [score(entered, marks[percent] / 100)]).grade is grade


def test_one_vote_fails_the_unit_whatever_its_points():
    veto = indicator(None, formula="court_list", veto=True, name="列入失信被执行人")
    told = standing(SCHEME, [score(indicator(100), 100), score(veto, 1)])
    assert told.grade is Grade.FAILING
    assert told.veto_reason == "列入失信被执行人"
    assert standing(SCHEME, [score(indicator(100), 100), score(veto, 0)]).veto_reason == ""


def test_a_veto_begins_above_its_line():
    veto = indicator(None, formula="serious_records", veto=True, veto_above=2)
    assert not score(veto, 2).vetoes
    assert score(veto, 3).vetoes


def test_a_weighed_indicator_may_veto_as_well():
    both = indicator(100, formula="breaches", veto=True, veto_above=1)
    assert score(both, 1).points_hundredths == 6667
    told = standing(SCHEME, [score(both, 2)])
    assert (told.total_hundredths, told.grade) == (3333, Grade.FAILING)


def test_equal_totals_share_a_rank_and_a_vetoed_unit_stands_last():
    def told(total, reason=""):
        return Standing(total_hundredths=total, grade=None, veto_reason=reason)

    assert ranks([told(8000), told(9000), told(9000), told(9900, "否决"), told(None)]) == [
        3, 1, 1, 4, None,
    ]  # fmt: skip


def test_weights_must_add_up_to_a_hundred():
    check_weights([indicator(40), indicator(60)])
    with pytest.raises(InvalidInput, match="90"):
        check_weights([indicator(40), indicator(50)])


@pytest.mark.parametrize(
    "wrong",
    [
        {"veto": True, "weight": -1}, {"weight": None}, {"weight": 0}, {"weight": 101},
        {"full_at": 5, "zero_at": 5}, {"formula": "", "source": ScoreSource.COMPUTED},
        {"source": ScoreSource.IMPORTED},
    ],
)  # fmt: skip
def test_an_indicator_that_cannot_be_worked_out_is_refused(wrong):
    check(indicator())
    with pytest.raises(InvalidInput):
        check(indicator(**wrong))


def test_marks_must_descend():
    with pytest.raises(InvalidInput, match="依次降低"):
        check(
            made(
                EvaluationScheme, title="示例", organiser_id="u", unit_ids=("u",),
                from_on=date(2026, 1, 1),
                until_on=date(2026, 3, 31),
                excellent_from=80, good_from=90, passing_from=60,
            )
        )  # fmt: skip


def test_points_read_without_needless_noughts():
    assert [points_words(each) for each in (8750, 9000, 1234, 0, None)] == [
        "87.5", "90", "12.34", "0", "—",
    ]  # fmt: skip
