"""The line at the window's foot: sync, pending, message, progress, selection, backup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from integrity_desk.ui import theme
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.ui.widgets.message_line import MessageLine
from integrity_desk.ui.widgets.progress_strip import ProgressStrip
from integrity_desk.wording import _


class StatusLine(QFrame):
    """What a clerk glances at: is my work safe, and has it been sent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "status")
        self.message = MessageLine()
        self.progress = ProgressStrip()
        self._sync = label("", "muted")
        self._pending = label("", "muted")
        self._share = label("", "muted")
        self.arrived = button("", "download", "plain")
        self._selection = label("", "muted")
        self._backup = label("", "muted")
        self._sync_icon = _glyph("sync", "green", _("上报"))
        self._backup_icon = _glyph("backup", "muted", _("备份"))
        self._layout = QHBoxLayout(self)
        self._layout.setSpacing(theme.current().space(2))
        for each in (self._sync_icon, self._sync, self._pending, self._share, self.arrived):
            self._layout.addWidget(each)
        self._layout.addSpacing(theme.current().space(2))
        self._layout.addWidget(self.message, 1)
        self._layout.addWidget(self.progress)
        self._layout.addWidget(self._selection)
        self._layout.addSpacing(theme.current().space(2))
        for each in (self._backup_icon, self._backup):
            self._layout.addWidget(each)
        self.fit()
        self.show_share("")
        self.show_sync("")
        self.show_backup("")

    def fit(self) -> None:
        """Take the height and margins of the theme in force."""
        tokens = theme.current()
        self.setFixedHeight(tokens.space(8.5))
        self._layout.setContentsMargins(tokens.space(4), 0, tokens.space(4), 0)

    def show_sync(self, sentence: str, *, late: bool = False) -> None:
        """Say when bundles last left and receipts last came; red when long ago."""
        _tell(self._sync, self._sync_icon, "sync", sentence, late=late, calm="green")

    def show_pending(self, count: int) -> None:
        """Say how many changes wait for the next bundle."""
        words = _("{count} 项修改待上报").format(count=f"{count:,}") if count else ""
        self._pending.setText(words)

    def show_share(self, words: str, *, why: str = "") -> None:
        """Say quietly how the shared folder is; "" when there is nothing to say."""
        self._share.setText(words)
        self._share.setToolTip(why)
        self._share.setVisible(bool(words))
        self.arrived.hide()

    def offer_share(self, words: str) -> None:
        """Offer what has arrived in the shared folder; ``arrived`` is clicked to take it in."""
        self.show_share("")
        self.arrived.setText(words)
        self.arrived.setAccessibleName(words)
        self.arrived.show()

    def show_selection(self, sentence: str) -> None:
        """Say what the page has selected."""
        self._selection.setText(sentence)

    def show_backup(self, sentence: str, *, late: bool = False) -> None:
        """Say when the last backup was made; red when too long ago."""
        _tell(self._backup, self._backup_icon, "backup", sentence, late=late, calm="muted")


def _glyph(name: str, colour: str, words: str) -> QToolButton:
    made = QToolButton()
    made.setAccessibleName(words)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    theme.set_icon(made, name, colour)
    return made


def _tell(
    words: QLabel, glyph: QToolButton, icon: str, sentence: str, *, late: bool, calm: str
) -> None:
    words.setText(sentence)
    glyph.setVisible(bool(sentence))
    theme.set_icon(glyph, icon, "red" if late else calm)
    theme.mark(words, kind="error" if late else "muted")
