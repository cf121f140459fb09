"""Everything can be named by a screen reader and reached by keyboard: every page, every dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QToolButton, QWidget

from integrity_desk.domain.fields import Id
from integrity_desk.paths import resource
from integrity_desk.ui.actions import ACTIONS
from integrity_desk.ui.dialogs.about import AboutDialog
from integrity_desk.ui.dialogs.carry_bundles import CarryBundlesDialog
from integrity_desk.ui.dialogs.carry_over import CarryOverDialog
from integrity_desk.ui.dialogs.compose_notice import ComposeNoticeDialog
from integrity_desk.ui.dialogs.how_counted import HowCountedDialog
from integrity_desk.ui.dialogs.import_calendar import ImportCalendarDialog
from integrity_desk.ui.dialogs.letter_templates import LetterTemplatesDialog
from integrity_desk.ui.dialogs.link_account import LinkAccountDialog
from integrity_desk.ui.dialogs.open_account import OpenAccountDialog
from integrity_desk.ui.dialogs.password import PasswordDialog
from integrity_desk.ui.dialogs.pledge_batches import IssuePledgesDialog, SignPledgesDialog
from integrity_desk.ui.dialogs.redactions import RedactionsDialog
from integrity_desk.ui.dialogs.renew_recovery import RenewRecoveryDialog
from integrity_desk.ui.dialogs.sheet_preview import SheetPreviewDialog
from integrity_desk.ui.dialogs.shortcuts import ShortcutsDialog
from integrity_desk.ui.dialogs.statistics import StatisticsDialog
from integrity_desk.ui.dialogs.verify_sheet import VerifySheetDialog
from integrity_desk.ui.main_window import MainWindow
from integrity_desk.ui.pages.registry import PAGES
from tests.office import Office
from tests.ui.workplaces import Visit

SPARE = 5
"""Stops that are no widgets of their own, such as the rows of a list."""

DIALOGS: dict[str, Callable[[MainWindow, Office, Id], QWidget]] = {
    "about": lambda window, _office, _id: AboutDialog(window),
    "shortcuts": lambda window, _office, _id: ShortcutsDialog(
        window.actions_table.shortcuts(), window
    ),
    "verify": lambda window, _office, _id: VerifySheetDialog(window.tasks, window),
    "carry": lambda window, _office, _id: CarryBundlesDialog(window.context, window),
    "compose": lambda window, _office, _id: ComposeNoticeDialog(window.context, window),
    "preview": lambda window, _office, rec: SheetPreviewDialog(window.context, rec, window),
    "password": lambda window, office, _id: PasswordDialog(
        window.tasks, office.account("clerk"), own=True, parent=window
    ),
    "account": lambda window, _office, _id: OpenAccountDialog(window.tasks, window),
    "link": lambda window, office, _id: LinkAccountDialog(
        window.tasks, office.account("clerk"), window
    ),
    "carry over": lambda window, _office, _id: CarryOverDialog(window.context, window),
    "counted": lambda window, office, _id: HowCountedDialog(
        window.context, office.complaint(), window
    ),
    "calendar": lambda window, _office, _id: ImportCalendarDialog(
        window.context, resource("calendars/2026.toml"), window
    ),
    "templates": lambda window, _office, _id: LetterTemplatesDialog(window.context, window),
    "issue": lambda window, _office, _id: IssuePledgesDialog(window.context, window),
    "sign": lambda window, _office, _id: SignPledgesDialog(window.context, window),
    "redact": lambda window, _office, rec: RedactionsDialog(window.context, rec, window),
    "recovery": lambda window, _office, _id: RenewRecoveryDialog(window.tasks, window),
    "statistics": lambda window, _office, _id: StatisticsDialog(window.context, window),
}


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


@pytest.mark.parametrize("name", DIALOGS)
def test_in_every_dialog_all_controls_have_names_and_tab_reaches_them(visit, office, name):
    office.registered_commitment()
    window = visit.come_in("reviewer")
    dialog = DIALOGS[name](window, office, office.enter("notice"))
    dialog.show()
    visit.settle()
    assert nameless(dialog) == []
    assert unreached(visit, dialog) == []
    assert unmarked(visit, dialog) == []


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
