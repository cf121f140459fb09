"""The second-person rule: nobody judges what they themselves wrote."""

from __future__ import annotations

import pytest

from integrity_desk.domain.accounts import Role
from integrity_desk.errors import DeskError, InvalidInput, NotPermitted, StepRefused
from integrity_desk.services.record_view import OpenRecord

OTHERS = r"登记人以外|须由|复核"


@pytest.fixture
def chief(office):
    """Return the login of a second reviewer."""
    office.open_account("chief", Role.REVIEWER)
    return "chief"


def offered(office, rec, by):
    return {step.act for step in office.as_(by).ask(OpenRecord(id=rec)).offered}


def test_a_reviewer_does_not_approve_what_he_entered(office, chief):
    record = office.enter("integrity_record", by="reviewer")
    office.step(record, "submit", by="reviewer")
    with pytest.raises(StepRefused, match=OTHERS):
        office.step(record, "approve", by="reviewer")
    assert office.state_of(record) == "in_review"
    office.step(record, "approve", by=chief)
    assert office.state_of(record) == "effective"


def test_a_reviewer_who_amended_a_record_has_become_its_author(office, chief):
    record = office.integrity_record()
    office.amend(record, by="reviewer", facts="复核员改写了事实")
    office.step(record, "submit")
    with pytest.raises(StepRefused, match=OTHERS):
        office.step(record, "approve", by="reviewer")
    office.step(record, "approve", by=chief)


def test_a_clerk_never_approves(office):
    record = office.step(office.integrity_record(), "submit")
    with pytest.raises(NotPermitted):
        office.step(record, "approve", by="clerk")


def test_a_second_persons_own_act_does_not_bar_the_next_one(office):
    record = office.effective_record()
    office.step(record, "revoke", by="reviewer")
    assert office.state_of(record) == "revoked"


def test_sending_back_does_not_make_an_author(office):
    record = office.step(office.integrity_record(), "submit")
    office.step(record, "send_back", by="reviewer")
    office.step(record, "submit")
    office.step(record, "approve", by="reviewer")
    assert office.state_of(record) == "effective"


def test_only_the_steps_one_may_take_are_offered(office, chief):
    record = office.enter("integrity_record", by="reviewer")
    office.step(record, "submit", by="reviewer")
    assert "approve" not in offered(office, record, "reviewer")
    assert "approve" in offered(office, record, chief)
    assert offered(office, record, "clerk") == offered(office, record, "viewer") == set()


def test_what_was_approved_is_not_rewritten_by_its_author(office):
    record = office.effective_record()
    with pytest.raises(DeskError):
        office.amend(record, by="clerk", facts="复核之后改写的事实")
    assert office.record(record).facts != "复核之后改写的事实"
    assert not office.view(record, by="clerk").amendable


def test_an_approved_notice_is_posted_as_it_was_approved(office):
    notice = office.walk(office.enter("notice"), "submit", "approve")
    with pytest.raises(DeskError):
        office.amend(notice, by="clerk", body="复核之后改写的正文")


def test_a_reviewer_who_did_not_write_it_may_amend_what_was_approved(office):
    record = office.effective_record()
    office.amend(record, by="reviewer", publication_reason="补充说明")
    assert office.record(record).publication_reason == "补充说明"


def test_a_step_changes_nothing_but_what_it_asks_for(office):
    record = office.step(office.integrity_record(), "submit")
    with pytest.raises(InvalidInput, match="不能修改"):
        office.step(record, "approve", facts="借复核之机改写的事实")
    assert office.state_of(record) == "in_review"
