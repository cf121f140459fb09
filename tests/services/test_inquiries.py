"""Inquiries: what is told of whom, that it is logged and kept, and that a paper can be checked."""

from __future__ import annotations

from datetime import date

import pytest

from integrity_desk.documents.preview import page_count, page_text
from integrity_desk.domain.inquiries import Inquiry, InquiryResult, Purpose
from integrity_desk.errors import InvalidInput, NotPermitted, StepRefused
from integrity_desk.services.inquiries import (
    AnswerInquiry,
    CountPast,
    DeleteInquiry,
    DeletePast,
    ReadReport,
    ShowOwnData,
)
from integrity_desk.services.naming import ResolveSubjects
from integrity_desk.services.records import AmendRecord, EnterRecord
from integrity_desk.services.revealing import RevealField
from integrity_desk.services.sheets import VerifySheet


@pytest.fixture
def subject(office):
    return office.person(name="孙甲示例", citizen_id="11010519491231002X")


def ask(office, *subjects, by="clerk", **values):
    given = {
        "asked_by": "示例县委组织部", "purpose": Purpose.APPOINTMENT,
        "authority": "示组函〔2026〕1号",
        **values,
    }  # fmt: skip
    return office.as_(by).perform(
        AnswerInquiry(subject_ids=subjects, bundled_fonts=True, **given)
    ).value  # fmt: skip


def said(answer):
    pages = range(page_count(answer.pdf))
    return "".join("".join(page_text(answer.pdf, at).split()) for at in pages)


def against(office, whom, **values):
    return office.effective_record(subject_id=whom, **values)


def test_a_report_tells_what_is_in_force_and_what_has_ended(office, subject):
    against(office, subject, subject="示例有效事由")
    ended = against(office, subject, subject="示例终止事由", expires_on="2026-05-20")
    office.now.set_day(date(2026, 5, 21))
    text = said(ask(office, subject))
    assert "有效失信记录1条" in text
    assert "示例有效事由" in text
    assert "示例终止事由" in text
    assert "有效期已满" in text
    assert office.record(ended).state in ("effective", "expired")


def test_what_was_revoked_or_is_not_yet_approved_is_not_told(office, subject):
    revoked = against(office, subject, subject="示例撤销事由")
    office.step(revoked, "revoke")
    office.integrity_record(subject_id=subject, subject="示例草稿事由")
    draft = office.integrity_record(subject_id=subject, subject="示例待审事由")
    office.step(draft, "submit")
    text = said(ask(office, subject))
    assert "未查询到失信记录" in text
    for hidden in ("示例撤销事由", "示例草稿事由", "示例待审事由"):
        assert hidden not in text


def test_what_is_under_objection_says_so(office, subject):
    disputed = against(office, subject, subject="示例异议事由")
    office.enter("objection", record_id=disputed)
    text = said(ask(office, subject))
    assert "其中异议处理中1条" in text
    assert "异议处理中" in text[text.index("示例异议事由") :]


def test_a_report_says_nothing_of_others_and_masks_the_number(office, subject):
    other = office.person(name="李乙示例")
    against(office, other, subject="他人示例事由")
    text = said(ask(office, subject))
    assert "他人示例事由" not in text
    assert "11010519491231002X" not in text
    assert "110105********002X" in text


def test_several_are_answered_in_one_act_with_a_list_in_front(office, subject):
    others = [office.person(name=f"示例乙{at}") for at in "一二三"]
    against(office, others[0], subject="示例事由乙一")
    answer = ask(office, subject, *others, purpose=Purpose.RECRUITMENT)
    text = said(answer)
    assert "查询结果一览" in text
    assert page_count(answer.pdf) >= 5
    results = office.reading().find(InquiryResult, inquiry_id=answer.inquiry_id)
    assert [each.in_force for each in results] == [0, 1, 0, 0]


def test_every_inquiry_is_logged_with_how_long_it_is_kept(office, subject):
    answer = ask(office, subject)
    inquiry = office.record(answer.inquiry_id)
    assert inquiry.number == answer.number
    assert inquiry.keep_until == date(2031, 5, 12)
    assert "五年" in inquiry.keep_rule


def test_an_inquiry_is_not_deleted_before_its_time(office, subject):
    answer = ask(office, subject)
    reviewer = office.as_("reviewer")
    office.now.set_day(date(2031, 5, 12))
    with pytest.raises(StepRefused, match="2031-05-12"):
        reviewer.perform(DeleteInquiry(id=answer.inquiry_id))
    office.now.set_day(date(2031, 5, 13))
    with pytest.raises(NotPermitted):
        office.as_("clerk").perform(DeleteInquiry(id=answer.inquiry_id))
    reviewer.perform(DeleteInquiry(id=answer.inquiry_id))
    assert office.reading().find(Inquiry) == []
    assert office.reading().find(InquiryResult) == []


