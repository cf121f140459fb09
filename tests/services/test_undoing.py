"""The last act taken back: by whoever took it, the same day, while nothing rests on it."""

from __future__ import annotations

import pytest

from integrity_desk.domain.accounts import Role
from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.undoing import binds
from integrity_desk.errors import NotPermitted, StepRefused
from integrity_desk.services.checking import CheckStore
from integrity_desk.services.exchange import SealBundle
from integrity_desk.services.undoing import JudgeUndo, UndoLast


def undo(office, rec, by="clerk"):
    return office.as_(by).perform(UndoLast(id=rec)).value


@pytest.fixture
def case(office):
    """A case that was just accepted, on the wrong day."""
    made = office.complaint(channel="letter")
    office.now.advance(minutes=5)
    office.step(made, "accept", accepted_on="2026-05-12")
    office.now.advance(minutes=5)
    return made


def test_an_undone_step_restores_what_stood_and_history_keeps_both(office, case):
    before = office.record(case)
    assert before.due_on is not None
    undo(office, case)
    after = office.record(case)
    assert (after.state, after.accepted_on) == ("received", None)
    assert after.due_on < before.due_on
    acts = [entry.act for entry in office.view(case).history]
    assert acts == ["撤销操作", "受理", "登记"]
    assert office.as_("admin").ask(CheckStore()).sound


def test_an_undone_step_can_be_taken_again(office, case):
    undo(office, case)
    office.step(case, "accept", accepted_on="2026-05-11")
    assert office.record(case).accepted_on.isoformat() == "2026-05-11"


def test_an_amendment_is_undone_too(office, case):
    office.amend(case, subject="改错了的事由")
    office.now.advance(minutes=1)
    undo(office, case)
    assert office.record(case).subject == "反映示例工程款逾期未付"


def test_an_undo_is_not_undone(office, case):
    undo(office, case)
    office.now.advance(minutes=1)
    with pytest.raises(StepRefused, match="已经是撤销"):
        undo(office, case)


def test_only_whoever_acted_takes_it_back(office, case):
    office.open_account("second", Role.CLERK)
    for by in ("second", "reviewer"):
        with pytest.raises(StepRefused, match="只能由本人撤销"):
            undo(office, case, by)
    with pytest.raises(NotPermitted):
        undo(office, case, "viewer")


def test_only_on_the_same_day(office, case):
    office.now.advance(days=1)
    with pytest.raises(StepRefused, match="当天"):
        undo(office, case)


def test_not_once_something_hangs_on_it(office, case):
    office.enter("rectification_order", source_id=case)
    with pytest.raises(StepRefused, match="别的登记"):
        undo(office, case)


def test_not_once_it_is_sealed_for_the_county(office, case, county):
    county.enrol(office)
    office.as_("clerk").perform(SealBundle())
    with pytest.raises(StepRefused, match="上报包"):
        undo(office, case)


def test_not_after_the_reporter_was_told(office):
    made = office.complaint(channel="letter")
    office.now.advance(minutes=1)
    office.step(made, "refuse")
    office.now.advance(minutes=1)
    with pytest.raises(StepRefused, match="已经告知投诉举报人"):
        undo(office, made)
    assert office.state_of(made) == "refused"


def test_it_is_said_beforehand_whether_an_act_may_be_undone(office, case):
    def judged(rec, by="clerk"):
        return office.as_(by).ask(JudgeUndo(id=rec)).refusal

    assert judged(case) == ""
    assert office.view(case, by="clerk").undoable
    assert "只能由本人撤销" in judged(case, "reviewer")
    assert not office.view(case, by="reviewer").undoable
    assert not office.view(case, by="viewer").undoable
    undo(office, case)
    assert "已经是撤销" in judged(case)
    assert office.record(case).state == "received"


def test_a_sealed_item_that_was_handed_over_is_corrected_instead(office):
    item = office.enter("sealed_item")
    office.now.advance(minutes=1)
    office.step(item, "hand_over", handed_to="示例县纪委")
    office.now.advance(minutes=1)
    with pytest.raises(StepRefused, match=r"已经移交.*请用“修改”更正"):
        undo(office, item)
    assert office.state_of(item) == "handed_over"
    office.amend(item, handed_to="示例县纪委信访室")  # the way the refusal names is open
    assert office.record(item).handed_to == "示例县纪委信访室"


def test_a_notice_on_the_wall_is_taken_down_instead(office):
    notice = office.walk(office.enter("notice"), "submit", "approve", "post")
    office.now.advance(minutes=1)
    with pytest.raises(StepRefused, match=r"已经张贴.*“撤下”"):
        undo(office, notice)
    assert office.state_of(office.step(notice, "take_down")) == "taken_down"


def test_what_somebody_was_told_is_not_taken_back(office):
    objection = office.enter("objection", record_id=office.effective_record())
    office.walk(objection, "verify", "decide", "tell")
    office.now.advance(minutes=1)
    with pytest.raises(StepRefused, match="已经告知异议人"):
        undo(office, objection)


def test_not_an_entry(office):
    with pytest.raises(StepRefused, match="登记本身不能撤销"):
        undo(office, office.complaint())


def test_a_second_persons_word_a_number_and_an_approval_are_never_undone():
    steps = [(declared.name, step) for declared in TYPES if declared.life
             for step in declared.life.steps]  # fmt: skip
    bound = {(name, step.act) for name, step in steps if binds(step)}
    for name, step in steps:
        if step.second_person or step.numbered or step.permission == "approve":
            assert (name, step.act) in bound
    assert {
        ("complaint", act) for act in ("refuse", "refer", "return", "answer", "extend")
    } <= bound
    assert {("sealed_item", "hand_over"), ("notice", "post"), ("objection", "tell"),
            ("repair", "ask_supplement")} <= bound  # fmt: skip
    assert ("complaint", "accept") not in bound
