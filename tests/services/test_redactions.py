"""What is hidden is not on the sheet at all; what the approver sees says why."""

from __future__ import annotations

import re

import pytest

from integrity_desk.documents.preview import page_count, page_image
from integrity_desk.domain.redactions import MARK
from integrity_desk.domain.sheets import Paper
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.services.gate_memory import RepeatRedactions
from integrity_desk.services.redacting import DropRedaction, OpenRedactions
from integrity_desk.services.sheets import PreviewSheet
from tests.services.notices import TITLE, draft, laid_bare, printed, text_of

SECRET = "魑魅魍魉"
"""Characters that stand nowhere else on a sheet, so that not even their glyphs may be in it."""


@pytest.fixture
def promise(office):
    return office.registered_commitment(
        subject="按期结清示例款项", content=f"三十日内向{SECRET}商行结清款项。"
    )


def hide(office, notice, item, **values):
    told = {"heading": "具体内容", "passage": "", "exemption": "third_party", "reason": "商业秘密"}
    return office.enter("redaction", notice_id=notice, item_id=item, **{**told, **values})


def label_of(office, item):
    return office.view(item).sections[0][1][0].label


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("layout", ["table", "list", "single"])
def test_a_hidden_passage_is_in_no_byte_of_the_sheet(office, promise, paper, layout):
    notice = draft(office, [promise], third_party="redacted", layout=layout)
    shown = text_of(_preview(office, notice, paper))
    assert SECRET in shown  # so that its absence below means something
    hide(office, notice, promise, passage=f"{SECRET}商行")
    office.walk(notice, "submit", "approve")
    sheet = printed(office, notice, paper=paper)
    said, bare = text_of(sheet.pdf), laid_bare(sheet.pdf)
    assert f"三十日内向{MARK}结清款项" in said
    for char in SECRET:
        assert char not in said
        assert char.encode() not in bare
        assert char.encode("utf-16-be").hex().encode() not in bare.lower()


def _preview(office, notice, paper=Paper.A4):
    question = PreviewSheet(notice_id=notice, paper=paper, bundled_fonts=True)
    return office.as_("clerk").ask(question)


def test_a_hidden_field_is_hidden_whole(office, promise):
    notice = draft(office, [promise], third_party="redacted")
    hide(office, notice, promise)
    said = text_of(_preview(office, notice))
    assert MARK in said
    assert "三十日内" not in said
    assert "按期结清示例款项" in said


def test_a_passage_may_be_hidden_wherever_it_stands(office):
    promise = office.registered_commitment(
        subject=f"结清{SECRET}款项", content=f"向{SECRET}结清款项。"
    )
    notice = draft(office, [promise], third_party="redacted")
    hide(office, notice, promise, heading="各栏", passage=SECRET)
    said = text_of(_preview(office, notice))
    assert said.count(MARK) == 3  # the third is the legend's own
    assert SECRET not in said


def test_the_notices_own_words_are_hidden_too(office, promise):
    notice = draft(office, [promise], lead=f"经{SECRET}申请，现予公示。", third_party="redacted")
    hide(office, notice, "", heading="导语", passage=SECRET)
    said = text_of(_preview(office, notice))
    assert f"经{MARK}申请" in said
    hide(office, notice, "", heading="标题", passage="2026年度")
    assert TITLE.replace("2026年度", "").encode("utf-16-be") not in laid_bare(
        _preview(office, notice)
    )


LEGEND = f"{MARK}处依照《中华人民共和国政府信息公开条例》不予公开："


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("layout", ["table", "list", "single"])
def test_hidden_words_are_a_black_bar_with_the_ground_in_a_legend(office, promise, paper, layout):
    notice = draft(office, [promise], third_party="redacted", layout=layout)
    white = _black(_preview(office, notice, paper))
    hide(office, notice, promise, passage=SECRET)
    pdf = _preview(office, notice, paper)
    assert f"{LEGEND}商业秘密、个人隐私（第十五条）。" in text_of(pdf)
    assert _black(pdf) > white + 2 * _BAR_DOTS  # one in the text, one in the legend


_BAR_DOTS = 200
"""Fewer than the dots of the smallest bar: 3 × 1 em of 10.5 pt at 72 dots an inch."""


def _black(pdf):
    """Count the dots in the middle of something black: letters have none at this size."""
    count = 0
    for at in range(page_count(pdf)):
        image = page_image(pdf, at, 72)
        rows = [
            image.pixels[down * image.width * 4 : (down + 1) * image.width * 4 : 4]
            for down in range(image.height)
        ]
        runs = (len(run) for row in rows for run in re.findall(rb"[\x00-\x20]+", row))
        count += sum(run for run in runs if run > 20)
    return count


def test_several_grounds_are_told_apart_by_number(office, promise):
    other = office.registered_commitment(content="另一项的内部流程文字。")
    notice = draft(office, [promise, other], third_party="redacted", internal="redacted")
    hide(office, notice, promise, passage=SECRET)
    hide(office, notice, other, passage="内部流程文字", exemption="internal", reason="内部事务")
    said = text_of(_preview(office, notice))
    assert f"向{MARK}①商行" in said
    assert f"另一项的{MARK}②。" in said
    assert f"{LEGEND}①商业秘密、个人隐私（第十五条）；②内部事务信息（第十六条）。" in said


