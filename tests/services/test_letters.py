"""Letters fit the record as it stands, are numbered once, kept, noted, and checked from paper."""

from __future__ import annotations

import pytest

from integrity_desk.documents.preview import page_count, page_text
from integrity_desk.domain.access import Handout
from integrity_desk.domain.letters import WrittenLetter
from integrity_desk.domain.pledges import PledgeTemplate
from integrity_desk.errors import InvalidInput, NotPermitted, StepRefused
from integrity_desk.services.attachments import AttachFile
from integrity_desk.services.inquiries import AnswerInquiry, Purpose
from integrity_desk.services.letter_templates import (
    ListTemplates,
    PreviewTemplate,
    ReadTemplate,
    ResetTemplate,
    SaveTemplate,
    bundled,
)
from integrity_desk.services.letters import (
    CREDIT_REPORT,
    ListLetters,
    PreviewLetter,
    PrintLetter,
    PrintLetterAgain,
    PrintLetters,
    ReadLetter,
)
from integrity_desk.services.pledges import IssuePledges
from integrity_desk.services.registers import FindRecords
from integrity_desk.services.sheets import VerifySheet


def said(pdf):
    return "".join("".join(page_text(pdf, at).split()) for at in range(page_count(pdf)))


def offered(office, rec, *, by="clerk"):
    return [each.template for each in office.as_(by).ask(ListLetters(record_id=rec)).offered]


def printed(office, rec, template, *, by="clerk"):
    command = PrintLetter(record_id=rec, template=template, bundled_fonts=True)
    return office.as_(by).perform(command).value


@pytest.fixture
def accepted(office):
    return office.step(office.complaint(subject="示例补贴未兑现"), "accept")


def test_the_letters_offered_follow_the_state(office):
    case = office.complaint()
    assert offered(office, case) == ["contents", "handover"]
    office.step(case, "accept")
    assert "acceptance" in offered(office, case)
    assert "answer" not in offered(office, case)
    refused = office.step(office.complaint(), "refuse")
    assert "refusal" in offered(office, refused)
    assert "acceptance" not in offered(office, refused)


def test_a_finding_is_reported_to_the_government_without_the_reporter(office):
    case = office.complaint(subject="示例补贴未兑现", reporter={})
    office.walk(case, "accept", "verify", "find_substantiated")
    assert "finding_report" not in offered(office, case)
    office.step(case, "rectify", reported_to="示例镇人民政府", rectification="三日内兑现。")
    assert "finding_report" in offered(office, case)
    text = said(office.as_("clerk").ask(PreviewLetter(record_id=case, template="finding_report")))
    assert "示例镇人民政府" in text
    assert "三日内兑现。" in text
    assert "赵甲示例" not in text


def test_nothing_is_offered_for_a_draft(office):
    assert offered(office, office.commitment()) == []


def test_a_preview_writes_nothing_and_shows_no_number(office, accepted):
    pdf = office.as_("clerk").ask(PreviewLetter(record_id=accepted, template="acceptance"))
    text = said(pdf)
    assert "示例补贴未兑现" in text
    assert "打印时编号" in text
    assert office.reading().find(WrittenLetter) == []


def test_a_letter_is_numbered_kept_and_noted_once(office, accepted):
    first = printed(office, accepted, "acceptance")
    assert first.number == "文2026-01-0001"
    office.now.advance(days=3)
    again = printed(office, accepted, "acceptance", by="reviewer")
    assert again.pdf == first.pdf
    (letter,) = office.reading().find(WrittenLetter)
    assert (letter.number, letter.version, letter.pages) == ("文2026-01-0001", 1, 1)
    noted = office.reading().find(Handout)
    assert [each.narrowed for each in noted] == ["受理告知书 文2026-01-0001"] * 2
    kept = office.as_("clerk").perform(PrintLetterAgain(id=letter.id)).value
    assert kept.pdf == first.pdf == office.as_("clerk").ask(ReadLetter(id=letter.id))
    assert len(office.reading().find(Handout)) == 3


def test_changed_content_is_the_next_version_of_the_same_number(office, accepted):
    printed(office, accepted, "acceptance")
    office.amend(accepted, subject="示例补贴只兑现一半")
    second = printed(office, accepted, "acceptance")
    assert (second.number, second.version) == ("文2026-01-0001", 2)
    assert len(office.as_("clerk").ask(ListLetters(record_id=accepted)).written) == 2


def test_what_is_missing_is_said_in_a_sentence(office):
    order = office.step(office.enter("rectification_order"), "issue")
    words = {"title": "督办单", "addressee": "{责任单位}", "body": "{书面说明}和{整改结果}。"}
    office.as_("admin").perform(SaveTemplate(id="supervision", **words))
    with pytest.raises(StepRefused, match="打印“督办单”前请先填写：书面说明、整改结果。"):
        printed(office, order, "supervision")


def test_a_letter_that_does_not_fit_is_refused(office):
    with pytest.raises(StepRefused, match="当前状态下不能打印“受理告知书”"):
        printed(office, office.complaint(), "acceptance")


def test_who_complained_stands_in_no_letter(office):
    reporter = {"name": "赵甲示例", "phone": "13800000000", "address": "示例村9号"}
    case = office.complaint(reporter=reporter)
    office.walk(case, "accept", "verify", "find_unsubstantiated", "answer")
    for template in offered(office, case, by="reviewer"):
        text = said(printed(office, case, template, by="reviewer").pdf)
        assert "赵甲示例" not in text
        assert "13800000000" not in text
        assert "示例村9号" not in text


