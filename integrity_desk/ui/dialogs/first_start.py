"""The first start: who this desk is, its administrator, and the recovery sheet to lock away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QWidget,
)

from integrity_desk.errors import MediaUnavailable
from integrity_desk.services.arrivals import BeginStore, BegunStore
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.panel import Panel
from integrity_desk.ui.dialogs.saving import where_to_save
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.ui.widgets.plain_field import PlainField
from integrity_desk.wording import _

_GROUPS_A_LINE = 4


class FirstStartPanel(Panel):
    """Asks once for what a new store needs."""

    begun = Signal(object)
    """The ``BegunPanel`` to show next."""
    restore = Signal()

    def __init__(self, tasks: Tasks, folder: Path, parent: QWidget | None = None) -> None:
        lead = _("本机还没有台账。请填写登记点和管理员，数据加密保存在：{folder}").format(
            folder=folder
        )
        super().__init__(_("首次使用"), lead, parent)
        self._tasks = tasks
        self._folder = folder
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().space(4))
        grid.setVerticalSpacing(theme.current().space(3))
        for place, (name, field) in zip(_PLACES, _fields().items(), strict=True):
            grid.addWidget(self.add_field(name, field), *place)
        self._make = button(_("建立台账"), kind="primary")
        self._make.clicked.connect(self._submit)
        self.fields["again"].line.returnPressed.connect(self._submit)
        self.body.addLayout(grid)
        self.body.addWidget(self.refusal)
        restore = button(_("从备份恢复"), kind="plain")
        restore.clicked.connect(self.restore)
        self.add_buttons(self._make, restore)

    @Slot()
    def _submit(self) -> None:
        if self.missing(self.fields, _("请填写此项。")):
            return
        if not self.passwords_agree():
            return
        texts = {name: each.text for name, each in self.fields.items() if name != "again"}
        self.work(self._make, _("正在建立…"))
        self._tasks.ask(BeginStore(folder=self._folder, **texts), self._begun, self.refuse)

    @Slot(object)
    def _begun(self, begun: BegunStore) -> None:
        self.rest()
        self.begun.emit(BegunPanel(begun, self.fields["login"].text.strip()))


class BegunPanel(Panel):
    """Shows the recovery code once; the way on opens when the sheet is locked away."""

    done = Signal(object, str)
    """(desk, login name)"""

    def __init__(self, begun: BegunStore, login: str, parent: QWidget | None = None) -> None:
        lead = _(
            "密码遗失时，只有恢复码能打开台账，任何人都不能代为找回。"
            "请打印恢复单，装入信封锁进保险柜，不要拍照，也不要留在电脑里。"
        )
        super().__init__(_("恢复单"), lead, parent)
        self._begun = begun
        self._login = login
        save = button(_("保存恢复单，供打印"), "printer")
        save.clicked.connect(self._ask_where)
        self.locked_away = QCheckBox(_("我已打印并锁存恢复单"))
        self.enter = button(_("进入工作台"), kind="primary")
        self.enter.setEnabled(False)
        self.locked_away.toggled.connect(self.enter.setEnabled)
        self.enter.clicked.connect(self._go_on)
        self.body.addWidget(_code_card(begun.recovery_code))
        self.body.addWidget(save)
        self.body.addWidget(self.refusal)
        self.body.addWidget(self.locked_away)
        self.add_buttons(self.enter)

    def save_to(self, path: Path) -> None:
        """Write the sheet; the person prints it and takes the file away again."""
        try:
            path.write_bytes(self._begun.recovery_sheet)
        except OSError:
            sentence = _("无法写入{path}，请换一个位置保存。").format(path=path)
            self.refuse(MediaUnavailable(sentence))

    @Slot()
    def _ask_where(self) -> None:
        usual = Path.home() / _("恢复单.pdf")
        path = where_to_save(self, _("保存恢复单"), usual, "pdf")
        if path:
            self.save_to(path)

    @Slot()
    def _go_on(self) -> None:
        self.done.emit(self._begun.desk, self._login)


_PLACES = (
    (0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 2), (2, 0, 1, 1), (2, 1, 1, 1), (3, 0, 1, 1),
    (3, 1, 1, 1),
)  # fmt: skip
"""Where the fields below stand: row, column, and how many of each it takes."""


def _fields() -> dict[str, PlainField]:
    return {
        "org": PlainField(_("单位代码"), hint=_("由县级编定，如 999901001")),
        "desk": PlainField(_("登记点编号"), hint=_("由县级编定，如 01")),
        "name": PlainField(_("登记点名称"), hint=_("如“示例镇政务服务大厅”，印在单据上")),
        "login": PlainField(_("管理员登录名")),
        "administrator": PlainField(_("管理员姓名")),
        "password": PlainField(_("密码"), hint=_("至少八个字符"), secret=True),
        "again": PlainField(_("再输一次密码"), secret=True),
    }


def _code_card(code: str) -> QFrame:
    """The code in its groups, large, four to a line, as on the sheet."""
    space = theme.current().space
    card = QFrame()
    card.setProperty("kind", "card")
    layout = QGridLayout(card)
    layout.setContentsMargins(space(2), space(4), space(2), space(4))
    layout.setVerticalSpacing(space(3))
    layout.setHorizontalSpacing(0)
    for number, group in enumerate(code.split("-")):
        words = label(group, "figure")
        layout.addWidget(words, *divmod(number, _GROUPS_A_LINE), Qt.AlignmentFlag.AlignCenter)
    return card
