"""One person entered twice becomes one, and two again, with everything that names them."""

from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.domain.people import PostHistory
from integrity_desk.domain.training import Attendance, Presence
from integrity_desk.errors import InvalidInput, NotPermitted
from integrity_desk.services.credit_reports import issuer_of
from integrity_desk.services.inquiries import AnswerInquiry, Purpose, ShowOwnData
from integrity_desk.services.naming import ResolveSubjects
from integrity_desk.services.training import ExpectPeople, Mark, MarkAttendance
from tests.services.test_inquiries import said

RIGHT = "11010519491231002X"


@pytest.fixture
def kept(office):
    return office.person(name="孙甲示例", post="主任")


@pytest.fixture
def gone(office):
    return office.person(name="孙甲示例", post="", citizen_id=RIGHT, phone="13800000002")


def merge(office, gone, kept, **values):
    return office.step(gone, "merge", merged_into_id=kept, merge_reason="示例核对一致", **values)


def held(office, person):
    return [
        (each.post, each.from_on, each.until_on)
        for each in office.reading().find(PostHistory, person_id=person)
    ]


def test_whatever_named_the_one_names_the_other(office, kept, gone):
    record = office.effective_record(subject_id=gone)
    promise = office.registered_commitment(person_id=gone, stand_in_id=gone)
    post = office.enter("post_history", person_id=gone, post="示例原职务", from_on="2020-01-01")
    merge(office, gone, kept)
    assert office.record(record).subject_id == kept
    assert (office.record(promise).person_id, office.record(promise).stand_in_id) == (kept, kept)
    assert office.record(post).person_id == kept
    assert office.state_of(gone) == "merged"


def test_a_person_among_many_is_replaced_and_stands_there_once(office, kept, gone):
    case = office.complaint()
    office.amend(case, recused_ids=[gone, kept])
    merge(office, gone, kept)
    assert office.record(case).recused_ids == (kept,)
    office.step(gone, "split")
    assert office.record(case).recused_ids == (gone, kept)


def test_an_account_follows_its_person_so_that_the_firewall_holds(office, kept):
    merge(office, office.clerk_person, kept)
    assert office.account("clerk").person_id == kept


def test_what_is_empty_is_filled_and_what_is_filled_stands(office, kept, gone):
    merge(office, gone, kept)
    person = office.record(kept)
    assert (person.citizen_id, person.phone, person.post) == (RIGHT, "13800000002", "主任")


def test_splitting_puts_everything_back_but_what_was_written_since(office, kept, gone):
    record = office.effective_record(subject_id=gone)
    own = office.effective_record(subject_id=kept)
    promise = office.registered_commitment(person_id=gone)
    merge(office, gone, kept)
    third = office.person(name="周丙示例")
    office.amend(promise, person_id=third)
    office.step(gone, "split")
    assert office.record(record).subject_id == gone
    assert office.record(own).subject_id == kept
    assert office.record(promise).person_id == third
    assert office.record(kept).citizen_id == ""
    assert office.record(gone).merged_into_id == ""


def test_a_retired_person_is_retired_again_after_splitting(office, kept, gone):
    office.step(gone, "retire")
    merge(office, gone, kept)
    office.step(gone, "split")
    assert office.state_of(gone) == "retired"


def test_two_numbers_are_two_people_and_nobody_becomes_oneself(office, kept, gone):
    office.amend(kept, citizen_id="999901900307001")
    with pytest.raises(InvalidInput, match="身份证号码不同"):
        merge(office, gone, kept)
    with pytest.raises(InvalidInput, match="不能并入本人"):
        merge(office, gone, gone)


def test_the_old_number_and_the_new_one_are_one_person(office, gone):
    old = office.person(name="孙甲示例", citizen_id="110105491231002", citizen_id_note="旧证号码")
    merge(office, gone, old)
    assert office.record(old).citizen_id == "110105491231002"


def test_a_number_is_registered_once_but_for_a_reason(office, gone):
    for number in (RIGHT, "110105491231002"):
        with pytest.raises(InvalidInput, match="已登记给“孙甲示例”"):
            office.person(name="李乙示例", citizen_id=number)
    third = office.person(name="李乙示例")
    with pytest.raises(InvalidInput, match="已登记给"):
        office.amend(third, citizen_id=RIGHT)
    office.amend(third, citizen_id=RIGHT, citizen_id_note="两份原件同号，已请公安核对")
    assert office.record(third).citizen_id == RIGHT


