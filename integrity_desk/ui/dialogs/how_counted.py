"""How a due day was counted: the clause, and the count day by day."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QStackedLayout, QVBoxLayout, QWidget

from integrity_desk.domain.clocks import DayLine
from integrity_desk.domain.fields import Id
from integrity_desk.services.case_dates import GIVEN, CaseDate, CaseDates, ShowDates
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.fitting import open_at
from integrity_desk.ui.dialogs.foot import closing
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.chips import ChipsRow
from integrity_desk.ui.widgets.details import DetailList
from integrity_desk.ui.widgets.labels import add_shown, label
from integrity_desk.ui.widgets.plain_table import PlainRow, PlainTable
from integrity_desk.wording import _

_WIDTH = 170
_HEIGHT = 140
_LABEL_WIDTH = 18
"""In steps of the space scale: 680 and 560 px at the normal size."""


class HowCountedDialog(QDialog):
    """The limits of one record, the one that runs now first; each with its days."""

    def __init__(self, context: Context, record_id: Id, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("怎样算的"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._limits: tuple[CaseDate, ...] = ()
        self.heading = label(_("正在读取…"), "heading", wrap=True)
        self.limits: ChipsRow | None = None
        self.details = DetailList(_LABEL_WIDTH)
        self.days = PlainTable(
            [_("日期"), _("星期"), _("计数"), _("说明")], stretch=3, name=_("逐日计算")
        )
        self.given = label(_("这个日期是登记时写明的，不是按时限规则推算的。"), "muted", wrap=True)
        self.given.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._build()
        question = ShowDates(id=record_id, explain=True)
        context.tasks.ask(question, self._show, self._refused, latest=True)

    @Slot(object)
    def _show(self, dates: CaseDates) -> None:
        self.heading.setText(" ".join(filter(None, (dates.number, dates.title))))
        limits = [each for each in dates.dates if each.kind != GIVEN]
        order = sorted(limits, key=lambda each: not (each.running or each.paused))
        self._limits = tuple(order)
        if not order:
            self.given.setText(_("这件登记现在没有期限。"))
            self._room.setCurrentWidget(self.given)
            return
        if len(order) > 1:
            names = [(str(place), _(each.name)) for place, each in enumerate(order)]
            self.limits = ChipsRow(names)
            self.limits.chosen.connect(self._choose)
            add_shown(self._above, self.limits)
        self._choose("0")

    @Slot(object)
    def _refused(self, error: Exception) -> None:
        self.heading.setText(str(error))

    @Slot(str)
    def _choose(self, place: str) -> None:
        limit = self._limits[int(place)]
        self.details.clear()
        self.details.add(_("期限"), _day(limit), "red" if limit.late else "")
        if len(self._limits) == 1:
            self.details.add(_("时限"), _(limit.name))
        self.details.add(_("依据"), _(limit.clause))
        if limit.start is not None:
            self.details.add(_("起算日"), str(limit.start))
        if limit.summary:
            self.details.add(_("说明"), limit.summary)
        self.days.show_rows(_row(each, late=limit.late) for each in limit.lines)
        self._room.setCurrentWidget(self.days if limit.lines else self.given)

    def _build(self) -> None:
        space = theme.current().space
        open_at(self, _WIDTH, _HEIGHT)
        self._above = QVBoxLayout()
        self._room = QStackedLayout()
        self._room.addWidget(self.days)
        self._room.addWidget(self.given)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(4), space(5), space(4))
        layout.setSpacing(space(3))
        layout.addWidget(self.heading)
        layout.addLayout(self._above)
        layout.addWidget(self.details)
        layout.addLayout(self._room, 1)
        layout.addLayout(closing(self))


def _day(limit: CaseDate) -> str:
    if limit.paused:
        return _("{day}（已中止计时，最早到此日）").format(day=limit.day)
    return _("{day}（暂定）").format(day=limit.day) if limit.provisional else str(limit.day)


def _row(line: DayLine, *, late: bool) -> PlainRow:
    counted = _("第{number}日").format(number=line.number) if line.number else ""
    ended = line.note == _("届满")
    tone = ("red" if late else "blue") if ended else ""
    return PlainRow(cells=(str(line.day), line.weekday, counted, line.note), tone=tone)
