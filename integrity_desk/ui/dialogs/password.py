"""A new password for an account: one's own, or given by an administrator."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from integrity_desk.domain.accounts import Account
from integrity_desk.services.accounts import SetPassword
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.panel import Panel
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.labels import button
from integrity_desk.ui.widgets.plain_field import PlainField
from integrity_desk.wording import _


class PasswordDialog(QDialog):
    """Asks for the new password twice, and for one's own current one; closes when it holds."""

    def __init__(
        self, tasks: Tasks, account: Account, *, own: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._account = account
        self.setWindowTitle(_("设置密码"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = _("为“{name}”设置新密码").format(name=account.name)
        self.panel = Panel(heading, _("新密码立即生效，旧密码不能再用。"))
        if own:
            current = PlainField(_("当前密码"), secret=True)
            self.panel.body.addWidget(self.panel.add_field("current", current))
        for name, field in (
            ("password", PlainField(_("新密码"), hint=_("至少八个字符"), secret=True)),
            ("again", PlainField(_("再输一次新密码"), secret=True)),
        ):
            self.panel.body.addWidget(self.panel.add_field(name, field))
        self.save = button(_("保存新密码"), kind="primary")
        self.save.clicked.connect(self._submit)
        cancel = button(_("取消"))
        cancel.clicked.connect(self.reject)
        self.panel.body.addWidget(self.panel.refusal)
        self.panel.add_buttons(self.save, cancel)
        space = theme.current().space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(5), space(5), space(5))
        layout.addWidget(self.panel)
        self.setMinimumWidth(space(100))

    @Slot()
    def _submit(self) -> None:
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
        self._tasks.perform(command, self._done, self.panel.refuse)

    @Slot(object)
    def _done(self, _nothing: object) -> None:
        self.panel.rest()
        self.accept()
