"""Several pauses, each counted; other procedures, each by its own clock."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from integrity_desk.domain.complaint_clocks import Procedure, procedure_of
from integrity_desk.domain.complaints import (
    Channel,
    Complaint,
    Matter,
    Satisfaction,
    SuspensionGround,
)
from integrity_desk.domain.pauses import pauses_of
from integrity_desk.domain.steps import advance, derived
from integrity_desk.domain.time_rules import published_rules
from integrity_desk.errors import InvalidInput

RECEIVED = date(2026, 5, 11)


def kept(record):
    return derived(record, published_rules())


def complaint(**values):
    told = {
        "channel": Channel.LETTER, "received_on": RECEIVED, "subject": "示例", "facts": "示例",
        "matter": Matter.SERVICE, "state": "received", **values,
    }  # fmt: skip
    return kept(Complaint(**told))


@pytest.fixture
def ordered():
    return complaint(
        channel=Channel.HOTLINE_12345, state="verifying", accepted_on=date(2026, 5, 11)
    )


def pause(record, facts, ground, since, resumed=None):
    given = {"suspension_ground": ground, "suspended_on": since}
    record = kept(advance(record, "suspend", facts(today=since), given))
    if resumed is not None:
        record = kept(advance(record, "resume", facts(today=resumed), {"resumed_on": resumed}))
    return record


def test_every_pause_of_an_order_is_deducted(ordered, facts):
    assert ordered.due_on == date(2026, 5, 18)
    once = pause(ordered, facts, SuspensionGround.EXPERT, date(2026, 5, 13), date(2026, 5, 18))
    # the 12th, then 18 to 21 May
    assert once.due_on == date(2026, 5, 21)
    twice = pause(once, facts, SuspensionGround.THIRD_PARTY, date(2026, 5, 20), date(2026, 5, 25))
    # the 12th, 18, 19, then 25 and 26 May
    assert twice.due_on == date(2026, 5, 26)
    grounds = [each.ground.value for each in pauses_of(twice)]
    assert grounds == ["expert", "third_party"]


def test_while_a_second_pause_goes_on_nothing_is_due_and_the_first_is_kept(ordered, facts):
    once = pause(ordered, facts, SuspensionGround.EXPERT, date(2026, 5, 13), date(2026, 5, 18))
    twice = pause(once, facts, SuspensionGround.HEARING, date(2026, 5, 20))
    assert twice.due_on is None
    assert [each.resumed for each in pauses_of(twice)] == [date(2026, 5, 18), None]


def test_a_corrected_day_replaces_the_pause_it_belongs_to(ordered, facts):
    once = pause(ordered, facts, SuspensionGround.EXPERT, date(2026, 5, 13), date(2026, 5, 18))
    right = kept(dataclasses.replace(once, suspended_on=date(2026, 5, 14)))
    assert [each.since for each in pauses_of(right)] == [date(2026, 5, 14)]


def test_a_pause_begins_after_the_one_before_has_ended(ordered, facts):
    once = pause(ordered, facts, SuspensionGround.EXPERT, date(2026, 5, 13), date(2026, 5, 18))
    with pytest.raises(InvalidInput, match="2026-05-18") as refusal:
        pause(once, facts, SuspensionGround.HEARING, date(2026, 5, 15))
    assert refusal.value.field == "suspended_on"


def test_a_clock_that_the_law_does_not_stop_is_not_stopped(facts):
    petition = complaint(state="verifying", accepted_on=date(2026, 5, 12))
    with pytest.raises(InvalidInput, match="第三十四条") as refusal:
        pause(petition, facts, SuspensionGround.HEARING, date(2026, 5, 20))
    assert refusal.value.field == "suspension_ground"


def test_a_case_taken_up_again_begins_without_pauses(ordered, facts):
    once = pause(ordered, facts, SuspensionGround.EXPERT, date(2026, 5, 13), date(2026, 5, 18))
    closed = dataclasses.replace(once, state="closed", closed_on=date(2026, 5, 20))
    given = {"reopening_reason": "新的证据", "accepted_on": date(2026, 6, 1)}
    again = kept(advance(closed, "reopen", facts(today=date(2026, 6, 1)), given))
    assert pauses_of(again) == ()
    assert again.due_on == date(2026, 6, 8)  # five working days of the day it was taken up again


@pytest.mark.parametrize(
    ("channel", "matter", "chosen", "procedure"),
    [
        (Channel.HOTLINE_12345, Matter.ARREARS, None, Procedure.HOTLINE),
        (Channel.HOTLINE_12350, Matter.OTHER, None, Procedure.HOTLINE),
        (Channel.PRIVATE_ENTERPRISE, Matter.ARREARS, None, Procedure.SMALL_ENTERPRISE),
        (Channel.PRIVATE_ENTERPRISE, Matter.SERVICE, None, Procedure.PETITION),
        (Channel.LETTER, Matter.ARREARS, None, Procedure.PETITION),
        (Channel.LETTER, Matter.ABUSE, Procedure.DISCIPLINE, Procedure.DISCIPLINE),
    ],
)
def test_the_procedure_follows_from_channel_and_matter_unless_it_is_chosen(
    channel, matter, chosen, procedure
):
    made = Complaint(channel=channel, matter=matter, procedure=chosen)
    assert procedure_of(made) is procedure


@pytest.mark.parametrize(
    ("state", "values", "clock", "due"),
    [
        ("received", {}, "sme_complaint_forward", date(2026, 5, 25)),
        ("accepted", {}, "sme_complaint_result", date(2026, 6, 11)),
        ("received", {"procedure": Procedure.DISCIPLINE}, "named_report_acceptance",
         date(2026, 6, 1)),
        ("verifying", {"procedure": Procedure.DISCIPLINE}, "", None),
        ("unsubstantiated", {"procedure": Procedure.DISCIPLINE, "found_on": date(2026, 5, 12)},
         "named_report_feedback", date(2026, 6, 2)),
    ],
)  # fmt: skip
def test_small_enterprises_and_named_reports_have_clocks_of_their_own(state, values, clock, due):
    told = {
        "channel": Channel.PRIVATE_ENTERPRISE, "matter": Matter.ARREARS, "state": state,
        "accepted_on": date(2026, 5, 12), **values,
    }  # fmt: skip
    made = complaint(**told)
    assert made.due_on == due
    assert made.due_rule.partition("@")[0] == clock


def test_what_another_organ_passed_on_goes_back_in_five_working_days(facts):
    passed = complaint(referred_by="示例县信访局")
    assert passed.return_by_on == date(2026, 5, 18)
    assert complaint().return_by_on is None
    given = {"returned_to": "示例县信访局", "return_reason": "不属本镇职权"}
    on_time = {**given, "returned_on": date(2026, 5, 18)}
    assert advance(passed, "return", facts(), on_time).state == "returned"
    late = {**given, "returned_on": date(2026, 5, 19)}
    with pytest.raises(InvalidInput, match="2026-05-18") as refusal:
        advance(passed, "return", facts(), late)
    assert refusal.value.field == "return_agreement"
    agreed = {**late, "return_agreement": "县信访局电话同意"}
    assert advance(passed, "return", facts(), agreed).state == "returned"


def test_a_dissatisfied_call_back_says_why(filled, facts):
    record = filled("complaint", state="answered", satisfaction_note="")
    given = {"called_back_on": date(2026, 5, 7), "satisfaction": Satisfaction.DISSATISFIED}
    with pytest.raises(InvalidInput) as refusal:
        advance(record, "call_back", facts(), given)
    assert refusal.value.field == "satisfaction_note"
