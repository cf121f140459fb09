"""Commitments warned of: due soon, in arrears, without progress; and how a plan stands today."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from integrity_desk.services.early_warnings import ARREARS, IDLE, SOON, CountWarnings
from integrity_desk.services.registers import FetchRows, Filter, ListRecords
from integrity_desk.services.time_rules import SetIdleDays

TODAY = date(2026, 5, 12)


@pytest.fixture
def warned(office):
    """Return ``warned(code)``: the ids a warning holds; its count must agree."""

    def held(code):
        desk = office.as_("viewer")
        rows = desk.ask(ListRecords(filter=Filter(type="commitment", warning=code)))
        assert desk.ask(CountWarnings(type="commitment"))[code] == len(rows)
        return {each.id for each in desk.ask(FetchRows(type="commitment", rows=tuple(rows)))}

    return held


def on(day):
    return (TODAY + timedelta(days=day)).isoformat()


def debt(office, **values):
    told = {"kind": "debt", "amount_fen": 200_00, "due_on": on(300), "late_interest": "statutory"}
    return office.walk(office.registered_commitment(**told, **values), "start")


def test_due_within_thirty_days_is_soon_and_late_is_not(office, warned):
    made = {day: office.registered_commitment(due_on=on(day)) for day in (-1, 0, 30, 31)}
    assert warned(SOON) == {made[0], made[30]}


def test_an_unpaid_instalment_of_yesterday_is_in_arrears(office, warned):
    owing, paid, ahead = debt(office), debt(office), debt(office)
    for owner, day, values in (
        (owing, -1, {"paid_fen": 99_00, "paid_on": on(-1)}),
        (paid, -1, {"paid_fen": 100_00, "paid_on": on(-1)}),
        (ahead, 0, {}),
    ):
        office.enter(
            "instalment", commitment_id=owner, sequence=1, amount_fen=100_00, due_on=on(day),
            **values,
        )  # fmt: skip
    assert warned(ARREARS) == {owing}


def test_without_progress_for_the_days_a_desk_chose_it_is_warned_of(office, warned):
    idle, told, new = (office.registered_commitment(made_on=on(day)) for day in (-60, -60, -29))
    office.enter("progress_entry", commitment_id=told, reported_on=on(-5))
    assert warned(IDLE) == {idle}
    office.as_("admin").perform(SetIdleDays(days=5))
    assert warned(IDLE) == {idle, told, new}


def test_an_opened_commitment_tells_arrears_and_interest_with_the_clause(office):
    owner = debt(office)
    office.enter(
        "instalment", commitment_id=owner, sequence=1, amount_fen=100_000_00, due_on=on(-10)
    )
    office.enter("instalment", commitment_id=owner, sequence=2, amount_fen=100_00, due_on=on(20))
    sections = dict(office.view(owner).sections)
    told = {each.label: each.words for each in sections["还款（付款）情况"]}
    assert told["拖欠"] == "100,000.00元，1期逾期"
    assert told["逾期利息"].startswith("500.00元，算到2026-05-12（")
    assert told["下一期应付日"] == on(20)
    office.enter("commitment")
    assert "还款（付款）情况" not in dict(office.view(office.registered_commitment()).sections)
