"""Which shared folder is looked into, in the settings of this machine."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.card import Card
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.wording import _


class SharedFolderCard(Card):
    """Chosen and left again by whoever reports; the change holds from the next look on."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("共享文件夹"), parent)
        self._context = context
        self.folder = label("", "value", wrap=True)
        self.folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.choose = button(_("选择文件夹…"), "folder")
        self.leave = button(_("不再查看"))
        words = _(
            "县级和其他登记点把回执、同步包放在共享文件夹里的，选定它，程序每隔几秒看一次；"
            "有给本登记点的，在窗口下方提示，点了才导入。"
        )
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addWidget(self.leave)
        row.addStretch(1)
        self.add(label(words, "muted", wrap=True), self.folder, row)
        self.choose.clicked.connect(self._ask)
        self.leave.clicked.connect(self._leave)
        self._show()

    def watch(self, folder: str) -> None:
        """Look into this folder from now on; "" for none."""
        self._context.settings.change(watched_folder=folder)
        self._show()

    @Slot()
    def _ask(self) -> None:
        kept = self._context.settings.current.watched_folder
        name = QFileDialog.getExistingDirectory(
            self, _("共享文件夹在哪里"), kept or str(Path.home())
        )
        if name:
            self.watch(name)

    @Slot()
    def _leave(self) -> None:
        self.watch("")

    def _show(self) -> None:
        kept = self._context.settings.current.watched_folder
        self.folder.setText(kept or _("没有选定"))
        self.leave.setEnabled(bool(kept))
