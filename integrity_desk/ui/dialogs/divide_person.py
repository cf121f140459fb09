"""Two people under one registration: who the other is, and which records belong to the other."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QBrush, QColor, QShowEvent
from PySide6.QtWidgets import QLineEdit, QTreeWidgetItem, QVBoxLayout, QWidget

from integrity_desk.domain.fields import Field, Id
from integrity_desk.domain.people import Person
from integrity_desk.domain.records import type_of
from integrity_desk.services.person_dividing import (
    OTHER_PERSON,
    DividePerson,
    ShowTies,
    Tie,
    Tied,
)
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.fields_dialog import FieldsDialog
from integrity_desk.ui.dialogs.fitting import open_at
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.labels import label
from integrity_desk.ui.widgets.tick_tree import TickTree
from integrity_desk.wording import _

_REASON = "divide_reason"
_WIDTH, _HEIGHT, _LIST = 235, 180, 58
_COLUMNS = (34, 26, 40, 78)
_KEY = Qt.ItemDataRole.UserRole


class DividePersonDialog(FieldsDialog):
    """The list to tick above, the other person below; both in one act."""

    def __init__(
        self, context: Context, person_id: Id, name: str, values: Mapping[str, Any], parent: QWidget
    ) -> None:
        self._person_id = person_id
        super().__init__(
            context, _fields(), self._command,
            title=_("拆分登记"),
            subject=_("“{name}”这份登记里混有另一个人的，勾选属于另一人的登记，再填写另一人是谁。").format(
                name=name
            ),
            values=values, save_label=_("拆分登记"), parent=parent,
        )  # fmt: skip
        heads = (_("台账"), _("在其中是"), _("编号"), _("内容"), _("状态"))
        self.ties = TickTree(heads, _COLUMNS, name=_("提到此人的登记"))
        self.ties.setRootIsDecorated(False)
        self.ties.setFixedHeight(theme.current().space(_LIST))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("按台账、编号或内容查找"))
        self.search.setAccessibleName(_("按台账、编号或内容查找"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.told = label(_("正在读取…"), "muted")
        middle = QVBoxLayout()
        space = theme.current().space
        middle.setContentsMargins(space(5), space(3), space(5), 0)
        middle.setSpacing(space(1.5))
        middle.addWidget(self.search)
        middle.addWidget(self.ties)
        middle.addWidget(self.told)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertLayout(1, middle)
        self.ties.itemChanged.connect(self._count)
        context.tasks.ask(ShowTies(person_id=person_id), self._show)

    @property
    def ticked(self) -> tuple[Tied, ...]:
        """What belongs to the other person."""
        return tuple(
            item.data(0, _KEY)
            for item in self._items()
            if item.checkState(0) is Qt.CheckState.Checked
        )

    def _command(self, values: dict[str, Any]) -> DividePerson:
        person = {name: value for name, value in values.items() if name != _REASON}
        return DividePerson(
            person_id=self._person_id, values=person, reason=values[_REASON] or "",
            ties=self.ticked,
        )  # fmt: skip

    @Slot(object)
    def _show(self, ties: Sequence[Tie]) -> None:
        self.ties.blockSignals(True)
        for each in ties:
            cells = [_(each.register), _(each.role), each.number, each.title, _(each.state_label)]
            item = QTreeWidgetItem(self.ties, cells)
            item.setData(0, _KEY, each.key)
            item.setCheckState(0, Qt.CheckState.Unchecked)
            item.setToolTip(3, each.title)
            item.setForeground(4, QBrush(QColor(theme.current().tone(each.tone).ink)))
        self.ties.blockSignals(False)
        for first in list(self._items())[:1]:
            self.ties.setCurrentItem(first)
        self._count()

    @Slot()
    def _count(self) -> None:
        words = _("共{count}条提到此人，已勾选{ticked}条；没有勾选的留在原登记。")
        count = self.ties.topLevelItemCount()
        self.told.setText(words.format(count=count, ticked=len(self.ticked)))

    @Slot(str)
    def _narrow(self, text: str) -> None:
        """Hide what does not say so; what is ticked stays ticked."""
        for item in self._items():
            cells = (item.text(column) for column in range(self.ties.columnCount()))
            item.setHidden(not any(text.strip() in each for each in cells))

    def _items(self) -> Iterator[QTreeWidgetItem]:
        for place in range(self.ties.topLevelItemCount()):
            item = self.ties.topLevelItem(place)
            if item is not None:
                yield item

    def showEvent(self, event: QShowEvent) -> None:
        """Be wide enough for the list, and begin there."""
        super().showEvent(event)
        open_at(self, _WIDTH, _HEIGHT)
        self.ties.setFocus(Qt.FocusReason.OtherFocusReason)


def _fields() -> list[Field]:
    """Those of the other person, and the reason, which is required here; all in one section."""
    declared = type_of(Person)
    names = (*OTHER_PERSON[:-1], _REASON, OTHER_PERSON[-1])
    chosen = [declared.field(name) for name in names]
    return [
        dataclasses.replace(each, section="", required=each.required or each.name == _REASON)
        for each in chosen
    ]
