"""The table of a register: keys, clicks, selection, empty state, painting."""

from __future__ import annotations

from array import array

import pytest
from PySide6.QtCore import QPoint, Qt

from integrity_desk.ui import theme
from integrity_desk.ui.models.rows import RowsModel
from integrity_desk.ui.widgets.register_table import RegisterTable
from tests.ui.conftest import COLUMNS, row

COUNT = 100_000


@pytest.fixture
def table(qtbot):
    model = RowsModel(COLUMNS, lambda ids, on_rows: on_rows([row(each) for each in ids]))
    made = RegisterTable(model)
    qtbot.addWidget(made)
    made.resize(900, 500)
    model.set_order(array("q", range(COUNT)))
    with qtbot.waitExposed(made):
        made.show()
    qtbot.waitUntil(lambda: model.row_at(0) is not None)
    return made


def press(qtbot, table, key):
    qtbot.keyClick(table.view, key)


def position(table):
    return table.view.currentIndex().row()


def test_keys_walk_the_whole_list(table, qtbot):
    table.view.selectRow(0)
    press(qtbot, table, Qt.Key.Key_Down)
    assert position(table) == 1
    press(qtbot, table, Qt.Key.Key_PageDown)
    assert 10 <= position(table) <= 16
    press(qtbot, table, Qt.Key.Key_End)
    assert position(table) == COUNT - 1
    press(qtbot, table, Qt.Key.Key_Home)
    assert position(table) == 0
    assert table.selected_row_ids == [0]


def test_the_selected_row_is_told_when_it_arrives(table, qtbot):
    with qtbot.waitSignal(
        table.selected, check_params_cb=lambda row: row is not None and row.row_id == 70_000
    ):
        assert table.select_row_id(70_000)
    assert table.current.row_id == 70_000
    assert not table.select_row_id(COUNT + 1)


def test_enter_and_a_double_click_open_a_row(table, qtbot):
    table.view.selectRow(3)
    with qtbot.waitSignal(table.opened) as opened:
        press(qtbot, table, Qt.Key.Key_Return)
    assert opened.args[0].row_id == 3
    middle = QPoint(200, theme.current().row * 5 + 10)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.mouseDClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert opened.args[0].row_id == 5


def test_shift_selects_a_range_in_list_order(table, qtbot):
    table.view.selectRow(4)
    qtbot.keyClick(table.view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_row_ids == [3, 4]


def test_a_click_on_a_heading_asks_for_an_order_and_a_second_for_the_other(table, qtbot):
    head = table.view.horizontalHeader()
    middle = QPoint(head.sectionViewportPosition(1) + 20, 10)
    for descending in (False, True):
        with qtbot.waitSignal(table.model.order_wanted) as wanted:
            qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        assert wanted.args == ["title", descending]
        table.sort_shown("title", descending=descending)


def test_an_empty_list_says_so_and_offers_a_way_on(table, qtbot):
    table.empty.tell("inbox", "没有符合条件的登记。", "清除筛选")
    table.model.set_order([])
    assert table.empty.isVisible()
    assert not table.view.isVisible()
    table.model.set_order([1])
    assert table.view.isVisible()


def test_columns_of_a_high_rank_give_way_when_room_is_short(table, qtbot):
    assert not table.view.isColumnHidden(2)
    table.resize(400, 500)
    qtbot.waitUntil(lambda: table.view.isColumnHidden(2))
    assert not table.view.isColumnHidden(3)


def test_a_switch_of_text_size_keeps_the_place(table, qtbot, qapp):
    table.select_row_id(50_000)
    theme.apply(qapp, large=True)
    qtbot.waitUntil(lambda: table.view.rowHeight(0) == theme.current().row)
    qtbot.waitUntil(lambda: table.view.visualRect(table.view.currentIndex()).top() >= 0)
    assert position(table) == 50_000


def test_the_selected_row_is_painted_with_its_accent(table, qtbot):
    table.view.selectRow(1)
    picture = table.view.viewport().grab().toImage()
    row_height = theme.current().row
    colours = theme.current().colours
    assert picture.pixelColor(0, row_height + 3).name() == colours.accent
    assert picture.pixelColor(6, row_height + 3).name() == colours.selected
    assert picture.pixelColor(6, 3).name() == colours.surface
