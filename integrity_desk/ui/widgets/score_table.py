"""The table of an evaluation: a row a unit, a column an indicator; every cell can be asked why."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from integrity_desk.domain.evaluation import Grade
from integrity_desk.domain.scoring import points_words
from integrity_desk.services.score_paper import cell_words, change_words
from integrity_desk.services.score_sheet import ScoreSheet, UnitLine
from integrity_desk.ui import theme
from integrity_desk.wording import _

_CELL_STEPS = 7
_HEAD_STEPS = 3
_HEAD_LINES = 2
"""Lines on which an indicator's name should stand in the head; a long word may need more."""
_SHORT_HEAD = 4
"""Characters of a heading that is not worth breaking."""
_NAME = 1
"""The column of the units' names."""
_FIRST = 2
"""The column of the first indicator."""
_TONES = {Grade.EXCELLENT: "green", Grade.FAILING: "red"}


class ScoreTable(QTableWidget):
    """Shows a ScoreSheet; ``asked`` names the result and the indicator of a cell."""

    asked = Signal(str, str)
    """(result id, indicator id); an indicator of "" is the total."""
    head_asked = Signal(str, QPoint)
    """(indicator id, where below its head in the screen's coordinates)"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: ScoreSheet | None = None
        self._names = 0
        self.setProperty("kind", "plain")
        self.setAccessibleName(_("得分表"))
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setDefaultAlignment(
            Qt.AlignmentFlag.AlignCenter | Qt.AlignmentFlag(Qt.TextFlag.TextWordWrap)
        )
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.sectionClicked.connect(self._ask_of_head)
        self.clicked.connect(self._ask)

    def show_sheet(self, sheet: ScoreSheet) -> None:
        """Replace everything; the chosen cell stays chosen."""
        chosen = self.currentIndex()
        place = (chosen.row(), chosen.column())
        self._sheet = sheet
        heads = _heads(sheet)
        self.setColumnCount(len(heads))
        self.setRowCount(len(sheet.lines))
        for column, words in enumerate(heads):
            item = QTableWidgetItem(words)
            if column == _NAME:
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(column, item)
        for at, line in enumerate(sheet.lines):
            self._fill(at, line)
        self._fit()
        if place[0] >= 0:
            self.setCurrentCell(*place)

    def _fill(self, at: int, line: UnitLine) -> None:
        assert self._sheet is not None
        cells = _cells(self._sheet, line)
        for column, (words, tone, hint) in enumerate(cells):
            item = QTableWidgetItem(words)
            item.setToolTip(hint or words)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{line.unit} {hint or words}")
            if column != _NAME:
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            if tone:
                item.setForeground(QBrush(QColor(theme.current().tone(tone).ink)))
            self.setItem(at, column, item)

    @Slot(QModelIndex)
    def _ask(self, index: QModelIndex) -> None:
        if self._sheet is None or not index.isValid():
            return
        line = self._sheet.lines[index.row()]
        place = index.column() - _FIRST
        known = 0 <= place < len(self._sheet.heads)
        if line.result_id and known:
            self.asked.emit(line.result_id, self._sheet.heads[place].id)

    @Slot(int)
    def _ask_of_head(self, column: int) -> None:
        place = column - _FIRST
        if self._sheet is not None and 0 <= place < len(self._sheet.heads):
            head = self.horizontalHeader()
            below = QPoint(head.sectionViewportPosition(column), head.height())
            self.head_asked.emit(self._sheet.heads[place].id, head.mapToGlobal(below))

    def _fit(self) -> None:
        tokens = theme.current()
        self.verticalHeader().setDefaultSectionSize(tokens.row)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        metrics = QFontMetrics(theme.font(tokens.base))
        tallest = 0
        for column in range(self.columnCount()):
            header = self.horizontalHeaderItem(column)
            head = header.text() if header else ""
            items = (self.item(row, column) for row in range(self.rowCount()))
            words = [each.text() for each in items if each is not None]
            room = _head_width(head, metrics)
            widest = max((metrics.horizontalAdvance(each) for each in words), default=0)
            self.setColumnWidth(column, max(widest, room) + tokens.space(_CELL_STEPS))
            tallest = max(tallest, _head_height(head, max(widest, room), metrics))
        self.horizontalHeader().setFixedHeight(tallest + tokens.space(_HEAD_STEPS))
        self._names = self.columnWidth(_NAME) if self.columnCount() else 0
        self._stretch()

    def _stretch(self) -> None:
        """Give the names what room is left, but never less than they need."""
        if self.columnCount():
            others = self.horizontalHeader().length() - self.columnWidth(_NAME)
            self.setColumnWidth(_NAME, max(self._names, self.viewport().width() - others))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the new room."""
        super().resizeEvent(event)
        self._stretch()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space ask how the number arose, F2 what can be done with its indicator."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._ask(self.currentIndex())
        elif event.key() == Qt.Key.Key_F2:
            self._ask_of_head(self.currentColumn())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Take the new theme's sizes and colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and getattr(self, "_sheet", None) is not None:
            assert self._sheet is not None
            self.show_sheet(self._sheet)


def _head_width(head: str, metrics: QFontMetrics) -> int:
    """Return what a heading needs to stand on two lines; its longest word is never broken."""
    character = metrics.horizontalAdvance("中")
    if len(head) <= _SHORT_HEAD:
        return metrics.horizontalAdvance(head)
    words = head.split() if " " in head else ()
    longest = max((metrics.horizontalAdvance(each) for each in words), default=0)
    return max(metrics.horizontalAdvance(head) // _HEAD_LINES + character, longest)


def _head_height(head: str, width: int, metrics: QFontMetrics) -> int:
    wrapped = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
    return metrics.boundingRect(0, 0, width, 1 << 12, wrapped, head).height()


def _heads(sheet: ScoreSheet) -> list[str]:
    compared = [_("上期"), _("升降")] if sheet.compares else []
    indicators = [head.title for head in sheet.heads]
    return [_("名次"), _("单位"), *indicators, _("总分"), *compared, _("等次")]


def _cells(sheet: ScoreSheet, line: UnitLine) -> list[tuple[str, str, str]]:
    """Return (words, tone, hint) of each cell of a row."""
    cells = [(str(line.rank or "—"), "", ""), (line.unit, "", "")]
    for head, cell in zip(sheet.heads, line.cells, strict=True):
        hint = _("{indicator}：数值{value}，得分{points}").format(
            indicator=head.name, value=cell.value, points=cell.points
        )
        words = cell_words(cell, weighs=bool(head.weight))
        cells.append((words, "red" if cell.vetoes else "", hint))
    cells.append((line.total, "", ""))
    if sheet.compares:
        cells.append((points_words(line.previous_hundredths), "", ""))
        cells.append((change_words(line) or "—", "", ""))
    grade = _(line.grade.label) if line.grade else "—"
    hint = _("一票否决：{reason}").format(reason=line.veto_reason) if line.veto_reason else ""
    tone = _TONES.get(line.grade, "") if line.grade else ""
    cells.append((grade, tone, hint))
    return cells
