"""Which unit and which public servant an account is: recusal goes by it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from integrity_desk.domain.accounts import Account
from integrity_desk.domain.records import type_of
from integrity_desk.errors import DeskError, InvalidInput
from integrity_desk.services.accounts import LinkAccount
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.panel import Panel
from integrity_desk.ui.link_finder import RecordFinder
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.editors import make_editor
from integrity_desk.ui.widgets.field_box import FieldBox
from integrity_desk.ui.widgets.labels import button
from integrity_desk.wording import _

_LINKS = ("unit_id", "person_id")


class LinkAccountDialog(QDialog):
    """Two links, either may stay empty; closes when they hold."""

    def __init__(self, tasks: Tasks, account: Account, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._account = account
        self.setWindowTitle(_("所属单位和本人"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = _("“{name}”的所属单位和本人").format(name=account.name)
        self.panel = Panel(heading, _("用来判断回避，也用来判断谁能看举报人；下次登录时生效。"))
        finder = RecordFinder(tasks)
        declared = type_of(Account)
        self.boxes = {
            name: FieldBox(declared.field(name), make_editor(declared.field(name), finder))
            for name in _LINKS
        }
        for name, box in self.boxes.items():
            box.editor.set_value(getattr(account, name))
            self.panel.body.addWidget(box)
        self.save = button(_("保存"), kind="primary")
        self.save.clicked.connect(self._submit)
        cancel = button(_("取消"))
        cancel.clicked.connect(self.reject)
        self.panel.body.addWidget(self.panel.refusal)
        self.panel.add_buttons(self.save, cancel)
        space = theme.current().space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(5), space(5), space(5))
        layout.addWidget(self.panel)
        self.setMinimumWidth(space(110))

    @Slot()
    def _submit(self) -> None:
        wrong = [box for box in self.boxes.values() if not box.check()]
        if wrong:
            wrong[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.panel.work(self.save, _("正在保存…"))
        values = {name: box.editor.value() for name, box in self.boxes.items()}
        command = LinkAccount(account_id=self._account.id, **values)
        self._tasks.perform(command, self._done, self._refuse)

    @Slot(object)
    def _done(self, _nothing: object) -> None:
        self.panel.rest()
        self.accept()

    @Slot(object)
    def _refuse(self, error: DeskError) -> None:
        box = self.boxes.get(error.field) if isinstance(error, InvalidInput) else None
        if box is None:
            self.panel.refuse(error)
        else:
            self.panel.rest()
            box.refuse(error.sentence)
