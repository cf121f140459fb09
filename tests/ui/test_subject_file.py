"""The integrity file in the real window: opened by one press, read, followed and printed."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from integrity_desk.domain.access import Handout
from tests.office import Office
from tests.ui.registers import Sitting, button, texts_of


@pytest.fixture
def person(office: Office) -> str:
    made = office.person(name="李示例")
    record = office.effective_record(subject_id=made, subject="逾期未答复示例来信")
    office.step(office.enter("measure", record_id=record, kind="talk"), "impose")
    office.enter("post_history", person_id=made, post="示例所副所长", from_on="2022-03-01")
    return made


def attended(desk: Sitting) -> Sitting:
    """Let the window have the keyboard."""
    desk.window.activateWindow()
    desk.until(desk.window.isActiveWindow)
    return desk


def opened(desk: Sitting, person: str) -> Any:
    page: Any = attended(desk).open_record("person", person)
    desk.settle()
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    desk.until(lambda: page.work is not None and page.work.file is not None)
    desk.settle()
    QApplication.processEvents()  # what was added to a layout shows with the next event
    return page.work


def test_the_file_is_opened_by_its_button_and_by_the_keyboard(sit, person):
    desk = attended(sit("viewer"))
    page: Any = desk.open_record("person", person)
    button(page.panel, "打开诚信档案").click()
    desk.until(lambda: page.work is not None and page.work.file is not None)
    assert desk.window.page.title == "李示例的诚信档案"
    desk.until(page.work.table.hasFocus)
    desk.qtbot.keyClick(page.work.table, Qt.Key.Key_Escape)
    desk.until(lambda: page.work is None)
    assert opened(desk, person).file.name == "李示例"


def test_entries_and_timeline_say_what_there_is(sit, person):
    view = opened(sit("viewer"), person)
    said = [each.cells for each in view.table.rows]
    assert [each[0] for each in said] == ["诚信记录", "奖惩措施", "任职经历"]
    assert "逾期未答复示例来信" in said[0][3]
    assert said[0][4] == "有效"
    told = texts_of(view.timeline)
    assert {"作出决定", "诚信记录生效", "措施开始", "任职"} <= set(told)
    assert "有效失信记录1条" in "".join(texts_of(view))


def test_a_chip_narrows_the_entries(sit, person):
    view = opened(sit("viewer"), person)
    view.chips.choose("measure")
    view._choose()
    assert [each.cells[0] for each in view.table.rows] == ["奖惩措施"]


def test_enter_opens_the_record_behind_an_entry(sit, person):
    desk = sit("viewer")
    view = opened(desk, person)
    view.table.selectRow(0)
    desk.qtbot.keyClick(view.table, Qt.Key.Key_Return)
    desk.until(lambda: desk.window.page.declared.name == "integrity_record")


def test_an_empty_file_says_so(sit, office):
    desk = sit("viewer")
    view = opened(desk, office.person(name="吴示例"))
    assert "还没有登记" in "".join(texts_of(view.empty))
    assert view.isAncestorOf(QApplication.focusWidget())


def test_printing_is_noted_when_it_is_taken_and_not_when_it_is_looked_at(
    sit, office, person, tmp_path
):
    desk = sit("reviewer")
    desk.window.context.settings.change(bundled_fonts=True)
    view = opened(desk, person)
    desk.window.page.act("print")
    desk.until(lambda: view.preview.viewer.count > 0)
    assert office.reading().find(Handout) == []
    path = tmp_path / "file.pdf"
    view.preview.save_to(path)
    desk.until(path.exists)
    (noted,) = office.reading().find(Handout)
    assert noted.narrowed == "李示例"
    assert path.read_bytes().startswith(b"%PDF")
    view.preview.reject()


def test_a_reviewer_divides_a_registration_that_is_two_people(sit, office):
    one = office.person(name="孙甲示例")
    record = office.effective_record(subject_id=one)
    promise = office.registered_commitment(person_id=one)
    desk = sit("reviewer")
    page = desk.open_record("person", one)
    menu = [each for each in page.panel._menu.actions() if each.text() == "拆分登记…"]
    menu[0].trigger()
    desk.until(lambda: page.dividing is not None and page.dividing.ties.topLevelItemCount() == 2)
    dialog = page.dividing
    (first,) = [each for each in dialog._items() if each.text(0) == "诚信记录"]
    dialog.search.setText("公开承诺")
    assert first.isHidden()
    first.setCheckState(0, Qt.CheckState.Checked)
    assert "已勾选1条" in dialog.told.text()
    dialog.form.submit()
    assert "需要改正" in dialog.form._refusal.text(), "the reason is asked for"
    dialog.form.set_values({"divide_reason": "处分决定书上是另一人"})
    dialog.form.submit()
    desk.until(lambda: office.record(record).subject_id != one)
    assert office.record(promise).person_id == one
    other = office.record(record).subject_id
    desk.until(lambda: page.panel.view is not None and page.panel.view.id == other)
    assert "孙甲示例" in desk.words()
    assert "处分决定书上是另一人" in desk.words()


def test_a_clerk_is_not_offered_to_divide(sit, office):
    page = sit("clerk").open_record("person", office.person(name="孙甲示例"))
    assert "拆分登记…" not in [each.text() for each in page.panel._menu.actions()]
