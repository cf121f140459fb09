"""The measure board: figures, narrowing, keys to the record and the objection, and the ledger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from integrity_desk.domain.access import Handout
from tests.ui.registers import texts_of
from tests.ui.workplaces import Visit


@pytest.fixture
def visit(qtbot, office) -> Iterator[Visit]:
    made = Visit(qtbot, office.folder, office.now)
    made.settings.change(bundled_fonts=True)
    yield made
    made.close()


@pytest.fixture
def record(office):
    return office.effective_record(
        subject_id=office.person(name="李示例"), subject="逾期未答复来信"
    )


@pytest.fixture
def talk(office, record):
    """A measure in force that nobody has carried out yet."""
    measure = office.enter("measure", record_id=record, kind="talk", until_on="2026-12-31")
    return office.step(measure, "impose", from_on="2026-05-12")


@pytest.fixture
def waived(office, record):
    return office.step(office.enter("measure", record_id=record, kind="circular"), "waive")


@pytest.fixture
def board(visit):
    """Return ``board()``: the page, signed in as the clerk."""

    def come():
        visit.come_in("clerk", "measure_board")
        visit.window.activateWindow()
        visit.until(visit.window.isActiveWindow)
        return visit.page

    return come


def shown(page):
    rows = page.table.rows
    return [row.cells if row.heading else (row.cells[1], row.cells[2]) for row in rows]


def press(visit, widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    visit.qtbot.keyClick(widget, key, modifier)
    visit.settle()


def figure(page, words):
    return next(each for each in page.figures.values() if each.accessibleName().startswith(words))


def test_an_empty_board_says_where_measures_come_from(board):
    page = board()
    assert "没有在执行的措施" in " ".join(texts_of(page.empty))
    assert not page.record.isEnabled()
    assert page.subtitle == ""


def test_what_runs_is_shown_and_what_is_over_behind_its_figure(visit, board, talk, waived):
    page = board()
    assert shown(page) == [("待落实（1）",), ("李示例", "警示约谈")]
    assert figure(page, "待落实").accessibleName() == "待落实 1"
    press(visit, figure(page, "已终止"), Qt.Key.Key_Return)
    assert shown(page) == [("免予实施（1）",), ("李示例", "通报批评")]
    press(visit, figure(page, "已终止"), Qt.Key.Key_Space)
    assert shown(page)[0] == ("待落实（1）",)
    assert page.subtitle == "共 2 条"


def test_a_figure_without_anything_offers_to_show_all(visit, board, talk):
    page = board()
    press(visit, figure(page, "已暂停"), Qt.Key.Key_Return)
    assert page._room.currentWidget() is page.empty
    page.empty._button.click()
    visit.settle()
    assert len(shown(page)) == 2


def test_it_is_narrowed_by_kind_and_by_the_search_box(visit, board, talk, record):
    page = board()
    page.kind.setFocus()
    press(visit, page.kind, Qt.Key.Key_Down)
    assert page.kind.currentText() == "警示约谈（1）"
    page.search("没有此人")
    visit.settle()
    assert shown(page) == []
    page.search("李示")
    visit.settle()
    assert len(shown(page)) == 2


def test_enter_opens_the_measure(visit, board, talk):
    page = board()
    press(visit, page.table, Qt.Key.Key_Return)
    visit.until(lambda: visit.window.page.title == "奖惩措施")
    visit.until(lambda: visit.window.page.panel.view is not None)
    assert visit.window.page.panel.view.id == talk


def test_one_press_leads_to_the_record_behind_it(visit, board, talk, record):
    page = board()
    press(visit, page.table, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    visit.until(lambda: visit.window.page.title == "诚信记录")
    visit.until(lambda: visit.window.page.panel.view is not None)
    assert visit.window.page.panel.view.id == record


def test_a_suspended_one_leads_to_its_objection(visit, board, office, talk, record):
    page = board()
    assert not page.objection.isEnabled()
    objection = office.enter("objection", record_id=record)
    page.act("refresh")
    visit.settle()
    assert page.objection.isEnabled()
    press(visit, page.table, Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    visit.until(lambda: visit.window.page.title == "异议")
    visit.until(lambda: visit.window.page.panel.view is not None)
    assert visit.window.page.panel.view.id == objection


def test_what_is_shown_is_printed_as_a_ledger_and_noted(visit, board, office, talk, tmp_path):
    page = board()
    page.act("ledger")
    visit.until(lambda: page.preview.print.isEnabled())
    assert office.reading().find(Handout) == []
    page.preview.save_to(tmp_path / "ledger.pdf")
    visit.until(lambda: (tmp_path / "ledger.pdf").exists())
    visit.settle()
    assert [each.register for each in office.reading().find(Handout)] == ["measure"]


@pytest.mark.parametrize("large", [False, True])
def test_nothing_is_wider_than_the_window(visit, board, talk, large):
    page = board()
    visit.window.resize(1366, 768)
    visit.window.dress("light", large=large)
    visit.settle()
    assert page.table.isColumnHidden(0) is large
    shown_width = sum(page.table.columnWidth(each) for each in range(8))
    assert shown_width <= page.table.width()
