"""A small dialog: some words, what they are about, and a foot; as high as its words need."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from integrity_desk.ui import theme


class SmallDialog(QDialog):
    """Put what is shown into ``body``; it grows when that says more than before."""

    def __init__(self, title: str, parent: QWidget | None = None, *, width: float = 0) -> None:
        """Be at least ``width`` steps of the space scale wide; 0 for what the content needs."""
        super().__init__(parent)
        space = theme.current().space
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if width:
            self.setMinimumWidth(space(width))
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(space(5), space(5), space(5), space(4))
        self.body.setSpacing(space(3))

    def _fit(self) -> None:
        needed = max(self.heightForWidth(self.width()), self.minimumSizeHint().height())
        self.resize(self.width(), max(self.height(), needed))

    def event(self, event: QEvent) -> bool:
        """Grow when something is said that was not there before."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def showEvent(self, event: QShowEvent) -> None:
        """Words are measured once they are dressed."""
        super().showEvent(event)
        self._fit()
