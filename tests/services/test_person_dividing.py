"""Two people who were entered as one become two; merging them back gives what was before."""

from __future__ import annotations

import pytest

from integrity_desk.errors import InvalidInput, NotPermitted, StepRefused
from integrity_desk.services.inquiries import AnswerInquiry, Purpose, ShowOwnData
from integrity_desk.services.person_dividing import DividePerson, ShowTies
from integrity_desk.services.person_merging import naming
from integrity_desk.services.record_view import OpenRecord
from tests.services.test_inquiries import said

RIGHT = "11010519491231002X"
OTHERS = "999901900307001"


@pytest.fixture
def one(office):
    return office.person(name="孙甲示例", post="主任", citizen_id=RIGHT)


@pytest.fixture
def mixed(office, one):
    """What stands under one registration but belongs to two: (field, record id) by what it is."""
    case = office.complaint()
    office.amend(case, recused_ids=[one, office.clerk_person])
    return {
        "record": ("subject_id", office.effective_record(subject_id=one)),
        "promise": ("person_id", office.registered_commitment(person_id=one, stand_in_id=one)),
        "post": (
            "person_id",
            office.enter("post_history", person_id=one, post="示例原职务", from_on="2020-01-01"),
        ),
        "case": ("recused_ids", case),
    }


def divide(office, one, *ties, by="reviewer", reason="处分决定书上是另一人", **values):
    given = {
        "name": "孙甲示例", "kind": "civil_servant", "unit_id": office.hall, "post": "科员",
        **values,
    }  # fmt: skip
    keys = tuple((rec, field) for field, rec in ties)
    told = DividePerson(person_id=one, values=given, reason=reason, ties=keys)
    return office.as_(by).perform(told).value


def test_everything_that_names_a_person_is_shown_to_be_chosen_from(office, one, mixed):
    ties = office.as_("reviewer").ask(ShowTies(person_id=one))
    assert {(each.register, each.role) for each in ties} == {
        ("诚信记录", "诚信主体"), ("公开承诺", "责任人"), ("公开承诺", "B岗责任人"),
        ("任职经历", "公务人员"), ("投诉举报", "回避人员"),
    }  # fmt: skip


def test_what_was_chosen_goes_to_the_other_and_the_rest_stays(office, one, mixed):
    other = divide(office, one, mixed["record"], mixed["case"], mixed["post"])
    record, promise = office.record(mixed["record"][1]), office.record(mixed["promise"][1])
    assert record.subject_id == other
    assert office.record(mixed["post"][1]).person_id == other
    assert office.record(mixed["case"][1]).recused_ids == (other, office.clerk_person)
    assert (promise.person_id, promise.stand_in_id) == (one, one)


def test_one_field_of_a_record_may_go_and_another_stay(office, one, mixed):
    promise = mixed["promise"][1]
    other = divide(office, one, ("stand_in_id", promise))
    kept = office.record(promise)
    assert (kept.person_id, kept.stand_in_id) == (one, other)


def test_both_say_where_they_came_from_and_went_and_why(office, one, mixed):
    other = divide(office, one, mixed["record"])
    entered = office.record(other)
    assert (entered.divided_from_id, entered.divide_reason) == (one, "处分决定书上是另一人")
    assert office.record(one).divided_into_ids == (other,)
    history = office.as_("reviewer").ask(OpenRecord(id=one)).history
    assert ("拆分登记", "拆分出", "孙甲示例") in [
        (each.act, change.label, change.now) for each in history for change in each.changes
    ]
    moved = office.as_("reviewer").ask(OpenRecord(id=mixed["record"][1])).history
    assert "拆分登记" in [each.act for each in moved]


def test_merging_the_other_back_gives_what_was_before(office, one, mixed):
    before = {(each.id, field.name): each for each, field in naming(one, office.reading())}
    other = divide(office, one, *mixed.values(), citizen_id=RIGHT)
    assert office.record(one).citizen_id == ""
    office.step(other, "merge", merged_into_id=one, merge_reason="示例核对后确系一人")
    after = {(each.id, field.name): each for each, field in naming(one, office.reading())}
    assert {key: getattr(each, key[1]) for key, each in after.items() if key in before} == {
        key: getattr(each, key[1]) for key, each in before.items()
    }
    assert office.record(one).citizen_id == RIGHT


def test_the_number_goes_only_where_it_is_the_others(office, one, mixed):
    other = divide(office, one, mixed["record"], citizen_id=OTHERS, citizen_id_note="与原件一致")
    assert (office.record(one).citizen_id, office.record(other).citizen_id) == (RIGHT, OTHERS)


def test_a_clerk_divides_nobody(office, one, mixed):
    with pytest.raises(NotPermitted):
        divide(office, one, mixed["record"], by="clerk")
    with pytest.raises(NotPermitted):
        office.as_("clerk").ask(ShowTies(person_id=one))


def test_nothing_is_divided_without_a_choice_a_reason_or_a_registration_of_its_own(
    office, one, mixed
):
    with pytest.raises(InvalidInput, match="请选出"):
        divide(office, one)
    with pytest.raises(InvalidInput, match="凭什么"):
        divide(office, one, mixed["record"], reason=" ")
    with pytest.raises(InvalidInput, match="已经变动"):
        divide(office, one, ("subject_id", office.effective_record(subject_id=office.hall)))
    assert office.record(mixed["record"][1]).subject_id == one
    twin = office.person(name="孙甲示例")
    office.step(twin, "merge", merged_into_id=one, merge_reason="示例核对一致")
    with pytest.raises(StepRefused, match="请拆分保留的那一份"):
        divide(office, twin, mixed["record"])


def test_one_who_has_retired_is_divided_and_stays_retired(office, one, mixed):
    office.step(one, "retire", left_on="2026-05-10")
    divide(office, one, mixed["record"])
    assert office.state_of(one) == "retired"


def test_the_other_is_told_who_asked_while_both_stood_under_one_name(office, one, mixed):
    asked = AnswerInquiry(
        asked_by="示例县委组织部", purpose=Purpose.AWARD, authority="示组函〔2026〕1号",
        subject_ids=(one,), bundled_fonts=True,
    )  # fmt: skip
    early = office.as_("clerk").perform(asked).value.number
    office.now.advance(days=1)
    other = divide(office, one, mixed["record"])
    office.now.advance(days=1)
    late = office.as_("clerk").perform(asked).value.number
    own = office.as_("clerk").perform(ShowOwnData(person_id=other, bundled_fonts=True)).value
    text = said(own)
    assert early in text
    assert late not in text
