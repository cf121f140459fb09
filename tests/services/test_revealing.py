"""Unmasking: one value, for a reason, by those who may, and never without a trace."""

from __future__ import annotations

import pytest

from integrity_desk.domain.access import Access
from integrity_desk.errors import DeskError, InvalidInput, NotPermitted
from integrity_desk.services.revealing import RevealField

CITIZEN = "110101199003070011"


@pytest.fixture
def person(office):
    """Return a person with an identity number."""
    return office.person(citizen_id=CITIZEN, phone="13800000001")


def reveal(office, rec, field="citizen_id", reason="核对处分文件上的身份信息", by="clerk"):
    return office.as_(by).perform(RevealField(id=rec, field=field, reason=reason)).value


def logged(office):
    return office.reading().find(Access)


@pytest.mark.parametrize("by", ["clerk", "reviewer"])
def test_the_value_is_shown_and_the_reason_is_kept(office, person, by):
    assert reveal(office, person, by=by) == CITIZEN
    (kept,) = logged(office)
    assert (kept.record_id, kept.field) == (person, "citizen_id")
    assert kept.reason == "核对处分文件上的身份信息"
    assert (kept.seen_by, kept.entered_at) == (office.account(by).id, office.now())


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_without_a_reason_nothing_is_shown(office, person, reason):
    with pytest.raises(InvalidInput, match="理由") as refused:
        reveal(office, person, reason=reason)
    assert refused.value.field == "reason"
    assert logged(office) == []


@pytest.mark.parametrize("by", ["viewer", "admin"])
def test_who_may_not_unmask_is_refused_and_nothing_is_logged(office, person, by):
    with pytest.raises(NotPermitted):
        reveal(office, person, by=by)
    assert logged(office) == []


@pytest.mark.parametrize("field", ["name", "unit_id", "no_such_field"])
def test_what_is_not_masked_needs_no_unmasking(office, person, field):
    with pytest.raises(InvalidInput, match="没有遮盖") as refused:
        reveal(office, person, field=field)
    assert refused.value.field == field


def test_every_look_is_logged_also_the_second(office, person):
    reveal(office, person)
    office.now.advance(minutes=1)
    reveal(office, person, reason="再次核对")
    assert sorted(each.reason for each in logged(office)) == [
        "再次核对",
        "核对处分文件上的身份信息",
    ]


def test_the_log_itself_does_not_hold_the_value(office, person):
    reveal(office, person)
    (kept,) = logged(office)
    assert CITIZEN not in repr(kept)
    assert not [each for each in office.reading().history(kept.id) if CITIZEN in repr(each)]


def test_a_record_that_does_not_exist_is_told(office):
    with pytest.raises(DeskError):
        reveal(office, "0" * 32)
