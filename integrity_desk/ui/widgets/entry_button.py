"""Buttons whose words wrap: a framed entry of two lines, and a link."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from integrity_desk.ui import theme
from integrity_desk.ui.widgets.code_button import CodeButton
from integrity_desk.ui.widgets.labels import label


class EntryButton(CodeButton):
    """Title, and a caption below it; both wrap."""

    def __init__(
        self, code: str, title: str, caption: str, *, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(code, "", kind="entry", parent=parent)
        self.setAccessibleName(f"{title} {caption}".strip())
        space = theme.current().space
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(_wrapping(title, "value"))
        if caption:
            words.addWidget(_wrapping(caption, "caption"))
        self._row = layout = QHBoxLayout(self)
        layout.setContentsMargins(space(3), space(1.5), space(3), space(1.5))
        layout.setSpacing(space(2))
        if icon:
            layout.addWidget(self._picture(icon))
        layout.addLayout(words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _picture(self, icon: str) -> QLabel:
        tokens = theme.current()
        picture = QLabel()
        ratio = self.devicePixelRatioF()
        picture.setPixmap(theme.picture(icon, tokens.colours.muted, tokens.icon, ratio))
        picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return picture

    def sizeHint(self) -> QSize:
        """What its lines need."""
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self._row.minimumSize()


class LinkButton(CodeButton):
    """Words that lead to another record."""

    def __init__(self, code: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(code, "", kind="link", parent=parent)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.addWidget(_wrapping(words, "link"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def sizeHint(self) -> QSize:
        """What its words need."""
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self._row.minimumSize()


def _wrapping(text: str, kind: str) -> QLabel:
    made = label(text, kind, wrap=True)
    made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made
