"""The list of keys, made from the table of actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QWidget

from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.foot import closing
from integrity_desk.ui.dialogs.small_dialog import SmallDialog
from integrity_desk.ui.widgets.details import DetailList
from integrity_desk.wording import _

_LIST_WIDTH = 80
"""The least width of each of both lists in steps of the space scale."""


class ShortcutsDialog(SmallDialog):
    """Every action that has keys, with them."""

    def __init__(self, shortcuts: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(_("快捷键"), parent)
        space = theme.current().space
        lists = QHBoxLayout()
        lists.setSpacing(space(8))
        every = [*shortcuts, *_everywhere()]
        half = (len(every) + 1) // 2
        for pairs in (every[:half], every[half:]):
            keys = DetailList()
            keys.show_pairs(pairs)
            keys.setMinimumWidth(max(space(_LIST_WIDTH), self._width_of(pairs)))
            lists.addWidget(keys, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(lists)
        self.body.addLayout(closing(self))

    def _width_of(self, pairs: Sequence[tuple[str, str]]) -> int:
        """Return what the longest words and the longest keys take side by side."""
        advance = QFontMetrics(theme.font(theme.current().base)).horizontalAdvance
        words, keys = zip(*pairs, strict=True)
        return max(map(advance, words)) + max(map(advance, keys)) + theme.current().space(5)


def _everywhere() -> list[tuple[str, str]]:
    """The keys that belong to lists and forms instead of actions."""
    return [
        (_("办第一个、第二个步骤"), _("Alt+1、Alt+2……")),
        (_("到来龙去脉的上一环、下一环"), "Alt+↑ Alt+↓"),
        (_("保存表单"), "Ctrl+S"),
        (_("关闭表单"), "Esc"),
        (_("在列表中移动"), "↑ ↓"),
        (_("在列表中翻页"), "PageUp PageDown"),
        (_("到列表的首行、末行"), "Home End"),
        (_("打开所选记录"), "Enter"),
        (_("勾选公示事项"), _("空格")),
        (_("到下一格、上一格"), "Tab Shift+Tab"),
        (_("在日期格里打开日历"), "Alt+↓"),
        (_("看所选期限怎样算的"), "Alt+W"),
        (_("月历上的上一月、下一月"), "PageUp PageDown"),
    ]