def test_a_ground_whose_words_stand_on_no_sheet_is_not_in_the_legend(office, promise):
    notice = draft(office, [promise], third_party="redacted", internal="redacted")
    hide(office, notice, promise, passage=SECRET)
    hide(office, notice, promise, heading="服务领域", exemption="internal", reason="内部事务")
    said = text_of(_preview(office, notice))
    assert "内部事务信息" not in said
    assert f"向{MARK}商行" in said


def test_a_sheet_without_hidden_words_has_no_legend(office, promise):
    assert "不予公开" not in text_of(_preview(office, draft(office, [promise])))


def test_only_the_item_named_is_hidden(office, promise):
    other = office.registered_commitment(content=f"另一项也提到{SECRET}。")
    notice = draft(office, [promise, other], third_party="redacted")
    hide(office, notice, promise, passage=SECRET)
    said = text_of(_preview(office, notice))
    assert f"另一项也提到{SECRET}" in said
    assert f"向{MARK}商行" in said


def test_words_changed_after_hiding_stop_the_sheet_instead_of_leaking(office, promise):
    notice = draft(office, [promise], third_party="redacted")
    hide(office, notice, promise, passage=SECRET)
    office.walk(notice, "submit", "approve")
    office.amend(promise, by="reviewer", content="三十日内向魑 魅魍魉商行结清款项。")
    with pytest.raises(StepRefused, match="要遮盖的文字找不到了"):
        printed(office, notice)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"heading": "没有的栏"}, "heading"),
        ({"passage": "原文没有的话"}, "passage"),
        ({"heading": "各栏", "passage": ""}, "passage"),
        ({"reason": ""}, "reason"),
        ({"exemption": None}, "exemption"),
    ],
)
def test_what_hides_nothing_or_gives_no_reason_is_refused(office, promise, values, field):
    notice = draft(office, [promise])
    with pytest.raises(InvalidInput) as refused:
        hide(office, notice, promise, **values)
    assert refused.value.field == field


def test_an_item_of_another_notice_is_refused(office, promise):
    other = office.registered_commitment()
    with pytest.raises(InvalidInput, match="不在公示里"):
        hide(office, draft(office, [promise]), other)


def test_hiding_and_the_gates_answer_agree(office, promise):
    notice = draft(office, [promise])
    hide(office, notice, promise)
    with pytest.raises(InvalidInput) as refused:
        office.step(notice, "submit")
    assert refused.value.field == "third_party"
    office.amend(notice, third_party="redacted")
    office.step(notice, "submit")


def test_redacted_without_any_redaction_is_refused(office, promise):
    notice = draft(office, [promise], third_party="redacted")
    with pytest.raises(InvalidInput, match="登记遮盖了什么"):
        office.step(notice, "submit")


def test_the_approver_sees_what_is_hidden_and_why_and_nobody_changes_it_then(office, promise):
    notice = draft(office, [promise], third_party="redacted")
    hidden = hide(office, notice, promise, passage=SECRET, reason="对方示例商行要求保密")
    office.step(notice, "submit")
    (part,) = [each for each in office.view(notice).parts if each.type == "redaction"]
    assert {"按期结清示例款项", "具体内容", SECRET, "对方示例商行要求保密"} <= set(
        part.rows[0].cells
    )
    with pytest.raises(StepRefused, match="请先退回修改"):
        hide(office, notice, promise)
    with pytest.raises(StepRefused, match="请先退回修改"):
        office.amend(hidden, passage="")
    with pytest.raises(StepRefused, match="请先退回修改"):
        office.as_("clerk").perform(DropRedaction(id=hidden))


def test_a_redaction_is_dropped_from_a_draft(office, promise):
    notice = draft(office, [promise])
    office.as_("clerk").perform(DropRedaction(id=hide(office, notice, promise, passage=SECRET)))
    assert SECRET in text_of(_preview(office, notice))


def test_what_was_hidden_before_is_hidden_again_on_request(office, promise):
    first = draft(office, [promise], third_party="redacted")
    hide(office, first, promise, passage=SECRET)
    office.step(first, "submit")
    second = draft(office, [promise], third_party="redacted")
    repeat = RepeatRedactions(notice_id=second)
    assert office.as_("clerk").perform(repeat).value == 1
    assert office.as_("clerk").perform(repeat).value == 0
    assert SECRET not in text_of(_preview(office, second))


def test_all_that_would_be_printed_is_offered_for_hiding_and_what_is_hidden_is_told(
    office, promise
):
    notice = draft(office, [promise], lead="示例导语。")
    hide(office, notice, promise, passage=SECRET)
    told = office.as_("clerk").ask(OpenRedactions(notice_id=notice))
    item, own = told.parts
    assert (item.id, item.texts["具体内容"]) == (promise, f"三十日内向{SECRET}商行结清款项。")
    assert own.texts == {"标题": TITLE, "导语": "示例导语。"}
    (hidden,) = told.hidden
    assert (hidden.part, hidden.heading, hidden.words) == ("按期结清示例款项", "具体内容", SECRET)
    assert told.open
