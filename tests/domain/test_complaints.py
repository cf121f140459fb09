from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.domain.complaints import LIFE, OPEN_STATES, Channel
from integrity_desk.domain.reporters import ReporterKind
from integrity_desk.domain.steps import advance, check
from integrity_desk.errors import InvalidInput, StepRefused

UNIT, PERSON, COLLEAGUE = "1" * 32, "2" * 32, "3" * 32

PASSED_ON = ("refer", "referral_receipt", "return", "take_back")
"""Acts by which a unit passes on a complaint about itself."""


def _ready(filled, step, **values):
    record = filled("complaint", state=step.of[0], **values)
    return record, {name: getattr(record, name) for name in (*step.needs, *step.asks)}


@pytest.mark.parametrize("step", LIFE.steps, ids=lambda step: step.act)
def test_the_person_complained_of_takes_no_step_at_all(filled, facts, step):
    record, given = _ready(filled, step, about_person_id=PERSON)
    with pytest.raises(StepRefused, match="不得办理本件"):
        advance(record, step.act, facts(person_id=PERSON), given)


@pytest.mark.parametrize("step", LIFE.steps, ids=lambda step: step.act)
def test_a_clerk_marked_as_withdrawn_takes_no_step_at_all(filled, facts, step):
    record, given = _ready(filled, step, recused_ids=(COLLEAGUE,))
    with pytest.raises(StepRefused, match="已回避"):
        advance(record, step.act, facts(person_id=COLLEAGUE), given)


@pytest.mark.parametrize("step", LIFE.steps, ids=lambda step: step.act)
def test_a_unit_may_pass_on_a_complaint_about_itself_and_nothing_else(filled, facts, step):
    record, given = _ready(filled, step, about_unit_id=UNIT)
    if step.act in PASSED_ON:
        assert advance(record, step.act, facts(unit_id=UNIT), given).state == step.to
    else:
        with pytest.raises(StepRefused, match="应当回避"):
            advance(record, step.act, facts(unit_id=UNIT), given)


@pytest.mark.parametrize("act", ["assign", "verify"])
def test_a_case_is_not_assigned_to_the_unit_complained_of(filled, facts, act):
    record = filled("complaint", state="accepted", about_unit_id=UNIT)
    with pytest.raises(InvalidInput, match="被投诉举报的单位") as refusal:
        advance(record, act, facts(), {"handler_unit_id": UNIT, "handler_id": COLLEAGUE})
    assert refusal.value.field == "handler_unit_id"


@pytest.mark.parametrize("field", ["handler_id", "stand_in_id"])
def test_a_case_is_not_assigned_to_the_person_complained_of(filled, facts, field):
    record = filled("complaint", state="accepted", about_person_id=PERSON)
    with pytest.raises(InvalidInput) as refusal:
        advance(record, "assign", facts(), {field: PERSON})
    assert refusal.value.field == field


def test_an_amendment_cannot_slip_past_the_firewall(filled):
    with pytest.raises(InvalidInput):
        check(filled("complaint", about_unit_id=UNIT, handler_unit_id=UNIT))
    with pytest.raises(InvalidInput):
        check(filled("complaint", handler_id=COLLEAGUE, recused_ids=(COLLEAGUE,)))


def test_a_case_about_nobody_registered_has_no_firewall_to_break(filled, facts):
    record = filled(
        "complaint", state="accepted", about_unit_id="", about_person_id="", recused_ids=(),
        handler_unit_id="", handler_id="",
    )  # fmt: skip
    given = {"handler_unit_id": UNIT, "handler_id": COLLEAGUE}
    assert advance(record, "assign", facts(), given).handler_unit_id == UNIT


def test_an_unsubstantiated_complaint_is_closed_with_an_explanation(filled, facts):
    record = filled("complaint", state="verifying", explanation="")
    with pytest.raises(InvalidInput) as refusal:
        advance(record, "find_unsubstantiated", facts())
    assert refusal.value.field == "explanation"


def test_a_substantiated_complaint_is_rectified_before_it_is_answered(filled, facts):
    with pytest.raises(StepRefused, match="属实"):
        advance(filled("complaint", state="substantiated"), "answer", facts())


def test_an_extension_is_approved_by_someone_other_than_the_handler(filled, facts):
    record = filled("complaint", state="verifying", handler_id=COLLEAGUE)
    with pytest.raises(StepRefused, match="承办人以外"):
        advance(record, "extend", facts(person_id=COLLEAGUE))


def test_an_extension_reaches_into_the_future(filled, facts):
    record = filled("complaint", state="verifying")
    with pytest.raises(InvalidInput) as refusal:
        advance(record, "extend", facts(today=date(2026, 5, 7)), {"extended_to": date(2026, 5, 7)})
    assert refusal.value.field == "extended_to"


def test_an_extension_stays_within_what_the_clock_allows(filled, facts):
    record = filled("complaint", state="verifying", channel=Channel.LETTER, procedure=None)
    with pytest.raises(InvalidInput, match="2026-08-04"):
        advance(record, "extend", facts(), {"extended_to": date(2026, 8, 5)})
    assert advance(record, "extend", facts(), {"extended_to": date(2026, 8, 4)}).extended_to


def test_a_referred_case_is_closed_only_with_a_receipt(filled, facts):
    record = filled("complaint", state="referred", answered_on=None, referral_receipt="")
    with pytest.raises(InvalidInput) as refusal:
        advance(record, "close", facts())
    assert refusal.value.field == "referral_receipt"


def test_a_case_reopened_goes_through_a_second_round_with_later_days(filled, facts):
    late = facts(today=date(2026, 9, 1))
    given = {"reopening_reason": "出现新的证据", "accepted_on": date(2026, 8, 1)}
    record = advance(filled("complaint", state="closed"), "reopen", late, given)
    assert (record.finding, record.answered_on, record.satisfaction) == ("", None, None)
    record = advance(record, "verify", late)
    found = {"found_on": date(2026, 8, 20), "finding": "已核实", "explanation": "已说明"}
    assert advance(record, "find_unsubstantiated", late, found).state == "unsubstantiated"


def test_a_case_may_be_suspended_twice(filled, facts):
    record = filled("complaint", state="verifying", resumed_on=date(2026, 5, 6))
    given = {"suspended_on": date(2026, 5, 7)}
    assert advance(record, "suspend", facts(), given).resumed_on is None


def test_open_states_are_those_that_still_wait_for_an_answer():
    codes = {state.code for state in LIFE.states}
    assert codes - OPEN_STATES == {"refused", "referred", "returned", "answered", "closed"}


@pytest.mark.parametrize("kind", ReporterKind)
def test_only_an_anonymous_reporter_has_no_name(filled, kind):
    reporter = filled("reporter", kind=kind, name="")
    if kind is ReporterKind.ANONYMOUS:
        check(reporter)
    else:
        with pytest.raises(InvalidInput) as refusal:
            check(reporter)
        assert refusal.value.field == "name"