def test_whatever_was_kept_long_enough_is_taken_out_together(office, subject):
    early = [ask(office, subject).number, ask(office, subject).number]
    office.now.set_day(date(2026, 8, 1))
    late = ask(office, subject).number
    office.now.set_day(date(2031, 7, 1))
    reviewer = office.as_("reviewer")
    assert len(early) == reviewer.ask(CountPast())
    with pytest.raises(NotPermitted):
        office.as_("clerk").perform(DeletePast())
    assert reviewer.perform(DeletePast()).value == len(early)
    assert [each.number for each in office.reading().find(Inquiry)] == [late]
    assert reviewer.ask(CountPast()) == 0


def test_an_inquiry_is_neither_typed_nor_amended(office, subject):
    answer = ask(office, subject)
    clerk = office.as_("clerk")
    with pytest.raises(NotPermitted):
        clerk.perform(AmendRecord(id=answer.inquiry_id, values={"asked_by": "别人"}))
    with pytest.raises(NotPermitted):
        clerk.perform(EnterRecord(type="inquiry", values={"asked_by": "别人"}))


@pytest.mark.parametrize(
    "values",
    [{"asked_by": " "}, {"authority": ""}, {"purpose": Purpose.OTHER}],
    ids=["who", "authority", "what else"],
)
def test_an_inquiry_without_name_authority_or_purpose_is_refused(office, subject, values):
    with pytest.raises(InvalidInput):
        ask(office, subject, **values)
    assert office.reading().find(Inquiry) == []


def test_nobody_asks_about_nobody(office):
    with pytest.raises(InvalidInput, match="至少选择一个"):
        ask(office)


def test_a_report_from_paper_is_told_from_a_forgery(office, subject):
    answer = ask(office, subject)
    clerk = office.as_("clerk")
    genuine = clerk.ask(VerifySheet(qr_text=answer.qr_text))
    assert (genuine.genuine, genuine.standing) == (True, "current")
    forged = clerk.ask(VerifySheet(number=answer.number, code="0000-0000-0000"))
    assert (forged.genuine, forged.standing) == (False, "wrong_code")
    assert clerk.ask(VerifySheet(number="查2020-01-0001", code=answer.code)).standing == (
        "unknown_number"
    )


def test_the_printed_bytes_are_kept(office, subject):
    answer = ask(office, subject)
    office.amend(subject, name="改名示例")
    assert office.as_("viewer").ask(ReadReport(inquiry_id=answer.inquiry_id)) == answer.pdf


def test_the_same_standing_gives_the_same_code(office, subject):
    first, second = ask(office, subject), ask(office, subject)
    assert first.code != second.code, "each inquiry has a number of its own"


# What is held on a person


def own(office, subject):
    command = ShowOwnData(person_id=subject, bundled_fonts=True)
    return office.as_("clerk").perform(command).value


def test_a_person_is_shown_everything_and_who_looked(office, subject):
    office.enter("annual_assessment", person_id=subject, year=2025, grade="competent")
    against(office, subject, subject="示例本人事由")
    office.as_("clerk").perform(RevealField(id=subject, field="citizen_id", reason="核对示例文书"))
    ask(office, subject)
    text = said(own(office, subject))
    for told in (
        "11010519491231002X", "称职", "示例本人事由", "核对示例文书", "示例县委组织部",
        "第四十五条", "本人查阅",
    ):  # fmt: skip
        assert told in text


def test_a_person_is_not_told_who_complained_nor_of_what(office, subject):
    office.complaint(about_person_id=subject, subject="反映示例本人", reporter={"name": "赵甲示例"})
    text = said(own(office, subject))
    assert "赵甲示例" not in text
    assert "反映示例本人" not in text
    assert "投诉举报材料" in text


def test_what_is_held_on_others_is_not_shown(office, subject):
    other = office.person(name="李乙示例")
    against(office, other, subject="他人示例事由")
    ask(office, other)
    text = said(own(office, subject))
    assert "他人示例事由" not in text
    assert "李乙示例" not in text


def test_looking_at_ones_own_data_is_logged_without_an_authority(office, subject):
    answer = own(office, subject)
    inquiry = office.record(answer.inquiry_id)
    assert (inquiry.purpose, inquiry.asked_by) == (Purpose.OWN, "孙甲示例")


# Whom a pasted list means


def test_a_pasted_list_is_resolved_by_name_number_and_code(office, subject):
    unit = office.unit(name="示例镇财政所", short_name="财政所")
    other = office.person(name="李乙示例")
    text = "11010519491231002x\n李乙示例、财政所\n无此人"
    found = office.as_("clerk").ask(ResolveSubjects(text=text))
    assert [each.id for each in found.subjects] == [subject, other, unit]
    assert found.unknown == ("无此人",)


def test_a_name_that_two_bear_is_left_to_a_person(office, subject):
    other = office.person(name="孙甲示例", post="会计")
    found = office.as_("clerk").ask(ResolveSubjects(text="孙甲示例"))
    assert found.subjects == ()
    (doubt,) = found.doubts
    assert {each.id for each in doubt.candidates} == {subject, other}
    assert any("会计" in each.note for each in doubt.candidates)
