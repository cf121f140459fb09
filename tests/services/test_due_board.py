"""The deadline board: lanes by days, clauses and people to narrow to, and the days of a month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from integrity_desk.domain.deadlines import DEADLINES
from integrity_desk.services.due_board import CountDue, Lane, ShowBoard, ShowMonth
from integrity_desk.services.due_items import NOBODY, Narrowed

TODAY = date(2026, 5, 12)


@pytest.fixture
def board(office):
    """Return ``board(by, …)``: the lanes as {lane: titles}, narrowed as told."""

    def shown(by="clerk", **narrowed):
        found = office.as_(by).ask(ShowBoard(narrowed=Narrowed(**narrowed)))
        return {each.lane: [item.title for item in each.items] for each in found.lanes}

    return shown


@pytest.fixture
def items(office):
    """Return ``items()``: every item of the board by its title."""

    def shown():
        lanes = office.as_("clerk").ask(ShowBoard()).lanes
        return {item.title: item for each in lanes for item in each.items}

    return shown


def on(day):
    return (TODAY + timedelta(days=day)).isoformat()


def debt(office, **values):
    told = {"kind": "debt", "subject": "清偿示例工程款", "amount_fen": 300_00, "due_on": on(200)}
    return office.walk(office.registered_commitment(**told, **values), "start")


def suspended(office):
    case = office.step(office.complaint(received_on="2026-05-11"), "accept")
    office.step(case, "verify")
    return office.step(case, "suspend", suspension_ground="third_party", suspended_on=on(0))


def test_an_empty_office_has_an_empty_board(office):
    found = office.as_("viewer").ask(ShowBoard())
    assert [each.lane for each in found.lanes] == list(Lane)
    assert [each.count for each in found.lanes] == [0] * len(Lane)
    assert (found.total, found.clauses, found.handlers) == (0, (), ())


def test_every_day_stands_in_the_lane_it_belongs_to(office, board):
    for day in (-30, -1, 0, 1, 7, 8):
        office.registered_commitment(subject=f"{day}日", due_on=on(day))
    assert board() == {
        Lane.OVERDUE: ["-30日", "-1日"], Lane.TODAY: ["0日"], Lane.WEEK: ["1日", "7日"],
        Lane.PAUSED: [], Lane.PROVISIONAL: [],
    }  # fmt: skip


def test_a_case_whose_clock_stands_still_is_paused_with_its_earliest_day(office, board, items):
    case = suspended(office)
    assert office.record(case).due_on is None
    (title,) = board()[Lane.PAUSED]
    item = items()[title]
    assert item.paused
    assert item.due > TODAY
    earlier = item.due
    office.now.advance(days=3)
    assert items()[title].due >= earlier + timedelta(days=1)


def test_a_day_that_may_still_move_is_provisional_until_it_is_near(office, board, items):
    office.now.set_day(date(2026, 12, 10))
    office.step(office.complaint(channel="letter", received_on="2026-12-09"), "accept")
    (title,) = board()[Lane.PROVISIONAL]
    assert items()[title].provisional
    office.now.set_day(items()[title].due - timedelta(days=2))
    assert board()[Lane.WEEK] == [title]
    assert items()[title].provisional


def test_an_unpaid_instalment_leads_to_its_commitment(office, items):
    owner = debt(office)
    part = office.enter(
        "instalment", commitment_id=owner, sequence=2, amount_fen=100_00, due_on=on(-3)
    )
    item = items()["清偿示例工程款"]
    assert (item.id, item.type, item.what, item.due) == (
        owner, "commitment", "分期应付日 2", TODAY - timedelta(days=3),
    )  # fmt: skip
    office.amend(part, paid_fen=100_00, paid_on=on(0))
    assert items() == {}


def test_nothing_falls_due_of_a_promise_lawfully_changed(office, board):
    owner = debt(office)
    office.enter("instalment", commitment_id=owner, sequence=1, amount_fen=1, due_on=on(-3))
    assert len(board()[Lane.OVERDUE]) == 1
    office.step(
        owner, "change_lawfully", change_ground="public_interest", change_authority="示例镇"
    )
    assert board()[Lane.OVERDUE] == []
    assert office.as_("clerk").ask(CountDue()).overdue == 0


def test_the_board_is_narrowed_by_clause_and_by_handler(office, board):
    wang = office.person(name="王示例")
    office.registered_commitment(subject="王的承诺", due_on=on(-1), person_id=wang)
    office.registered_commitment(subject="没有人的承诺", due_on=on(-1))
    office.complaint(subject="示例工单", received_on="2026-05-11")
    found = office.as_("clerk").ask(ShowBoard())
    assert {(each.name, each.count) for each in found.handlers} >= {("王示例", 1)}
    assert found.handlers[-1].code == NOBODY
    assert {each.name: each.count for each in found.clauses}["公开承诺的兑现期限"] == 2
    assert board(handler=wang)[Lane.OVERDUE] == ["王的承诺"]
    assert "王的承诺" not in board(handler=NOBODY)[Lane.OVERDUE]
    assert board(clause="公开承诺的兑现期限")[Lane.WEEK] == []
    (hotline,) = [each.code for each in found.clauses if each.code != "公开承诺的兑现期限"]
    assert board(clause=hotline)[Lane.WEEK] == ["示例工单"]
    narrowed = office.as_("clerk").ask(ShowBoard(narrowed=Narrowed(handler=wang)))
    assert (narrowed.total, narrowed.handlers) == (found.total, found.handlers)


def test_everything_that_falls_due_has_words_for_what_it_rests_on(office, items):
    office.registered_commitment(subject="承诺", due_on=on(1))
    office.complaint(subject="工单", received_on="2026-05-11")
    office.complaint(
        subject="转来的信", channel="letter", received_on="2026-05-11", referred_by="示例县信访局"
    )
    assert all(item.clause for item in items().values())
    assert all(each.basis or each.runs or each.follows for each in DEADLINES)


def test_a_month_shows_whole_weeks_with_what_is_due_and_what_is_worked(office):
    office.registered_commitment(subject="节前的承诺", due_on="2026-05-01")
    month = office.as_("viewer").ask(ShowMonth(month=date(2026, 5, 20)))
    days = {each.day: each for each in month.days}
    assert (month.first, len(month.days) % 7) == (date(2026, 5, 1), 0)
    assert (month.days[0].day.weekday(), month.days[-1].day.weekday()) == (0, 6)
    assert [each.title for each in days[date(2026, 5, 1)].items] == ["节前的承诺"]
    assert days[date(2026, 5, 1)].rest == "劳动节"
    assert not days[date(2026, 5, 1)].working
    worked = days[date(2026, 5, 9)]
    assert (worked.working, worked.worked_for, worked.rest) == (True, "劳动节", "")
    assert (days[date(2026, 5, 10)].working, days[date(2026, 5, 10)].rest) == (False, "")
    assert all(each.published for each in month.days)


def test_a_month_of_an_unpublished_year_says_so(office):
    month = office.as_("viewer").ask(ShowMonth(month=date(2027, 1, 1)))
    published = {each.day.year: each.published for each in month.days}
    assert published == {2026: True, 2027: False}


def test_the_month_is_narrowed_like_the_board(office):
    office.registered_commitment(subject="承诺", due_on=on(1))
    for clause, count in (("公开承诺的兑现期限", 1), ("别的", 0)):
        asked = ShowMonth(month=TODAY, narrowed=Narrowed(clause=clause))
        assert sum(len(each.items) for each in office.as_("clerk").ask(asked).days) == count


def test_what_is_overdue_and_due_today_is_counted_as_the_board_has_it(office):
    for day in (-2, -1, 0, 1):
        office.registered_commitment(due_on=on(day))
    owner = debt(office)
    office.enter("instalment", commitment_id=owner, sequence=1, amount_fen=1, due_on=on(0))
    counts = office.as_("viewer").ask(CountDue())
    lanes = {each.lane: each.count for each in office.as_("viewer").ask(ShowBoard()).lanes}
    assert (counts.overdue, counts.today) == (2, 2) == (lanes[Lane.OVERDUE], lanes[Lane.TODAY])
