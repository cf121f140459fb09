"""The accounts of the sample, shown because their passwords are meant to be known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from integrity_desk.ui import theme
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.wording import _

_COLUMNS = 2


class SampleAccountsPanel(QFrame):
    """One button an account; a click fills it in."""

    chosen = Signal(str, str)
    """(login name, password)"""

    def __init__(self, accounts: Iterable[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "notice")
        space = theme.current().space
        self._accounts = {each.login: each for each in accounts}
        grid = QGridLayout()
        grid.setSpacing(space(1))
        for number, account in enumerate(self._accounts.values()):
            each = button(_("{role} {name}").format(role=_(account.role.label), name=account.name))
            each.setObjectName(account.login)
            each.setToolTip(
                _("登录名 {login}，密码 {password}").format(
                    login=account.login, password=account.password
                )
            )
            each.clicked.connect(self._choose)
            grid.addWidget(each, number // _COLUMNS, number % _COLUMNS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(3), space(2.5), space(3), space(3))
        layout.setSpacing(space(2))
        layout.addWidget(label(_("示例数据，人名单位均为虚构。选一个账号登录："), wrap=True))
        layout.addLayout(grid)

    def choose_first(self) -> None:
        """Fill in the first account."""
        first = next(iter(self._accounts.values()))
        self.chosen.emit(first.login, first.password)

    @Slot()
    def _choose(self) -> None:
        account = self._accounts[self.sender().objectName()]
        self.chosen.emit(account.login, account.password)
