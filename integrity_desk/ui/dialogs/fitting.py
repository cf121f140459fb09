"""How large a dialog opens."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog

from integrity_desk.ui import theme


def open_at(dialog: QDialog, width: float, height: float) -> None:
    """Take so many steps of the space scale, but never more than the window it belongs to has."""
    wanted = QSize(theme.current().space(width), theme.current().space(height))
    dialog.resize(wanted.boundedTo(room_for(dialog)))


def room_for(dialog: QDialog) -> QSize:
    """Return the size of the window the dialog belongs to."""
    parent = dialog.parentWidget()
    return parent.window().size() if parent is not None else QSize(1024, 640)
