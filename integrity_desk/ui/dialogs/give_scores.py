"""The scoring table: points that people give, a row a unit and a column an indicator."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from integrity_desk.domain.fields import Id
from integrity_desk.domain.scoring import NOTHING
from integrity_desk.errors import DeskError, InvalidInput
from integrity_desk.services.evaluation import FillScores
from integrity_desk.services.given_scores import hundredths
from integrity_desk.services.score_sheet import Head, ScoreSheet
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.fitting import open_at
from integrity_desk.ui.dialogs.foot import foot_of
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.ui.widgets.plain_field import PlainField
from integrity_desk.wording import _

_WIDTH, _HEIGHT = 190, 140
_COLUMN = 34


class _Grid(QTableWidget):
    """A table in which Enter goes to the next row, as in a spreadsheet."""

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Keep what was typed, then go down."""
        super().closeEditor(editor, hint)
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            below = min(self.currentRow() + 1, self.rowCount() - 1)
            self.setCurrentCell(below, self.currentColumn())


class GiveScoresDialog(QDialog):
    """Writes everything typed as one act; an empty cell takes the points back."""

    def __init__(self, context: Context, sheet: ScoreSheet, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("填写评分"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._sheet = sheet
        self._heads = [head for head in sheet.heads if head.given]
        self._kept: dict[tuple[int, int], str] = {}
        self.table = _Grid(len(sheet.lines), 1 + len(self._heads))
        self.given_by = PlainField(_("评分人"), hint=_("不填的，记为当前账号"))
        self.refusal = label("", "error", wrap=True)
        self.save = button(_("保存评分"), "check", "primary")
        self._fill()
        self._build()

    @property
    def changed(self) -> dict[tuple[int, int], str]:
        """(row, column) -> what was typed, where it differs from what was kept."""
        found = {place: self._text(*place) for place in self._kept}
        return {place: text for place, text in found.items() if text != self._kept[place]}

    @Slot()
    def perform(self) -> None:
        """Read what was typed and write it; the first cell that is no number is named."""
        values: dict[Id, dict[Id, int | None]] = {}
        for (row, column), text in self.changed.items():
            head = self._heads[column - 1]
            try:
                points = hundredths(text) if text else None
            except InvalidInput as problem:
                self._refuse_at(row, column, head, problem)
                return
            values.setdefault(head.id, {})[self._sheet.lines[row].unit_id] = points
        if not values:
            self.reject()
            return
        self.save.setEnabled(False)
        command = FillScores(values=values, given_by=self.given_by.text.strip())
        self._context.tasks.perform(command, self._done, self._refused)

    @Slot(object)
    def _done(self, count: int) -> None:
        self._context.say(_("已保存{count}个评分。").format(count=count))
        self.accept()

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self.save.setEnabled(True)
        self.refusal.setText(error.sentence)
        self.refusal.show()

    def _refuse_at(self, row: int, column: int, head: Head, problem: InvalidInput) -> None:
        self.table.setCurrentCell(row, column)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        words = _("{unit}“{indicator}”：{problem}").format(
            unit=self._sheet.lines[row].unit, indicator=head.name, problem=problem.sentence
        )
        self.refusal.setText(words)
        self.refusal.show()

    def _text(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return item.text().strip() if item is not None else ""

    def _fill(self) -> None:
        places = {head.id: at for at, head in enumerate(self._sheet.heads)}
        for row, line in enumerate(self._sheet.lines):
            name = QTableWidgetItem(line.unit)
            name.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.table.setItem(row, 0, name)
            for column, head in enumerate(self._heads, start=1):
                value = line.cells[places[head.id]].value
                text = "" if value == NOTHING else value
                self._kept[row, column] = text
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.table.setItem(row, column, item)

    def _build(self) -> None:
        space = theme.current().space
        open_at(self, _WIDTH, _HEIGHT)
        self._dress_table()
        cancel = button(_("取消"))
        cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.perform)
        self.refusal.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(4), space(5), space(4))
        layout.setSpacing(space(3))
        layout.addWidget(label(_("填写评分"), "title"))
        lead = _("每格填0至100的数，可以有小数；直接输入即可，回车到下一个单位，清空则收回评分。")
        layout.addWidget(label(lead, "muted", wrap=True))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.given_by)
        layout.addWidget(self.refusal)
        layout.addLayout(foot_of(cancel, self.save))

    def _dress_table(self) -> None:
        tokens = theme.current()
        table = self.table
        table.setProperty("kind", "plain")
        table.setAccessibleName(_("评分表"))
        table.setHorizontalHeaderLabels([_("单位"), *(head.name for head in self._heads)])
        table.setTabKeyNavigation(False)  # arrows go through the cells, Tab leads on
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(tokens.row)
        table.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, table.columnCount()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            table.setColumnWidth(column, tokens.space(_COLUMN))
        if self._heads and self._sheet.lines:
            table.setCurrentCell(0, 1)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing half typed into a cell is lost: the editor commits first."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        super().closeEvent(event)
