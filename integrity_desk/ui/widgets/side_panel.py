"""The panel at the right that shows one record beside its list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from integrity_desk.ui import theme
from integrity_desk.ui.widgets.labels import empty, label
from integrity_desk.wording import _

_WIDTH = 68
"""In steps of the space scale: 272 px at the normal size."""


class SidePanel(QFrame):
    """Title and close button above, scrolled ``body`` between, ``footer`` of buttons below."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = theme.current().space
        self.setProperty("kind", "side")
        self.setFixedWidth(space(_WIDTH))
        self._title = label("", "heading", wrap=True)
        self._close = QToolButton()
        self._close.setAccessibleName(_("关闭详情"))
        self._close.setToolTip(_("关闭详情"))
        theme.set_icon(self._close, "close", "muted")
        self._close.clicked.connect(self.closed)
        self.body = QVBoxLayout()
        self.footer = QHBoxLayout()
        self._build()

    def set_title(self, title: str) -> None:
        """Show the record's name."""
        self._title.setText(title)

    def clear(self) -> None:
        """Take the content and the buttons away."""
        for layout in (self.body, self.footer):
            empty(layout)

    def _build(self) -> None:
        space = theme.current().space
        top = QHBoxLayout()
        top.setContentsMargins(space(4), space(3), space(2), space(2))
        top.addWidget(self._title, 1)
        top.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        holder.setProperty("kind", "plain")
        self.body.setContentsMargins(space(4), 0, space(4), space(4))
        self.body.setSpacing(space(3))
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        holder.setLayout(self.body)
        self.area = scroll = QScrollArea()
        scroll.setWidget(holder)
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(_("详情"))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.footer.setContentsMargins(space(4), space(3), space(4), space(3))
        self.footer.setSpacing(space(2))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(scroll, 1)
        layout.addLayout(self.footer)
