"""A new recovery sheet in place of one that was lost or seen by others."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from integrity_desk.errors import DeskError, MediaUnavailable
from integrity_desk.services.recovery import RenewRecoverySheet
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.panel import Panel
from integrity_desk.ui.dialogs.saving import where_to_save
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.wording import _


class RenewRecoveryDialog(QDialog):
    """Asks where the sheet goes, makes it once, and lets it be saved elsewhere if that failed."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._sheet = b""
        self._target = Path()
        self.setWindowTitle(_("重新生成恢复单"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        lead = _(
            "恢复单丢失或被别人看到过，就重新生成一张。新恢复单一生成，以前的恢复单立即作废。"
            "请打印新恢复单，锁进保险柜，再删除保存的文件。"
        )
        self.panel = Panel(_("重新生成恢复单"), lead)
        self.said = label("", wrap=True)
        self.said.hide()
        self.make = button(_("生成并保存…"), "printer", "primary")
        self.make.clicked.connect(self._ask_where)
        self.leave = button(_("取消"))
        self.leave.clicked.connect(self.reject)
        self.panel.body.addWidget(self.said)
        self.panel.body.addWidget(self.panel.refusal)
        self.panel.add_buttons(self.make, self.leave)
        space = theme.current().space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(5), space(5), space(5))
        layout.addWidget(self.panel)
        self.setMinimumWidth(space(120))

    def save_to(self, path: Path) -> None:
        """Make the sheet unless that is done already, and write it."""
        self._target = path
        if self._sheet:
            self._write()
        else:
            self.panel.work(self.make, _("正在生成…"))
            self._tasks.perform(RenewRecoverySheet(), self._made, self._refuse)

    @Slot()
    def _ask_where(self) -> None:
        usual = Path.home() / _("恢复单.pdf")
        path = where_to_save(self, _("保存恢复单"), usual, "pdf")
        if path:
            self.save_to(path)

    @Slot(object)
    def _made(self, sheet: bytes) -> None:
        self._sheet = sheet
        self.panel.rest()
        self.make.setText(_("另存一份…"))
        self.leave.setText(_("关闭"))
        self._write()

    def _write(self) -> None:
        try:
            self._target.write_bytes(self._sheet)
        except OSError:
            self.said.hide()
            words = _("以前的恢复单已经作废，但新恢复单无法写入{path}，请换一个位置保存。")
            self._refuse(MediaUnavailable(words.format(path=self._target)))
            return
        self.panel.refusal.hide()
        words = _("已保存到 {path}。以前的恢复单已经作废，请销毁。")
        self.said.setText(words.format(path=self._target))
        self.said.show()
        self.adjustSize()

    @Slot(object)
    def _refuse(self, error: DeskError) -> None:
        self.panel.refuse(error)
        self.adjustSize()
