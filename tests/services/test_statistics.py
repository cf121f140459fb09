"""The quarterly report and the yearly statistics count what the registers hold, and no more."""

from __future__ import annotations

import pytest

from integrity_desk.documents.preview import page_count, page_text
from integrity_desk.domain.charts import Chart
from integrity_desk.domain.periods import read_period
from integrity_desk.domain.reports import Lines, Table
from integrity_desk.errors import InvalidInput
from integrity_desk.services.statistics import DrawStatistics, OfferPeriods, statistics_report


def section(office, at, period="2026Q2"):
    return statistics_report(read_period(period), office.reading()).sections[at].blocks


def lines(blocks):
    (found,) = [each for each in blocks if isinstance(each, Lines)]
    return dict(found.items)


@pytest.fixture
def spring(office):
    """A kept promise, one still open, one due in another quarter, and a draft."""
    common = {"made_on": "2026-03-02", "service_area": "employment", "due_on": "2026-05-04"}
    kept = office.registered_commitment(**common)
    office.walk(kept, "start", "report_fulfilled", "fulfil")
    office.registered_commitment(**common)
    office.registered_commitment(**{**common, "due_on": "2026-09-04"})
    office.commitment(**common)
    office.complaint(channel="visit")
    return office


def test_commitments_due_in_the_period_are_counted_and_drafts_are_not(spring):
    said = lines(section(spring, 0))
    assert said["期内到期的承诺"] == "2件"
    assert said["其中已兑现"] == "1件"
    assert said["兑现率"] == "50.0%"
    (chart,) = [each for each in section(spring, 0) if isinstance(each, Chart)]
    assert chart.categories == ("就业",)
    assert [each.values for each in chart.series] == [(1.0,), (1.0,)]


def test_days_that_have_not_come_are_not_counted(spring):
    assert lines(section(spring, 0, "2026Q3"))["期内到期的承诺"] == "0件"
    assert lines(section(spring, 0, "2026"))["期内到期的承诺"] == "2件"


def test_complaints_are_counted_by_channel(spring):
    blocks = section(spring, 1)
    assert lines(blocks)["期内收到"] == "1件"
    (chart,) = [each for each in blocks if isinstance(each, Chart)]
    assert chart.categories == ("来访",)


def test_this_period_stands_beside_the_one_before(spring):
    (table,) = section(spring, 2)
    assert isinstance(table, Table)
    assert [column.heading for column in table.columns] == ["项目", "本期", "上期"]
    spring.effective_record()
    (table,) = section(spring, 2)
    assert isinstance(table, Table)
    assert table.rows[0].cells[1:] == ("1", "0")


def test_the_course_ends_with_the_period_asked_for(spring):
    numbers, rates = section(spring, 3)
    assert isinstance(numbers, Chart)
    assert numbers.categories[-1] == "2026Q2"
    assert numbers.series[0].values[-1] == 2.0
    assert rates.categories == numbers.categories
    assert rates.series[0].values[-1] == 50.0
    assert rates.series[0].values[0] is None  # nothing was due: a gap, not nought


def test_a_year_is_compared_with_the_years_before_it(spring):
    years, quarters, rates = section(spring, 3, "2026")
    assert years.categories == ("2024", "2025", "2026")
    assert years.series[0].values == (0.0, 0.0, 2.0)
    assert quarters.categories[-1] == "2026Q2"
    assert "按期答复率" in rates.series[1].name


def test_no_heading_stands_at_the_foot_of_a_page_with_its_chart_on_the_next(spring):
    for code in ("2026Q2", "2026"):
        pdf = spring.as_("viewer").ask(DrawStatistics(period=code, bundled_fonts=True))
        pages = ["".join(page_text(pdf, at).split()) for at in range(page_count(pdf))]
        for heading, chart in (("四、走势", "近几"), ("一、公开承诺", "各领域到期承诺")):
            [page] = [each for each in pages if heading in each]
            assert chart in page


def test_it_is_drawn_for_every_period_offered_and_refused_for_what_is_none(spring):
    desk = spring.as_("viewer")
    periods = desk.ask(OfferPeriods())
    assert [each.code for each in periods[:2]] == ["2026Q2", "2026Q1"]
    for each in (periods[0], periods[-1]):
        pdf = desk.ask(DrawStatistics(period=each.code, bundled_fonts=True))
        assert pdf.startswith(b"%PDF")
    with pytest.raises(InvalidInput):
        desk.ask(DrawStatistics(period="去年"))
