"""Asking before something is lost or cannot be taken back; the safe answer is the default."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from integrity_desk.wording import _


def confirm(
    parent: QWidget, title: str, words: str, *, go: str, stay: str, then: Callable[[], None]
) -> QMessageBox:
    """Open the question; ``then``, a slot of ``parent`` or its owner, follows only on ``go``."""
    asking = QMessageBox(QMessageBox.Icon.Question, title, words, parent=parent)
    asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    drop = asking.addButton(go, QMessageBox.ButtonRole.DestructiveRole)
    keep = asking.addButton(stay, QMessageBox.ButtonRole.RejectRole)
    asking.setDefaultButton(keep)
    drop.clicked.connect(then)
    asking.open()
    return asking


def confirm_leaving(parent: QWidget, then: Callable[[], None]) -> QMessageBox:
    """Ask before what was typed is thrown away."""
    words = _("填写的内容还没有保存，确定放弃吗？")
    return confirm(parent, _("放弃填写"), words, go=_("放弃"), stay=_("继续填写"), then=then)
