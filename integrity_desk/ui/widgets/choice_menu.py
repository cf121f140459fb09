"""A button with a list to tick: any number of a closed list on one line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from integrity_desk.ui import theme
from integrity_desk.wording import _


class ChoiceMenu(QPushButton):
    """Shows what is ticked; a click opens the list, which stays open while ticking."""

    changed = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "choices")
        self._menu = _StayingMenu(self)
        for code, words in choices:
            action = self._menu.addAction(words)
            action.setCheckable(True)
            action.setObjectName(code)
        self._menu.triggered.connect(self._ticked)
        self.clicked.connect(self._open)
        theme.set_icon(self, "chevron-down", "muted")
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._show()

    @property
    def codes(self) -> tuple[str, ...]:
        """The ticked codes, in declared order."""
        return tuple(each.objectName() for each in self._menu.actions() if each.isChecked())

    def tick(self, codes: Sequence[str]) -> None:
        """Tick these and no others, without telling anybody."""
        for each in self._menu.actions():
            each.setChecked(each.objectName() in codes)
        self._show()

    @Slot()
    def _open(self) -> None:
        self._menu.setMinimumWidth(self.width())
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    @Slot(QAction)
    def _ticked(self, _action: QAction) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        ticked = [each.text() for each in self._menu.actions() if each.isChecked()]
        words = _("、").join(ticked) or _("不限")
        room = theme.current().space(50)
        mode = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(words, mode, room))
        self.setToolTip(words if ticked else "")


class _StayingMenu(QMenu):
    """Ticking does not close it."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick and stay."""
        action = self.activeAction()
        if action is not None and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter tick and stay."""
        action = self.activeAction()
        keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() in keys and action is not None and action.isCheckable():
            action.trigger()
        else:
            super().keyPressEvent(event)
