"""What hands do that nobody planned: double clicks, keys held down, somebody else in between."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from integrity_desk.domain.commitments import Commitment
from integrity_desk.errors import DeskError
from integrity_desk.services.drafts import ShowDrafts
from tests.ui.registers import Sitting, button, typed


@pytest.fixture
def desk(sit) -> Sitting:
    return sit("clerk")


@pytest.fixture
def refused(desk: Sitting) -> list[DeskError]:
    """What the window had to refuse."""
    heard: list[DeskError] = []
    desk.tasks.failed.connect(heard.append)
    return heard


def second_half(widget: QWidget) -> None:
    """What the system sends for the second press of a double click, wherever it falls."""
    for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        left = Qt.MouseButton.LeftButton
        place = QPointF(widget.rect().center())
        on_screen = widget.mapToGlobal(place)
        event = QMouseEvent(kind, place, on_screen, left, left, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(widget, event)


def test_a_form_submitted_twice_is_saved_once(desk, office, refused):
    page = desk.open("commitment")
    page.forms.new()
    form = desk.form()
    form.set_values(typed(form, office.values("commitment")), dirty=True)
    form.submit()
    form.submit()
    desk.until(lambda: page.forms.view is None)
    desk.settle()
    assert len(office.reading().find(Commitment)) == 1
    assert refused == []


def test_a_step_clicked_twice_is_taken_once_and_nothing_is_refused(desk, office, refused):
    rec = office.registered_commitment()
    page = desk.open_record("commitment", rec)
    start = button(page.panel, "开始履行")
    QTest.mouseDClick(start, Qt.MouseButton.LeftButton)
    start.click()
    desk.settle()
    assert office.state_of(rec) == "in_progress"
    assert refused == []


def test_the_second_half_of_a_double_click_does_not_take_the_step_that_came_to_stand_there(
    desk, office
):
    rec = office.registered_commitment()
    page = desk.open_record("commitment", rec)
    button(page.panel, "开始履行").click()
    desk.until(lambda: page.panel.view.state == "in_progress")
    page.panel.act_wanted.connect(lambda act: pytest.fail(act))
    second_half(button(page.panel, "报告履行情况"))
    desk.settle()
    assert page.acts.dialog is None


def test_a_key_held_down_takes_one_step(desk):
    page = desk.open("commitment")
    steps = [each for each in page.findChildren(QShortcut) if each.key().toString() == "Alt+1"]
    assert [each.autoRepeat() for each in steps] == [False]
    assert not any(each.autoRepeat() for each in desk.window.actions() if each.objectName())


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_the_button_that_has_the_keyboard_is_pressed_by_enter_as_by_space(desk, office, key):
    rec = office.registered_commitment()
    page = desk.open_record("commitment", rec)
    start = button(page.panel, "开始履行")
    start.setFocus()
    QTest.keyClick(start, key)
    desk.until(lambda: page.panel.view.state == "in_progress")


@pytest.mark.parametrize("again", ["restore", "drop"])
def test_what_was_typed_into_a_steps_dialog_outlives_a_crash(sit, desk, office, again):
    rec = office.walk(office.registered_commitment(), "start")
    page = desk.open_record("commitment", rec)
    button(page.panel, "添加履行进展").click()
    desk.dialog().form.set_values({"content": "写到一半的示例进展"}, dirty=True)
    desk.dialog().keeper.keep()
    desk.settle()
    (line,) = office.as_("clerk").ask(ShowDrafts())
    assert (line.type, line.id) == ("commitment", rec)
    after = sit("clerk")  # as if the first window had died
    page = after.open_record("commitment", rec)
    button(page.panel, "添加履行进展").click()
    dialog = after.dialog()
    after.until(lambda: dialog.keeper.bar.isVisibleTo(dialog))
    offers = {each.code: each for each in dialog.keeper.bar.buttons}
    offers[again].click()
    after.settle()
    kept = again == "restore"
    assert dialog.form.values()["content"] == ("写到一半的示例进展" if kept else "")
    assert bool(office.as_("clerk").ask(ShowDrafts())) is kept
    if kept:
        dialog.form.submit()
        after.settle()
        assert office.as_("clerk").ask(ShowDrafts()) == ()


def test_a_step_somebody_else_has_taken_is_refused_and_the_record_shown_as_it_is(
    desk, office, refused
):
    rec = office.registered_commitment()
    page = desk.open_record("commitment", rec)
    office.step(rec, "start")
    button(page.panel, "开始履行").click()
    desk.until(lambda: page.panel.view.state == "in_progress")
    assert [each.sentence for each in refused] == ["当前状态为“履行中”，不能“开始履行”。"]
