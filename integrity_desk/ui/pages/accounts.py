"""Accounts: administrators open, close and reset them; everyone changes their own password."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from integrity_desk.domain.accounts import Account
from integrity_desk.domain.changes import Changes
from integrity_desk.domain.fields import Id
from integrity_desk.services.accounts import CloseAccount, ListAccounts
from integrity_desk.services.links import NameRecords
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.confirm import confirm
from integrity_desk.ui.dialogs.link_account import LinkAccountDialog
from integrity_desk.ui.dialogs.open_account import OpenAccountDialog
from integrity_desk.ui.dialogs.password import PasswordDialog
from integrity_desk.ui.pages.base import Context, Page
from integrity_desk.ui.widgets.card import Card
from integrity_desk.ui.widgets.details import DetailList
from integrity_desk.ui.widgets.labels import button
from integrity_desk.ui.widgets.record_list import ListLine, RecordList
from integrity_desk.wording import _

_PAGE = "accounts"


class AccountsPage(Page):
    """The list at the left, the chosen account at the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._administers = context.actor.may("administer")
        self._accounts: dict[Id, Account] = {}
        self._shown = context.actor.account_id
        self.list = RecordList(_("账号"))
        self.list.opened.connect(self._choose)
        self.list.currentItemChanged.connect(self._follow)
        self.details = DetailList()
        self.card = Card(_("账号"))
        self.reset = button(_("设置密码"), "key")
        self.reset.clicked.connect(self._reset_password)
        self.link = button(_("所属单位和本人…"), "user")
        self.link.clicked.connect(self._ask_links)
        self.close_account = button(_("停用账号"), "lock", "danger")
        self.close_account.clicked.connect(self._ask_to_close)
        self.new = button(_("开通账号"), "plus", "primary")
        self.new.clicked.connect(self._open_new)
        self._build()

    @property
    def title(self) -> str:
        """The page's name."""
        return _("账号") if self._administers else _("我的账号")

    @property
    def subtitle(self) -> str:
        """How many may sign in."""
        if not self._administers:
            return ""
        count = sum(not each.closed for each in self._accounts.values())
        return _("{count} 个在用").format(count=count)

    @property
    def offers(self) -> frozenset[str]:
        """Nothing from the table: ``new`` there asks for another permission."""
        return frozenset()

    def refresh(self) -> None:
        """Ask for the accounts."""
        self.context.tasks.ask(ListAccounts(), self._show, latest=True)

    def touched_by(self, changes: Changes) -> bool:
        """Accounts, and the people and units they are linked to."""
        return "accounts" in changes.parts or changes.touches("account")

    def show_record(self, record_id: str) -> None:
        """Show one account."""
        self._shown = record_id
        self._show_chosen()

    @Slot(object)
    def _show(self, accounts: tuple[Account, ...]) -> None:
        self._accounts = {each.id: each for each in accounts}
        self.list.show_lines([_line(each) for each in accounts])
        self._show_chosen()
        self.retitled.emit()

    @Slot()
    def _follow(self) -> None:
        item = self.list.currentItem()
        if item is not None and self.list.hasFocus():
            self.show_record(item.data(Qt.ItemDataRole.UserRole).id)

    @Slot(object)
    def _choose(self, line: ListLine) -> None:
        self.show_record(line.id)

    def _show_chosen(self) -> None:
        account = self._accounts.get(self._shown)
        if account is None:
            return
        own = account.id == self.context.actor.account_id
        self.card.heading.setText(account.name)
        self.details.show_pairs(_facts(account, {}))
        self.reset.setText(_("修改我的密码") if own else _("重设密码"))
        self.reset.setEnabled(not account.closed and (own or self._administers))
        self.link.setVisible(self._administers and not account.closed)
        self.close_account.setVisible(self._administers and not own and not account.closed)
        linked = tuple(filter(None, (account.unit_id, account.person_id)))
        if linked:
            self.context.tasks.ask(NameRecords(ids=linked), self._named, latest=True)

    @Slot(object)
    def _named(self, named: tuple[tuple[Id, str], ...]) -> None:
        account = self._accounts.get(self._shown)
        if account is not None:
            self.details.show_pairs(_facts(account, dict(named)))

    @Slot()
    def _reset_password(self) -> None:
        account = self._accounts[self._shown]
        own = account.id == self.context.actor.account_id
        dialog = PasswordDialog(self.context.tasks, account, own=own, parent=self)
        dialog.accepted.connect(self._password_set)
        dialog.open()

    @Slot()
    def _password_set(self) -> None:
        self.context.say(_("新密码已生效。"))

    @Slot()
    def _ask_links(self) -> None:
        dialog = LinkAccountDialog(self.context.tasks, self._accounts[self._shown], self)
        dialog.accepted.connect(self._linked)
        dialog.open()

    @Slot()
    def _linked(self) -> None:
        self.context.say(_("已保存，本人下次登录时生效。"))

    @Slot()
    def _open_new(self) -> None:
        dialog = OpenAccountDialog(self.context.tasks, self)
        dialog.opened.connect(self._opened)
        dialog.open()

    @Slot(str)
    def _opened(self, login: str) -> None:
        self.context.say(_("已开通账号“{login}”。").format(login=login))

    @Slot()
    def _ask_to_close(self) -> None:
        account = self._accounts[self._shown]
        words = _("停用后“{name}”不能再登录，历史记录中的姓名不变。确定停用吗？")
        confirm(
            self, _("停用账号"), words.format(name=account.name), go=_("停用"), stay=_("取消"),
            then=self._close_chosen,
        )  # fmt: skip

    @Slot()
    def _close_chosen(self) -> None:
        self.context.tasks.perform(CloseAccount(account_id=self._shown), self._closed)

    @Slot(object)
    def _closed(self, _nothing: object) -> None:
        self.context.say(_("账号已停用。"))

    def _build(self) -> None:
        space = theme.current().space
        buttons = QHBoxLayout()
        buttons.setSpacing(space(2))
        for each in (self.reset, self.link, self.close_account):
            buttons.addWidget(each)
        buttons.addStretch(1)
        self.card.add(self.details, buttons)
        self.card.body.addStretch(1)
        lists = QHBoxLayout()
        lists.setSpacing(space(4))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(4), space(3), space(4), space(4))
        layout.setSpacing(space(3))
        if self._administers:
            top = QHBoxLayout()
            top.addStretch(1)
            top.addWidget(self.new)
            layout.addLayout(top)
            holder = Card()
            holder.add(self.list)
            lists.addWidget(holder, 3)
        lists.addWidget(self.card, 2)
        if not self._administers:
            lists.setAlignment(self.card, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(lists, 1)


def _line(account: Account) -> ListLine:
    assert account.role is not None
    badge, tone = _(account.role.label), "blue"
    if account.closed:
        badge, tone = _("已停用"), "grey"
    return ListLine(
        page=_PAGE, id=account.id, lead=account.login, title=account.name, badge=badge, tone=tone
    )


def _facts(account: Account, names: dict[Id, str]) -> list[tuple[str, str]]:
    assert account.role is not None
    return [
        (_("登录名"), account.login),
        (_("角色"), _(account.role.label)),
        (_("所在单位"), names.get(account.unit_id, "—" if not account.unit_id else "…")),
        (_("本人"), names.get(account.person_id, "—" if not account.person_id else "…")),
        (_("状态"), _("已停用") if account.closed else _("在用")),
    ]
