"""One table of actions; menus, shortcuts, the shortcuts page and enablement are built from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from integrity_desk.domain.accounts import Actor
from integrity_desk.ui import theme
from integrity_desk.wording import N_, _


@dataclass(frozen=True, kw_only=True)
class Action:
    """One act a person may choose; with ``page`` it opens that page, else see ``of_window``."""

    id: str
    text: str
    shortcut: str = ""
    permission: str = "view"
    icon: str = ""
    page: str = ""
    of_window: bool = False
    """Answered by the window and always there; others are answered by the page that offers it."""


ACTIONS = (
    Action(id="new", text=N_("登记"), shortcut="Ctrl+N", permission="edit", icon="plus"),
    Action(id="edit", text=N_("修改"), shortcut="F2", permission="edit", icon="pencil"),
    Action(id="undo", text=N_("撤销刚才的操作"), shortcut="Ctrl+Z", permission="edit", icon="undo"),
    Action(id="file", text=N_("打开诚信档案"), shortcut="Ctrl+D", icon="folder"),
    Action(id="attach", text=N_("添加附件"), permission="attach", icon="paperclip"),
    Action(id="print", text=N_("打印"), shortcut="Ctrl+P", permission="print", icon="printer"),
    Action(
        id="case_file",
        text=N_("卷宗（含附件）"),
        shortcut="Ctrl+J",
        permission="print",
        icon="folder",
    ),
    Action(id="export", text=N_("导出"), shortcut="Ctrl+E", permission="print", icon="export"),
    Action(
        id="export_full",
        text=N_("导出（不遮盖）"),
        shortcut="Ctrl+Shift+E",
        permission="reveal",
        icon="export",
    ),
    Action(
        id="ledger",
        text=N_("打印台账"),
        shortcut="Ctrl+Shift+P",
        permission="print",
        icon="printer",
    ),
    Action(id="import", text=N_("导入"), shortcut="Ctrl+Shift+I", permission="edit", icon="upload"),
    Action(
        id="verify_sheet",
        text=N_("核对公示单"),
        shortcut="Ctrl+Shift+K",
        icon="stamp",
        of_window=True,
    ),
    Action(
        id="statistics",
        text=N_("统计报表"),
        shortcut="Ctrl+Shift+T",
        permission="print",
        icon="chart",
        of_window=True,
    ),
    Action(
        id="templates",
        text=N_("文书模板"),
        permission="administer",
        icon="file",
        of_window=True,
    ),
    Action(id="filter", text=N_("筛选"), shortcut="Ctrl+L", icon="filter"),
    Action(id="refresh", text=N_("刷新"), shortcut="F5", icon="sync"),
    Action(id="search", text=N_("搜索"), shortcut="Ctrl+F", icon="search", of_window=True),
    Action(
        id="find", text=N_("查找全部登记"), shortcut="Ctrl+Shift+F", icon="search", of_window=True
    ),
    Action(id="theme", text=N_("深色或浅色"), shortcut="Ctrl+Shift+D", icon="moon", of_window=True),
    Action(id="large", text=N_("大字"), shortcut="Ctrl+Shift+L", icon="text-size", of_window=True),
    Action(id="shortcuts", text=N_("快捷键"), shortcut="F1", icon="keyboard", of_window=True),
    Action(id="about", text=N_("关于诚信台账"), icon="info", of_window=True),
    Action(id="sign_out", text=N_("退出登录"), icon="sign-out", of_window=True),
    Action(id="quit", text=N_("关闭程序"), shortcut="Ctrl+Q", icon="close", of_window=True),
)


class Actions(QObject):
    """The QActions of a table; ``chosen`` tells which one a person took."""

    chosen = Signal(str)

    def __init__(self, table: Iterable[Action], window: QWidget) -> None:
        super().__init__(window)
        self.table = tuple(table)
        self._made: dict[str, QAction] = {}
        group = QActionGroup(self)
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        for each in self.table:
            self._made[each.id] = made = group.addAction(_(each.text))
            made.setObjectName(each.id)
            made.setAutoRepeat(False)  # a key held down is one act
            if each.shortcut:
                made.setShortcut(QKeySequence(each.shortcut))
                made.setToolTip(_("{text}（{keys}）").format(text=_(each.text), keys=each.shortcut))
            if each.icon:
                theme.set_icon(made, each.icon)
            window.addAction(made)
        group.triggered.connect(self._tell)

    def __getitem__(self, action_id: str) -> QAction:
        """Return the QAction of that id; KeyError for an unknown one."""
        return self._made[action_id]

    def enable(self, actor: Actor, offered: Collection[str]) -> None:
        """Enable what the role permits and the window or the page offers now."""
        for each in self.table:
            there = each.of_window or bool(each.page) or each.id in offered
            self._made[each.id].setEnabled(there and actor.may(each.permission))

    def menu(self, ids: Iterable[str], parent: QWidget) -> QMenu:
        """Return a menu of the named actions; "" stands for a separator."""
        menu = QMenu(parent)
        for each in ids:
            if each:
                menu.addAction(self._made[each])
            else:
                menu.addSeparator()
        return menu

    def shortcuts(self) -> list[tuple[str, str]]:
        """Return (text, keys) of every action with a shortcut, as the shortcuts page shows it."""
        return [(_(each.text), each.shortcut) for each in self.table if each.shortcut]

    @Slot(QAction)
    def _tell(self, action: QAction) -> None:
        self.chosen.emit(action.objectName())
