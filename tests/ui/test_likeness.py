"""Cases that may be the same: offered at entry and at the opened case, joined without loss."""

from __future__ import annotations

import pytest

from integrity_desk.domain.complaints import Complaint
from integrity_desk.domain.reporters import Reporter
from integrity_desk.ui.widgets.likeness_block import LikenessBlock
from tests.office import Office
from tests.ui.registers import Sitting, button, texts_of, type_into, typed

SUBJECT = "反映示例村道路维修拖延"


@pytest.fixture
def leading(office) -> str:
    """A case about the same road that is being verified."""
    case = office.complaint(
        channel="letter", subject=SUBJECT, reporter={"name": "赵甲示例", "phone": "13800000007"}
    )
    office.step(case, "accept")
    handler = office.person(name="韩承办示例", unit_id=office.hall)
    return office.step(case, "verify", handler_unit_id=office.hall, handler_id=handler)


def typing(desk: Sitting, office: Office, **values: str) -> LikenessBlock:
    """Begin a complaint as a clerk types it; return the block above the form once it shows."""
    page = desk.open("complaint")
    page.act("new")
    form = desk.form()
    form.set_values(typed(form, office.values("complaint", channel="telephone", subject="")))
    for name, text in values.items():
        type_into(form, name.replace("__", "."), text)
    block = page.forms.view.advice.likeness
    desk.until(lambda: block.shown != ())
    return block


def given_up(desk: Sitting) -> None:
    """Leave the form without saving."""
    desk.form()._dirty = False
    desk.form().leave()


def test_a_case_like_the_one_typed_is_offered_with_why_and_can_be_waved_away(sit, office, leading):
    desk = sit("clerk")
    block = typing(desk, office, subject="示例村道路维修一直拖延")
    assert [each.id for each in block.shown] == [leading]
    assert "内容相近" in texts_of(block)
    button(block, "不是同一件").click()
    type_into(desk.form(), "subject", "没有动工")
    desk.page.forms.view.advice._look()
    desk.settle()
    assert block.shown == ()
    assert not block.isVisible()
    given_up(desk)


def test_the_same_reporter_is_offered_without_a_name(sit, office, leading):
    desk = sit("clerk")
    block = typing(desk, office, subject="另一件完全不同的事情", reporter__phone="13800000007")
    said = "".join(texts_of(block))
    assert "同一投诉举报人" in said
    assert "赵甲示例" not in said
    given_up(desk)


def test_joining_at_entry_keeps_both_cases_whole(sit, office, leading):
    desk = sit("clerk")
    block = typing(desk, office, subject="示例村道路维修一直拖延", reporter__name="孙乙示例")
    form = desk.form()
    form.set_values({"reporter.kind": form._boxes["reporter.kind"].editor._choices[0]})
    button(block, f"并入 {office.record(leading).number}").click()
    desk.until(lambda: desk.page.forms.view is None and desk.page.panel.view is not None)
    (made,) = office.reading().find(Complaint, joined_to_id=leading)
    assert (made.state, made.subject) == ("joined", "示例村道路维修一直拖延")
    assert made.number not in ("", office.record(leading).number)
    (theirs,) = office.reading().find(Reporter, complaint_id=made.id)
    assert theirs.name == "孙乙示例"
    assert office.record(leading).subject == SUBJECT
    assert "来龙去脉" in desk.words()  # each leads to the other


def test_looking_at_the_other_case_keeps_what_was_typed(sit, office, leading):
    desk = sit("clerk")
    block = typing(desk, office, subject="示例村道路维修一直拖延")
    page = desk.page
    button(block, f"打开 {office.record(leading).number}").click()
    desk.until(lambda: page.panel.view is not None and page.panel.view.id == leading)
    assert page.forms.view is None
    desk.until(page.list.bar.isVisible)
    button(page.list.bar, "恢复上次未保存的内容").click()
    form = desk.form()
    desk.until(lambda: form.values()["subject"] == "示例村道路维修一直拖延")
    given_up(desk)


def test_an_opened_fresh_case_offers_what_it_may_be_joined_to(sit, office, leading):
    second = office.complaint(channel="telephone", subject="示例村道路维修一直拖延")
    desk = sit("clerk")
    page = desk.open_record("complaint", second)
    desk.until(lambda: page.panel.findChildren(LikenessBlock) != [])
    (block,) = page.panel.findChildren(LikenessBlock)
    button(block, f"并入 {office.record(leading).number}").click()
    form = desk.dialog().form
    desk.settle()
    assert form.values()["joined_to_id"] == leading
    form.submit()
    desk.until(lambda: office.state_of(second) == "joined")
    assert office.record(second).number != office.record(leading).number


def test_a_reporter_told_among_the_facts_is_warned_of_and_moved(sit, office):
    desk = sit("clerk")
    page = desk.open("complaint")
    page.act("new")
    form = desk.form()
    form.set_values(typed(form, office.values("complaint")))
    type_into(form, "reporter.name", "赵甲示例")
    form.set_values({"facts": "赵甲示例说路没有修，请打13900000002。"}, dirty=True)
    form.edited.emit()
    bar = page.forms.view.advice.traces
    desk.until(lambda: bar.sentence != "")
    assert "“反映的事实”里写有可能认出投诉举报人的内容（姓名或名称、联系电话）" in bar.sentence
    button(bar, "移到“投诉举报人”一栏").click()
    assert form.values()["facts"] == "投诉举报人说路没有修，请打投诉举报人。"
    assert form.values()["reporter.phone"] == "13900000002"
    assert form.values()["reporter.name"] == "赵甲示例"
    given_up(desk)


def test_a_warning_waved_away_stays_away(sit, office):
    desk = sit("clerk")
    page = desk.open("complaint")
    page.act("new")
    type_into(desk.form(), "subject", "请打13900000002")
    bar = page.forms.view.advice.traces
    desk.until(lambda: bar.sentence != "")
    button(bar, "保留原文").click()
    page.forms.view.advice._look()
    assert bar.sentence == ""
    given_up(desk)


def test_an_answer_that_names_the_reporter_is_warned_of_while_it_is_typed(sit, office):
    case = office.complaint(reporter={"name": "赵甲示例"})
    office.step(case, "accept")
    office.step(case, "verify", handler_id=office.clerk_person)
    office.step(case, "find_unsubstantiated")
    desk = sit("clerk")
    page = desk.open_record("complaint", case)
    page.panel.act_wanted.emit("answer")
    dialog = desk.dialog()
    dialog.form.set_values({"answer": "赵甲示例反映的情况不属实。"}, dirty=True)
    dialog.form.edited.emit()
    desk.until(lambda: "“答复内容”里写有投诉举报人的姓名或名称" in dialog.watch.bar.sentence)
    dialog.form.set_values({"answer": "您反映的情况不属实。"}, dirty=True)
    dialog.form.edited.emit()
    desk.until(lambda: dialog.watch.bar.sentence == "")
    dialog.form._dirty = False
    dialog.form.leave()
