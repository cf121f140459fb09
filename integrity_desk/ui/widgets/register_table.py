"""The table of a register: paints a million rows itself, sorts by click, walks by keyboard."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStackedLayout,
    QTableView,
    QWidget,
)

from integrity_desk.services.registers import Row
from integrity_desk.ui import theme
from integrity_desk.ui.models.rows import RowsModel
from integrity_desk.ui.widgets.column_widths import shared_widths
from integrity_desk.ui.widgets.empty_state import EmptyState
from integrity_desk.ui.widgets.row_painter import Cell, RowPainter
from integrity_desk.wording import _

_MARGIN_STEPS = 4


class RegisterTable(QFrame):
    """A framed table, and an empty state in its place when there are no rows."""

    selected = Signal(object)
    """The current Row, or None while it is being fetched or when nothing is selected."""
    opened = Signal(object)
    """The Row a person pressed Enter on or clicked twice."""

    def __init__(self, model: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "table")
        self.model = model
        self.view = RowsView(model)
        self.empty = EmptyState("inbox", _("这里还没有登记。"))
        self._layout = QStackedLayout(self)
        self._layout.setContentsMargins(1, 1, 1, 1)
        self._layout.addWidget(self.view)
        self._layout.addWidget(self.empty)
        model.modelReset.connect(self._reset)
        model.dataChanged.connect(self._rows_came)
        self.view.selectionModel().currentRowChanged.connect(self._tell_selected)
        self.view.opened.connect(self._tell_opened)
        self._untold = False
        self._reset()

    @property
    def current(self) -> Row | None:
        """The row the keyboard is on."""
        position = self.view.currentIndex().row()
        return self.model.row_at(position) if position >= 0 else None

    @property
    def selected_row_ids(self) -> list[int]:
        """Row ids of all selected rows, in list order."""
        chosen = self.view.selectionModel().selection()
        ranges = sorted((chosen.at(i).top(), chosen.at(i).bottom()) for i in range(chosen.size()))
        return [
            self.model.row_id_at(position)
            for top, bottom in ranges
            for position in range(top, bottom + 1)
        ]

    def select_row_id(self, row_id: int) -> bool:
        """Select and show a row; False when it is not in the list."""
        position = self.model.position_of(row_id)
        if position >= 0:
            self.view.selectRow(position)
        return position >= 0

    def sort_shown(self, column: str, *, descending: bool) -> None:
        """Show by which column the order given to the model is sorted."""
        names = [each.name for each in self.model.columns]
        self.view.show_order(names.index(column) if column in names else -1, descending)

    @Slot()
    def _reset(self) -> None:
        self._layout.setCurrentWidget(self.view if self.model.rowCount() else self.empty)
        self.selected.emit(None)

    @Slot()
    def _rows_came(self) -> None:
        if self._untold and self.current is not None:
            self._untold = False
            self.selected.emit(self.current)

    @Slot(QModelIndex, QModelIndex)
    def _tell_selected(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = self.model.row_at(current.row()) if current.isValid() else None
        self._untold = row is None and current.isValid()
        self.selected.emit(row)

    @Slot(int)
    def _tell_opened(self, position: int) -> None:
        row = self.model.row_at(position)
        if row is not None:
            self.opened.emit(row)


class RowsView(QTableView):
    """QTableView's selection, keys and accessibility with painting of our own."""

    opened = Signal(int)
    """The position of the row to open."""

    def __init__(self, model: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._painter = RowPainter()
        self._hovered = -1
        self._cells: list[Cell] = []
        self.setAccessibleName(_("登记列表"))
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._head = RowsHeader(model, self)
        self.setHorizontalHeader(self._head)
        self._head.order_wanted.connect(self._sort)
        self._refit = QTimer(self)
        self._refit.setSingleShot(True)
        self._refit.setInterval(0)
        self._refit.timeout.connect(self._fit_rows)
        self._fit_rows()
        self._dress()

    def show_order(self, column: int, descending: bool) -> None:
        """Show the sort arrow; -1 for none."""
        self._head.show_order(column, descending)

    def fit_columns(self) -> None:
        """Share the width out: preferred widths, some grow, stretching ones take the rest."""
        widths = shared_widths(self._rows.columns, self.viewport().width(), theme.current().space)
        for number in range(len(self._rows.columns)):
            self.setColumnHidden(number, number not in widths)
            self.setColumnWidth(number, widths.get(number, 0))
        self._cells = [
            Cell(
                column=each,
                left=self.columnViewportPosition(each) + self.horizontalOffset(),
                width=width,
            )
            for each, width in widths.items()
        ]

    @Slot(int, bool)
    def _sort(self, column: int, descending: bool) -> None:
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self._rows.sort(column, order)

    def _dress(self) -> None:
        self._painter = RowPainter()
        self._head.setFixedHeight(theme.current().space(9))
        self.fit_columns()

    @Slot()
    def _fit_rows(self) -> None:
        row = theme.current().row
        if self.verticalHeader().defaultSectionSize() != row:
            self.setVerticalHeader(_row_heights(row))
        self.verticalScrollBar().setSingleStep(row)
        self.scrollTo(self.currentIndex())

    def _hover(self, position: int) -> None:
        if position == self._hovered:
            return
        for each in (self._hovered, position):
            if each >= 0:
                self.viewport().update(self._row_rect(each))
        self._hovered = position

    def _row_rect(self, position: int) -> QRect:
        top = self.rowViewportPosition(position)
        return QRect(0, top, self.viewport().width(), self.rowHeight(position))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the exposed rows only; one row read each."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._painter.font)
        exposed = event.rect()
        row = self.verticalHeader().defaultSectionSize()
        offset = self.verticalOffset()
        first = max(0, (exposed.top() + offset) // row)
        last = min(self._rows.rowCount() - 1, (exposed.bottom() + offset) // row)
        chosen = self.selectionModel()
        current = self.currentIndex().row() if self.hasFocus() else -1
        width = self.viewport().width()
        for position in range(first, last + 1):
            bounds = QRect(0, position * row - offset, width, row)
            selected = chosen.isRowSelected(position)
            self._painter.paint_ground(
                painter, bounds, position, selected=selected, hovered=position == self._hovered
            )
            content = self._rows.row_at(position)
            if content is None:
                self._painter.paint_waiting(painter, bounds.top(), self._cells)
            else:
                self._painter.paint_row(painter, bounds.top(), content, self._rows, self._cells)
            if position == current and not selected:
                self._painter.paint_focus(painter, bounds)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Home and End walk rows, not columns."""
        key = event.key()
        count = self._rows.rowCount()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and count and not event.modifiers():
            self.selectRow(0 if key == Qt.Key.Key_Home else count - 1)
            self.scrollTo(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the row under the mouse."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the row."""
        position = self.rowAt(event.position().toPoint().y())
        if position >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(position)

    def leaveEvent(self, event: QEvent) -> None:
        """Put the light out."""
        super().leaveEvent(event)
        self._hover(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew."""
        super().resizeEvent(event)
        self.fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Take the new theme's sizes and colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()
            self._refit.start()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Repaint the rows whose ground changed, whole."""
        super().selectionChanged(selected, deselected)
        self.viewport().update()

    def sizeHintForColumn(self, column: int) -> int:
        """Never measure a million rows."""
        return theme.current().space(self._rows.columns[column].width)


def _row_heights(row: int) -> QHeaderView:
    """Return a hidden header made anew: changing a million sections one by one takes minutes."""
    header = QHeaderView(Qt.Orientation.Vertical)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header.setMinimumSectionSize(1)
    header.setDefaultSectionSize(row)
    header.hide()
    return header


class RowsHeader(QHeaderView):
    """The headings; a click orders by that column, a second one the other way."""

    order_wanted = Signal(int, bool)

    def __init__(self, model: RowsModel, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._rows = model
        self.setSectionsClickable(True)
        self.setSortIndicatorShown(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)
        self._ordered = -1
        self._descending = False
        self.sectionClicked.connect(self._clicked)

    def show_order(self, column: int, descending: bool) -> None:
        """Show the arrow; QHeaderView's own indicator flips before the owner has answered."""
        self._ordered = column
        self._descending = descending
        self.viewport().update()

    @Slot(int)
    def _clicked(self, column: int) -> None:
        if self._rows.columns[column].sortable:
            self.order_wanted.emit(column, column == self._ordered and not self._descending)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw the label, the arrow of the order, and the rule below."""
        tokens = theme.current()
        painter.save()
        painter.fillRect(rect, QColor(tokens.colours.surface))
        painter.setPen(QColor(tokens.colours.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(theme.font(tokens.base))
        painter.setPen(QColor(tokens.colours.muted))
        pad = tokens.space(2.5)
        words = _(self._rows.columns[section].label)
        room = rect.adjusted(pad, 0, -pad, 0)
        align = Qt.AlignmentFlag.AlignVCenter
        if self._rows.columns[section].kind == "number":
            align |= Qt.AlignmentFlag.AlignRight
        metrics = painter.fontMetrics()
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, align, words)
        if section == self._ordered:
            self._paint_arrow(painter, room, metrics.horizontalAdvance(words))
        painter.restore()

    def _paint_arrow(self, painter: QPainter, room: QRect, words_width: int) -> None:
        tokens = theme.current()
        side = tokens.base
        picture = theme.picture(
            "chevron-down" if self._descending else "chevron-up",
            tokens.colours.accent,
            side,
            self.devicePixelRatioF(),
        )
        top = room.top() + (room.height() - side) // 2
        painter.drawPixmap(room.left() + words_width + tokens.space(1), top, picture)

    def sizeHint(self) -> QSize:
        """As high as the theme says."""
        return QSize(super().sizeHint().width(), theme.current().space(9))
