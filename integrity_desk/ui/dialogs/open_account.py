"""Opening an account: who it is for, what it may do, its first password."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from integrity_desk.domain.accounts import Account
from integrity_desk.domain.records import type_of
from integrity_desk.services.accounts import OpenAccount
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.panel_dialog import PanelDialog
from integrity_desk.ui.link_finder import RecordFinder
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.editors import make_editor
from integrity_desk.ui.widgets.field_box import FieldBox
from integrity_desk.ui.widgets.plain_field import PlainField
from integrity_desk.wording import _

_DECLARED = ("login", "name", "role", "unit_id", "person_id")


class OpenAccountDialog(PanelDialog):
    """The declared fields of an account, and its password twice."""

    opened = Signal(str)
    """The new account's login name."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        title = _("开通账号")
        super().__init__(tasks, title, title, save=title, width=150, parent=parent)
        finder = RecordFinder(tasks)
        declared = type_of(Account)
        self.boxes = {
            name: FieldBox(declared.field(name), make_editor(declared.field(name), finder))
            for name in _DECLARED
        }
        secret = PlainField(_("初始密码"), hint=_("至少八个字符，请本人登录后修改"), secret=True)
        again = PlainField(_("再输一次密码"), secret=True)
        self.panel.add_field("password", secret)
        self.panel.add_field("again", again)
        self._arrange()
        self.finish()

    @Slot()
    def submit(self) -> None:
        """Open it when every field holds; all that is missing is said at once."""
        fields = self.panel.fields
        holds = self.boxes_hold()
        if self.panel.missing(fields, _("请填写此项。")) or not holds:
            return
        if not self.panel.passwords_agree():
            return
        self.panel.work(self.save, _("正在开通…"))
        values = {name: box.editor.value() for name, box in self.boxes.items()}
        command = OpenAccount(**values, password=fields["password"].text)
        self.tasks.perform(command, self.done_with, self.refused)

    @Slot(object)
    def done_with(self, value: object) -> None:
        """Tell who may sign in now, and close."""
        self.opened.emit(self.boxes["login"].editor.value())
        super().done_with(value)

    def _arrange(self) -> None:
        space = theme.current().space
        grid = QGridLayout()
        grid.setHorizontalSpacing(space(4))
        grid.setVerticalSpacing(space(3))
        login, *others = self.boxes.values()
        grid.addWidget(login, 0, 0, 1, 2)
        for number, each in enumerate([*others, *self.panel.fields.values()], 2):
            row, column = divmod(number, 2)
            grid.addWidget(each, row, column, Qt.AlignmentFlag.AlignTop)
        self.panel.body.addLayout(grid)
