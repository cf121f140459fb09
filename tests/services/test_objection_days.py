"""The day of an objection: in lists, on workbench, board and month, among its dates, on paper."""

from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.documents.preview import page_text
from integrity_desk.domain.records import with_values
from integrity_desk.services.case_dates import FindDates
from integrity_desk.services.due_board import Lane, ShowBoard, ShowMonth
from integrity_desk.services.letters import ListLetters, PreviewLetter
from integrity_desk.services.record_view import OpenRecord
from integrity_desk.services.recounting import CountMissingDays
from integrity_desk.services.time_rules import ChooseRegion
from integrity_desk.services.workbench import ShowWorkbench

DUE = date(2026, 5, 15)


@pytest.fixture
def record(office):
    return office.effective_record(severity="ordinary", decided_on="2026-04-20")


@pytest.fixture
def objection(office, record):
    return office.enter("objection", record_id=record, applicant="示例镇", received_on="2026-05-12")


def test_it_stands_on_workbench_board_and_month_with_its_clause(office, objection):
    bench = office.as_("clerk").ask(ShowWorkbench())
    assert (objection, DUE) in [(each.id, each.due_on) for each in bench.due.items]
    board = office.as_("clerk").ask(ShowBoard())
    (item,) = next(each.items for each in board.lanes if each.lane is Lane.WEEK)
    assert (item.id, item.what, item.due) == (objection, "异议办理期限", DUE)
    assert "三至七个工作日" in item.clause
    month = office.as_("clerk").ask(ShowMonth(month=DUE))
    assert [item.id for cell in month.days if cell.day == DUE for item in cell.items] == [objection]


def test_its_dates_are_listed_with_the_count(office, objection):
    number = office.record(objection).number
    found = office.as_("viewer").ask(FindDates(number=number, explain=True))
    (limit,) = [each for each in found.dates if each.running]
    assert (limit.day, limit.rule) == (DUE, "objection@/")
    assert [line.number for line in limit.lines if line.number] == [1, 2, 3]


def test_a_region_chosen_before_it_came_counts_by_that_regions_rule(office, record):
    office.as_("admin").perform(ChooseRegion(region="31"))
    later = office.enter("objection", record_id=record, received_on="2026-05-12")
    assert office.record(later).due_on == date(2026, 5, 19)
    office.as_("admin").perform(ChooseRegion(region=""))
    office.step(later, "verify")
    assert office.record(later).due_rule == "objection@31/2017-10-01"


def test_one_entered_before_its_clock_was_known_gets_its_day_in_the_morning(office, objection):
    reviewer = office.account("reviewer").actor
    with office.store.unit_of_work(
        actor=reviewer, command="AsItWasBefore", now=office.now()
    ) as work:
        uncounted = {"due_on": None, "due_rule": "", "due_provisional": False}
        work.save(with_values(work.load_any(objection), uncounted))
    assert office.as_("clerk").ask(ShowBoard()).total == 0
    assert office.as_("clerk").perform(CountMissingDays()).value == 1
    assert office.record(objection).due_on == DUE
    assert office.as_("clerk").ask(ShowBoard()).total == 1
    assert office.as_("clerk").perform(CountMissingDays()).value == 0
    newest = office.as_("viewer").ask(OpenRecord(id=objection)).history[0]
    assert newest.act == "重新计算期限"


def test_the_letter_of_acceptance_names_the_day_and_the_clause(office, objection):
    clerk = office.as_("clerk")
    offered = [each.template for each in clerk.ask(ListLetters(record_id=objection)).offered]
    assert "objection_acceptance" in offered
    pdf = clerk.ask(PreviewLetter(record_id=objection, template="objection_acceptance"))
    said = "".join(page_text(pdf, 0).split())
    assert "2026年5月15日前核实并告知结果" in said
    assert "三至七个工作日" in said


def test_while_the_clock_stands_still_the_record_stays_marked_and_the_measure_suspended(
    office, record
):
    office.as_("admin").perform(ChooseRegion(region="41"))
    measure = office.step(office.enter("measure", record_id=record), "impose")
    objection = office.enter("objection", record_id=record, received_on="2026-05-12")
    office.step(objection, "verify")
    office.step(objection, "suspend", suspension_ground="expert", suspended_on="2026-05-12")
    assert office.state_of(measure) == "suspended"
    board = office.as_("clerk").ask(ShowBoard())
    (item,) = next(each.items for each in board.lanes if each.lane is Lane.PAUSED)
    assert item.id == objection
    lines = [line for _head, lines in office.view(objection).sections for line in lines]
    assert any("尚未恢复" in line.words for line in lines if line.name == "pauses")
