"""Everything can be named by a screen reader and reached by keyboard: every page, every dialog."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QToolButton, QWidget

from integrity_desk.ui.actions import ACTIONS
from integrity_desk.ui.pages.registry import PAGES
from tests.office import Office
from tests.ui.looks.scenes import DIALOGS
from tests.ui.looks.showroom import Room
from tests.ui.workplaces import Visit

SPARE = 5
"""Stops that are no widgets of their own, such as the rows of a list."""

BOXES = {"backing up"}
"""Has nothing to press until it is refused."""


@pytest.fixture
def visit(qtbot, office: Office) -> Iterator[Visit]:
    made = Visit(qtbot, office.folder, office.now)
    yield made
    made.close()


@pytest.mark.parametrize("page", [each.id for each in PAGES])
def test_on_every_page_all_controls_have_names_and_tab_reaches_them(visit, office, page):
    office.registered_commitment()
    window = visit.come_in("reviewer", page)
    assert nameless(window) == []
    assert unreached(visit, window) == []
    assert unmarked(visit, window) == []


@pytest.mark.parametrize("name", [name for name in DIALOGS if name not in BOXES])
def test_in_every_dialog_all_controls_have_names_and_tab_reaches_them(
    qtbot, planted, tmp_path, name
):
    scene = DIALOGS[name]
    room = Room(qtbot, planted, tmp_path / "store", scene.login)
    dialog = scene.make(room)
    room.laid_out(dialog)
    assert nameless(dialog) == []
    assert unreached(room.visit, dialog) == []
    assert unmarked(room.visit, dialog) == []
    room.put_away()
    room.close()


def test_at_the_front_door_all_controls_have_names_and_tab_reaches_them(visit):
    assert nameless(visit.door) == []
    assert unreached(visit, visit.door) == []
    assert unmarked(visit, visit.door) == []


def test_every_action_has_keys_or_stands_in_a_menu_or_on_a_button(visit, office):
    office.registered_commitment()
    window = visit.come_in("reviewer", "commitment")
    in_menus = {each for menu in window.findChildren(QMenu) for each in menu.actions()}
    on_buttons = {each.defaultAction() for each in window.findChildren(QToolButton)}
    table = window.actions_table
    hidden = [
        each.id
        for each in table.table
        if not each.shortcut and table[each.id] not in in_menus | on_buttons
    ]
    assert hidden == ["attach"]  # offered by the record's panel itself, beside its files


def test_the_manual_names_the_keys_of_every_action():
    manual = (Path(__file__).parents[2] / "docs" / "manual.zh-CN.md").read_text("utf-8")
    table = manual[manual.index("## 21. ") :]
    keys = [each.shortcut for each in ACTIONS if each.shortcut]
    assert [each for each in keys if f"| {each} |" not in table] == []


def nameless(widget: QWidget) -> list[str]:
    """What can be reached or pressed and yet a screen reader could not name."""
    return [
        described(each)
        for each in widget.findChildren(QWidget)
        if each.isVisibleTo(widget) and (stops(each) or isinstance(each, QAbstractButton))
        if not each.accessibleName() and not getattr(each, "text", str)() and not each.focusProxy()
        if not isinstance(each.parent(), QAbstractButton)
    ]


def unreached(visit: Visit, widget: QWidget) -> list[str]:
    """What should stop the tab key and does not, going round again and again."""
    widget.activateWindow()
    visit.until(widget.isActiveWindow)
    wanted = [each for each in widget.findChildren(QWidget) if stops(each)]
    wanted = [each for each in wanted if each.isVisibleTo(widget) and each.isEnabledTo(widget)]
    around = [next_stop(widget) for _stop in range(2 * len(wanted) + SPARE)]
    seen = set(around[len(wanted) :])  # the second time round: nothing leads into a corner
    return [described(each) for each in wanted if not seen & {each, *neighbours(each)}]


def unmarked(visit: Visit, widget: QWidget) -> list[str]:
    """What looks the same whether the keyboard is there or not."""
    stopped = {each for each in widget.findChildren(QWidget) if stops(each)}
    found = []
    for _stop in range(len(stopped)):
        here = next_stop(widget)
        if here in stopped:
            with_keyboard = here.grab().toImage()
            if next_stop(widget) is here:
                here.clearFocus()
            if here.grab().toImage() == with_keyboard:
                found.append(described(here))
            stopped -= {here, *neighbours(here)}
    return found


def next_stop(widget: QWidget) -> QWidget:
    QTest.keyClick(QApplication.focusWidget() or widget, Qt.Key.Key_Tab)
    return QApplication.focusWidget() or widget


def neighbours(widget: QWidget) -> list[QAbstractButton]:
    """The buttons of the same choice: the tab key stops at the chosen one, arrows reach others."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group.buttons() if group is not None and group.exclusive() else []


def stops(widget: QWidget) -> bool:
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and widget.focusProxy() is None


def described(widget: QWidget) -> str:
    words = widget.accessibleName() or getattr(widget, "text", str)()
    return f"{type(widget).__name__} {words!r} in {type(widget.parent()).__name__}"
