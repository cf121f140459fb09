"""The deadline board and the month: worked by keyboard, opened at the record, explained."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt

from integrity_desk.services.due_board import Lane
from integrity_desk.ui.dialogs.how_counted import HowCountedDialog
from tests.office import Office
from tests.ui.registers import texts_of
from tests.ui.workplaces import Visit, titles


@pytest.fixture
def visit(qtbot, office: Office) -> Iterator[Visit]:
    made = Visit(qtbot, office.folder, office.now)
    yield made
    made.close()


@pytest.fixture
def promised(office: Office) -> dict[str, str]:
    """Promises by their subject: one late, one due today, one within the week."""
    days = {"逾期的": "2026-05-09", "今天的": "2026-05-12", "本周的": "2026-05-15"}
    return {
        name: office.registered_commitment(subject=name, due_on=day) for name, day in days.items()
    }


def shown(visit: Visit) -> list[tuple[str, ...]]:
    """The lines of the board: headings with one cell, items by subject and last words."""
    rows = visit.page.board.table.rows
    return [row.cells if row.heading else (row.cells[2], row.cells[-1]) for row in rows]


def press(visit: Visit, widget, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    visit.qtbot.keyClick(widget, key, modifier)
    visit.settle()


def month_of(visit: Visit):
    visit.page.views._buttons["month"].click()
    visit.settle()
    return visit.page.month


def test_an_empty_board_says_that_nothing_is_due(visit):
    visit.come_in("clerk", "due")
    assert "没有逾期的" in " ".join(texts_of(visit.page.board.empty))
    assert visit.page.subtitle == ""
    assert not visit.page.explain.isEnabled()


def test_the_board_stands_in_lanes_with_the_late_in_red(visit, promised):
    visit.come_in("clerk", "due")
    assert shown(visit) == [
        ("已逾期（1）",), ("逾期的", "逾期3天"),
        ("今天到期（1）",), ("今天的", "今天到期"),
        ("七天内到期（1）",), ("本周的", "还有3天"),
    ]  # fmt: skip
    assert [row.tone for row in visit.page.board.table.rows if row.code] == [
        "red", "amber", "amber",
    ]  # fmt: skip
    assert visit.page.subtitle == "共 3 项"


def test_a_figure_narrows_to_its_lane_and_again_to_all(visit, promised):
    visit.come_in("clerk", "due")
    today = visit.page.board.figures[Lane.TODAY]
    press(visit, today, Qt.Key.Key_Return)
    assert shown(visit) == [("今天到期（1）",), ("今天的", "今天到期")]
    press(visit, today, Qt.Key.Key_Return)
    assert len(shown(visit)) == 6


def test_a_lane_without_anything_offers_to_show_all(visit, promised):
    visit.come_in("clerk", "due")
    press(visit, visit.page.board.figures[Lane.PAUSED], Qt.Key.Key_Space)
    assert visit.page.board._room.currentWidget() is visit.page.board.empty
    visit.page.board.empty._button.click()
    visit.settle()
    assert len(shown(visit)) == 6


def test_the_board_is_grouped_by_clause_and_by_handler(visit, office, promised):
    office.amend(promised["今天的"], person_id=office.person(name="孙示例"))
    visit.come_in("clerk", "due")
    visit.page.board.grouping._buttons["clause"].click()
    assert shown(visit)[0] == ("公开承诺的兑现期限（3）",)
    visit.page.board.grouping._buttons["handler"].click()
    assert {each[0] for each in shown(visit) if len(each) == 1} == {
        "王示例（2）", "孙示例（1）",
    }  # fmt: skip


def test_the_choices_above_narrow_the_board_and_stay_chosen(visit, office, promised):
    office.amend(promised["今天的"], person_id=office.clerk_person)
    visit.come_in("clerk", "due")
    handler = visit.page.handler
    assert [handler.itemText(each) for each in range(handler.count())] == [
        "全部经办人", "我经办的（1）", "王示例（2）",
    ]  # fmt: skip
    handler.setFocus()
    press(visit, handler, Qt.Key.Key_Down)
    assert [each[0] for each in shown(visit) if len(each) > 1] == ["今天的"]
    office.amend(promised["今天的"], person_id=office.some("person"))
    visit.page.refresh()
    visit.settle()
    assert handler.currentText() == "我经办的（1）"
    visit.page.board.empty._button.click()
    visit.settle()
    assert len(shown(visit)) == 6


def test_enter_on_a_line_opens_its_record(visit, promised):
    visit.come_in("clerk", "due")
    table = visit.page.board.table
    press(visit, table, Qt.Key.Key_Down)
    assert visit.page.board.chosen.title == "今天的"
    press(visit, table, Qt.Key.Key_Return)
    visit.until(lambda: visit.window.page.title == "公开承诺")
    visit.until(lambda: visit.window.page.panel.view is not None)
    assert visit.window.page.panel.view.id == promised["今天的"]


def test_what_is_entered_elsewhere_appears_and_the_chosen_line_stays(visit, office, promised):
    visit.come_in("clerk", "due")
    press(visit, visit.page.board.table, Qt.Key.Key_Down)
    office.registered_commitment(subject="更早的", due_on="2026-05-01")
    visit.page.act("refresh")
    visit.settle()
    assert visit.page.board.chosen.title == "今天的"
    assert ("更早的", "逾期11天") in shown(visit)


def test_a_day_is_explained_day_by_day(visit, office):
    office.complaint(subject="示例工单", received_on="2026-05-11")
    visit.come_in("clerk", "due")
    visit.window.activateWindow()
    visit.until(visit.window.isActiveWindow)
    press(visit, visit.page.board.table, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    dialog = visit.page.dialog
    visit.until(lambda: bool(dialog.days.rows))
    rows = [each.cells for each in dialog.days.rows]
    assert rows[0][::3] == ("2026-05-11", "起算日不计入")
    assert rows[-1] == ("2026-05-18", "周一", "第5日", "届满")
    assert ("2026-05-16", "周六", "", "休息日，不计入") in rows
    assert "示例工单" in dialog.heading.text()


def test_a_day_that_somebody_gave_is_said_to_be_so(visit, promised):
    visit.come_in("clerk", "due")
    visit.page.explain.click()
    dialog = visit.page.dialog
    visit.until(lambda: bool(dialog._limits))
    assert dialog._room.currentWidget() is dialog.given
    assert "不是按时限规则推算" in dialog.given.text()


def test_an_opened_record_leads_to_how_its_day_was_counted(visit, office):
    case = office.step(office.complaint(channel="letter", received_on="2026-05-11"), "accept")
    visit.come_in("clerk", "complaint")
    page = visit.window.page
    page.show_record(case)
    visit.until(lambda: page.panel.view is not None)
    visit.settle()
    page.panel.count_wanted.emit(case)
    (dialog,) = page.findChildren(HowCountedDialog)
    visit.until(lambda: bool(dialog.days.rows))
    assert dialog.limits is not None
    assert dialog._limits[0].running
    dialog.limits._buttons["1"].click()
    assert dialog.days.rows[-1].cells[3] == "届满"


def test_the_month_marks_days_off_and_days_worked_and_shows_what_is_due(visit, promised):
    visit.come_in("viewer", "due")
    month = month_of(visit)
    assert month.name.text() == "2026年5月"
    spoken = {
        month.grid.item(row, column).text()
        for row in range(month.grid.rowCount())
        for column in range(7)
    }
    assert {"5月1日 周五 劳动节放假", "5月9日 周六 劳动节调休上班 1项到期"} <= spoken
    assert titles(month.list) == ["今天的"]
    assert month.heading.text() == "5月12日 周二"


def test_the_keyboard_moves_over_days_and_months(visit, promised):
    visit.come_in("clerk", "due")
    month = month_of(visit)
    grid = month.grid
    press(visit, grid, Qt.Key.Key_Right)
    assert month.heading.text() == "5月13日 周三"
    assert titles(month.list) == []
    press(visit, grid, Qt.Key.Key_PageDown)
    assert month.name.text() == "2026年6月"
    press(visit, grid, Qt.Key.Key_PageUp)
    press(visit, grid, Qt.Key.Key_PageUp)
    assert month.name.text() == "2026年4月"
    press(visit, grid, Qt.Key.Key_Home)
    assert month.heading.text() == "5月12日 周二"
    press(visit, grid, Qt.Key.Key_Return)
    assert month.list.currentRow() == 0
    press(visit, month.list, Qt.Key.Key_Return)
    visit.until(lambda: visit.window.page.title == "公开承诺")


def test_going_past_the_edge_of_a_month_turns_it(visit, office):
    office.now.set_day(date(2026, 5, 31))
    visit.come_in("clerk", "due")
    month = month_of(visit)
    press(visit, month.grid, Qt.Key.Key_Left)
    assert month.heading.text() == "5月30日 周六"
    press(visit, month.grid, Qt.Key.Key_Up)
    month.grid.setCurrentCell(0, 0)
    visit.settle()
    assert month.name.text() == "2026年4月"


def test_a_month_of_an_unpublished_year_warns(visit, office):
    office.now.set_day(date(2026, 12, 31))
    visit.come_in("clerk", "due")
    month = month_of(visit)
    assert "2027年的放假安排还没有导入" in month.doubt.text()
    press(visit, month.grid, Qt.Key.Key_PageUp)
    assert month.doubt.text() == ""


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_month_is_painted_in_every_look(visit, promised, scheme, large):
    visit.come_in("clerk", "due")
    grid = month_of(visit).grid
    visit.window.dress(scheme, large=large)
    visit.settle()
    assert not grid.grab().isNull()
    assert grid.verticalScrollBar().maximum() == 0
