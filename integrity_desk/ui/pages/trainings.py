"""The page of training: the register, and behind each session the list of who was there."""

from __future__ import annotations

from collections.abc import Sequence

from integrity_desk.services.record_view import RecordView
from integrity_desk.ui.pages.attendance_view import AttendanceView
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.pages.work_page import OwnAct, WorkPage
from integrity_desk.wording import _


class TrainingPage(WorkPage):
    """What is opened leads to its list by a button."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "training")

    def own_acts(self, view: RecordView) -> Sequence[OwnAct]:
        """Every session has a list."""
        return (OwnAct(code="list", words=_("打开签到表"), icon="users"),)

    def take_own(self, code: str) -> None:
        """Open the list."""
        if self.panel.view is not None:
            self.open_work(AttendanceView(self.context, self.panel.view))
