"""Everybody in post as a tree of units with boxes: a unit's box ticks all its people."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from integrity_desk.domain.fields import Id
from integrity_desk.services.training import Staff
from integrity_desk.ui import theme
from integrity_desk.ui.widgets.labels import button
from integrity_desk.ui.widgets.tick_tree import TickTree
from integrity_desk.wording import _

_ID = Qt.ItemDataRole.UserRole
_NAME_STEPS = 70


class StaffTree(QWidget):
    """Ticked people stay ticked while the search hides them."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = QLineEdit()
        self.all_button = button(_("全部选上"), "check")
        self.tree = TickTree((_("姓名"), _("职务")), (_NAME_STEPS,), name=_("人员"))
        self._build()
        self.search.textChanged.connect(self._narrow)
        self.all_button.clicked.connect(self._tick_shown)
        self.tree.itemChanged.connect(self.changed)

    @property
    def ids(self) -> tuple[Id, ...]:
        """Who is ticked, in the order of the tree."""
        return tuple(
            str(item.data(0, _ID))
            for item in self._people()
            if item.checkState(0) is Qt.CheckState.Checked
        )

    def show_staff(self, staff: Sequence[Staff], there: Collection[Id] = ()) -> None:
        """Show everybody but those who are on the list already."""
        self.tree.blockSignals(True)
        self.tree.clear()
        units: dict[Id, QTreeWidgetItem] = {}
        for each in staff:
            if each.id in there:
                continue
            if each.unit_id not in units:
                units[each.unit_id] = self._unit(each)
            item = QTreeWidgetItem(units[each.unit_id], [each.name, each.post])
            item.setData(0, _ID, each.id)
            item.setCheckState(0, Qt.CheckState.Unchecked)
        self.tree.expandAll()
        self.tree.blockSignals(False)
        self.changed.emit()

    def _unit(self, of: Staff) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self.tree, [of.unit or _("（没有单位）")])
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsAutoTristate)
        item.setCheckState(0, Qt.CheckState.Unchecked)
        item.setFirstColumnSpanned(True)
        return item

    def _units(self) -> Iterator[QTreeWidgetItem]:
        for place in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(place)
            if item is not None:
                yield item

    def _people(self) -> Iterator[QTreeWidgetItem]:
        for unit in self._units():
            yield from _children(unit)

    @Slot(str)
    def _narrow(self, text: str) -> None:
        wanted = text.strip()
        for unit in self._units():
            of_unit = wanted in unit.text(0)
            for person in _children(unit):
                found = of_unit or wanted in person.text(0) or wanted in person.text(1)
                person.setHidden(not found)
            shown = any(not each.isHidden() for each in _children(unit))
            unit.setHidden(not shown)

    @Slot()
    def _tick_shown(self) -> None:
        self.tree.blockSignals(True)
        for person in self._people():
            if not person.isHidden():
                person.setCheckState(0, Qt.CheckState.Checked)
        self.tree.blockSignals(False)
        self.tree.viewport().update()
        self.changed.emit()

    def _build(self) -> None:
        space = theme.current().space
        words = _("按姓名、职务或单位查找")
        self.search.setPlaceholderText(words)
        self.search.setAccessibleName(words)
        self.search.setClearButtonEnabled(True)
        self.all_button.setAutoDefault(False)
        top = QHBoxLayout()
        top.setSpacing(space(2))
        top.addWidget(self.search, 1)
        top.addWidget(self.all_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        layout.addLayout(top)
        layout.addWidget(self.tree, 1)
        self.setFocusProxy(self.search)


def _children(unit: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    found = (unit.child(place) for place in range(unit.childCount()))
    return (each for each in found if each is not None)
