from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.domain.notices import GateAnswer, must_come_down
from integrity_desk.domain.steps import advance
from integrity_desk.errors import InvalidInput, StepRefused

UNTIL = date(2026, 5, 20)


@pytest.mark.parametrize("act", ["submit", "approve"])
@pytest.mark.parametrize("answer", [GateAnswer.REDACTED, GateAnswer.PUBLISHABLE])
def test_a_state_secret_stops_a_notice_however_it_is_answered(filled, facts, act, answer):
    state = {"submit": "draft", "approve": "in_review"}[act]
    with pytest.raises(InvalidInput) as refusal:
        advance(filled("notice", state=state, state_secret=answer), act, facts())
    assert refusal.value.field == "state_secret"


@pytest.mark.parametrize("question", ["forbidden", "danger"])
def test_what_the_law_forbids_to_publish_is_redacted_or_left_out(filled, facts, question):
    with pytest.raises(InvalidInput, match="第十四条") as refusal:
        advance(filled("notice", **{question: GateAnswer.PUBLISHABLE}), "submit", facts())
    assert refusal.value.field == question


@pytest.mark.parametrize(
    ("answer", "field"),
    [(GateAnswer.PUBLISHABLE, "publication_ground")],
)
@pytest.mark.parametrize("question", ["third_party", "internal", "process", "case_file"])
def test_an_answer_that_something_is_touched_needs_its_ground(
    filled, facts, question, answer, field
):
    with pytest.raises(InvalidInput) as refusal:
        advance(filled("notice", **{question: answer, field: ""}), "submit", facts())
    assert refusal.value.field == field


def test_an_empty_notice_is_refused(filled, facts):
    with pytest.raises(InvalidInput, match="公示内容是空的"):
        advance(filled("notice", item_ids=(), body=""), "submit", facts())


def test_a_notice_is_not_posted_after_its_last_day(filled, facts):
    record = filled("notice", state="approved", until_on=UNTIL)
    assert advance(record, "post", facts(today=UNTIL)).state == "posted"
    with pytest.raises(StepRefused, match="截止日期已过"):
        advance(record, "post", facts(today=date(2026, 5, 21)))


def test_a_posted_notice_comes_down_on_its_last_day(filled):
    posted = filled("notice", state="posted", until_on=UNTIL)
    assert not must_come_down(posted, date(2026, 5, 19))
    assert must_come_down(posted, UNTIL)
    assert not must_come_down(filled("notice", state="taken_down", until_on=UNTIL), UNTIL)
