"""Last year's list as this year's drafts: which of them, and what was carried over already."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from integrity_desk.errors import DeskError
from integrity_desk.services.carrying_over import CarryOver, LastYear, ShowLastYear
from integrity_desk.services.registers import Filter
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.fitting import open_at
from integrity_desk.ui.dialogs.item_picker import ItemPicker
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.labels import add_shown, button, label
from integrity_desk.wording import _

_WIDTH, _HEIGHT = 250, 134
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
        words = _("把选上的承诺照抄为今年的草稿。日期顺延一年；金额、依据文件、公示和结果不抄。")
        self.lead = label(words, "muted", wrap=True)
        self.picker: ItemPicker | None = None
        self.refusal = label("", "error", wrap=True)
        self.take = button(_("结转为草稿"), "check", "primary")
        self._build()
        context.tasks.ask(ShowLastYear(), self._show, latest=True)

    @Slot(object)
    def _show(self, year: LastYear) -> None:
        offered = Filter(
            type="commitment", states=year.states, days={"made_on": (year.first, year.last)}
        )
        empty = _("没有符合条件的上年承诺。") if year.count else _("上年没有已登记的承诺。")
        self.picker = ItemPicker(
            self._context.tasks, offered, self, empty=empty,
            taken=year.carried, taken_words=_("已结转"),
        )  # fmt: skip
        self.picker.changed.connect(self._count)
        add_shown(self._room, self.picker, 1)
        self.picker.setFocus(Qt.FocusReason.OtherFocusReason)
        if year.count and len(year.carried) == year.count:
            self.refusal.setText(_("上年的承诺都已经结转过了。"))

    @Slot()
    def _count(self) -> None:
        assert self.picker is not None
        count = len(self.picker.ids)
        self.take.setEnabled(bool(count))
        words = _("结转为草稿（{count}条）").format(count=count)
        self.take.setText(words if count else _("结转为草稿"))

    @Slot()
    def _carry(self) -> None:
        assert self.picker is not None
        self.take.setEnabled(False)
        command = CarryOver(ids=self.picker.ids)
        self._context.tasks.perform(command, self._done, self._refuse)

    @Slot(object)
    def _done(self, made: tuple[str, ...]) -> None:
        self._context.say(_("已结转{count}条为草稿，请逐条核对后登记。").format(count=len(made)))
        self.carried.emit(len(made))
        self.accept()

    @Slot(object)
    def _refuse(self, error: DeskError) -> None:
        self.take.setEnabled(True)
        self.refusal.setText(error.sentence)

    def _build(self) -> None:
        space = theme.current().space
        open_at(self, _WIDTH, _HEIGHT)
        cancel = button(_("取消"))
        cancel.clicked.connect(self.reject)
        self.take.setEnabled(False)
        self.take.clicked.connect(self._carry)
        foot = QHBoxLayout()
        foot.setSpacing(space(2))
        foot.addWidget(self.refusal, 1)
        for each in (cancel, self.take):
            each.setAutoDefault(False)
            foot.addWidget(each)
        self._room = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(4), space(5), space(4))
        layout.setSpacing(space(3))
        layout.addWidget(label(self.windowTitle(), "title"))
        layout.addWidget(self.lead)
        layout.addLayout(self._room, 1)
        layout.addLayout(foot)
