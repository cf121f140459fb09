"""Back to a backup, on the day the store is damaged or was lost with its computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from integrity_desk.domain.display import local_minute
from integrity_desk.services.arrivals import ListCopies, Restore
from integrity_desk.services.backups import Backup
from integrity_desk.ui.dialogs.panel import Panel
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.ui.widgets.plain_field import PlainField
from integrity_desk.wording import _

_MEGABYTE = 1_000_000


class RestorePanel(Panel):
    """Which backup, account, password."""

    restored = Signal(object, str)
    """(desk, login name)"""
    left = Signal()

    def __init__(
        self, tasks: Tasks, folder: Path, login: str, parent: QWidget | None = None
    ) -> None:
        lead = _(
            "备份会先检查是否完好，再放到现有数据的位置；现有数据不会删除，另存在数据文件夹里。"
            "备份以后登记的内容需要补登；备份以后封过包的，还要在县级重新开通。"
        )
        super().__init__(_("从备份恢复"), lead, parent)
        self._tasks = tasks
        self._folder = folder
        self.copies = QComboBox()
        self.copies.setPlaceholderText(_("这台电脑上没有备份"))
        self.copies.setAccessibleName(_("备份"))
        other = button(_("选择其他位置的备份…"), kind="plain")
        other.clicked.connect(self._choose_file)
        self.body.addWidget(label(_("备份"), "caption"))
        self.body.addWidget(self.copies)
        self.body.addWidget(other)
        for name, field in (
            ("login", PlainField(_("登录名"))),
            ("password", PlainField(_("密码"), secret=True)),
        ):
            self.body.addWidget(self.add_field(name, field))
        self.fields["login"].text = login
        self.fields["password"].line.returnPressed.connect(self._submit)
        self._restore = button(_("恢复并登录"), kind="primary")
        self._restore.clicked.connect(self._submit)
        back = button(_("返回"))
        back.clicked.connect(self.left)
        self.body.addWidget(self.refusal)
        self.add_buttons(self._restore, back)
        tasks.ask(ListCopies(folder=folder), self._listed)

    def choose(self, backup: Path) -> None:
        """Take a backup from elsewhere."""
        self.copies.insertItem(0, backup.name, backup)
        self.copies.setCurrentIndex(0)

    @Slot(object)
    def _listed(self, copies: tuple[Backup, ...]) -> None:
        for each in copies:
            self.copies.addItem(_described(each), each.path)
        if self.copies.currentIndex() < 0:
            self.copies.setCurrentIndex(0)

    @Slot()
    def _choose_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("选择备份"), str(self._folder), _("备份（*.db）")
        )
        if name:
            self.choose(Path(name))

    @Slot()
    def _submit(self) -> None:
        if self.copies.currentData() is None:
            self.say(_("这里没有备份，请选择其他位置的备份文件。"))
            return
        if self.missing(self.fields, _("请填写此项。")):
            return
        texts = {name: each.text for name, each in self.fields.items()}
        self.work(self._restore, _("正在核对和恢复…"))
        wanted = Restore(folder=self._folder, backup=self.copies.currentData(), **texts)
        self._tasks.ask(wanted, self._done, self.refuse)

    @Slot(object)
    def _done(self, desk: object) -> None:
        self.rest()
        self.restored.emit(desk, self.fields["login"].text.strip())


def _described(backup: Backup) -> str:
    return _("{when}（{size:.1f} MB）").format(
        when=local_minute(backup.made_at),
        size=backup.size / _MEGABYTE,
    )
