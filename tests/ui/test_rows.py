"""The million-row list: pages come when looked at, stale ones never show."""

from __future__ import annotations

from array import array

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from integrity_desk.ui.models.rows import PAGE_ROWS, RowsModel
from tests.ui.conftest import COLUMNS, row


class Store:
    """Collects what is asked for; answers when told to."""

    def __init__(self) -> None:
        self.asked: list[tuple] = []

    def fetch(self, row_ids, on_rows):
        self.asked.append((row_ids, on_rows))

    def answer(self, number: int = 0) -> None:
        row_ids, on_rows = self.asked.pop(number)
        on_rows(tuple(row(each) for each in row_ids))


@pytest.fixture
def store():
    return Store()


@pytest.fixture
def model(qapp, store):
    return RowsModel(COLUMNS, store.fetch)


def test_a_row_is_asked_for_when_looked_at_and_shown_when_it_came(model, store, qtbot):
    model.set_order(array("q", range(1_000_000)))
    assert model.row_at(500_000) is None
    qtbot.waitUntil(lambda: bool(store.asked))
    wanted = [number for number, (ids, _on) in enumerate(store.asked) if 500_000 in ids]
    with qtbot.waitSignal(model.dataChanged):
        store.answer(wanted[0])
    assert model.row_at(500_000).cells[0] == "诉〔2026〕500000号"


def test_the_model_keeps_qts_rules(qapp, store, qtbot):
    model = RowsModel(COLUMNS, store.fetch)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_order(range(PAGE_ROWS + 5))
    model.row_at(PAGE_ROWS)
    qtbot.waitUntil(lambda: bool(store.asked))
    store.answer()
    model.set_order([])
    assert tester.model() is model


def test_a_page_of_an_older_order_is_dropped(qapp, store, qtbot):
    model = RowsModel(COLUMNS, store.fetch)
    model.set_order(range(1000))
    model.row_at(0)
    qtbot.waitUntil(lambda: bool(store.asked))
    model.set_order(range(5000, 6000))
    with qtbot.assertNotEmitted(model.dataChanged):
        store.answer()
    assert model.row_at(0) is None


def test_neighbours_are_fetched_when_idle(qapp, store, qtbot):
    model = RowsModel(COLUMNS, store.fetch)
    model.set_order(range(1000))
    model.row_at(PAGE_ROWS * 3)
    qtbot.waitUntil(lambda: bool(store.asked))
    store.answer()
    qtbot.waitUntil(lambda: len(store.asked) == 2)
    assert {ids[0] // PAGE_ROWS for ids, _on in store.asked} == {2, 4}


def test_a_wild_scroll_asks_only_for_where_it_ended(qapp, store, qtbot):
    model = RowsModel(COLUMNS, store.fetch)
    model.set_order(range(1_000_000))
    for position in range(0, 1_000_000, PAGE_ROWS * 10):
        model.row_at(position)
    qtbot.waitUntil(lambda: bool(store.asked))
    assert position in store.asked[0][0]
    assert len(store.asked) <= 2


def test_memory_holds_a_limited_number_of_pages(qapp, store, qtbot):
    model = RowsModel(COLUMNS, lambda ids, on_rows: on_rows([row(each) for each in ids]))
    model.set_order(range(PAGE_ROWS * 200))
    for page in range(200):
        position = page * PAGE_ROWS
        model.row_at(position)
        qtbot.waitUntil(lambda at=position: model.row_at(at) is not None)
    assert len(model._pages) <= 64


def test_a_row_deleted_meanwhile_shows_nothing(qapp, store, qtbot):
    model = RowsModel(COLUMNS, lambda ids, on_rows: on_rows([row(e) for e in ids if e != 1]))
    model.set_order([0, 1, 2])
    model.row_at(0)
    qtbot.waitUntil(lambda: model.row_at(0) is not None)
    assert model.data(model.index(1, 0)) == ""
    assert model.data(model.index(2, 0)) == "诉〔2026〕2号"


def test_screen_readers_hear_label_and_text(qapp, store, qtbot):
    model = RowsModel(COLUMNS, lambda ids, on_rows: on_rows([row(each) for each in ids]))
    model.set_order([7])
    model.row_at(0)
    qtbot.waitUntil(lambda: model.row_at(0) is not None)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.data(model.index(0, 3), role) == "状态 已受理"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "编号"


def test_sorting_asks_the_owner(model, qtbot):
    with qtbot.waitSignal(model.order_wanted) as wanted:
        model.sort(2, Qt.SortOrder.DescendingOrder)
    assert wanted.args == ["due_on", True]


def test_reload_keeps_old_rows_until_new_ones_come(qapp, store, qtbot):
    model = RowsModel(COLUMNS, store.fetch)
    model.set_order(range(100))
    model.row_at(0)
    qtbot.waitUntil(lambda: bool(store.asked))
    store.answer()
    model.reload()
    assert model.row_at(0) is not None
    qtbot.waitUntil(lambda: bool(store.asked))
    with qtbot.waitSignal(model.dataChanged):
        store.answer()
