"""Which quarter or year to report on; then the preview, from which it is printed or kept."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from integrity_desk.domain.times import china_day
from integrity_desk.services.statistics import DrawStatistics, offered_periods
from integrity_desk.ui.dialogs.foot import foot_of
from integrity_desk.ui.dialogs.paper_preview import PaperPreview
from integrity_desk.ui.dialogs.small_dialog import SmallDialog
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.wording import _

_WIDTH = 100


class StatisticsDialog(SmallDialog):
    """Chooses a period; the paper stands in a preview over it."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(_("统计报表"), parent, width=_WIDTH)
        self._context = context
        self.period = QComboBox()
        self.period.setAccessibleName(_("期间"))
        for each in offered_periods(china_day(context.now())):
            self.period.addItem(each.words, each.code)
        self.go = button(_("预览"), "chart", "primary")
        self.go.clicked.connect(self._preview)
        self._build()

    @Slot()
    def _preview(self) -> None:
        fonts = bool(self._context.settings.current.bundled_fonts)
        question = DrawStatistics(period=self.period.currentData(), bundled_fonts=fonts)
        PaperPreview(self._context, self.period.currentText(), self).ask(question)

    def _build(self) -> None:
        lead = _("从台账中统计承诺兑现、投诉办理、档案和公示，附图表；只有数字，没有姓名。")
        close = button(_("关闭"))
        close.clicked.connect(self.reject)
        self.body.addWidget(label(_("季度报告和年度统计"), "title"))
        self.body.addWidget(label(lead, "muted", wrap=True))
        self.body.addWidget(self.period)
        self.body.addLayout(foot_of(close, self.go))
        self.go.setDefault(True)
