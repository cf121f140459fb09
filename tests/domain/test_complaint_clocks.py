"""The day a complaint must be answered, by its channel, its state and the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.domain.complaint_clocks import DEADLINE
from integrity_desk.domain.complaints import LIFE, Channel, Complaint, SuspensionGround
from integrity_desk.domain.due_days import due_date
from integrity_desk.domain.steps import derived
from integrity_desk.domain.time_rules import published_rules

HOTLINES = (Channel.HOTLINE_12345, Channel.HOTLINE_12350)
RECEIVED = date(2026, 5, 11)


def complaint(**values):
    told = {"channel": Channel.LETTER, "received_on": RECEIVED, "state": "received", **values}
    return derived(Complaint(**told), published_rules())


def test_a_letter_is_accepted_or_refused_in_fifteen_days():
    made = complaint()
    assert made.due_on == date(2026, 5, 26)
    assert made.due_rule.startswith("petition_acceptance@")
    assert not made.due_provisional


def test_an_accepted_letter_is_dealt_with_in_sixty_days_of_its_acceptance():
    made = complaint(state="accepted", accepted_on=date(2026, 5, 13))
    assert made.due_on == date(2026, 7, 13)  # the 12th is a Sunday
    assert made.due_rule.startswith("petition_handling@")


@pytest.mark.parametrize("channel", HOTLINES)
@pytest.mark.parametrize("state", ["received", "accepted", "verifying", "rectifying"])
def test_a_hotline_order_runs_five_working_days_from_the_day_it_came(channel, state):
    made = complaint(channel=channel, state=state, accepted_on=date(2026, 5, 12))
    assert made.due_on == date(2026, 5, 18)
    assert made.due_rule.startswith("hotline_order@")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        # 29, 30 September, off until the 7th, then 8, 9 and the Saturday worked instead
        (date(2026, 9, 28), date(2026, 10, 10)),
        # the Sunday worked instead, then 21 to 24 September
        (date(2026, 9, 18), date(2026, 9, 24)),
    ],
)
def test_around_national_day_a_hotline_order_counts_the_days_that_are_worked(received, due):
    made = complaint(channel=Channel.HOTLINE_12345, received_on=received)
    assert made.due_on == due
    assert not made.due_provisional


def test_a_weekend_day_worked_instead_counts_as_a_working_day():
    """2024: 29 September, a Sunday, was worked for the days off from 1 to 7 October."""
    made = complaint(channel=Channel.HOTLINE_12345, received_on=date(2024, 9, 27))
    # 29, 30 September, 8, 9, 10 October
    assert made.due_on == date(2024, 10, 10)


def test_a_last_day_in_the_holiday_rolls_to_the_first_working_day():
    made = complaint(received_on=date(2024, 9, 18))  # + 15 days = 3 October
    assert made.due_on == date(2024, 10, 8)


@pytest.mark.parametrize("state", [state.code for state in LIFE.states])
def test_a_clock_runs_in_the_states_that_wait_and_in_no_other(state):
    waiting = {"received", "accepted", "verifying", "substantiated", "partly", "unsubstantiated",
               "rectifying", "joined"}  # fmt: skip
    made = complaint(state=state, accepted_on=date(2026, 5, 12), extended_to=None)
    assert (made.due_on is not None) == (state in waiting)
    assert bool(made.due_rule) == (state in waiting)


def test_an_approved_extension_names_the_day_itself():
    extended = {"accepted_on": date(2026, 5, 12), "extended_to": date(2026, 8, 10)}
    assert complaint(state="verifying", **extended).due_on == date(2026, 8, 10)
    assert complaint(state="answered", **extended).due_on is None
    assert complaint(state="suspended", **extended).due_on is None


def test_no_day_is_due_before_the_case_was_accepted_on_a_day():
    assert complaint(state="accepted", accepted_on=None).due_on is None
    assert complaint(received_on=None).due_on is None


PAUSED = {
    "suspension_ground": SuspensionGround.HEARING,
    "suspended_on": date(2026, 5, 13),
    "resumed_on": date(2026, 5, 20),
}


def test_the_days_of_a_pause_are_not_counted_for_a_hotline_order():
    ordered = {"channel": Channel.HOTLINE_12345, "accepted_on": date(2026, 5, 12)}
    assert complaint(state="verifying", **ordered).due_on == date(2026, 5, 18)
    assert complaint(state="suspended", **ordered, **PAUSED).due_on is None
    # the 12th, then 20 to 22 and 25 May
    assert complaint(state="verifying", **ordered, **PAUSED).due_on == date(2026, 5, 25)


def test_a_pause_that_the_rule_does_not_know_moves_nothing():
    accepted = {"state": "verifying", "accepted_on": date(2026, 5, 12)}
    counted = due_date(DEADLINE, complaint(**accepted, **PAUSED), published_rules())
    assert counted is not None
    assert (counted.due, counted.suspensions) == (complaint(**accepted).due_on, ())


def test_resuming_before_or_on_the_day_of_the_pause_moves_nothing():
    day = date(2026, 5, 13)
    made = complaint(
        channel=Channel.HOTLINE_12345, state="verifying", suspended_on=day, resumed_on=day,
        suspension_ground=SuspensionGround.HEARING,
    )  # fmt: skip
    assert made.due_on == complaint(channel=Channel.HOTLINE_12345).due_on


def test_a_day_beyond_the_published_calendar_is_provisional():
    late = complaint(state="accepted", accepted_on=date(2026, 11, 10))
    assert late.due_on == date(2027, 1, 11)  # the 9th is a Saturday
    assert late.due_provisional
    assert not complaint(state="accepted", accepted_on=date(2026, 5, 12)).due_provisional


def test_a_case_older_than_the_rule_is_counted_by_the_rule_of_its_day():
    old = complaint(received_on=date(2022, 4, 29))
    new = complaint(received_on=date(2022, 5, 2))
    assert old.due_rule != new.due_rule
    assert complaint(received_on=date(2004, 1, 1)).due_on is None
