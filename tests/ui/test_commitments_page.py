"""Last year's list is carried over from the register's page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from integrity_desk.services.carrying_over import CarryOver
from tests.office import Office
from tests.ui.workplaces import Visit


@pytest.fixture
def visit(qtbot, office: Office) -> Iterator[Visit]:
    made = Visit(qtbot, office.folder, office.now)
    yield made
    made.close()


@pytest.fixture
def dialog(visit):
    def opened():
        visit.come_in("clerk", "commitment")
        visit.page.carry.click()
        visit.until(lambda: visit.page.dialog is not None and visit.page.dialog.picker is not None)
        visit.settle()
        return visit.page.dialog

    return opened


def promises(office, *subjects):
    days = {"made_on": "2025-02-01", "due_on": "2025-12-31"}
    return [office.registered_commitment(subject=each, **days) for each in subjects]


def test_single_promises_of_last_year_become_drafts_in_the_register(visit, office, dialog, qtbot):
    road, _lamps = promises(office, "修路", "路灯")
    shown = dialog()
    assert not shown.take.isEnabled()
    shown.picker.tick([road])
    shown.picker.changed.emit()
    assert shown.take.text() == "结转为草稿（1条）"
    shown.take.click()
    visit.until(lambda: visit.page.list.total == 3)


def test_what_is_carried_over_already_is_marked_and_cannot_be_ticked(visit, office, dialog, qtbot):
    (road,) = promises(office, "修路")
    office.as_("clerk").perform(CarryOver(ids=(road,)))
    shown = dialog()
    picker = shown.picker
    picker.table.view.setCurrentIndex(picker.model.index(0, 1))
    visit.until(lambda: picker.table.current is not None)
    qtbot.keyClick(picker.table.view, Qt.Key.Key_Space)
    assert picker.ids == ()
    assert picker.model.text_of(picker.table.current, 0) == "已结转"
    assert "都已经结转过了" in shown.refusal.text()
    picker.all_button.click()
    visit.settle()
    assert (picker.ids, shown.take.isEnabled()) == ((), False)


def test_with_nothing_to_carry_over_the_dialog_says_so(visit, dialog):
    shown = dialog()
    assert not shown.take.isEnabled()
    assert "上年没有已登记的承诺" in shown.picker.table.empty._words.text()
