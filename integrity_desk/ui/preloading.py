"""Loading what comes next between two events of the window, module by module.

On the window's own thread: a class of Qt that is made on another thread while this one draws may
end the program. So only what has no Qt in it is loaded by the lanes.
"""

from __future__ import annotations

import gc
import importlib
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Slot

_PAUSE_MS = 10
"""Room for keys between two modules."""


class Preloading(QObject):
    """Loads ``modules`` in order, each when nobody waits for an answer; then it is gone."""

    def __init__(self, modules: Iterable[str], idle: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._modules = iter(modules)
        self._idle = idle
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._next)
        self._timer.start()

    @Slot()
    def _next(self) -> None:
        if not self._idle():
            return  # a lane loads the store's libraries; they would wait for one another
        name = next(self._modules, "")
        if name:
            importlib.import_module(name)
        else:
            gc.freeze()  # what was loaded stays: the collector need not look through it again
            self._timer.stop()
            self.deleteLater()
