"""A new year's calendar from a file: what it says, and after importing which dates moved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from integrity_desk.domain.calendars import CalendarYear
from integrity_desk.errors import DeskError
from integrity_desk.services.time_rules import ImportCalendar, ReadCalendarFile, Recounted
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.fitting import open_at
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.ui.widgets.plain_table import PlainRow, PlainTable
from integrity_desk.wording import _

_WIDTH = 170
_HEIGHT = 130
"""In steps of the space scale."""


class ImportCalendarDialog(QDialog):
    """First the days of the file; after 导入 the list of the deadlines that moved."""

    def __init__(self, context: Context, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("导入放假安排"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._path = path
        self._pages: dict[str, str] = {}
        self.lead = label(_("正在读取…"), wrap=True)
        self.days = PlainTable([_("日期"), _("节日"), _("安排")], stretch=1, name=_("放假安排"))
        self.moved = PlainTable(
            [_("编号"), _("事项"), _("原来"), _("改为")], stretch=1, name=_("移动的期限")
        )
        self.moved.hide()
        self.take = button(_("导入并重算期限"), kind="primary")
        self.take.setEnabled(False)
        self.close_button = button(_("关闭"))
        self.take.clicked.connect(self._import)
        self.close_button.clicked.connect(self.reject)
        self.moved.opened.connect(self._open)
        self._build()
        context.tasks.ask(ReadCalendarFile(path=path), self._show, self._refuse, latest=True)

    @Slot(object)
    def _show(self, years: tuple[CalendarYear, ...]) -> None:
        names = _("、").join(str(each.year) for each in years)
        words = _("这份文件有{years}年的安排，请与国务院办公厅的通知核对，再导入。")
        self.lead.setText(words.format(years=names))
        self.days.show_rows(_row(*each) for year in years for each in _days(year))
        self.take.setEnabled(True)

    @Slot(object)
    def _refuse(self, error: DeskError) -> None:
        self.lead.setText(error.sentence)
        theme.mark(self.lead, kind="error")
        self.take.setEnabled(False)

    @Slot()
    def _import(self) -> None:
        self.take.setEnabled(False)
        command = ImportCalendar(path=self._path)
        self._context.tasks.perform(command, self._done, self._refuse)

    @Slot(object)
    def _done(self, done: Recounted) -> None:
        words = _("已导入{years}年的放假安排，{moved}个期限移动，{settled}个期限不再是暂定的。")
        self.lead.setText(
            words.format(
                years=_("、").join(map(str, done.years)),
                moved=len(done.moved),
                settled=done.settled,
            )
        )
        self._pages = {each.id: each.type for each in done.moved}
        self.moved.show_rows(
            PlainRow(
                cells=(each.number, each.title, _shown(each.before), _shown(each.after)),
                code=each.id,
            )
            for each in done.moved
        )
        self.days.hide()
        self.moved.setVisible(bool(done.moved))
        self.take.hide()
        self.moved.choose_first()
        (self.moved if done.moved else self.close_button).setFocus()

    @Slot(str)
    def _open(self, record_id: str) -> None:
        self.accept()
        self._context.navigate(self._pages[record_id], record_id)

    def _build(self) -> None:
        space = theme.current().space
        open_at(self, _WIDTH, _HEIGHT)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(4), space(5), space(4))
        layout.setSpacing(space(3))
        layout.addWidget(self.lead)
        layout.addWidget(self.days, 1)
        layout.addWidget(self.moved, 1)
        layout.addLayout(foot)


def _days(year: CalendarYear) -> list[tuple[date, str, bool]]:
    off = [(day, name, True) for day, name in year.holidays.items()]
    worked = [(day, name, False) for day, name in year.workdays.items()]
    return sorted(off + worked)


def _row(day: date, festival: str, off: bool) -> PlainRow:
    words, tone = (_("放假"), "green") if off else (_("调休上班"), "amber")
    return PlainRow(cells=(str(day), _(festival), words), tone=tone)


def _shown(day: date | None) -> str:
    return str(day) if day else _("（无）")
