"""The integrity file in the real window: opened by one press, read, followed and printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from integrity_desk.domain.access import Handout
from tests.office import Office
from tests.ui.registers import Sitting, button, sitting, texts_of


@pytest.fixture
def sit(qtbot: Any, office: Office) -> Iterator[Callable[[str], Sitting]]:
    with sitting(qtbot, office) as made:
        yield made


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
