"""While choosing who handles a case, whoever has to keep out cannot be chosen, and why is said."""

from __future__ import annotations

import pytest

from integrity_desk.services.links import FindLinks


@pytest.fixture
def about(office):
    return office.unit(name="示例镇财政所")


@pytest.fixture
def chief(office, about):
    return office.person(name="周所长示例", unit_id=about)


@pytest.fixture
def case(office, about, chief):
    return office.step(office.complaint(about_unit_id=about, about_person_id=chief), "accept")


@pytest.fixture
def offered(office, case):
    def offered(field, text, kind="person", of=case):
        return office.as_("clerk").ask(FindLinks(types=(kind,), text=text, of=of, field=field))

    return offered


def test_the_unit_complained_of_and_what_is_under_it_cannot_be_chosen(office, about, offered):
    office.unit(name="示例镇财政所票据室", parent_id=about)
    found = offered("handler_unit_id", "财政所", "unit")
    assert {known for known, _title in found} == {""}
    assert all("被反映单位、其下属或承继单位" in title for _id, title in found)
    assert len(found) == 2


@pytest.mark.parametrize("field", ["handler_id", "stand_in_id"])
def test_nobody_complained_of_near_them_or_of_their_unit_can_be_chosen(
    office, about, chief, offered, field
):
    office.person(name="吴科员示例", unit_id=about)
    wife = office.person(name="郑配偶示例", unit_id=office.hall)
    office.enter("kinship", person_id=chief, related_id=wife, nearness="spouse", withdraws=True)
    for name, reason in (
        ("周所长", "被反映人、其亲属或已回避"), ("吴科员", "在被反映单位任职"),
        ("郑配偶", "被反映人、其亲属或已回避"),
    ):  # fmt: skip
        ((known, title),) = offered(field, name)
        assert known == ""
        assert reason in title
    free = office.person(name="陈清白示例", unit_id=office.hall)
    assert offered(field, "陈清白") == ((free, "陈清白示例"),)


def test_for_another_field_or_another_record_the_same_people_can_be_chosen(office, chief, offered):
    assert offered("recused_ids", "周所长") == ((chief, "周所长示例"),)
    assert offered("handler_id", "周所长", of=office.complaint()) == ((chief, "周所长示例"),)
    assert offered("handler_id", "周所长", of="") == ((chief, "周所长示例"),)


def test_a_case_may_be_joined_only_to_one_that_can_lead_it(office, case, offered):
    handler = office.person(name="陈清白示例", unit_id=office.hall)
    fresh = office.complaint(subject="甲件路灯损坏无人维修")
    leading = office.complaint(subject="乙件路灯损坏无人维修")
    office.step(leading, "accept")
    office.step(leading, "verify", handler_unit_id=office.hall, handler_id=handler)
    found = {title: known for known, title in offered("joined_to_id", "路灯", "complaint")}
    (barred,) = [title for title, known in found.items() if not known]
    assert "甲件" in barred
    assert "尚未受理或已经答复" in barred
    assert leading in found.values()
    office.step(fresh, "join", joined_to_id=leading)
    assert "已并入他件" in offered("joined_to_id", "甲件", "complaint")[0][1]
    own = offered("joined_to_id", office.record(case).number, "complaint")
    assert "就是本件" in own[0][1]


def test_a_leading_case_whose_handler_must_keep_out_of_this_one_is_barred(office, about, offered):
    leading = office.step(office.complaint(subject="丙件路灯损坏无人维修"), "accept")
    insider = office.person(name="吴科员示例", unit_id=about)
    office.step(leading, "verify", handler_unit_id=office.hall, handler_id=insider)
    ((known, title),) = offered("joined_to_id", "丙件", "complaint")
    assert known == ""
    assert "它的承办人须回避本件" in title
