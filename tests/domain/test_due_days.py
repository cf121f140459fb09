"""Of several clocks the first that fits counts, and the others are never listed."""

from __future__ import annotations

from datetime import date

from integrity_desk.domain.complaint_clocks import DEADLINE, RETURN
from integrity_desk.domain.complaints import Channel, Complaint
from integrity_desk.domain.deadline_lines import Deadline, Run
from integrity_desk.domain.due_days import basis, counted_runs, due_date
from integrity_desk.domain.steps import derived
from integrity_desk.domain.time_rules import published_rules

RECEIVED = date(2026, 5, 11)
HERE = frozenset({"received"})
OFFICE = frozenset({"received", "accepted"})


def complaint(**values):
    told = {"channel": Channel.LETTER, "received_on": RECEIVED, "state": "received", **values}
    return derived(Complaint(**told), published_rules())


def listed(deadline, record):
    counted = counted_runs(deadline, record, published_rules(), date(2026, 5, 12))
    return [(each.clock.id, runs) for each, runs, _stands in counted]


def two_clocks(first, second):
    clocks = (("hotline_order", first), ("petition_acceptance", second))
    runs = (Run(clock=clock, start="received_on", states=states) for clock, states in clocks)
    return Deadline(type="complaint", states=OFFICE, label="办理", runs=tuple(runs))


def test_of_two_clocks_in_the_same_states_only_the_first_is_listed():
    deadline, record = two_clocks(OFFICE, HERE), complaint()
    assert listed(deadline, record) == [("hotline_order", True)]
    assert due_date(deadline, record, published_rules()).clock.id == "hotline_order"


def test_a_clock_that_counts_in_further_states_is_listed_too():
    assert listed(two_clocks(HERE, OFFICE), complaint()) == [
        ("hotline_order", True), ("petition_acceptance", False),
    ]  # fmt: skip


def test_the_clocks_of_one_procedure_follow_one_another():
    accepted = complaint(state="accepted", accepted_on=date(2026, 5, 13))
    assert listed(DEADLINE, accepted) == [
        ("petition_acceptance", False), ("petition_handling", True),
    ]  # fmt: skip


def test_a_day_kept_as_it_was_counted_still_names_its_clause():
    assert "二十三" in basis(RETURN, complaint(), published_rules())
    assert basis(DEADLINE, complaint(state="closed"), published_rules()) == ""
