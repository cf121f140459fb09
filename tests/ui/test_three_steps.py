"""Nothing needs more than three steps from the workbench, by mouse or by keys.

Entering: the register, Ctrl+N, saving. Going on with what is due: its line, the step's key, saving.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.ui.pages.record_keys import MOST_STEPS
from integrity_desk.ui.pages.step_order import in_order
from integrity_desk.ui.widgets.nav_lines import NavButton
from tests.office import Office
from tests.ui.workplaces import Visit

LIVING = [declared for declared in TYPES if declared.life is not None]
REGISTERS = ("commitment", "complaint", "sealed_item", "proposal", "question", "objection")


@pytest.fixture
def visit(qtbot, office: Office) -> Iterator[Visit]:
    made = Visit(qtbot, office.folder, office.now)
    yield made
    made.close()


@pytest.mark.parametrize("declared", LIVING, ids=lambda each: each.name)
def test_every_step_that_any_state_offers_has_a_key(declared):
    for state in declared.life.states:
        offered = declared.life.offered(state.code)
        assert len(in_order(declared.life, state.code, offered)) == len(offered) <= MOST_STEPS


@pytest.mark.parametrize("register", REGISTERS)
def test_an_empty_form_is_two_steps_from_the_workbench_and_saving_the_third(visit, register, qtbot):
    window = visit.come_in("clerk")
    window.activateWindow()
    visit.until(window.isActiveWindow)
    qtbot.mouseClick(window.navigation.findChild(NavButton, register), Qt.MouseButton.LeftButton)
    visit.settle()
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    visit.until(lambda: visit.page.forms.view is not None)
    visit.settle()
    save = visit.page.forms.view.form.save_button
    assert isinstance(save, QPushButton)
    assert save.isVisible()
    assert save.isEnabled()


def test_what_is_due_is_accepted_in_three_steps(visit, office, qtbot):
    case = office.complaint(subject="反映示例路灯", received_on="2026-05-11")
    window = visit.come_in("clerk")
    window.activateWindow()
    visit.until(window.isActiveWindow)
    lines = visit.page.due.list
    lines.setCurrentRow(0)
    qtbot.keyClick(lines, Qt.Key.Key_Return)
    visit.until(lambda: getattr(visit.page, "panel", None) and visit.page.panel.view is not None)
    visit.settle()
    qtbot.keyClick(visit.page.list.table.view, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    visit.until(lambda: visit.page.acts.dialog is not None and visit.page.acts.dialog.isVisible())
    qtbot.keyClick(visit.page.acts.dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    visit.until(lambda: office.state_of(case) == "accepted")
