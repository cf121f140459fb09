from __future__ import annotations

from datetime import date, timedelta

import pytest

from integrity_desk.domain.commitments import (
    DATED_KINDS,
    LIFE,
    UNLAWFUL_GROUNDS,
    ChangeGround,
    CommitmentKind,
    WithdrawalGround,
    is_late,
)
from integrity_desk.domain.instalments import arrears_fen
from integrity_desk.domain.publication import Publication
from integrity_desk.domain.steps import advance, check
from integrity_desk.errors import InvalidInput, StepRefused

DUE = date(2026, 6, 30)


def test_a_due_day_before_the_promise_was_made_is_refused(filled):
    with pytest.raises(InvalidInput, match=r"“兑现期限”不能早于“作出日期”") as refusal:
        check(filled("commitment", made_on=date(2026, 5, 6), due_on=date(2026, 5, 5)))
    assert refusal.value.field == "due_on"


def test_a_promise_due_on_the_day_it_was_made_stands(filled):
    check(filled("commitment", made_on=date(2026, 5, 6), due_on=date(2026, 5, 6)))


def test_a_promise_that_is_not_published_needs_a_reason(filled):
    with pytest.raises(InvalidInput) as refusal:
        check(filled("commitment", publication=Publication.WITHHOLD, publication_reason=""))
    assert refusal.value.field == "publication_reason"


def test_an_amount_below_nought_is_refused(filled):
    with pytest.raises(InvalidInput) as refusal:
        check(filled("commitment", amount_fen=-1))
    assert refusal.value.field == "amount_fen"


@pytest.mark.parametrize("kind", CommitmentKind)
def test_only_standing_promises_are_registered_without_a_due_day(filled, facts, kind):
    draft = filled("commitment", kind=kind, due_on=None)
    if kind in DATED_KINDS:
        with pytest.raises(InvalidInput) as refusal:
            advance(draft, "register", facts())
        assert refusal.value.field == "due_on"
    else:
        assert advance(draft, "register", facts()).state == "registered"


def test_a_debt_is_not_registered_without_its_amount(filled, facts):
    with pytest.raises(InvalidInput) as refusal:
        advance(
            filled("commitment", kind=CommitmentKind.DEBT, amount_fen=None), "register", facts()
        )
    assert refusal.value.field == "amount_fen"


def test_a_promise_belongs_to_at_least_one_area(filled, facts):
    with pytest.raises(InvalidInput, match="服务领域或重点领域"):
        advance(filled("commitment", service_area=None, key_area=None), "register", facts())


def test_a_promise_of_tomorrow_is_not_registered_today(filled, facts):
    draft = filled("commitment", made_on=date(2026, 5, 8), due_on=DUE)
    with pytest.raises(InvalidInput) as refusal:
        advance(draft, "register", facts(today=date(2026, 5, 7)))
    assert refusal.value.field == "made_on"


@pytest.mark.parametrize("act", ["fulfil", "fulfil_partly"])
def test_fulfilment_is_judged_only_after_it_was_reported(filled, facts, act):
    with pytest.raises(StepRefused, match="尚未报告履行情况"):
        advance(filled("commitment", state="in_progress", reported_on=None), act, facts())


def test_whoever_reported_fulfilment_does_not_judge_it(filled, facts):
    reported = advance(filled("commitment", state="in_progress"), "report_fulfilled", facts())
    with pytest.raises(StepRefused, match="请换人复核"):
        advance(reported, "fulfil", facts(touched=True))


@pytest.mark.parametrize("ground", ChangeGround)
def test_a_change_of_term_function_or_person_is_no_ground_for_a_lawful_change(
    filled, facts, ground
):
    record = filled("commitment", state="in_progress", change_ground=ground)
    if ground in UNLAWFUL_GROUNDS:
        with pytest.raises(InvalidInput, match="第三十一条") as refusal:
            advance(record, "change_lawfully", facts())
        assert refusal.value.field == "change_ground"
        assert ground.label in refusal.value.sentence
    else:
        assert advance(record, "change_lawfully", facts()).state == "lawfully_changed"


def test_three_grounds_and_no_more_are_lawful():
    assert set(ChangeGround) - UNLAWFUL_GROUNDS == {
        ChangeGround.NATIONAL_INTEREST,
        ChangeGround.PUBLIC_INTEREST,
        ChangeGround.STATUTORY,
    }


def test_a_promise_under_way_cannot_be_withdrawn(filled, facts):
    record = filled("commitment", state="in_progress")
    given = {"withdrawal_ground": WithdrawalGround.MISTAKEN}
    with pytest.raises(StepRefused, match="履行中"):
        advance(record, "withdraw", facts(), given)


def test_a_judgement_undone_must_be_reported_anew(filled, facts):
    record = filled("commitment", state="breached")
    again = advance(record, "reopen", facts(), {"reopening_reason": "核定有误"})
    with pytest.raises(StepRefused, match="尚未报告履行情况"):
        advance(again, "fulfil", facts(), {"judged_on": date(2026, 5, 7), "judgement": "已兑现"})


@pytest.mark.parametrize("state", [state.code for state in LIFE.states])
def test_lateness_is_derived_from_the_day_and_only_while_something_is_owed(filled, state):
    record = filled("commitment", state=state, due_on=DUE)
    owed = state in {"registered", "in_progress", "partly_fulfilled"}
    assert not is_late(record, DUE)
    assert is_late(record, DUE + timedelta(days=1)) is owed


def test_a_standing_promise_is_never_late(filled):
    assert not is_late(filled("commitment", state="in_progress", due_on=None), date(2099, 1, 1))


def test_arrears_are_what_is_unpaid_after_the_due_day(filled):
    part = filled("instalment", due_on=DUE, amount_fen=100_000, paid_fen=30_000)
    assert arrears_fen(part, DUE) == 0
    assert arrears_fen(part, DUE + timedelta(days=1)) == 70_000


def test_an_instalment_is_not_overpaid_and_a_payment_has_its_day(filled):
    with pytest.raises(InvalidInput) as refusal:
        check(filled("instalment", amount_fen=100, paid_fen=101))
    assert refusal.value.field == "paid_fen"
    with pytest.raises(InvalidInput) as refusal:
        check(filled("instalment", paid_fen=1, paid_on=None))
    assert refusal.value.field == "paid_on"


@pytest.mark.parametrize("percent", [-1, 101])
def test_progress_is_a_share_of_a_hundred(filled, percent):
    with pytest.raises(InvalidInput) as refusal:
        check(filled("progress_entry", percent=percent))
    assert refusal.value.field == "percent"