def test_a_letter_is_told_from_a_forgery_by_number_and_code(office, accepted):
    first = printed(office, accepted, "acceptance")
    ask = office.as_("viewer").ask
    assert ask(VerifySheet(number=first.number, code=first.code)).standing == "current"
    assert ask(VerifySheet(number=first.number, code="0000-0000-0000")).standing == "wrong_code"
    office.amend(accepted, subject="另一事由")
    printed(office, accepted, "acceptance")
    assert ask(VerifySheet(number=first.number, code=first.code)).standing == "superseded"


def test_letters_never_leave_the_desk_nor_come_up_in_a_search(office, accepted):
    number = printed(office, accepted, "acceptance").number
    assert office.as_("reviewer").ask(FindRecords(text=number)) == ()


def test_the_contents_list_the_record_its_letters_and_its_files(office, accepted, tmp_path):
    number = printed(office, accepted, "acceptance").number
    file = tmp_path / "示例回单.pdf"
    file.write_bytes(b"%PDF-1.4")
    office.as_("clerk").perform(AttachFile(owner_id=accepted, path=file))
    text = said(printed(office, accepted, "contents").pdf)
    for each in ("投诉举报登记表", number, "受理告知书", "示例回单.pdf"):
        assert each in text
    assert "示例回单.pdf" in said(printed(office, accepted, "handover").pdf)


def test_pledges_of_many_are_one_file_each_with_its_own_number(office):
    people = tuple(office.person(name=f"示例{word}") for word in "甲乙丙")
    issue = IssuePledges(
        subject_ids=people, template=PledgeTemplate.WINDOW, issued_on=office.now.today
    )
    ids = office.as_("clerk").perform(issue).value
    together = office.as_("clerk").perform(PrintLetters(record_ids=ids, bundled_fonts=True)).value
    assert together.count == 3
    assert page_count(together.pdf) == 3
    written = office.reading().find(WrittenLetter)
    assert [each.number for each in written] == [office.record(each).number for each in ids]
    assert len({each.code for each in written}) == 3
    (noted,) = office.reading().find(Handout)
    assert noted.rows == 3
    single = printed(office, ids[1], "pledge_window")
    assert (single.number, single.version) == (written[1].number, 1)
    assert page_count(single.pdf) == 1


def test_a_batch_without_a_choice_or_with_what_fits_nothing_is_refused(office):
    with pytest.raises(InvalidInput, match="请先在列表中选择"):
        office.as_("clerk").perform(PrintLetters(record_ids=()))
    with pytest.raises(StepRefused, match="没有可以打印的文书"):
        office.as_("clerk").perform(PrintLetters(record_ids=(office.commitment(),)))


def test_every_pledge_has_a_text():
    assert {f"pledge_{each.value}" for each in PledgeTemplate} <= bundled().keys()


def test_the_answer_to_an_inquiry_is_printed_again_unchanged(office):
    command = AnswerInquiry(
        asked_by="示例组织部", purpose=Purpose.TRANSFER, authority="示例函",
        subject_ids=(office.person(),), bundled_fonts=True,
    )  # fmt: skip
    answer = office.as_("clerk").perform(command).value
    assert offered(office, answer.inquiry_id) == [CREDIT_REPORT]
    assert printed(office, answer.inquiry_id, CREDIT_REPORT).pdf == answer.pdf


# Templates


def test_an_administrator_rewords_a_letter_and_puts_it_back(office, accepted):
    admin = office.as_("admin")
    before = admin.ask(ReadTemplate(id="acceptance"))
    assert not before.edited
    assert ("收到日期", "来件") in before.fields
    words = {"title": "受理通知书", "addressee": "来信人", "body": "“{事由}”已受理。"}
    admin.perform(SaveTemplate(id="acceptance", **words))
    assert "受理通知书" in said(printed(office, accepted, "acceptance").pdf)
    (line,) = [each for each in admin.ask(ListTemplates()) if each.id == "acceptance"]
    assert (line.title, line.edited) == ("受理通知书", True)
    admin.perform(SaveTemplate(id="acceptance", **{**words, "title": "受理回执"}))
    assert admin.ask(ReadTemplate(id="acceptance")).title == "受理回执"
    admin.perform(ResetTemplate(id="acceptance"))
    assert admin.ask(ReadTemplate(id="acceptance")) == before


def test_a_wrong_text_is_neither_saved_nor_previewed(office):
    words = {"id": "acceptance", "title": "示例", "addressee": "", "body": "{没有的}"}
    with pytest.raises(InvalidInput, match="第1行：“没有的”不是"):
        office.as_("admin").perform(SaveTemplate(**words))
    with pytest.raises(InvalidInput, match="第1行：“没有的”不是"):
        office.as_("admin").ask(PreviewTemplate(**words))


def test_a_preview_shows_the_names_of_the_fields(office):
    words = {"id": "contents", "title": "目录", "addressee": "", "body": "{编号}\n[[卷内文件]]"}
    pdf = office.as_("admin").ask(PreviewTemplate(**words, bundled_fonts=True))
    assert "〔编号〕" in said(pdf)


def test_only_an_administrator_sees_or_changes_templates(office):
    for who in ("clerk", "reviewer", "viewer"):
        with pytest.raises(NotPermitted):
            office.as_(who).ask(ListTemplates())
        with pytest.raises(NotPermitted):
            office.as_(who).perform(ResetTemplate(id="acceptance"))
