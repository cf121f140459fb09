"""The keys of an opened record: its steps, its chain, and the way back to the list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from integrity_desk.ui.pages.record_chain import KEYS_BACK, KEYS_ON
from integrity_desk.ui.pages.record_panel import RecordPanel
from integrity_desk.ui.widgets.drawer import Drawer

MOST_STEPS = 9
"""How many steps have a key of their own, Alt+1 to Alt+9."""


class RecordKeys(QObject):
    """Listens on the list and the panel beside it."""

    left = Signal()
    """Esc was pressed."""

    def __init__(self, drawer: Drawer, panel: RecordPanel) -> None:
        super().__init__(drawer)
        self._drawer = drawer
        self._panel = panel
        for number in range(1, MOST_STEPS + 1):
            self._listen(f"Alt+{number}", self._take_numbered_step).setObjectName(str(number))
        self._listen(KEYS_BACK, self._back)
        self._listen(KEYS_ON, self._on)
        self._listen("Alt+W", self._explain)
        self._listen("Esc", self.left.emit)

    def _listen(self, keys: str, heard: Callable[[], None]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self._drawer)
        shortcut.setAutoRepeat(False)  # a key held down must not take the next step as well
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(heard)
        return shortcut

    @Slot()
    def _take_numbered_step(self) -> None:
        number = int(self.sender().objectName())
        if self._drawer.is_open and number <= len(self._panel.offered):
            self._panel.act_wanted.emit(self._panel.offered[number - 1].act)

    @Slot()
    def _explain(self) -> None:
        if self._drawer.is_open and self._panel.view is not None:
            self._panel.count_wanted.emit(self._panel.view.id)

    @Slot()
    def _back(self) -> None:
        self._walk(-1)

    @Slot()
    def _on(self) -> None:
        self._walk(1)

    def _walk(self, step: int) -> None:
        if self._drawer.is_open:
            self._panel.walk(step)
