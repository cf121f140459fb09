"""Opening an account: who it is for, what it may do, its first password."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from integrity_desk.domain.accounts import Account
from integrity_desk.domain.records import type_of
from integrity_desk.errors import DeskError, InvalidInput
from integrity_desk.services.accounts import OpenAccount
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.panel import Panel
from integrity_desk.ui.link_finder import RecordFinder
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.editors import make_editor
from integrity_desk.ui.widgets.field_box import FieldBox
from integrity_desk.ui.widgets.labels import button
from integrity_desk.ui.widgets.plain_field import PlainField
from integrity_desk.wording import _

_DECLARED = ("login", "name", "role", "unit_id", "person_id")


class OpenAccountDialog(QDialog):
    """The declared fields of an account, and its password twice."""

    opened = Signal(str)
    """The new account's login name."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.setWindowTitle(_("开通账号"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.panel = Panel(_("开通账号"))
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
        self.save = button(_("开通账号"), kind="primary")
        self.save.clicked.connect(self._submit)
        self._build()

    @Slot()
    def _submit(self) -> None:
        fields = self.panel.fields
        wrong = [box for box in self.boxes.values() if not box.check()]
        if wrong:
            wrong[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.panel.missing(fields, _("请填写此项。")) or wrong:
            return
        if not self.panel.passwords_agree():
            return
        self.panel.work(self.save, _("正在开通…"))
        values = {name: box.editor.value() for name, box in self.boxes.items()}
        command = OpenAccount(**values, password=fields["password"].text)
        self._tasks.perform(command, self._done, self._refuse)

    @Slot(object)
    def _done(self, _id: object) -> None:
        self.panel.rest()
        self.opened.emit(self.boxes["login"].editor.value())
        self.accept()

    @Slot(object)
    def _refuse(self, error: DeskError) -> None:
        box = self.boxes.get(error.field) if isinstance(error, InvalidInput) else None
        if box is None:
            self.panel.refuse(error)
        else:
            self.panel.rest()
            box.refuse(error.sentence)
            box.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        space = theme.current().space
        grid = QGridLayout()
        grid.setHorizontalSpacing(space(4))
        grid.setVerticalSpacing(space(3))
        placed = [*self.boxes.values(), *self.panel.fields.values()]
        for number, each in enumerate(placed, 1 if len(placed) % 2 else 0):
            row, column = divmod(number, 2)
            grid.addWidget(each, row, column, Qt.AlignmentFlag.AlignTop)
        grid.removeWidget(placed[0])
        grid.addWidget(placed[0], 0, 0, 1, 2)
        cancel = button(_("取消"))
        cancel.clicked.connect(self.reject)
        self.panel.body.addLayout(grid)
        self.panel.body.addWidget(self.panel.refusal)
        self.panel.add_buttons(self.save, cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(5), space(5), space(5))
        layout.addWidget(self.panel)
        self.setMinimumWidth(space(150))
