"""Back in with the recovery code of the printed sheet, and a new password."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from integrity_desk.services.arrivals import Recover
from integrity_desk.ui.dialogs.panel import Panel
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.labels import button
from integrity_desk.ui.widgets.plain_field import PlainField
from integrity_desk.wording import _


class RecoverPanel(Panel):
    """Recovery code, account, new password twice."""

    recovered = Signal(object, str)
    """(desk, login name)"""
    left = Signal()

    def __init__(
        self, tasks: Tasks, folder: Path, login: str, parent: QWidget | None = None
    ) -> None:
        lead = _("请从保险柜取出恢复单，输入上面的恢复码，为账号设一个新密码。")
        super().__init__(_("使用恢复码"), lead, parent)
        self._tasks = tasks
        self._folder = folder
        for name, field in (
            ("code", PlainField(_("恢复码"), hint=_("按组输入，大小写和连字符不限"))),
            ("login", PlainField(_("登录名"))),
            ("password", PlainField(_("新密码"), hint=_("至少八个字符"), secret=True)),
            ("again", PlainField(_("再输一次新密码"), secret=True)),
        ):
            self.body.addWidget(self.add_field(name, field))
        self.fields["login"].text = login
        self._save = button(_("重设密码并登录"), kind="primary")
        self._save.clicked.connect(self._submit)
        self.fields["again"].line.returnPressed.connect(self._submit)
        back = button(_("返回"))
        back.clicked.connect(self.left)
        self.body.addWidget(self.refusal)
        self.add_buttons(self._save, back)

    @Slot()
    def _submit(self) -> None:
        if self.missing(self.fields, _("请填写此项。")):
            return
        if not self.passwords_agree():
            return
        texts = {name: each.text for name, each in self.fields.items() if name != "again"}
        self.work(self._save, _("正在核对…"))
        self._tasks.ask(Recover(folder=self._folder, **texts), self._recovered, self.refuse)

    @Slot(object)
    def _recovered(self, desk: object) -> None:
        self.rest()
        self.recovered.emit(desk, self.fields["login"].text.strip())
