"""The printed score sheet and its chart say what the sheet in the window says."""

from __future__ import annotations

import pytest

from integrity_desk.domain.charts import ChartKind
from integrity_desk.domain.evaluation import Indicator
from integrity_desk.domain.notices import Notice, NoticeKind
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.services.evaluation import FillScores
from integrity_desk.services.rolls import DraftRoll
from integrity_desk.services.score_paper import (
    DrawScoreSheet,
    change_words,
    score_report,
    total_chart,
)
from integrity_desk.services.score_sheet import ShowScoreSheet
from tests.office import Office


@pytest.fixture
def units(office: Office) -> list[str]:
    return [office.unit(name=f"示例{each}村民委员会") for each in "甲乙"]


def scheme(office: Office, units: list[str], **values: str) -> str:
    """A scheme with one entered indicator, open to scores."""
    made = office.enter("evaluation_scheme", unit_ids=units, **values)
    office.enter("indicator", evaluation_scheme_id=made, name="民主评议", weight=100)
    return office.step(made, "open")


def fill(office: Office, made: str, points: dict[str, int]) -> None:
    (only,) = office.reading().find(Indicator, evaluation_scheme_id=made)
    office.as_("clerk").perform(FillScores(values={only.id: points}))


def computed(office: Office, units: list[str], *points: int, **values: str) -> str:
    made = scheme(office, units, **values)
    fill(office, made, dict(zip(units, points, strict=True)))
    return office.step(made, "compute")


def test_one_refused_point_refuses_the_whole_table(office, units):
    made = scheme(office, units)
    with pytest.raises(InvalidInput):
        fill(office, made, {units[0]: 9000, units[1]: 10100})
    sheet = office.as_("clerk").ask(ShowScoreSheet(scheme_id=made))
    assert {line.cells[0].value for line in sheet.lines} == {"—"}


def test_without_a_last_period_the_chart_shows_the_totals_alone(office, units):
    made = computed(office, units, 9000, 8000)
    chart = total_chart(office.as_("clerk").ask(ShowScoreSheet(scheme_id=made)))
    assert chart.kind is ChartKind.BAR
    assert chart.series[0].values == (90.0, 80.0)


def test_with_a_last_period_the_chart_and_the_table_compare(office, units):
    before = computed(office, units, 9000, 8000)
    made = computed(office, units, 8850, 8200, previous_id=before)
    sheet = office.as_("clerk").ask(ShowScoreSheet(scheme_id=made))
    assert [change_words(line) for line in sheet.lines] == ["−1.5", "+2"]
    assert [each.values for each in total_chart(sheet).series] == [(90.0, 80.0), (88.5, 82.0)]


def test_the_paper_has_every_unit_and_how_each_indicator_counts(office, units):
    made = computed(office, units, 9000, 8000)
    report = score_report(made, office.reading())
    table = report.sections[1].blocks[0]
    assert [row.cells[1] for row in table.rows] == ["示例甲村民委员会", "示例乙村民委员会"]
    lines = dict(report.sections[-1].blocks[0].items)
    assert "由示例社会监督员评分。" in lines["民主评议"]
    scheme = dict(report.sections[0].blocks[0].items)
    assert scheme["等次"] == "优秀90分以上，良好80分以上，合格60分以上"
    assert [each.heading[:2] for each in report.sections] == ["一、", "二、", "三、", "四、"]
    pdf = office.as_("clerk").ask(DrawScoreSheet(scheme_id=made, bundled_fonts=True))
    assert pdf.startswith(b"%PDF")


def test_the_paper_tells_of_objections_and_what_came_of_them(office, units):
    made = computed(office, units, 9000, 8000)
    office.step(made, "publicise", publicity_from="2026-05-12", publicity_until="2026-05-17")
    office.enter(
        "evaluation_objection", evaluation_scheme_id=made, unit_id=units[0],
        received_on="2026-05-13", reason="示例承诺已依法变更",
    )  # fmt: skip
    report = score_report(made, office.reading())
    (told,) = [each for each in report.sections if "异议" in each.heading]
    assert told.blocks[0].rows[0].cells == (
        "示例甲村民委员会", "2026-05-13", "示例承诺已依法变更", "处理中", "",
    )  # fmt: skip


def test_a_roll_is_drafted_by_one_act_and_only_when_grades_are_final(office, units):
    made = computed(office, units, 9500, 5000)
    clerk = office.as_("clerk")
    with pytest.raises(StepRefused):
        clerk.perform(DraftRoll(scheme_id=made, kind=NoticeKind.HONOUR_ROLL))
    office.step(made, "publicise", publicity_from="2026-05-12", publicity_until="2026-05-17")
    office.now.advance(days=7)
    office.walk(made, "hear", "finalise")
    for kind, unit in ((NoticeKind.HONOUR_ROLL, "甲"), (NoticeKind.EXPOSURE_LIST, "乙")):
        draft = clerk.perform(DraftRoll(scheme_id=made, kind=kind)).value.notice_id
        notice: Notice = office.record(draft)  # type: ignore[assignment]
        assert (notice.state, notice.kind) == ("draft", kind)
        assert f"示例{unit}村民委员会" in notice.body
