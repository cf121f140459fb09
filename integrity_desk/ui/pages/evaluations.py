"""The page of evaluations: the register, and behind each scheme its score sheet."""

from __future__ import annotations

from collections.abc import Sequence

from integrity_desk.services.record_view import RecordView
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.pages.score_sheet_view import ScoreSheetView
from integrity_desk.ui.pages.work_page import OwnAct, WorkPage
from integrity_desk.wording import _


class EvaluationPage(WorkPage):
    """What is opened leads to its score sheet by a button."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "evaluation_scheme")

    def own_acts(self, view: RecordView) -> Sequence[OwnAct]:
        """Every scheme has a sheet; before scores are computed it shows what is still missing."""
        return (OwnAct(code="sheet", words=_("打开得分表"), icon="chart"),)

    def take_own(self, code: str) -> None:
        """Open the sheet."""
        if self.panel.view is not None:
            self.open_work(ScoreSheetView(self.context, self.panel.view.id))
