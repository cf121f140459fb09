"""What two desks changed alike: both versions are kept until a person decides."""

from __future__ import annotations

import pytest

from integrity_desk.domain.accounts import Role
from integrity_desk.domain.units import Unit
from integrity_desk.errors import NotFound, NotPermitted
from integrity_desk.services.record_view import OpenRecord
from integrity_desk.services.settling import (
    KEEP,
    REMOVE,
    ListUnsettled,
    Settle,
    ShowUnsettled,
)
from tests.exchanging import shown, void


@pytest.fixture
def disputed(township):
    """(id, township) of a unit whose name both desks have changed, each without the other."""
    unit = township.differ()
    township.exchange()
    return unit


# Settling


def test_two_versions_stand_side_by_side_with_who_when_and_where(township, disputed):
    for office in township.offices.values():
        (line,) = office.as_("clerk").ask(ListUnsettled())
        assert (line.id, line.fields) == (disputed, ("单位名称",))
        asked = office.as_("clerk").ask(ShowUnsettled(id=disputed))
        (field,) = asked.fields
        assert [(each.words, each.desk, each.shown) for each in field.versions] == [
            ("示例西站", "999901001-02", True),
            ("示例东站", "999901001-01", False),
        ]
        assert {each.by for each in field.versions} == {"钱经办"}
        assert field.versions[0].at > field.versions[1].at
        assert office.record(disputed).name == "示例西站"


def test_the_version_chosen_stands_at_both_desks(township, disputed):
    clerk = township["01"].as_("clerk")
    (field,) = clerk.ask(ShowUnsettled(id=disputed)).fields
    clerk.perform(Settle(id=disputed, chosen={"name": field.versions[1].code}))
    assert clerk.ask(ListUnsettled()) == ()
    township.exchange()
    assert township["02"].record(disputed).name == "示例东站"
    assert township["02"].as_("clerk").ask(ListUnsettled()) == ()
    assert shown(township["01"]) == shown(township["02"])


def test_choosing_what_is_shown_settles_too(township, disputed):
    clerk = township["01"].as_("clerk")
    (field,) = clerk.ask(ShowUnsettled(id=disputed)).fields
    clerk.perform(Settle(id=disputed, chosen={"name": field.versions[0].code}))
    township.exchange()
    assert township["02"].as_("clerk").ask(ListUnsettled()) == ()


def test_a_third_wording_may_be_written(township, disputed):
    clerk = township["02"].as_("clerk")
    clerk.perform(Settle(id=disputed, written={"name": "示例中心站"}))
    township.exchange()
    for office in township.offices.values():
        assert office.record(disputed).name == "示例中心站"
        assert office.as_("clerk").ask(ListUnsettled()) == ()


def test_amending_the_field_settles_it_as_well(township, disputed):
    township["01"].amend(disputed, name="示例新站")
    assert township["01"].as_("clerk").ask(ListUnsettled()) == ()
    township.exchange()
    assert township["02"].as_("clerk").ask(ListUnsettled()) == ()


def test_both_desks_settling_differently_is_asked_again(township, disputed):
    for desk, name in (("01", "示例甲站"), ("02", "示例乙站")):
        township[desk].as_("clerk").perform(Settle(id=disputed, written={"name": name}))
    township.exchange()
    for office in township.offices.values():
        (line,) = office.as_("clerk").ask(ListUnsettled())
        assert line.id == disputed


def test_a_version_that_is_no_longer_there_is_not_chosen(township, disputed):
    clerk = township["01"].as_("clerk")
    (field,) = clerk.ask(ShowUnsettled(id=disputed)).fields
    code = field.versions[0].code
    clerk.perform(Settle(id=disputed, chosen={"name": code}))
    with pytest.raises(NotFound, match="已经裁定过"):
        clerk.perform(Settle(id=disputed, chosen={"name": code}))


def test_what_a_second_person_judged_is_settled_by_a_reviewer(township):
    first, second = township["01"], township["02"]
    record = first.effective_record()
    township.exchange()
    for office, words in ((first, "示例甲方事实。"), (second, "示例乙方事实。")):
        office.open_account("second", Role.REVIEWER, name="示例复核乙")
        office.amend(record, by="second", facts=words)
    township.exchange()
    asked = first.as_("clerk").ask(ShowUnsettled(id=record))
    assert not asked.may_settle
    choice = {"facts": asked.fields[0].versions[0].code}
    with pytest.raises(NotPermitted):
        first.as_("clerk").perform(Settle(id=record, chosen=choice))
    first.as_("reviewer").perform(Settle(id=record, chosen=choice))
    assert first.as_("reviewer").ask(ListUnsettled()) == ()


# Deletions are proposals


@pytest.fixture
def half_deleted(township):
    """A unit that one desk deleted while the other wrote to it."""
    unit = township["01"].unit(name="示例站")
    township.exchange()
    void(township["01"], Unit, unit)
    township["02"].amend(unit, name="示例西站")
    township.exchange()
    return unit


def test_a_deletion_beside_a_write_leaves_the_record_visible_and_flagged(township, half_deleted):
    for office in township.offices.values():
        assert office.record(half_deleted).name == "示例西站"
        (line,) = office.as_("clerk").ask(ListUnsettled())
        assert line.fields == ("是否删除",)


@pytest.mark.parametrize("decision", [KEEP, REMOVE])
def test_the_decision_about_a_deletion_holds_at_both_desks(township, half_deleted, decision):
    reviewer = township["02"].as_("reviewer")
    (field,) = reviewer.ask(ShowUnsettled(id=half_deleted)).fields
    assert [each.code for each in field.versions] == [KEEP, REMOVE]
    reviewer.perform(Settle(id=half_deleted, chosen={"_void": decision}))
    township.exchange()
    for office in township.offices.values():
        assert office.as_("reviewer").ask(ListUnsettled()) == ()
        if decision == KEEP:
            assert office.record(half_deleted).name == "示例西站"
        else:
            with pytest.raises(NotFound):
                office.record(half_deleted)


def test_a_deletion_that_nobody_contradicts_is_followed(township):
    unit = township["01"].unit(name="示例站")
    township.exchange()
    void(township["01"], Unit, unit)
    township.exchange()
    with pytest.raises(NotFound):
        township["02"].as_("clerk").ask(OpenRecord(id=unit))
