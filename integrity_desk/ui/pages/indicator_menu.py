"""What can be done with one indicator of a score sheet while its scheme is open to that."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from integrity_desk.domain.fields import Id
from integrity_desk.services.evaluation import DropIndicator
from integrity_desk.services.score_sheet import Head
from integrity_desk.ui import theme
from integrity_desk.ui.pages.base import Context
from integrity_desk.wording import _

_AMEND, _DROP = "amend", "drop"


class IndicatorMenu(QObject):
    """Opens below the head of the indicator's column."""

    amend_wanted = Signal(str)
    """Id of the indicator."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._id: Id = ""
        self.menu = QMenu(window)
        self.menu.triggered.connect(self._take)

    def open_menu(self, head: Head, at: QPoint, *, droppable: bool) -> None:
        """Offer to change the indicator, and to take it off a draft."""
        self._id = head.id
        self.menu.clear()
        amend = self.menu.addAction(_("修改指标“{name}”…").format(name=head.name))
        amend.setObjectName(_AMEND)
        theme.set_icon(amend, "pencil", "text")
        if droppable:
            drop = self.menu.addAction(_("删除指标“{name}”").format(name=head.name))
            drop.setObjectName(_DROP)
            theme.set_icon(drop, "trash", "red")
        self.menu.popup(at)
        self.menu.setActiveAction(amend)

    @Slot(QAction)
    def _take(self, action: QAction) -> None:
        if action.objectName() == _AMEND:
            self.amend_wanted.emit(self._id)
        else:
            self._context.tasks.perform(DropIndicator(id=self._id), self._dropped)

    @Slot(object)
    def _dropped(self, _nothing: None) -> None:
        self._context.say(_("已删除指标。"))
