"""Answers to proposals and questions: due by the clock with its clause, or on a set day."""

from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.domain.records import with_values
from integrity_desk.services.case_dates import ShowDates
from integrity_desk.services.due_board import Lane, ShowBoard
from integrity_desk.services.recounting import CountMissingDays
from integrity_desk.services.time_rules import ImportCalendar
from tests.services.test_time_rules import HOLIDAYS_2027

TYPES = ("proposal", "question")


@pytest.fixture(params=TYPES)
def assigned(request, office):
    """Return ``assigned(**values)``: a proposal, then a question, somebody has to answer."""

    def build(**values):
        return office.step(office.enter(request.param), "assign", **values)

    return build


def limit(office, rec):
    dates = office.as_("viewer").ask(ShowDates(id=rec, explain=True)).dates
    (found,) = [each for each in dates if each.running]
    return found


def test_a_day_by_the_clock_has_its_rule_its_clause_and_its_count(office, assigned):
    found = limit(office, assigned())
    assert found.day == office.record(assigned()).due_on
    assert found.rule.startswith(("proposal_answer@", "question_answer@"))
    assert found.clause
    assert found.lines


def test_a_day_somebody_set_is_theirs_and_stays(office, assigned):
    rec = assigned(due_on="2026-05-20")
    assert office.record(rec).due_rule == ""
    found = limit(office, rec)
    assert (found.day, found.clause, found.lines) == (
        date(2026, 5, 20), "交办时确定的答复期限", (),
    )  # fmt: skip


def test_a_day_set_later_replaces_the_clocks_and_emptied_gives_it_back(office, assigned):
    rec = assigned()
    counted = office.record(rec).due_on
    office.amend(rec, due_on="2026-05-20")
    assert (office.record(rec).due_rule, office.record(rec).due_on) == ("", date(2026, 5, 20))
    office.amend(rec, due_on=None)
    assert office.record(rec).due_on == counted
    assert office.record(rec).due_rule


def test_a_new_calendar_moves_the_clocks_day_and_no_other(office, tmp_path):
    office.now.set_day(date(2026, 12, 28))
    counted, given = (
        office.step(office.enter("question", asked_on="2026-12-28"), "assign", **values)
        for values in ({}, {"due_on": "2027-01-15"})
    )
    before = office.record(counted)
    assert before.due_provisional
    path = tmp_path / "2027.csv"
    path.write_text(HOLIDAYS_2027, encoding="utf-8")
    done = office.as_("admin").perform(ImportCalendar(path=path)).value
    after = office.record(counted)
    assert not after.due_provisional
    assert [each.id for each in done.moved] == [counted] * (after.due_on != before.due_on)
    assert done.settled + len(done.moved) == 1
    assert office.record(given).due_on == date(2027, 1, 15)


def test_what_reaches_into_the_next_year_is_provisional_on_the_board(office):
    office.now.set_day(date(2026, 12, 10))
    rec = office.step(office.enter("question", asked_on="2026-12-10"), "assign")
    board = office.as_("clerk").ask(ShowBoard())
    lane = next(each for each in board.lanes if each.lane is Lane.PROVISIONAL)
    assert [(each.id, each.provisional) for each in lane.items] == [(rec, True)]


def test_a_day_counted_before_its_rule_was_kept_names_it_from_the_next_morning(office, assigned):
    rec = assigned()
    kept = office.record(rec)
    actor = office.account("reviewer").actor
    with office.store.unit_of_work(actor=actor, command="AsItWasBefore", now=office.now()) as work:
        bare = {"due_rule": "", "due_provisional": False, "due_counted": ""}
        work.save(with_values(work.load_any(rec), bare))
    assert office.as_("clerk").perform(CountMissingDays()).value == 1
    assert office.record(rec) == kept
