"""A new password for an account: one's own, or given by an administrator."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from integrity_desk.domain.accounts import Account
from integrity_desk.services.accounts import SetPassword
from integrity_desk.ui.dialogs.panel_dialog import PanelDialog
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.plain_field import PlainField
from integrity_desk.wording import _


class PasswordDialog(PanelDialog):
    """Asks for the new password twice, and for one's own current one; closes when it holds."""

    def __init__(
        self, tasks: Tasks, account: Account, *, own: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            tasks,
            _("设置密码"),
            _("为“{name}”设置新密码").format(name=account.name),
            _("新密码立即生效，旧密码不能再用。"),
            save=_("保存新密码"),
            width=100,
            parent=parent,
        )
        self._account = account
        if own:
            current = PlainField(_("当前密码"), secret=True)
            self.panel.body.addWidget(self.panel.add_field("current", current))
        for name, field in (
            ("password", PlainField(_("新密码"), hint=_("至少八个字符"), secret=True)),
            ("again", PlainField(_("再输一次新密码"), secret=True)),
        ):
            self.panel.body.addWidget(self.panel.add_field(name, field))
        self.finish()

    @Slot()
    def submit(self) -> None:
        """Set it when both are alike."""
        fields = self.panel.fields
        if self.panel.missing(fields, _("请填写此项。")):
            return
        if not self.panel.passwords_agree():
            return
        self.panel.work(self.save, _("正在保存…"))
        command = SetPassword(
            account_id=self._account.id,
            password=fields["password"].text,
            current=fields["current"].text if "current" in fields else "",
        )
        self.tasks.perform(command, self.done_with, self.refused)
