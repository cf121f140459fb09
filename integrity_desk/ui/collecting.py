"""Cyclic garbage is collected on the window's thread only.

Python collects it in whatever thread makes a new object. In a lane's that would destroy widgets
there: Qt, holding a lock, then waits for the interpreter, while the window, holding the
interpreter, waits for that lock, and both stand still for ever.
"""

from __future__ import annotations

import gc
from typing import ClassVar

from PySide6.QtCore import QObject, QTimer, Slot

_LOOK_EVERY_MS = 500


class Collecting(QObject):
    """From its making to ``stop`` nothing is collected but by its timer; several may overlap."""

    _under_way: ClassVar[int] = 0

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        Collecting._under_way += 1
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def stop(self) -> None:
        """Let Python collect by itself again, once no other thread is left; call it once."""
        self._timer.stop()
        Collecting._under_way -= 1
        if not Collecting._under_way:
            gc.enable()

    @Slot()
    def look(self) -> None:
        """Collect the oldest generation that is due, as Python would."""
        due = [
            generation
            for generation, (count, most) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > most
        ]
        if due:
            gc.collect(due[-1])
