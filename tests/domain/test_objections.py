"""Objections run by their region's clock until the applicant has been told."""

from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.domain.complaints import SuspensionGround
from integrity_desk.domain.objections import DEADLINE, LIFE, Objection
from integrity_desk.domain.steps import advance, derived
from integrity_desk.domain.time_rules import TimeRules
from integrity_desk.errors import InvalidInput, StepRefused

RECEIVED = date(2026, 5, 12)
"""A Tuesday."""


def objection(region="", **values):
    told = {"applicant": "示例镇", "reason": "示例", "record_id": "0" * 32, "state": "received"}
    given = {**told, "received_on": RECEIVED, **values}
    return derived(Objection(**given), TimeRules(region=region))


@pytest.mark.parametrize(
    ("region", "asks_others", "due", "version"),
    [
        ("", False, date(2026, 5, 15), "objection@/"),
        ("", True, date(2026, 5, 21), "objection_with_inquiry@/"),
        ("31", False, date(2026, 5, 19), "objection@31/2017-10-01"),
        ("33", False, date(2026, 5, 19), "objection@33/2018-01-01"),
        ("37", False, date(2026, 5, 15), "objection@37/2020-10-01"),
        ("37", True, date(2026, 5, 21), "objection_with_inquiry@37/2020-10-01"),
        ("41", True, date(2026, 5, 21), "objection_with_inquiry@41/2020-05-01"),
    ],
)
def test_the_day_is_counted_by_the_regions_rule_and_says_which(region, asks_others, due, version):
    made = objection(region, asks_others=asks_others)
    assert (made.due_on, made.due_rule) == (due, version)


def test_it_is_due_until_the_applicant_has_been_told():
    for state in ("received", "verifying", "decided"):
        assert DEADLINE.day(objection(state=state)) == date(2026, 5, 15)
    for state in ("told", "withdrawn"):
        assert objection(state=state).due_on is None


def test_only_where_the_rule_says_so_an_expert_opinion_stops_the_clock(facts):
    stop = {"suspension_ground": SuspensionGround.EXPERT, "suspended_on": date(2026, 5, 13)}
    nationwide = objection(state="verifying", handler_id="1" * 32)
    with pytest.raises(InvalidInput, match="不因") as refusal:
        advance(nationwide, "suspend", facts(today=RECEIVED), stop)
    assert refusal.value.field == "suspension_ground"
    henan = TimeRules(region="41")
    there = objection("41", state="verifying", handler_id="1" * 32)
    stopped = derived(advance(there, "suspend", facts(today=RECEIVED, region="41"), stop), henan)
    assert (stopped.state, stopped.due_on) == ("suspended", None)
    given = {"resumed_on": date(2026, 5, 20)}
    again = advance(stopped, "resume", facts(today=date(2026, 5, 20), region="41"), given)
    assert derived(again, henan).due_on == date(2026, 5, 22)  # 20, 21 and 22 May


def test_an_extension_goes_as_far_as_the_region_allows_and_no_further(facts):
    zhejiang = TimeRules(region="33")
    made = objection("33", state="verifying", handler_id="1" * 32)
    given = {"extension_reason": "须核对原始账册", "extension_told_on": RECEIVED}

    def extended(day, record=made, region="33"):
        may = facts(today=RECEIVED, region=region)
        return advance(record, "extend", may, {**given, "extended_to": day})

    assert derived(extended(date(2026, 6, 9)), zhejiang).due_on == date(2026, 6, 9)
    with pytest.raises(InvalidInput, match="2026-06-09"):
        extended(date(2026, 6, 10))
    with pytest.raises(InvalidInput, match="2026-05-15"):
        extended(date(2026, 5, 18), objection(state="verifying"), "")


def test_whoever_verifies_does_not_approve_the_extension(facts):
    made = objection("33", state="verifying", handler_id="1" * 32)
    given = {
        "extended_to": date(2026, 5, 22), "extension_reason": "示例", "extension_told_on": RECEIVED
    }  # fmt: skip
    with pytest.raises(StepRefused, match="以外的人员"):
        advance(made, "extend", facts(today=RECEIVED, region="33", person_id="1" * 32), given)


@pytest.mark.parametrize(
    ("region", "acts"),
    [("", set()), ("33", {"extend"}), ("37", set()), ("41", {"suspend"})],
)
def test_a_step_that_the_regions_rule_does_not_know_is_not_offered(region, acts):
    made = objection(region, state="verifying")
    rules = TimeRules(region=region)
    known = {each.act for each in LIFE.steps if each.applies and each.applies(made, rules)}
    assert known == acts