def test_whoever_is_asked_for_by_the_old_number_is_found_by_the_new_one(office, gone):
    found = office.as_("clerk").ask(ResolveSubjects(text="110105491231002"))
    assert [each.id for each in found.subjects] == [gone]


def test_nobody_is_merged_into_one_who_is_gone(office, kept, gone):
    merge(office, gone, kept)
    third = office.person(name="孙甲示例")
    with pytest.raises(InvalidInput, match="已并入他人"):
        merge(office, third, gone)


def test_a_clerk_alone_merges_nobody(office, kept, gone):
    with pytest.raises(NotPermitted):
        merge(office, gone, kept, by="clerk")


def test_nobody_stands_twice_on_one_list(office, kept, gone):
    session = office.enter("training", held_on="2026-05-10", hours=2)
    clerk = office.as_("clerk")
    clerk.perform(ExpectPeople(training_id=session, person_ids=(kept, gone)))
    lines = {each.person_id: each.id for each in office.reading().find(Attendance)}
    clerk.perform(MarkAttendance(marks={lines[gone]: Mark(presence=Presence.PRESENT)}))
    merge(office, gone, kept)
    assert sorted(each.person_id for each in office.reading().find(Attendance)) == sorted(
        (kept, gone)
    )


def test_a_name_means_the_kept_one_and_the_log_of_inquiries_is_not_rewritten(office, kept, gone):
    told = AnswerInquiry(
        asked_by="示例县委组织部", purpose=Purpose.AWARD, authority="示组函〔2026〕1号",
        subject_ids=(gone,), bundled_fonts=True,
    )  # fmt: skip
    asked = office.as_("clerk").perform(told).value
    merge(office, gone, kept)
    clerk = office.as_("clerk")
    found = clerk.ask(ResolveSubjects(text="孙甲示例"))
    assert [each.id for each in found.subjects] == [kept]
    assert office.record(asked.inquiry_id).subject_ids == (gone,)
    text = said(clerk.perform(ShowOwnData(person_id=kept, bundled_fonts=True)).value)
    assert asked.number in text
    assert issuer_of(office.reading()) is not None


def test_a_move_to_another_unit_keeps_the_post_held_until_then(office, kept):
    other = office.unit(name="示例镇第二小学")
    office.amend(kept, started_on="2024-03-01", appointed_by="示人字〔2024〕3号")
    promise = office.registered_commitment(person_id=kept)
    office.step(kept, "move", unit_id=other, post="校长", started_on="2026-05-11")
    person = office.record(kept)
    assert (person.unit_id, person.post, person.state) == (other, "校长", "in_post")
    assert held(office, kept) == [("主任", date(2024, 3, 1), date(2026, 5, 11))]
    assert office.record(promise).person_id == kept


def test_a_move_is_refused_without_days_that_fit(office, kept):
    other = office.unit(name="示例镇第二小学")
    with pytest.raises(InvalidInput, match="没有任现职日期"):
        office.step(kept, "move", unit_id=other, post="校长", started_on="2026-05-11")
    office.amend(kept, started_on="2026-03-01")
    with pytest.raises(InvalidInput, match="应晚于原任职日期2026-03-01"):
        office.step(kept, "move", unit_id=other, post="校长", started_on="2026-03-01")
    with pytest.raises(InvalidInput, match="都没有变"):
        office.step(kept, "move", started_on="2026-05-11")


@pytest.mark.parametrize("act", ["retire", "transfer", "depart"])
def test_whoever_leaves_keeps_the_last_post_in_the_file(office, kept, act):
    office.amend(kept, started_on="2024-03-01")
    office.step(kept, act, left_on="2026-05-12")
    assert held(office, kept) == [("主任", date(2024, 3, 1), date(2026, 5, 12))]


def test_whoever_comes_back_leaves_again_with_a_post_of_their_own(office, kept):
    office.amend(kept, started_on="2024-03-01")
    office.step(kept, "retire", left_on="2026-05-12")
    office.step(kept, "rejoin", post="顾问", started_on="2026-05-12")
    assert office.record(kept).left_on is None
    office.now.advance(days=10)
    office.step(kept, "depart", left_on="2026-05-20")
    assert [post for post, _from, _until in held(office, kept)] == ["主任", "顾问"]
