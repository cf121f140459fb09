"""The page of pledges: the register, with issuing and signing of many at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Slot

from integrity_desk.domain.fields import Id
from integrity_desk.services.letters import PreviewLetters, PrintLetters
from integrity_desk.services.registers import FetchRows, Row
from integrity_desk.ui.dialogs.noted_preview import NotedPreview
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
        self.print_button = button(_("批量打印"), "printer")
        self.print_button.setToolTip(_("打印选中的承诺书；只选一份时打印列表中的全部"))
        self.print_button.clicked.connect(self.print_many)
        self.list.add_button(self.print_button)
        self.print_button.setHidden(not context.actor.may("print"))
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

    @Slot()
    def print_many(self) -> None:
        """Preview the selected pledges as one file; all of the list unless several are selected."""
        rows = self.list.selected_rows
        question = FetchRows(type="pledge", rows=rows if len(rows) > 1 else self.list.all_rows)
        self.context.tasks.ask(question, self._preview_many, latest=True)

    @Slot(object)
    def _preview_many(self, rows: Sequence[Row]) -> None:
        given: dict[str, Any] = {
            "record_ids": tuple(each.id for each in rows),
            "bundled_fonts": bool(self.context.settings.current.bundled_fonts),
        }
        title = _("诚信承诺书{count}份").format(count=len(rows))
        note = _("每份另起一页；打印和另存时存档并记录。")
        command = partial(_print_letters, given)
        preview = NotedPreview(self.context, title, self, command=command, note=note)
        preview.ask(PreviewLetters(**given))

    @Slot(object)
    def _issued(self, ids: Sequence[Id]) -> None:
        words = _("已发放承诺书{count}份；已有同类未作废承诺书的人不重复发放。")
        self.context.say(words.format(count=len(ids)))

    @Slot(object)
    def _signed(self, count: int) -> None:
        self.context.say(_("已登记签署{count}份。").format(count=count))


def _print_letters(given: dict[str, Any], _copies: int) -> PrintLetters:
    return PrintLetters(**given)
