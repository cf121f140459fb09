"""Cases that may be the same, each with why, a way to look at it, and a way to join it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from integrity_desk.services.duplicates import Likeness
from integrity_desk.ui import theme
from integrity_desk.ui.widgets.code_button import CodeButton
from integrity_desk.ui.widgets.elided import ElidedLabel
from integrity_desk.ui.widgets.labels import Badge, empty, label
from integrity_desk.wording import _


class LikenessBlock(QFrame):
    """Hidden while there is nothing to offer; what was waved away does not come back."""

    open_wanted = Signal(str)
    join_wanted = Signal(str)

    def __init__(self, *, narrow: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "notice")
        self._narrow = narrow
        self._waved: set[str] = set()
        self._shown: tuple[Likeness, ...] = ()
        space = theme.current().space
        close = QToolButton()
        close.setAccessibleName(_("不是同一件"))
        close.setToolTip(_("不是同一件"))
        theme.set_icon(close, "close", "muted")
        close.clicked.connect(self._wave)
        head = QHBoxLayout()
        head.addWidget(label(_("可能已经登记过，请核对："), wrap=True), 1)
        head.addWidget(close)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(space(1))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(3), space(1.5), space(2), space(1.5))
        layout.setSpacing(space(1))
        layout.addLayout(head)
        layout.addLayout(self._lines)
        self.hide()

    @property
    def shown(self) -> tuple[Likeness, ...]:
        """What is offered now."""
        return self._shown

    def offer(self, found: Sequence[Likeness]) -> None:
        """Show what is like; the block goes when nothing is."""
        kept = tuple(each for each in found if each.id not in self._waved)
        if kept == self._shown:
            return
        self._shown = kept
        empty(self._lines)
        for each in kept:
            self._lines.addWidget(self._line(each))
        self.setVisible(bool(kept))

    @Slot()
    def _wave(self) -> None:
        self._waved |= {each.id for each in self._shown}
        self.offer(())

    def _line(self, like: Likeness) -> QWidget:
        space = theme.current().space
        holder = QWidget()
        holder.setProperty("kind", "plain")
        title = ElidedLabel(_("{number} {title}").format(number=like.number, title=like.title))
        badge = Badge(_(like.state_label), like.tone)
        why = label(_why(like), "caption", wrap=self._narrow)
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(space(0.5))
        first = QHBoxLayout()
        first.setSpacing(space(2))
        first.addWidget(title, 1)
        lines.addLayout(first)
        if self._narrow:
            first.addWidget(badge)
            lines.addWidget(why)
            second = QHBoxLayout()
            second.setSpacing(space(2))
            second.addStretch(1)
            lines.addLayout(second)
        else:
            second = first
            first.addWidget(why)
            first.addWidget(badge)
        for button in self._buttons(like):
            second.addWidget(button)
        return holder

    def _buttons(self, like: Likeness) -> list[CodeButton]:
        look = CodeButton(like.id, _("打开"), kind="inline")
        look.setAccessibleName(_("打开 {number}").format(number=like.number))
        look.taken.connect(self.open_wanted)
        if not like.may_lead:
            return [look]
        join = CodeButton(like.id, _("并入该件"), kind="inline")
        join.setAccessibleName(_("并入 {number}").format(number=like.number))
        join.setToolTip(_("本件照常编号，随它一并答复，两件的内容都保留"))
        join.taken.connect(self.join_wanted)
        return [look, join]


def _why(like: Likeness) -> str:
    reasons = _("、").join(_(each) for each in like.reasons)
    if like.may_lead:
        return reasons
    return _("{reasons}；尚未受理或已经答复，不能并入").format(reasons=reasons)
