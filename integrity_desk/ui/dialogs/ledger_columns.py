"""Which columns a ledger has, and in which order; those of the last time stand ticked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from integrity_desk.services.ledgers import LedgerColumns
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.fitting import open_at
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.wording import _

_WIDTH, _HEIGHT = 105, 130
_NAME = Qt.ItemDataRole.UserRole


class LedgerColumnsDialog(QDialog):
    """Ticked columns are printed, from the top; dragged, or moved with the two buttons."""

    chosen = Signal(object)
    """A tuple of field names."""

    def __init__(self, columns: LedgerColumns, rows: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("打印台账"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QListWidget()
        self.list.setProperty("kind", "ticks")
        self.list.setAccessibleName(_("列"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.refusal = label("", "error", wrap=True)
        self.refusal.hide()
        self.up = button(_("上移"), "chevron-up")
        self.down = button(_("下移"), "chevron-down")
        self.go = button(_("预览"), "printer", "primary")
        self._fill(columns)
        self._build(rows)
        self._connect()

    @property
    def columns(self) -> tuple[str, ...]:
        """The ticked columns, from the top."""
        items = (self.list.item(at) for at in range(self.list.count()))
        return tuple(
            each.data(_NAME) for each in items if each.checkState() is Qt.CheckState.Checked
        )

    @Slot()
    def _take(self) -> None:
        if not self.columns:
            self.refusal.setText(_("请至少勾选一列。"))
            self.refusal.show()
            return
        self.chosen.emit(self.columns)
        self.accept()

    @Slot()
    def _move_up(self) -> None:
        self._move(-1)

    @Slot()
    def _move_down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        at = self.list.currentRow()
        if at >= 0 and 0 <= at + by < self.list.count():
            item = self.list.takeItem(at)
            self.list.insertItem(at + by, item)
            self.list.setCurrentRow(at + by)

    def _fill(self, columns: LedgerColumns) -> None:
        labels = dict(columns.all)
        rest = [name for name in labels if name not in columns.chosen]
        for name in (*columns.chosen, *rest):
            item = QListWidgetItem(_(labels[name]))
            item.setData(_NAME, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = name in columns.chosen
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _connect(self) -> None:
        self.up.clicked.connect(self._move_up)
        self.down.clicked.connect(self._move_down)
        self.go.clicked.connect(self._take)

    def _build(self, rows: int) -> None:
        space = theme.current().space
        open_at(self, _WIDTH, _HEIGHT)
        lead = _("按现在的筛选和排序打印{count}条。勾选要印的列，可拖动或上移、下移调整次序。")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(5), space(5), space(4))
        layout.setSpacing(space(3))
        layout.addWidget(label(_("台账的列"), "heading"))
        layout.addWidget(label(lead.format(count=f"{rows:,}"), "muted", wrap=True))
        layout.addWidget(self.list, 1)
        layout.addWidget(self.refusal)
        cancel = button(_("取消"))
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(space(2))
        row.addWidget(self.up)
        row.addWidget(self.down)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.go)
        for each in (self.up, self.down, cancel):
            each.setAutoDefault(False)
        self.go.setDefault(True)
        layout.addLayout(row)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
