"""What this desk counts by: a new calendar moves what was provisional, a region what is new."""

from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.errors import InvalidInput, NotFound, NotPermitted
from integrity_desk.services.case_dates import FindDates, ShowDates
from integrity_desk.services.time_rules import (
    ChooseRegion,
    ImportCalendar,
    SetIdleDays,
    ShowTimeRules,
)

HOLIDAYS_2027 = """日期,类型,名称
2027-01-01,放假,元旦
2027-02-05,放假,春节
2027-02-06,放假,春节
2027-02-07,放假,春节
2027-02-08,放假,春节
2027-02-09,放假,春节
2027-02-10,放假,春节
2027-02-11,放假,春节
2027-04-05,放假,清明节
2027-05-01,放假,劳动节
2027-05-03,放假,劳动节
2027-06-09,放假,端午节
2027-09-15,放假,中秋节
2027-10-01,放假,国庆节
2027-10-04,放假,国庆节
2027-10-05,放假,国庆节
2027-10-06,放假,国庆节
2027-10-07,放假,国庆节
"""


@pytest.fixture
def holidays(tmp_path):
    path = tmp_path / "2027.csv"
    path.write_text(HOLIDAYS_2027, encoding="utf-8")
    return path


@pytest.fixture
def waiting(office):
    """A hotline case whose five working days reach into a year not yet published."""
    office.now.set_day(date(2026, 12, 30))
    return office.complaint(received_on="2026-12-29")


def test_a_day_in_an_unpublished_year_is_provisional(office, waiting):
    kept = office.record(waiting)
    assert kept.due_provisional
    assert office.as_("admin").ask(ShowTimeRules()).provisional == 1


def test_importing_the_year_recounts_and_says_what_moved(office, waiting, holidays):
    before = office.record(waiting).due_on
    done = office.as_("admin").perform(ImportCalendar(path=holidays)).value
    kept = office.record(waiting)
    assert done.years == (2027,)
    assert not kept.due_provisional
    assert [(each.id, each.before, each.after) for each in done.moved] == (
        [(waiting, before, kept.due_on)] if before != kept.due_on else []
    )
    assert done.settled + len(done.moved) == 1
    assert kept.due_on == date(2027, 1, 6)
    with pytest.raises(InvalidInput, match="不必再导入"):
        office.as_("admin").perform(ImportCalendar(path=holidays))


def test_a_year_with_a_holiday_missing_is_refused_and_nothing_is_kept(office, waiting, holidays):
    text = holidays.read_text("utf-8").replace("2027-10-01,放假,国庆节\n", "")
    holidays.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match="10月1日"):
        office.as_("admin").perform(ImportCalendar(path=holidays))
    assert office.record(waiting).due_provisional


def test_only_administrators_change_what_is_counted_by(office, holidays):
    for command in (ImportCalendar(path=holidays), ChooseRegion(region="37"), SetIdleDays(days=9)):
        with pytest.raises(NotPermitted):
            office.as_("clerk").perform(command)


def test_a_region_holds_for_what_begins_later_and_stays_after_a_restart(office):
    office.as_("admin").perform(ChooseRegion(region="37"))
    assert office.as_("viewer").ask(ShowTimeRules()).region == "37"
    office.reopen()
    assert office.as_("viewer").ask(ShowTimeRules()).region == "37"
    with pytest.raises(InvalidInput, match="没有这个地区"):
        office.as_("admin").perform(ChooseRegion(region="00"))


def test_all_dates_of_a_case_stand_with_their_clauses(office):
    case = office.step(office.complaint(channel="letter", received_on="2026-05-11"), "accept")
    found = office.as_("viewer").ask(FindDates(number=office.record(case).number, explain=True))
    limits = [each for each in found.dates if each.rule]
    assert limits
    assert all(each.clause for each in found.dates)
    assert any(each.running and each.lines for each in limits)
    assert "收到日期" in {each.name for each in found.dates}
    assert office.as_("viewer").ask(ShowDates(id=case)).number == found.number
    with pytest.raises(NotFound, match="没有编号为"):
        office.as_("viewer").ask(FindDates(number="诉2026-09-0001"))
