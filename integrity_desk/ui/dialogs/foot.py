"""The foot of a dialog: its buttons at the right, all of one width apart."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QWidget

from integrity_desk.ui import theme
from integrity_desk.ui.widgets.labels import button
from integrity_desk.wording import _


def foot_of(*buttons: QPushButton, lead: QWidget | None = None) -> QHBoxLayout:
    """Return a row of these, what it says at the left; Enter in a field presses none of them."""
    row = QHBoxLayout()
    row.setSpacing(theme.current().space(2))
    if lead is not None:
        row.addWidget(lead, 1)
    else:
        row.addStretch(1)
    for each in buttons:
        each.setAutoDefault(False)
        row.addWidget(each)
    return row


def closing(dialog: QDialog) -> QHBoxLayout:
    """Return the foot of a dialog that only shows something; Enter closes it too."""
    close = button(_("关闭"), kind="primary")
    close.clicked.connect(dialog.reject)
    row = foot_of(close)
    close.setDefault(True)
    return row
