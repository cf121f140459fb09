"""The chain a record stands in, from promise to repair: each a line that leads there."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from integrity_desk.services.chains import ChainCard
from integrity_desk.services.record_view import RecordView
from integrity_desk.ui import theme
from integrity_desk.ui.pages.record_blocks import column
from integrity_desk.ui.widgets.code_button import CodeButton
from integrity_desk.ui.widgets.elided import ElidedLabel
from integrity_desk.ui.widgets.labels import Badge, SectionHeading, label
from integrity_desk.wording import _

_REGISTER_LETTERS = 4

KEYS_BACK, KEYS_ON = "Alt+Up", "Alt+Down"
"""Keys that lead to what stands before the opened record in its chain, and after it."""


class ChainBlock(QWidget):
    """One line a record; the opened one is marked and leads nowhere."""

    link_wanted = Signal(str)

    def __init__(self, view: RecordView) -> None:
        super().__init__()
        layout = column(self, theme.current().space(1))
        layout.addWidget(SectionHeading(_("来龙去脉")))
        for card in view.chain:
            link = _ChainLink(card)
            link.taken.connect(self.link_wanted)
            layout.addWidget(link)
        words = _("Alt+↑、Alt+↓ 到上一环、下一环。")
        if view.chain_goes_on:
            words = _("还有更多相关登记没有列出，打开末尾的登记可以接着看。")
        layout.addWidget(label(words, "caption", wrap=True))


def beside(view: RecordView, step: int) -> str:
    """Return the id of what stands ``step`` places on in the chain; "" at its ends."""
    here = next((place for place, card in enumerate(view.chain) if card.here), None)
    if here is None or not 0 <= here + step < len(view.chain):
        return ""
    return view.chain[here + step].id


class _ChainLink(CodeButton):
    """Register, title and state in one line."""

    def __init__(self, card: ChainCard) -> None:
        super().__init__(card.id, "", kind="entry")
        words = _("{type} {number} {title}（{state}）").format(
            type=_(card.label), number=card.number, title=card.title, state=_(card.state_label)
        )
        self.setAccessibleName(_("{words}，当前打开").format(words=words) if card.here else words)
        self.setToolTip(words)
        self.setEnabled(not card.here)
        space = theme.current().space
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(space(2), space(1), space(2), space(1))
        self._row.setSpacing(space(2))
        kind = label(_(card.label), "caption")
        kind.setMinimumWidth(_REGISTER_LETTERS * theme.current().small)
        title = ElidedLabel(_("本条") if card.here else card.title)
        badge = Badge(_(card.state_label), card.tone)
        for each in (kind, title, badge):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._row.addWidget(kind)
        self._row.addWidget(title, 1)
        if card.state_label:
            self._row.addWidget(badge)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """What its line needs."""
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self._row.minimumSize()
