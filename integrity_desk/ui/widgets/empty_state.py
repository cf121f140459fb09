"""What a list shows when there is nothing: why, and what to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from integrity_desk.ui import theme
from integrity_desk.ui.widgets.labels import button, label


class EmptyState(QWidget):
    """An icon, a sentence, and a button when there is something to do."""

    acted = Signal()

    def __init__(
        self, icon: str, sentence: str, action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._words = label(sentence, "muted", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._button = button(action, kind="primary")
        self._button.clicked.connect(self.acted)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.current().space(3))
        layout.addStretch(2)
        layout.addWidget(self._picture)
        layout.addWidget(self._words)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.tell(icon, sentence, action)

    def tell(self, icon: str, sentence: str, action: str = "") -> None:
        """Change what is said; without ``action`` there is no button."""
        self._icon = icon
        self._words.setText(sentence)
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self._draw()

    def _draw(self) -> None:
        tokens = theme.current()
        ratio = self.devicePixelRatioF()
        ink = tokens.colours.border_strong
        self._picture.setPixmap(theme.picture(self._icon, ink, tokens.space(11), ratio))

    def changeEvent(self, event: QEvent) -> None:
        """Recolour the icon with the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
