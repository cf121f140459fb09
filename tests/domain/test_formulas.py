"""Every declared formula judges records as its sentence says."""

from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.domain.commitments import Commitment
from integrity_desk.domain.complaints import Channel, Complaint, Satisfaction
from integrity_desk.domain.formulas import Counts, Tally, formulas, operand
from integrity_desk.domain.instalments import Instalment
from integrity_desk.domain.records import made, type_named
from integrity_desk.domain.time_rules import published_rules
from integrity_desk.domain.training import Attendance, Presence

RULES = published_rules()


def judge(formula_id, cls, **values):
    return formulas()[formula_id].judge(made(cls, **values), RULES)


@pytest.mark.parametrize("formula", formulas().values(), ids=list(formulas()))
def test_every_formula_names_fields_and_codes_that_are_declared(formula):
    declared = type_named(formula.register)
    for name in formula.fields:
        assert name.startswith("@") or declared.has(name)
    for condition in (*formula.among, *formula.hits):
        if condition.field == "state":
            assert declared.life is not None
            known = {each.code for each in declared.life.states}
        else:
            choices = declared.has(condition.field) and declared.field(condition.field).choices
            known = {each.value for each in choices or ()}
        assert set(condition.codes) <= known
    assert formula.full != formula.zero


@pytest.mark.parametrize("formula", formulas().values(), ids=list(formulas()))
def test_every_formula_is_told_in_words(formula):
    told = dict(formula.described())
    assert told["怎样算"] == formula.title
    assert told["依据"]
    assert not any("_" in words for words in told.values())


def test_the_usual_weights_add_up_to_a_hundred():
    assert sum(each.weight for each in formulas().values()) == 100


@pytest.mark.parametrize(
    ("state", "judged"),
    [("fulfilled", True), ("lawfully_changed", True), ("breached", False), ("in_progress", False),
     ("draft", None), ("withdrawn", None)],
)  # fmt: skip
def test_a_promise_is_kept_when_it_is_judged_so(state, judged):
    assert judge("fulfilment_rate", Commitment, state=state) is judged


@pytest.mark.parametrize(
    ("paid_on", "paid", "hit"),
    [(date(2026, 3, 1), 100, True), (date(2026, 3, 2), 100, False), (date(2026, 2, 1), 99, False),
     (None, None, False)],
)  # fmt: skip
def test_an_instalment_counts_when_it_is_paid_whole_and_in_time(paid_on, paid, hit):
    values = {"due_on": date(2026, 3, 1), "amount_fen": 100, "paid_on": paid_on, "paid_fen": paid}
    assert judge("paid_on_time", Instalment, **values) is hit


def hotline(**values):
    base = {
        "channel": Channel.HOTLINE_12345, "received_on": date(2026, 5, 11),
        "accepted_on": date(2026, 5, 11), "state": "answered",
    }  # fmt: skip
    return made(Complaint, **{**base, **values})


def test_the_deadline_of_a_case_is_known_after_it_was_answered():
    assert operand(hotline(), "@deadline", RULES) == date(2026, 5, 18)
    assert operand(hotline(accepted_on=None, state="refused"), "@deadline", RULES) is None


@pytest.mark.parametrize(("day", "hit"), [(18, True), (19, False)])
def test_an_answer_is_in_time_on_the_last_day_and_late_the_day_after(day, hit):
    formula = formulas()["answered_on_time"]
    assert formula.judge(hotline(answered_on=date(2026, 5, day)), RULES) is hit


def test_a_call_back_that_reached_nobody_is_not_looked_at():
    assert judge("satisfied", Complaint, satisfaction=Satisfaction.NOT_REACHED) is None
    assert judge("satisfied", Complaint, satisfaction=Satisfaction.FAIRLY_SATISFIED) is True
    assert judge("satisfied", Complaint, satisfaction=Satisfaction.DISSATISFIED) is False


@pytest.mark.parametrize(
    ("presence", "judged"),
    [(Presence.PRESENT, True), (Presence.MADE_UP, True), (Presence.LEAVE, False),
     (Presence.ABSENT, False), (Presence.EXPECTED, None)],
)  # fmt: skip
def test_who_made_up_a_session_was_there(presence, judged):
    assert judge("training_attendance", Attendance, presence=presence) is judged


def test_a_share_of_nothing_is_no_number_and_a_count_of_nothing_is_nought():
    assert Tally().value(Counts.SHARE) is None
    assert Tally().value(Counts.NUMBER) == 0
    assert Tally(hits=("a",), misses=("b", "c", "d")).value(Counts.SHARE) == 25
