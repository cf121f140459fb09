"""The small window that stands while the day's backup is made, after the desk is left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from integrity_desk.errors import DeskError
from integrity_desk.ui.dialogs.small_dialog import SmallDialog
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.wording import _


class BackingUpDialog(SmallDialog):
    """Says that the backup is under way; comes back to say why when it is refused.

    Closed before, it is only out of sight: the session still speaks to it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("诚信台账"), parent, width=90)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self._words = label(_("正在做今天的备份，完成后自动关闭…"), wrap=True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("进度"))
        self._understood = button(_("知道了"), kind="primary")
        self._understood.clicked.connect(self.accept)
        self._understood.hide()
        for each in (self._words, self._bar, self._understood):
            self.body.addWidget(each)

    @property
    def refused(self) -> bool:
        """Whether the backup failed and the sentence is still to be read."""
        return not self._understood.isHidden()

    def refuse(self, error: DeskError) -> None:
        """Say why there is no backup."""
        self._words.setText(error.sentence)
        self._bar.hide()
        self._understood.show()
        self.show()
