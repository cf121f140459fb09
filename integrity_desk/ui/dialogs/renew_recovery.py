"""A new recovery sheet in place of one that was lost or seen by others."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from integrity_desk.errors import MediaUnavailable
from integrity_desk.services.recovery import RenewRecoverySheet
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.panel_dialog import PanelDialog
from integrity_desk.ui.dialogs.saving import where_to_save
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.labels import label
from integrity_desk.wording import _


class RenewRecoveryDialog(PanelDialog):
    """Asks where the sheet goes, makes it once, and lets it be saved elsewhere if that failed."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        title = _("重新生成恢复单")
        lead = _(
            "恢复单丢失或被别人看到过，就重新生成一张。新恢复单一生成，以前的恢复单立即作废。"
            "请打印新恢复单，锁进保险柜，再删除保存的文件。"
        )
        super().__init__(tasks, title, title, lead, save=_("生成并保存…"), width=120, parent=parent)
        self._sheet = b""
        self._target = Path()
        self.said = label("", wrap=True)
        self.said.hide()
        theme.set_icon(self.save, "printer", "on_accent")
        self.panel.body.addWidget(self.said)
        self.finish()

    def save_to(self, path: Path) -> None:
        """Make the sheet unless that is done already, and write it."""
        self._target = path
        if self._sheet:
            self._write()
        else:
            self.panel.work(self.save, _("正在生成…"))
            self.tasks.perform(RenewRecoverySheet(), self._made, self.refused)

    @Slot()
    def submit(self) -> None:
        """Ask where to."""
        usual = Path.home() / _("恢复单.pdf")
        path = where_to_save(self, _("保存恢复单"), usual, "pdf")
        if path:
            self.save_to(path)

    @Slot(object)
    def _made(self, sheet: bytes) -> None:
        self._sheet = sheet
        self.panel.rest()
        self.save.setText(_("另存一份…"))
        self.cancel.setText(_("关闭"))
        self._write()

    def _write(self) -> None:
        try:
            self._target.write_bytes(self._sheet)
        except OSError:
            self.said.hide()
            words = _("以前的恢复单已经作废，但新恢复单无法写入{path}，请换一个位置保存。")
            self.refused(MediaUnavailable(words.format(path=self._target)))
            return
        self.panel.refusal.hide()
        words = _("已保存到 {path}。以前的恢复单已经作废，请销毁。")
        self.said.setText(words.format(path=self._target))
        self.said.show()
