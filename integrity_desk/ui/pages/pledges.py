"""The page of pledges: the register, with issuing and signing of many at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot

from integrity_desk.domain.fields import Id
from integrity_desk.ui.dialogs.pledge_batches import IssuePledgesDialog, SignPledgesDialog
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.pages.work_page import WorkPage
from integrity_desk.ui.widgets.labels import button
from integrity_desk.wording import _


class PledgePage(WorkPage):
    """Above the list stand the two acts for many."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "pledge")
        self.dialog: IssuePledgesDialog | SignPledgesDialog | None = None
        self.issue_button = button(_("批量发放"), "users")
        self.sign_button = button(_("批量登记签署"), "pledge")
        self.issue_button.clicked.connect(self.issue)
        self.sign_button.clicked.connect(self.sign)
        for each in (self.sign_button, self.issue_button):
            each.setHidden(not context.actor.may("edit"))
            self.list.add_button(each)

    @Slot()
    def issue(self) -> None:
        """Open the dialog that makes a pledge for each of many."""
        dialog = IssuePledgesDialog(self.context, self)
        dialog.performed.connect(self._issued)
        self.dialog = dialog
        dialog.open()

    @Slot()
    def sign(self) -> None:
        """Open the dialog that notes many as signed."""
        dialog = SignPledgesDialog(self.context, self)
        dialog.performed.connect(self._signed)
        self.dialog = dialog
        dialog.open()

    @Slot(object)
    def _issued(self, ids: Sequence[Id]) -> None:
        words = _("已发放承诺书{count}份；已有同类未作废承诺书的人不重复发放。")
        self.context.say(words.format(count=len(ids)))

    @Slot(object)
    def _signed(self, count: int) -> None:
        self.context.say(_("已登记签署{count}份。").format(count=count))
