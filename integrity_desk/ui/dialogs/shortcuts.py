"""The list of keys, made from the table of actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from integrity_desk.ui import theme
from integrity_desk.ui.widgets.details import DetailList
from integrity_desk.wording import _


class ShortcutsDialog(QDialog):
    """Every action that has keys, with them."""

    def __init__(self, shortcuts: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("快捷键"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        space = theme.current().space
        self.setMinimumWidth(space(90))
        keys = DetailList()
        keys.show_pairs(
            (
                *shortcuts,
                (_("保存表单"), "Ctrl+S"),
                (_("关闭表单"), "Esc"),
                (_("在列表中移动"), "↑ ↓ PageUp PageDown Home End"),
                (_("打开所选记录"), "Enter"),
            )
        )
        buttons = QDialogButtonBox()
        buttons.addButton(_("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(5), space(5), space(4))
        layout.setSpacing(space(4))
        layout.addWidget(keys)
        layout.addWidget(buttons)
