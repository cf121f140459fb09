"""The shell: navigation, actions by role, refresh by change, look, failures."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox

from integrity_desk.domain.accounts import Actor, Role
from integrity_desk.domain.changes import Changes
from integrity_desk.errors import NotFound
from integrity_desk.ui import theme
from integrity_desk.ui.actions import ACTIONS
from integrity_desk.ui.dialogs.shortcuts import ShortcutsDialog
from integrity_desk.ui.main_window import MINIMUM_SIZE, MainWindow
from integrity_desk.ui.pages.base import Page, PageEntry
from integrity_desk.ui.widgets.nav_lines import NavButton, NavCaption


class Register(Page):
    search_hint = "搜索编号"
    offers = frozenset({"new", "print"})

    def __init__(self, context):
        super().__init__(context)
        self.told = []

    title = "投诉举报"
    subtitle = "共 3 件"

    def refresh(self):
        self.told.append("refresh")

    def touched_by(self, changes):
        return changes.touches("complaint")

    def show_record(self, record_id):
        self.told.append(record_id)

    def search(self, text):
        self.told.append(f"search {text}")

    def act(self, action_id):
        self.told.append(f"act {action_id}")


class Quiet(Register):
    title = "系统设置"
    search_hint = ""
    offers = frozenset()

    def touched_by(self, changes):
        return False


ENTRIES = (
    PageEntry(id="complaints", label="投诉举报", icon="message", factory=Register, group="台账"),
    PageEntry(id="measures", label="奖惩措施", icon="scale", factory=Register, group="台账"),
    PageEntry(id="settings", label="系统设置", icon="settings", factory=Quiet, at_bottom=True),
    PageEntry(id="accounts", label="账号", icon="key", factory=Quiet, permission="administer"),
)


@pytest.fixture
def open_window(tasks, qtbot):
    def build(role=Role.CLERK):
        actor = Actor(account_id="a", name="示例经办员", role=role)
        window = MainWindow(ENTRIES, tasks=tasks, actor=actor)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.navigate("complaints")
        with qtbot.waitExposed(window):
            window.show()
        return window

    return build


def nav_button(window, page_id):
    return window.navigation.findChild(NavButton, page_id)


def test_navigation_opens_pages_once_and_marks_the_shown_one(open_window, qtbot):
    window = open_window()
    first = window.page
    qtbot.mouseClick(nav_button(window, "settings"), Qt.MouseButton.LeftButton)
    assert window.page.title == "系统设置"
    assert nav_button(window, "settings").isChecked()
    window.navigate("complaints", "id-1")
    assert window.page is first
    assert first.told == ["refresh", "id-1"]


def test_a_closed_group_hides_its_pages_and_counts_them_at_its_caption(open_window, qtbot):
    window = open_window()
    caption = window.navigation.findChild(NavCaption)
    window.navigation.set_counts({"complaints": (3, False), "measures": (2, True)})
    told = []
    window.navigation.groups_closed.connect(told.append)
    qtbot.mouseClick(caption, Qt.MouseButton.LeftButton)
    assert not nav_button(window, "complaints").isVisible()
    assert caption.accessibleName() == "台账 5"
    assert (caption.count, caption.late) == (5, True)
    assert told == [("台账",)]
    qtbot.keyClick(caption, Qt.Key.Key_Return)
    assert nav_button(window, "complaints").isVisible()
    assert told[-1] == ()


def test_a_closed_group_is_open_only_as_long_as_one_of_its_pages_is_shown(open_window, qtbot):
    window = open_window()
    window.navigate("settings")
    caption = window.navigation.findChild(NavCaption)
    qtbot.mouseClick(caption, Qt.MouseButton.LeftButton)
    window.navigate("measures")
    assert not caption.closed
    window.navigate("settings")
    assert caption.closed
    assert not nav_button(window, "measures").isVisible()


def test_the_group_of_the_page_shown_is_opened(open_window, qtbot):
    window = open_window()
    qtbot.mouseClick(window.navigation.findChild(NavCaption), Qt.MouseButton.LeftButton)
    window.navigate("settings")
    assert not nav_button(window, "measures").isVisible()
    window.navigate("measures")
    assert nav_button(window, "measures").isVisible()


def test_pages_a_role_may_not_see_are_not_offered(open_window):
    assert nav_button(open_window(Role.CLERK), "accounts") is None
    assert nav_button(open_window(Role.ADMINISTRATOR), "accounts") is not None


def test_actions_are_enabled_by_role_and_by_page(open_window):
    clerk = open_window(Role.CLERK)
    assert clerk.actions_table["new"].isEnabled()
    assert clerk.actions_table["theme"].isEnabled()
    assert not clerk.actions_table["export"].isEnabled()
    clerk.navigate("settings")
    assert not clerk.actions_table["new"].isEnabled()
    viewer = open_window(Role.VIEWER)
    assert not viewer.actions_table["new"].isEnabled()
    assert viewer.actions_table["print"].isEnabled()


def test_keys_reach_the_page_and_the_search_box(open_window, qtbot):
    window = open_window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert "act new" in window.page.told
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.head.search.hasFocus()
    qtbot.keyClicks(window.head.search, "abc")
    qtbot.keyClick(window.head.search, Qt.Key.Key_Return)
    assert window.page.told[-1] == "search abc"


def test_each_page_keeps_its_own_search(open_window, qtbot):
    window = open_window()
    qtbot.keyClicks(window.head.search, "abc")
    qtbot.keyClick(window.head.search, Qt.Key.Key_Return)
    window.navigate("measures")
    assert window.head.search.text() == ""
    window.navigate("complaints")
    assert window.head.search.text() == "abc"


def test_changes_refresh_the_shown_page_now_and_hidden_ones_when_shown(open_window, tasks):
    window = open_window()
    complaints = window.page
    window.navigate("measures")
    tasks.changed.emit(Changes(types=frozenset({"complaint"})))
    assert window.page.told == ["refresh", "refresh"]
    assert complaints.told == ["refresh"]
    window.navigate("complaints")
    assert complaints.told == ["refresh", "refresh"]
    tasks.changed.emit(Changes(types=frozenset({"unit"})))
    assert complaints.told == ["refresh", "refresh"]


def test_a_failure_is_shown_as_a_sentence(open_window, tasks, qtbot):
    open_window()
    tasks.failed.emit(NotFound("没有这条登记。"))
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    dialog = QApplication.activeModalWidget()
    assert dialog.text() == "没有这条登记。"
    dialog.reject()


def test_the_look_switches_at_run_time_and_is_told(open_window, qtbot):
    window = open_window()
    with qtbot.waitSignal(window.look_changed) as told:
        window.actions_table["theme"].trigger()
    assert told.args == ["dark", False]
    assert theme.current().scheme == "dark"
    with qtbot.waitSignal(window.look_changed) as told:
        window.actions_table["large"].trigger()
    assert told.args == ["dark", True]
    assert window.navigation.folded


def test_the_navigation_folds_when_the_window_is_narrow(open_window):
    window = open_window()
    assert not window.navigation.folded
    window.resize(*MINIMUM_SIZE)
    assert window.navigation.folded
    assert nav_button(window, "complaints").toolTip() == "投诉举报"


@pytest.mark.parametrize("large", [False, True])
def test_everything_fits_into_the_smallest_window(open_window, large):
    window = open_window()
    window.dress("light", large=large)
    wanted = window.centralWidget().minimumSizeHint()
    assert wanted.width() <= MINIMUM_SIZE[0]
    assert wanted.height() <= MINIMUM_SIZE[1]


def test_every_control_of_the_shell_has_a_name(open_window):
    window = open_window()
    unnamed = [
        control
        for control in window.findChildren(object)
        if control.isWidgetType()
        and control.isVisible()
        and control.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not (control.accessibleName() or getattr(control, "text", lambda: "")())
    ]
    assert unnamed == []


def test_shortcuts_are_listed_and_unlike(open_window, qtbot):
    window = open_window()
    keys = [each.shortcut for each in ACTIONS if each.shortcut]
    assert len(keys) == len(set(keys))
    window.actions_table["shortcuts"].trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ShortcutsDialog))
    dialog = QApplication.activeModalWidget()
    assert set(keys) <= {label.text() for label in dialog.findChildren(QLabel)}
    dialog.reject()
