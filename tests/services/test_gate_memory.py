"""What the gate was answered for a record is remembered, and offered while it still fits."""

from __future__ import annotations

import pytest

from integrity_desk.domain.exemption_checks import ExemptionCheck
from integrity_desk.domain.notices import GATE, GateAnswer
from integrity_desk.errors import NotPermitted
from integrity_desk.services.gate_memory import RecallGate
from integrity_desk.services.records import EnterRecord
from tests.services.notices import draft


def recall(office, *items):
    return office.as_("clerk").ask(RecallGate(item_ids=items))


def test_nothing_is_offered_for_what_was_never_checked(office):
    told = recall(office, office.registered_commitment())
    assert (told.items, told.unchecked, told.offered) == ((), 1, False)


def test_a_draft_is_no_check(office):
    promise = office.registered_commitment()
    draft(office, [promise])
    assert not recall(office, promise).offered


def test_the_answers_are_remembered_with_who_and_when(office):
    promise = office.registered_commitment()
    office.step(
        draft(office, [promise], internal="publishable", publication_ground="不影响履职"), "submit"
    )
    told = recall(office, promise)
    assert told.offered
    assert told.answers == {
        **dict.fromkeys(GATE, GateAnswer.NOT_INVOLVED), "internal": GateAnswer.PUBLISHABLE,
    }  # fmt: skip
    assert told.publication_ground == "不影响履职"
    (item,) = told.items
    assert (item.by, item.at) == ("钱经办", office.now())


def test_the_newest_check_counts(office):
    promise = office.registered_commitment()
    office.step(draft(office, [promise]), "submit")
    office.now.advance(days=1)
    again = draft(office, [promise], process="publishable", publication_ground="已经办结")
    office.step(again, "submit")
    assert recall(office, promise).answers["process"] is GateAnswer.PUBLISHABLE


def test_of_several_items_the_most_careful_answer_is_offered(office):
    one, two = office.registered_commitment(), office.registered_commitment(subject="另一项")
    office.step(draft(office, [one]), "submit")
    office.step(draft(office, [two], internal="redacted", redaction="隐去内部分工"), "submit")
    assert recall(office, one, two).answers["internal"] is GateAnswer.REDACTED


def test_hidden_counts_for_the_item_it_was_hidden_in(office):
    one, two = office.registered_commitment(), office.registered_commitment(subject="另一项")
    notice = draft(office, [one, two], third_party="redacted")
    office.enter(
        "redaction", notice_id=notice, item_id=one, heading="具体内容",
        exemption="third_party", reason="个人隐私",
    )  # fmt: skip
    office.step(notice, "submit")
    assert recall(office, one).answers["third_party"] is GateAnswer.REDACTED
    assert recall(office, two).answers["third_party"] is GateAnswer.NOT_INVOLVED


def test_a_reworded_record_is_to_be_checked_anew(office):
    promise = office.registered_commitment()
    office.step(draft(office, [promise]), "submit")
    office.amend(promise, content="改过的内容。")
    told = recall(office, promise)
    assert told.items[0].changed
    assert not told.offered


def test_one_unchecked_item_among_others_is_told(office):
    one, two = office.registered_commitment(), office.registered_commitment(subject="另一项")
    office.step(draft(office, [one]), "submit")
    told = recall(office, one, two)
    assert told.unchecked == 1
    assert not told.offered


def test_nobody_writes_a_check_by_hand(office):
    values = {"item_id": office.registered_commitment()}
    with pytest.raises(NotPermitted):
        office.as_("clerk").perform(EnterRecord(type="exemption_check", values=values))
    assert office.reading().find(ExemptionCheck) == []
