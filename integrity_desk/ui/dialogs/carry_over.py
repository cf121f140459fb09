"""Last year's list as this year's drafts: which kind, and how many there are of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from integrity_desk.domain.commitments import CommitmentKind
from integrity_desk.errors import DeskError
from integrity_desk.services.carrying_over import CarryOver, CountLastYear
from integrity_desk.ui import theme
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.wording import _

_WIDTH = 110
"""In steps of the space scale."""


class CarryOverDialog(QDialog):
    """Copies nothing before the button is pressed; drafts can be deleted again."""

    carried = Signal(int)
    """How many drafts were made."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("结转上年承诺"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        words = _("把上年的承诺照抄为今年的草稿。日期顺延一年；金额、依据文件、公示和结果不抄。")
        self.lead = label(words, "muted", wrap=True)
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("承诺类别"))
        self.refusal = label("", "error", wrap=True)
        self.take = button(_("结转为草稿"), kind="primary")
        self.take.setEnabled(False)
        self.take.clicked.connect(self._carry)
        self._build()
        context.tasks.ask(CountLastYear(), self._show, latest=True)

    @Slot(object)
    def _show(self, counts: dict[CommitmentKind, int]) -> None:
        for kind in CommitmentKind:
            if counts.get(kind):
                words = _("{name}（{count}）").format(name=_(kind.label), count=counts[kind])
                self.kind.addItem(words, kind.value)
        self.take.setEnabled(bool(counts))
        if not counts:
            self.refusal.setText(_("上年没有承诺，或者都已经结转过了。"))

    @Slot()
    def _carry(self) -> None:
        command = CarryOver(kind=CommitmentKind(self.kind.currentData()))  # type: ignore[call-arg]
        self._context.tasks.perform(command, self._done, self._refuse)

    @Slot(object)
    def _done(self, made: tuple[str, ...]) -> None:
        self._context.say(_("已结转{count}条为草稿，请逐条核对后登记。").format(count=len(made)))
        self.carried.emit(len(made))
        self.accept()

    @Slot(object)
    def _refuse(self, error: DeskError) -> None:
        self.refusal.setText(error.sentence)

    def _build(self) -> None:
        space = theme.current().space
        self.setMinimumWidth(space(_WIDTH))
        close = button(_("关闭"))
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(self.take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(4), space(5), space(4))
        layout.setSpacing(space(3))
        for each in (self.lead, self.kind, self.refusal):
            layout.addWidget(each)
        layout.addLayout(foot)
