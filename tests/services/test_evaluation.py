"""An evaluation from its indicators to its rolls, on the real registers."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from integrity_desk.domain.evaluation import EvaluationResult, Grade, Indicator
from integrity_desk.domain.notices import NoticeKind
from integrity_desk.errors import InvalidInput, NotPermitted, StepRefused
from integrity_desk.services.evaluation import (
    DropIndicator,
    GiveScores,
    TakeUsualIndicators,
)
from integrity_desk.services.records import DiscardRecord, EnterRecord
from integrity_desk.services.rolls import DraftRoll, SuggestRoll
from integrity_desk.services.score_sheet import ExplainScore, ShowScoreSheet
from integrity_desk.services.scoring_tables import ImportScores


class Evaluating:
    """Builders of one evaluation of two units over the first quarter of 2026."""

    def __init__(self, office):
        self.office = office
        self.good = office.unit(name="示例一所")
        self.bad = office.unit(name="示例二所")
        self.scheme = self.new()

    def new(self, **values):
        return self.office.enter(
            "evaluation_scheme", organiser_id=self.office.hall,
            unit_ids=[self.good, self.bad], **values,
        )  # fmt: skip

    def indicator(self, name, *, scheme="", **values):
        return self.office.enter(
            "indicator", evaluation_scheme_id=scheme or self.scheme, name=name, **values
        )

    def computed(self, name, formula, weight=None, **values):
        given = {"source": "computed", "formula": formula, "weight": weight, **values}
        return self.indicator(name, **given, scorer="")

    def promise(self, unit, *, kept):
        office = self.office
        rec = office.registered_commitment(unit_id=unit, due_on="2026-02-01", made_on="2026-01-05")
        office.step(rec, "start")
        if kept:
            office.walk(rec, "report_fulfilled", "fulfil")
        else:
            office.step(rec, "breach")
        return rec

    def give(self, indicator, **points):
        values = {getattr(self, name): value for name, value in points.items()}
        self.office.as_("clerk").perform(GiveScores(indicator_id=indicator, values=values))

    def sheet(self, scheme=""):
        return self.office.as_("clerk").ask(ShowScoreSheet(scheme_id=scheme or self.scheme))

    def line(self, unit):
        return next(each for each in self.sheet().lines if each.unit_id == unit)

    def explain(self, unit, indicator):
        question = ExplainScore(result_id=self.line(unit).result_id, indicator_id=indicator)
        return self.office.as_("clerk").ask(question)

    def to_final(self):
        office = self.office
        self.office.step(
            self.scheme, "publicise", publicity_from="2026-05-12", publicity_until="2026-05-18"
        )
        office.now.set_day(date(2026, 5, 19))
        office.step(self.scheme, "hear")
        return office.step(self.scheme, "finalise", decided_on="2026-05-19")


@pytest.fixture
def evaluating(office):
    return Evaluating(office)


def test_the_registers_are_counted_by_the_declared_formula(evaluating):
    rate = evaluating.computed("兑现率", "fulfilment_rate", 100)
    kept = [evaluating.promise(evaluating.good, kept=True) for _each in range(3)]
    broken = evaluating.promise(evaluating.good, kept=False)
    evaluating.office.walk(evaluating.scheme, "open", "compute")
    line = evaluating.line(evaluating.good)
    assert (line.cells[0].value, line.total_hundredths) == ("75%", 5000)
    told = evaluating.explain(evaluating.good, rate)
    assert {hit.id for hit in told.hits} == set(kept)
    assert [hit.id for hit in told.misses] == [broken]
    assert dict(told.lines)["怎样得出"] == "3 ÷ 4 = 75%"
    assert dict(told.lines)["统计哪个台账"] == "公开承诺"


def test_what_falls_due_outside_the_period_is_not_counted(evaluating):
    evaluating.computed("兑现率", "fulfilment_rate", 100)
    office = evaluating.office
    office.registered_commitment(unit_id=evaluating.good, due_on="2026-04-01")
    office.walk(evaluating.scheme, "open", "compute")
    line = evaluating.line(evaluating.good)
    assert line.cells[0].value == "—"
    assert line.grade is None


def test_a_court_list_entry_fails_the_unit_by_one_vote(evaluating):
    evaluating.computed("兑现率", "fulfilment_rate", 100)
    evaluating.computed("列入失信被执行人", "court_list", veto=True)
    evaluating.promise(evaluating.bad, kept=True)
    evaluating.office.effective_record(
        subject_id=evaluating.bad, kind="court_list", court="示例法院",
        case_number="（2026）示例执1号", court_listed_on="2026-02-10",
    )  # fmt: skip
    evaluating.office.walk(evaluating.scheme, "open", "compute")
    line = evaluating.line(evaluating.bad)
    assert line.total_hundredths == 10000
    assert line.grade is Grade.FAILING
    assert line.veto_reason == "列入失信被执行人"
    assert line.cells[1].vetoes


def test_a_scheme_whose_weights_do_not_add_up_is_not_opened(evaluating):
    evaluating.indicator("社会评价", weight=90)
    with pytest.raises(InvalidInput, match="90"):
        evaluating.office.step(evaluating.scheme, "open")


def test_nothing_is_computed_before_the_period_is_over(evaluating):
    scheme = evaluating.new(until_on="2026-12-31")
    evaluating.indicator("社会评价", scheme=scheme)
    evaluating.office.step(scheme, "open")
    with pytest.raises(StepRefused, match="2026-12-31"):
        evaluating.office.step(scheme, "compute")


def test_people_give_points_only_while_they_are_collected(evaluating):
    social = evaluating.indicator("社会评价")
    with pytest.raises(StepRefused, match="采集阶段"):
        evaluating.give(social, good=9000)
    evaluating.office.step(evaluating.scheme, "open")
    evaluating.give(social, good=9250, bad=None)
    evaluating.office.step(evaluating.scheme, "compute")
    assert evaluating.line(evaluating.good).total == "92.5"
    assert evaluating.line(evaluating.bad).total == "—"
    with pytest.raises(StepRefused, match="采集阶段"):
        evaluating.give(social, good=100)


@pytest.mark.parametrize("points", [-1, 10001])
def test_points_lie_between_nought_and_a_hundred(evaluating, points):
    social = evaluating.indicator("社会评价")
    evaluating.office.step(evaluating.scheme, "open")
    with pytest.raises(InvalidInput, match="0至100"):
        evaluating.give(social, good=points)


def test_what_the_registers_yield_is_not_typed_over(evaluating):
    rate = evaluating.computed("兑现率", "fulfilment_rate", 100)
    evaluating.office.step(evaluating.scheme, "open")
    with pytest.raises(StepRefused, match="从台账计算"):
        evaluating.give(rate, good=10000)


def scores_file(folder, *rows):
    path = folder / "监督员评分.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_third_party_points_come_from_the_columns_of_a_spreadsheet(evaluating, tmp_path):
    evaluating.indicator("社会评价", source="imported")
    evaluating.office.step(evaluating.scheme, "open")
    path = scores_file(tmp_path, ["单位", "社会评价"], ["示例一所", "95.5"], ["示例二所", "60"])
    clerk = evaluating.office.as_("clerk")
    assert clerk.perform(ImportScores(scheme_id=evaluating.scheme, paths=(path,))).value == 2
    evaluating.office.step(evaluating.scheme, "compute")
    assert evaluating.line(evaluating.good).total == "95.5"
    told = evaluating.explain(evaluating.good, evaluating.sheet().heads[0].id)
    assert dict(told.lines)["评分人"] == "示例社会监督员"
    assert "监督员评分.csv" in dict(told.lines)["评分说明"]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["单位", "社会评价"], ["示例三所", "90"]], "第2行.*示例三所"),
        ([["单位", "社会评价"], ["示例一所", "很好"]], "第2行.*很好"),
        ([["单位", "社会评价"], ["示例一所", "90"], ["示例一所", "80"]], "两次"),
        ([["单位", "满意度"], ["示例一所", "90"]], "社会评价"),
        ([["单位", "社会评价"], ["示例一所", "101"]], "0至100"),
    ],
)
def test_a_spreadsheet_with_any_problem_is_refused_whole(evaluating, tmp_path, rows, sentence):
    evaluating.indicator("社会评价", source="imported")
    evaluating.office.step(evaluating.scheme, "open")
    command = ImportScores(scheme_id=evaluating.scheme, paths=(scores_file(tmp_path, *rows),))
    with pytest.raises(InvalidInput, match=sentence):
        evaluating.office.as_("clerk").perform(command)
    assert evaluating.line(evaluating.good).cells[0].value == "—"


def test_what_is_computed_stands_until_it_is_sent_back(evaluating):
    office = evaluating.office
    social = evaluating.indicator("社会评价")
    office.walk(evaluating.scheme, "open", "compute")
    with pytest.raises(StepRefused, match="退回重新采集"):
        office.amend(social, name="另一名称", by="reviewer")
    with pytest.raises(StepRefused, match="退回重新采集"):
        office.amend(evaluating.scheme, by="reviewer", passing_from=10)
    office.step(evaluating.scheme, "recollect")
    office.amend(social, name="另一名称")


def test_recomputing_takes_what_the_registers_hold_now(evaluating):
    evaluating.computed("兑现率", "fulfilment_rate", 100)
    evaluating.promise(evaluating.good, kept=True)
    office = evaluating.office
    office.walk(evaluating.scheme, "open", "compute", "recollect")
    evaluating.promise(evaluating.good, kept=False)
    office.step(evaluating.scheme, "compute")
    assert evaluating.line(evaluating.good).cells[0].value == "50%"
    assert len(office.reading().find(EvaluationResult, evaluation_scheme_id=evaluating.scheme)) == 2


def test_grades_are_final_only_by_a_second_person_after_publicity(evaluating):
    office = evaluating.office
    evaluating.indicator("社会评价")
    office.walk(evaluating.scheme, "open", "compute")
    with pytest.raises(NotPermitted):
        office.step(evaluating.scheme, "publicise", by="clerk")
    office.step(
        evaluating.scheme, "publicise", publicity_from="2026-05-12", publicity_until="2026-05-18"
    )
    with pytest.raises(StepRefused, match="2026-05-18"):
        office.step(evaluating.scheme, "hear")
    office.now.set_day(date(2026, 5, 19))
    office.step(evaluating.scheme, "hear")
    objection = office.enter(
        "evaluation_objection", evaluation_scheme_id=evaluating.scheme, unit_id=evaluating.bad
    )
    with pytest.raises(StepRefused, match="考核异议"):
        office.step(evaluating.scheme, "finalise")
    office.amend(objection, finding="rejected", decided_on="2026-05-19")
    office.step(evaluating.scheme, "finalise")
    assert office.state_of(evaluating.scheme) == "final"


def test_who_computed_the_scores_does_not_make_them_final(evaluating):
    office = evaluating.office
    evaluating.indicator("社会评价")
    office.step(evaluating.scheme, "open")
    office.step(evaluating.scheme, "compute", by="reviewer")
    with pytest.raises(StepRefused, match="换人"):
        office.step(evaluating.scheme, "publicise")


def test_an_objection_is_entered_in_its_time_only(evaluating):
    evaluating.indicator("社会评价")
    with pytest.raises(StepRefused, match="公示期间"):
        evaluating.office.enter(
            "evaluation_objection", evaluation_scheme_id=evaluating.scheme, unit_id=evaluating.bad
        )


def test_the_last_period_is_compared_with(evaluating):
    office = evaluating.office
    social = evaluating.indicator("社会评价")
    office.step(evaluating.scheme, "open")
    evaluating.give(social, good=8000, bad=7000)
    office.step(evaluating.scheme, "compute")
    later = evaluating.new(title="第二次", previous_id=evaluating.scheme)
    again = evaluating.indicator("社会评价", scheme=later)
    office.step(later, "open")
    evaluating.give(again, good=9000, bad=6000)
    office.step(later, "compute")
    sheet = evaluating.sheet(later)
    assert sheet.compares
    assert [line.previous_hundredths for line in sheet.lines] == [8000, 7000]


def test_the_usual_indicators_are_taken_over_once(evaluating):
    clerk = evaluating.office.as_("clerk")
    command = TakeUsualIndicators(scheme_id=evaluating.scheme)
    assert clerk.perform(command).value == 11
    assert clerk.perform(command).value == 0
    assert evaluating.sheet().weight == 100
    evaluating.office.step(evaluating.scheme, "open")


def test_an_indicator_is_dropped_from_a_draft_only(evaluating):
    clerk = evaluating.office.as_("clerk")
    social = evaluating.indicator("社会评价")
    extra = evaluating.indicator("多余的", weight=1)
    clerk.perform(DropIndicator(id=extra))
    evaluating.office.step(evaluating.scheme, "open")
    with pytest.raises(StepRefused):
        clerk.perform(DropIndicator(id=social))
    assert len(evaluating.office.reading().find(Indicator)) == 1


def test_honour_roll_and_exposure_list_become_drafts_of_notices(evaluating):
    office = evaluating.office
    social = evaluating.indicator("社会评价")
    office.step(evaluating.scheme, "open")
    evaluating.give(social, good=9500, bad=3000)
    office.step(evaluating.scheme, "compute")
    clerk = office.as_("clerk")
    with pytest.raises(StepRefused, match="确定等次"):
        clerk.ask(SuggestRoll(scheme_id=evaluating.scheme, kind=NoticeKind.HONOUR_ROLL))
    evaluating.to_final()
    for kind, there, not_there in (
        (NoticeKind.HONOUR_ROLL, "示例一所：95分，优秀", "示例二所"),
        (NoticeKind.EXPOSURE_LIST, "示例二所：30分，不合格", "示例一所"),
    ):
        values = clerk.ask(SuggestRoll(scheme_id=evaluating.scheme, kind=kind))
        notice = office.record(clerk.perform(EnterRecord(type="notice", values=values)).value)
        assert notice.kind is kind
        assert notice.state == "draft"
        assert there in notice.body
        assert not_there not in notice.body


@pytest.fixture
def announced(evaluating):
    """Results of two units, and what asks for the notice that announces them."""
    social = evaluating.indicator("社会评价")
    evaluating.office.step(evaluating.scheme, "open")
    evaluating.give(social, good=9500, bad=3000)
    evaluating.office.step(evaluating.scheme, "compute")

    def again(**points):
        """Collect and compute anew."""
        evaluating.office.step(evaluating.scheme, "recollect", return_reason="示例评分有误")
        evaluating.give(social, **points)
        evaluating.office.step(evaluating.scheme, "compute")

    def draft(kind=NoticeKind.EVALUATION):
        command = DraftRoll(scheme_id=evaluating.scheme, kind=kind)
        return evaluating.office.as_("clerk").perform(command).value

    evaluating.again, evaluating.draft = again, draft
    return evaluating


def test_a_roll_is_drafted_once_however_often_it_is_asked_for(announced):
    first, again = announced.draft(), announced.draft()
    assert (first.fresh, again.fresh) == (True, False)
    assert again.notice_id == first.notice_id
    assert "没有重复生成" in again.told()
    assert announced.office.record(first.notice_id).concerns_id == announced.scheme
    announced.again(bad=6500)
    outdated = announced.draft()
    assert outdated.notice_id == first.notice_id
    assert "1个单位的结果与得分表不同" in outdated.told()
    announced.to_final()
    assert announced.draft(NoticeKind.HONOUR_ROLL).fresh, "another kind is another notice"


def test_a_draft_thrown_away_or_withdrawn_is_written_anew(announced):
    office = announced.office
    office.as_("clerk").perform(DiscardRecord(id=announced.draft().notice_id))
    second = announced.draft()
    assert second.fresh
    office.step(second.notice_id, "withdraw", withdrawal_reason="示例内容有误")
    assert announced.draft().fresh


def test_results_that_hung_and_changed_since_are_announced_anew(announced):
    hung = announced.draft().notice_id
    announced.office.walk(hung, "submit", "approve", "post")
    assert announced.draft().notice_id == hung
    announced.again(bad=6500)
    assert announced.draft().fresh


def test_a_roll_with_nobody_on_it_is_not_drafted(evaluating):
    office = evaluating.office
    social = evaluating.indicator("社会评价")
    office.step(evaluating.scheme, "open")
    evaluating.give(social, good=7000, bad=7000)
    office.step(evaluating.scheme, "compute")
    evaluating.to_final()
    with pytest.raises(StepRefused, match="没有符合条件"):
        office.as_("clerk").ask(
            SuggestRoll(scheme_id=evaluating.scheme, kind=NoticeKind.HONOUR_ROLL)
        )
