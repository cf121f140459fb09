"""The page of a register: list, chips, filter, order, the opened record, who may do what."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from integrity_desk.domain.access import Access
from integrity_desk.domain.inquiries import Purpose
from integrity_desk.domain.records import type_named
from integrity_desk.services.inquiries import AnswerInquiry
from integrity_desk.ui import theme
from integrity_desk.ui.pages.registry import PAGES
from tests.ui.registers import REGISTERS, button


def test_the_list_shows_what_is_registered_newest_first(sit, office):
    office.registered_commitment(subject="先登记的示例承诺")
    office.registered_commitment(subject="后登记的示例承诺")
    desk = sit("clerk")
    page = desk.open("commitment")
    assert desk.rows() == ["后登记的示例承诺", "先登记的示例承诺"]
    assert page.subtitle == "共 2 条"


def test_chips_count_states_and_narrow_the_list(sit, office):
    office.registered_commitment(subject="已登记的示例承诺")
    office.commitment(subject="草稿的示例承诺")
    desk = sit("clerk")
    page = desk.open("commitment")
    draft = button(page.list.chips, "草稿 1")
    draft.click()
    assert desk.rows() == ["草稿的示例承诺"]
    assert page.subtitle == "1 条，共 2 条"


def test_the_chip_of_late_ones_finds_what_is_past_its_day(sit, office):
    office.registered_commitment(subject="逾期的示例承诺", due_on="2026-05-01")
    office.registered_commitment(subject="没到期的示例承诺", due_on="2026-12-31")
    desk = sit("clerk")
    page = desk.open("commitment")
    button(page.list.chips, "已逾期 1").click()
    assert desk.rows() == ["逾期的示例承诺"]


def test_chips_without_room_or_records_wait_behind_more(sit, office):
    office.registered_commitment()
    page = sit("clerk").open("commitment")
    page.list.chips._offer_more()
    offered = [each.text() for each in page.list.chips._menu.actions()]
    page.list.chips._menu.hide()
    assert "违约失信 0" in offered
    assert "已登记 1" not in offered


def test_the_filter_narrows_by_choice_and_by_day(sit, office):
    office.registered_commitment(subject="养老的示例承诺", service_area="elderly_care")
    office.registered_commitment(
        subject="就学的示例承诺", service_area="schooling", due_on="2027-01-31"
    )
    desk = sit("clerk")
    page = desk.open("commitment")
    popover = page.list.popover
    popover._choices["service_area"].tick(("schooling",))
    popover.changed.emit()
    assert desk.rows() == ["就学的示例承诺"]
    assert page.list.filter_button.text() == "筛选 1"
    popover.clear()
    first, _last = popover._days["due_on"]
    first.line.setText("20270101")
    first.line.textEdited.emit("20270101")
    assert desk.rows() == ["就学的示例承诺"]


def test_a_half_typed_day_narrows_nothing(sit, office):
    office.registered_commitment(subject="示例承诺")
    desk = sit("clerk")
    page = desk.open("commitment")
    first, _last = page.list.popover._days["due_on"]
    first.line.setText("2027")
    first.line.textEdited.emit("2027")
    assert desk.rows() == ["示例承诺"]


def test_a_click_on_a_heading_orders_by_it(sit, office):
    office.registered_commitment(subject="晚到期", due_on="2026-12-31")
    office.registered_commitment(subject="早到期", due_on="2026-06-30")
    desk = sit("clerk")
    page = desk.open("commitment")
    names = [each.name for each in page.list.model.columns]
    page.list.model.sort(names.index("due_on"), Qt.SortOrder.AscendingOrder)
    assert desk.rows() == ["早到期", "晚到期"]
    page.list.model.sort(names.index("due_on"), Qt.SortOrder.DescendingOrder)
    assert desk.rows() == ["晚到期", "早到期"]


def test_searching_finds_by_content_and_says_when_nothing_matches(sit, office):
    office.registered_commitment(subject="公园停车秩序")
    office.registered_commitment(subject="电梯老旧更换")
    desk = sit("clerk")
    page = desk.open("commitment")
    page.search("停车")
    assert desk.rows() == ["公园停车秩序"]
    page.search("没有这样的词")
    desk.settle()
    assert page.list.table.empty.isVisible()
    assert "没有" in page.list.table.empty._words.text()


def test_an_empty_register_says_so_and_offers_to_begin(sit):
    desk = sit("clerk")
    page = desk.open("proposal")
    assert page.list.table.empty._words.text() == "这里还没有建议提案。"
    button(page.list.table.empty, "登记建议提案").click()
    assert page.title == "登记建议提案"


def test_walking_through_the_list_opens_each_record_beside_it(sit, office):
    rec = office.registered_commitment(subject="十日内办结示例事项")
    desk = sit("clerk")
    page = desk.open("commitment")
    desk.rows()
    page.list.table.view.selectRow(0)
    desk.until(lambda: page.panel.view is not None and page.panel.view.id == rec)
    words = desk.words()
    for said in ("十日内办结示例事项", "诺2026-01-0001", "已登记", "示例镇便民服务中心", "未上报"):
        assert said in words


def test_the_keyboard_reaches_everything(sit, office, qtbot):
    office.registered_commitment()
    desk = sit("clerk")
    page = desk.open("commitment")
    desk.rows()
    view = page.list.table.view
    desk.until(view.hasFocus)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    desk.until(lambda: page.drawer.is_open and page.panel.view is not None)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not page.drawer.is_open
    qtbot.keyClick(view, Qt.Key.Key_Return)
    desk.until(lambda: page.drawer.is_open)
    desk.settle()
    qtbot.keyClick(view, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    desk.until(lambda: page.panel.view.state == "in_progress")
    qtbot.keyClick(view, Qt.Key.Key_F2)
    desk.until(lambda: page.forms.view is not None)
    assert page.title == "修改公开承诺"


def test_a_record_the_list_does_not_hold_yet_stays_open_when_the_list_comes(sit, office):
    office.registered_commitment(subject="先登记的示例承诺")
    desk = sit("clerk")
    page = desk.open("commitment")
    desk.rows()
    view = page.list.table.view
    walked_to = view.model().index(0, 0)
    view.selectionModel().setCurrentIndex(walked_to, QItemSelectionModel.SelectionFlag.NoUpdate)
    rec = office.registered_commitment(subject="后登记的示例承诺")
    page.show_record(rec)
    desk.settle()
    page.refresh()
    assert desk.rows() == ["后登记的示例承诺", "先登记的示例承诺"]
    desk.settle()
    assert page.panel.view.id == rec
    assert page.list.table.current.id == rec


def test_what_was_done_shows_in_the_list_and_in_the_panel(sit, office):
    rec = office.registered_commitment()
    desk = sit("clerk")
    page = desk.open_record("commitment", rec)
    button(page.panel, "开始履行").click()
    desk.until(lambda: page.panel.view.state == "in_progress")
    assert "开始履行" in desk.words()
    desk.settle()
    assert button(page.list.chips, "履行中 1").isVisible()


def test_a_link_leads_to_the_record_it_names(sit, office):
    rec = office.registered_commitment()
    unit = office.record(rec).unit_id
    desk = sit("clerk")
    page = desk.open_record("commitment", rec)
    button(page.panel, "示例镇便民服务中心").click()
    desk.until(lambda: desk.page is not page and desk.page.panel.view is not None)
    assert desk.page.panel.view.id == unit
    assert "十个工作日内办结养老认证" in desk.words()


def test_a_private_number_is_masked_until_a_reason_is_given(sit, office):
    rec = office.person(citizen_id="110101199003070011")
    desk = sit("clerk")
    page = desk.open_record("person", rec)
    assert "110101********0011" in desk.words()
    button(page.panel, "显示完整的公民身份号码").click()
    dialog = desk.dialog()
    dialog.form.submit()
    assert dialog.isVisible()
    dialog.form.set_values({"reason": "核对处分文件"})
    dialog.form.submit()
    desk.until(lambda: "110101199003070011" in desk.words())
    (access,) = office.reading().find(Access, record_id=rec)
    assert access.reason == "核对处分文件"


def test_a_sub_record_is_added_and_amended_from_the_panel(sit, office):
    rec = office.walk(office.registered_commitment(), "start")
    desk = sit("clerk")
    page = desk.open_record("commitment", rec)
    button(page.panel, "添加履行进展").click()
    dialog = desk.dialog()
    assert dialog.form.values()["reported_on"] == office.now.today
    dialog.form.set_values({"content": "已完成一半的示例工程"})
    dialog.form.submit()
    desk.until(lambda: "已完成一半的示例工程" in desk.words())
    page.panel.part_wanted.emit("progress_entry", office.view(rec).parts[0].rows[0].id)
    dialog = desk.dialog()
    dialog.form.set_values({"content": "已完成八成的示例工程"})
    dialog.form.submit()
    desk.until(lambda: "已完成八成的示例工程" in desk.words())
    assert "已完成一半的示例工程" not in desk.words()


def test_a_draft_is_thrown_away_only_after_asking(sit, office, qtbot):
    rec = office.commitment(subject="要删的示例草稿")
    desk = sit("clerk")
    page = desk.open_record("commitment", rec)
    page.panel._take("discard")
    asking = QApplication.activeModalWidget()
    button(asking, "删除").click()
    desk.until(lambda: not page.drawer.is_open)
    assert desk.rows() == []


def test_a_viewer_looks_and_changes_nothing(sit, office):
    rec = office.registered_commitment()
    desk = sit("viewer")
    page = desk.open_record("commitment", rec)
    offered = {each.text() or each.accessibleName() for each in shown_buttons(page)}
    for forbidden in ("登记公开承诺", "修改", "开始履行", "添加"):
        assert forbidden not in offered
    assert [each.objectName() for each in page.panel._menu.actions()] == ["case_file"]
    assert "edit" not in page.offers


def test_who_complained_is_hidden_from_a_clerk_who_is_not_on_the_case(sit, office):
    case = office.complaint(reporter={"name": "赵甲示例"}, handler_id="")
    office.walk(case, "accept")
    office.step(case, "assign", handler_id=office.person(name="孙乙示例"))
    clerk = sit("clerk")
    clerk.open_record("complaint", case)
    assert "赵甲示例" not in clerk.words()
    assert "这部分内容只对经办人和复核员开放。" in clerk.words()


def test_large_text_shows_the_record_over_the_list_and_only_when_asked(sit, office, qapp):
    office.registered_commitment()
    theme.apply(qapp, large=True)
    desk = sit("clerk")
    page = desk.open("commitment")
    desk.rows()
    width = page.list.table.width()
    page.list.table.view.selectRow(0)
    desk.settle()
    assert not page.drawer.is_open
    page.list.table.view.opened.emit(0)
    desk.until(lambda: page.drawer.is_open)
    assert page.list.table.width() == width


TYPED_IN = [
    each.id for each in PAGES if each.id in REGISTERS and not type_named(each.id).written_once
]


def test_an_inquiry_answered_opens_and_names_all_its_controls(sit, office):
    asked = AnswerInquiry(
        subject_ids=(office.person(),), asked_by="示例县委组织部", purpose=Purpose.APPOINTMENT,
        authority="示组函〔2026〕1号", bundled_fonts=True,
    )  # fmt: skip
    answer = office.as_("clerk").perform(asked).value
    page = sit("reviewer").open_record("inquiry", answer.inquiry_id)
    assert nameless(page) == []


@pytest.mark.parametrize("type_name", TYPED_IN)
def test_every_register_opens_and_names_all_its_controls(sit, office, type_name):
    rec = office.enter(type_name)
    desk = sit("reviewer")
    page = desk.open_record(type_name, rec)
    desk.settle()
    assert nameless(page) == []
    page.forms.new()
    assert nameless(desk.form()) == []


def nameless(widget: QWidget) -> list[str]:
    """Focusable controls that a screen reader could not name."""
    return [
        f"{type(each).__name__} {each.property('kind')}"
        for each in widget.findChildren(QWidget)
        if each.isVisibleTo(widget) and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not each.accessibleName() and not getattr(each, "text", str)() and not each.focusProxy()
        if not isinstance(each.parent(), QAbstractButton)
    ]


def shown_buttons(widget: QWidget) -> list[QAbstractButton]:
    return [each for each in widget.findChildren(QAbstractButton) if each.isVisibleTo(widget)]
