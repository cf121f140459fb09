"""The page of commitments: the register, with last year's list as this year's drafts."""

from __future__ import annotations

from PySide6.QtCore import Slot

from integrity_desk.ui.dialogs.carry_over import CarryOverDialog
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.pages.register import RegisterPage
from integrity_desk.ui.widgets.labels import button
from integrity_desk.wording import _


class CommitmentPage(RegisterPage):
    """A register with one act of its own."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "commitment")
        self.dialog: CarryOverDialog | None = None
        self.carry = button("", "history")
        self.list.spare(self.carry, _("结转"), _("结转上年承诺"))
        self.carry.setToolTip(_("把上年的承诺抄成今年的草稿"))
        self.carry.clicked.connect(self._carry)
        self.list.add_button(self.carry)
        self.carry.setVisible(context.actor.may("edit"))

    @Slot()
    def _carry(self) -> None:
        self.dialog = CarryOverDialog(self.context, self)
        self.dialog.open()
