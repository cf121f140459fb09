"""The way back after an act: a button in the message line, Ctrl+Z, and the record's own menu."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from integrity_desk.services.records import EnterRecord
from tests.ui.registers import Sitting, button, type_into


def accepted_by_hand(desk: Sitting, case: str) -> None:
    """Accept a case at the window, a minute after whatever was before."""
    desk.office.now.advance(minutes=1)
    page = desk.open_record("complaint", case)
    button(page.panel, "受理").click()
    desk.dialog().form.submit()
    desk.until(lambda: page.panel.view.state == "accepted")
    desk.settle()


def press_ctrl_z(desk: Sitting) -> None:
    """Press it once the window has the keyboard again."""
    desk.window.activateWindow()
    desk.until(desk.window.isActiveWindow)
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_a_step_is_undone_by_the_button_beside_its_sentence(sit, office):
    case = office.complaint()
    desk = sit("clerk")
    accepted_by_hand(desk, case)
    line = desk.window.status.message
    button(line, "撤销操作").click()
    desk.until(lambda: desk.page.panel.view.state == "received")
    assert line.sentence.startswith("已撤销")
    assert office.state_of(case) == "received"
    assert "撤销操作" in desk.words()  # the history keeps both


def test_ctrl_z_undoes_from_another_page_and_leads_back(sit, office):
    case = office.complaint()
    desk = sit("clerk")
    accepted_by_hand(desk, case)
    desk.open("unit")
    press_ctrl_z(desk)
    desk.until(lambda: office.state_of(case) == "received")
    desk.until(lambda: desk.page.declared.name == "complaint")


def test_where_the_act_binds_the_reason_and_the_way_are_said(sit, office):
    case = office.complaint()
    desk = sit("clerk")
    page = desk.open_record("complaint", case)
    page.panel.act_wanted.emit("refuse")
    form = desk.dialog().form
    form.set_values({"refusal_reason": "不属受理范围", "right_channel": "诉讼"})
    form.submit()
    desk.until(lambda: page.panel.view.state == "refused")
    desk.settle()
    assert button(desk.window.status.message, "为何不能撤销").isVisible()
    press_ctrl_z(desk)
    desk.until(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    said = QApplication.activeModalWidget()
    assert "已经告知投诉举报人" in said.text()
    assert "“修改”" in said.text()
    said.reject()
    assert office.state_of(case) == "refused"


def test_an_earlier_act_of_the_day_is_undone_from_the_records_menu(sit, office):
    first, second = office.complaint(), office.complaint(subject="另一件示例投诉")
    desk = sit("clerk")
    accepted_by_hand(desk, first)
    accepted_by_hand(desk, second)
    page = desk.open_record("complaint", first)
    page.panel._take("undo_last")
    desk.until(lambda: office.state_of(first) == "received")
    assert office.state_of(second) == "accepted"


def test_after_an_act_elsewhere_an_older_one_is_not_undone_by_mistake(sit, office):
    case = office.complaint()
    desk = sit("clerk")
    accepted_by_hand(desk, case)
    values = office.values("unit", name="示例镇林业站")
    desk.tasks.perform(EnterRecord(type="unit", values=values))
    desk.settle()
    press_ctrl_z(desk)
    desk.settle()
    assert office.state_of(case) == "accepted"
    assert "“撤销上一步”" in desk.window.status.message.sentence


def test_while_a_form_is_filled_in_ctrl_z_is_the_forms(sit, office):
    case = office.complaint()
    desk = sit("clerk")
    accepted_by_hand(desk, case)
    desk.page.act("new")
    form = desk.form()
    type_into(form, "subject", "另一件")
    assert not desk.window.actions_table["undo"].isEnabled()
    desk.qtbot.keyClick(form, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert office.state_of(case) == "accepted"
    form._dirty = False
    form.leave()


def test_with_nothing_done_yet_it_says_so(sit, office):
    desk = sit("clerk")
    desk.open("complaint")
    press_ctrl_z(desk)
    assert desk.window.status.message.sentence.startswith("没有刚办完、可以撤销的操作。")
    assert not sit("viewer").window.actions_table["undo"].isEnabled()
