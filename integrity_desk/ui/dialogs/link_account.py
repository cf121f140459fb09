"""Which unit and which public servant an account is: recusal goes by it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from integrity_desk.domain.accounts import Account
from integrity_desk.domain.records import type_of
from integrity_desk.services.accounts import LinkAccount
from integrity_desk.ui.dialogs.panel_dialog import PanelDialog
from integrity_desk.ui.link_finder import RecordFinder
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.editors import make_editor
from integrity_desk.ui.widgets.field_box import FieldBox
from integrity_desk.wording import _

_LINKS = ("unit_id", "person_id")


class LinkAccountDialog(PanelDialog):
    """Two links, either may stay empty; closes when they hold."""

    def __init__(self, tasks: Tasks, account: Account, parent: QWidget | None = None) -> None:
        super().__init__(
            tasks,
            _("所属单位和本人"),
            _("“{name}”的所属单位和本人").format(name=account.name),
            _("用来判断回避，也用来判断谁能看举报人；下次登录时生效。"),
            save=_("保存"),
            width=110,
            parent=parent,
        )
        self._account = account
        finder = RecordFinder(tasks)
        declared = type_of(Account)
        self.boxes = {
            name: FieldBox(declared.field(name), make_editor(declared.field(name), finder))
            for name in _LINKS
        }
        for name, box in self.boxes.items():
            box.editor.set_value(getattr(account, name))
            self.panel.body.addWidget(box)
        self.finish()

    @Slot()
    def submit(self) -> None:
        """Write both links."""
        if not self.boxes_hold():
            return
        self.panel.work(self.save, _("正在保存…"))
        values = {name: box.editor.value() for name, box in self.boxes.items()}
        command = LinkAccount(account_id=self._account.id, **values)
        self.tasks.perform(command, self.done_with, self.refused)
