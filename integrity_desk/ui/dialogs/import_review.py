"""The review of a spreadsheet: groups as filters, and a decision for every line that allows one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from integrity_desk.services.spreadsheet_imports import ImportPreview
from integrity_desk.services.spreadsheet_lines import CONFLICT
from integrity_desk.ui import theme
from integrity_desk.ui.models.import_lines import GROUPS, ImportLines
from integrity_desk.ui.widgets.chips import ChipsRow
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.wording import _

_BOX_WIDTH = 26
"""Of the column with the box, in steps of the space scale."""
_PLACE_WIDTH = 18


class ReviewPanel(QWidget):
    """Chips for the groups, the lines of one group, and what may be decided for all of it."""

    decided = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ImportLines()
        self.chips = ChipsRow([(kind, _(words)) for kind, words in GROUPS])
        self.table = _LinesTable(self.model)
        self.take_all = button(_("本组全部采用"), "check")
        self.leave_all = button(_("本组全部不采用"), "close")
        self.note = label("", "muted", wrap=True)
        self.detail = label("", wrap=True)
        self._found: ImportPreview | None = None
        self._build()
        self.chips.chosen.connect(self._show_group)
        self.take_all.clicked.connect(self._take_all)
        self.leave_all.clicked.connect(self._leave_all)
        self.model.decided.connect(self.decided)
        self.table.selectionModel().currentRowChanged.connect(self._tell_whole)

    def show_found(self, found: ImportPreview) -> None:
        """Show a dry run, the first group with anything in it."""
        self._found = found
        self.chips.set_counts({kind: found.found.get(kind, 0) for kind, _words in GROUPS})
        self.model.show_found(found)
        first = next((kind for kind, _words in GROUPS if found.found.get(kind)), "")
        self.setVisible(bool(first))
        if first:
            self.chips.choose(first)
            self._show_group(first)

    @Slot(str)
    def _show_group(self, group: str) -> None:
        self.model.show_group(group)
        self.table.fit()
        for each in (self.take_all, self.leave_all):
            each.setVisible(self.model.may_decide)
        conflict = group == CONFLICT
        self.take_all.setText(_("本组全部用表格的") if conflict else _("本组全部采用"))
        self.leave_all.setText(_("本组全部留本机的") if conflict else _("本组全部不采用"))
        self._say(group)
        self.detail.setText("")
        if self.model.rowCount():
            self.table.selectRow(0)

    def _say(self, group: str) -> None:
        found = self._found.found.get(group, 0) if self._found is not None else 0
        shown = self.model.rowCount()
        if found > shown:
            words = _("只列出前{shown}处，共{found}处；没有列出的按“本组全部…”的决定办理。")
            self.note.setText(words.format(shown=f"{shown:,}", found=f"{found:,}"))
        elif self.model.may_decide:
            self.note.setText(_("按空格键改变选中各行的决定；Shift 加方向键选中多行。"))
        else:
            self.note.setText("")
        self.note.setVisible(bool(self.note.text()))

    @Slot(QModelIndex, QModelIndex)
    def _tell_whole(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.detail.setText(self.model.whole(now.row()) if now.isValid() else "")

    @Slot()
    def _take_all(self) -> None:
        self.model.decide_all(True)

    @Slot()
    def _leave_all(self) -> None:
        self.model.decide_all(False)

    def _build(self) -> None:
        space = theme.current().space
        head = QHBoxLayout()
        head.setSpacing(space(2))
        head.addWidget(self.chips, 1)
        for each in (self.take_all, self.leave_all):
            each.setAutoDefault(False)
            head.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.detail)
        layout.addWidget(self.note)


class _LinesTable(QTableView):
    """Space decides all selected lines at once."""

    def __init__(self, model: ImportLines) -> None:
        super().__init__()
        self._lines = model
        self.setModel(model)
        self.setProperty("kind", "plain")
        self.setAccessibleName(_("核对结果"))
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def fit(self) -> None:
        """Share the width among the columns of the group."""
        tokens = theme.current()
        self.verticalHeader().setDefaultSectionSize(tokens.row)
        self.horizontalHeader().setFixedHeight(tokens.space(9))
        box = tokens.space(_BOX_WIDTH) if self._lines.may_decide else 0
        place = tokens.space(_PLACE_WIDTH)
        shares = [each.share for each in self._lines.columns[1:]]
        room = self.viewport().width() - box - place
        widths = [place, *(room * each // sum(shares) for each in shares)]
        for column, width in enumerate([box, *widths] if box else widths):
            self.setColumnWidth(column, width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space decides."""
        if event.key() == Qt.Key.Key_Space and self._lines.may_decide:
            self._lines.decide(each.row() for each in self.selectionModel().selectedRows())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Take the new theme's sizes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_lines"):
            self.fit()
