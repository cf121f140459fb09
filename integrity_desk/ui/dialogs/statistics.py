"""Which quarter or year to report on; then the preview, from which it is printed or kept."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from integrity_desk.domain.times import china_day
from integrity_desk.services.statistics import DrawStatistics, offered_periods
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.paper_preview import PaperPreview
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.wording import _

_WIDTH = 100


class StatisticsDialog(QDialog):
    """Chooses a period; the paper stands in a preview over it."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("统计报表"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self.period = QComboBox()
        self.period.setAccessibleName(_("期间"))
        for each in offered_periods(china_day(context.now())):
            self.period.addItem(each.words, each.code)
        self.go = button(_("预览"), "chart", "primary")
        self.go.clicked.connect(self._preview)
        self.go.setDefault(True)
        self._build()

    @Slot()
    def _preview(self) -> None:
        fonts = bool(self._context.settings.current.bundled_fonts)
        question = DrawStatistics(period=self.period.currentData(), bundled_fonts=fonts)
        PaperPreview(self._context, self.period.currentText(), self).ask(question)

    def _build(self) -> None:
        space = theme.current().space
        self.setMinimumWidth(space(_WIDTH))
        lead = _("从台账中统计承诺兑现、投诉办理、档案和公示，附图表；只有数字，没有姓名。")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(5), space(5), space(4))
        layout.setSpacing(space(3))
        layout.addWidget(label(_("季度报告和年度统计"), "heading"))
        layout.addWidget(label(lead, "muted", wrap=True))
        layout.addWidget(self.period)
        close = button(_("关闭"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(space(2))
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self.go)
        layout.addLayout(row)
