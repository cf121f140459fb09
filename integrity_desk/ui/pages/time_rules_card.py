"""What this desk counts its time limits by, in the settings: region, progress, calendar."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QSpinBox, QWidget

from integrity_desk.services.time_rules import (
    ChooseRegion,
    ImportCalendar,
    SetIdleDays,
    ShowTimeRules,
    TimeRulesView,
)
from integrity_desk.ui.dialogs.import_calendar import ImportCalendarDialog
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.card import Card
from integrity_desk.ui.widgets.details import DetailList
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.wording import _

_YEARS_SHOWN = 3
_MOST_IDLE = 366


class TimeRulesCard(Card):
    """Read by everybody; changed by an administrator, each change at once."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("期限的计算"), parent)
        self._context = context
        self.region = QComboBox()
        self.region.setAccessibleName(_("适用的地方规定"))
        self.idle = QSpinBox()
        self.idle.setRange(1, _MOST_IDLE)
        self.idle.setKeyboardTracking(False)
        self.idle.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.idle.setAccessibleName(_("承诺多少天没有进展就提醒"))
        self.years = DetailList()
        self.provisional = label("", "muted", wrap=True)
        self.importer = button(_("导入放假安排…"), "calendar")
        self.dialog: ImportCalendarDialog | None = None
        may = context.actor.may(ImportCalendar.permission)
        for each in (self.region, self.idle, self.importer):
            each.setEnabled(may)
        self.region.activated.connect(self._choose)
        self.idle.valueChanged.connect(self._set_idle)
        self.importer.clicked.connect(self._import)
        self._build(may=may)

    def refresh(self) -> None:
        """Ask what is counted by now."""
        self._context.tasks.ask(ShowTimeRules(), self._show, latest=True)

    @Slot(object)
    def _show(self, rules: TimeRulesView) -> None:
        self.region.clear()
        for each in rules.regions:
            self.region.addItem(_(each.name), each.code)
        self.region.setCurrentIndex(self.region.findData(rules.region))
        blocked = self.idle.blockSignals(True)
        self.idle.setValue(rules.idle_days)
        self.idle.blockSignals(blocked)
        self.years.show_pairs(
            (
                _("{year}年").format(year=each.year),
                _("{source}（本机导入）").format(source=each.source)
                if each.imported
                else each.source,
            )
            for each in rules.years[:_YEARS_SHOWN]
        )
        words = _("有{count}个期限落在还没有放假安排的年份，是暂定的。")
        self.provisional.setText(words.format(count=rules.provisional))
        self.provisional.setVisible(rules.provisional > 0)

    @Slot(int)
    def _choose(self, place: int) -> None:
        command = ChooseRegion(region=str(self.region.itemData(place)))
        self._context.tasks.perform(command, self._chosen)

    @Slot(object)
    def _chosen(self, _nothing: None) -> None:
        self._context.say(_("已选择，以后起算的期限按此规定。"))

    @Slot(int)
    def _set_idle(self, days: int) -> None:
        self._context.tasks.perform(SetIdleDays(days=days))

    @Slot()
    def _import(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("选择放假安排文件"), str(Path.home()), "*.toml *.ics *.csv *.json"
        )
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Read a calendar and show what it would do, before anything is kept."""
        self.dialog = ImportCalendarDialog(self._context, path, self)
        self.dialog.open()

    def _build(self, *, may: bool) -> None:
        self.add(label(_("适用的地方规定（只用于以后起算的期限）"), "muted", wrap=True))
        self.add(self.region)
        days = QHBoxLayout()
        days.addWidget(label(_("承诺多少天没有进展就提醒"), "muted"), 1)
        days.addWidget(self.idle)
        self.add(days, label(_("已有的放假安排"), "muted"), self.years, self.provisional)
        foot = QHBoxLayout()
        foot.addWidget(self.importer)
        foot.addStretch(1)
        self.add(foot)
        if not may:
            self.add(label(_("只有管理员可以修改。"), "caption"))
