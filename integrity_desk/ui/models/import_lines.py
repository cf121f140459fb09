"""What a spreadsheet would change, one group at a time, and what the person decided of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from integrity_desk.services.spreadsheet_imports import ImportPreview
from integrity_desk.services.spreadsheet_lines import (
    ADDED,
    CHANGED,
    CHOOSABLE,
    CONFLICT,
    NOTE,
    PROBLEM,
    REFUSED,
    USUALLY_TAKEN,
    Choices,
    Line,
    Place,
)
from integrity_desk.wording import N_, _

GROUPS = (
    (PROBLEM, N_("要改正")),
    (ADDED, N_("新增")),
    (CHANGED, N_("改动")),
    (CONFLICT, N_("两边都改过")),
    (REFUSED, N_("不予采用")),
    (NOTE, N_("不看的列")),
)
"""Kind of line and the words on its chip, in the order in which a person wants to see them."""

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, kw_only=True)
class LineColumn:
    """One column of a group: heading, what its cells say, and its share of the width."""

    head: str
    words: Callable[[Line], str]
    share: int = 0


def _filled(words: str) -> str:
    return words or _("（空）")


def _where(line: Line) -> str:
    return line.address if line.column else _("第{row}行").format(row=line.row)


_PLACE = LineColumn(head=N_("位置"), words=_where, share=1)
_TITLE = LineColumn(head=N_("事项"), words=lambda line: line.title, share=4)
_HEADING = LineColumn(head=N_("列"), words=lambda line: line.heading, share=2)
_HERE = LineColumn(head=N_("本机现在"), words=lambda line: _filled(line.before), share=4)
_THERE = LineColumn(head=N_("表格里"), words=lambda line: _filled(line.after), share=4)
_WHY = LineColumn(head=N_("为什么"), words=lambda line: line.sentence, share=5)

COLUMNS: dict[str, tuple[LineColumn, ...]] = {
    PROBLEM: (_PLACE, _TITLE, _HEADING, LineColumn(head=N_("问题"), words=_WHY.words, share=7)),
    ADDED: (
        _PLACE,
        LineColumn(head=N_("新登记的事项"), words=_TITLE.words, share=4),
        LineColumn(head=N_("内容"), words=lambda line: line.after, share=9),
    ),
    CHANGED: (_PLACE, _TITLE, _HEADING, _HERE, _THERE),
    CONFLICT: (_PLACE, _TITLE, _HEADING, _HERE, _THERE),
    REFUSED: (_PLACE, _TITLE, _HEADING, _THERE, _WHY),
    NOTE: (_PLACE, _TITLE, _HEADING, _WHY),
}


class ImportLines(QAbstractTableModel):
    """Lines of one kind; the first column of what may be decided has a box to tick."""

    decided = Signal()
    """The person decided something; ``choices`` reads differently."""

    def __init__(self) -> None:
        super().__init__()
        self.group = PROBLEM
        self.choices = Choices()
        self._found: ImportPreview | None = None
        self._lines: Sequence[Line] = ()

    @property
    def may_decide(self) -> bool:
        """Whether the group shown is the person's to decide."""
        return self.group in CHOOSABLE

    @property
    def columns(self) -> tuple[LineColumn, ...]:
        """The columns of the group shown, the box apart."""
        return COLUMNS[self.group]

    def show_found(self, found: ImportPreview) -> None:
        """Take a new dry run; what was decided of an earlier one no longer counts."""
        self._found = found
        self.choices = Choices()
        self.show_group(self.group)

    def show_group(self, group: str) -> None:
        """Show the lines of one kind."""
        self.beginResetModel()
        self.group = group
        lines = self._found.lines if self._found is not None else ()
        self._lines = [each for each in lines if each.kind == group]
        self.endResetModel()

    def wanted(self, kind: str) -> int:
        """How many lines of a kind the file's word shall stand for, unseen ones included."""
        if self._found is None:
            return 0
        usual = (kind in USUALLY_TAKEN) != (kind in self.choices.turned)
        lines = [each for each in self._found.lines if each.kind == kind]
        taken = sum(map(self.choices.wants, lines))
        unseen = self._found.found.get(kind, 0) - len(lines)
        return taken + (unseen if usual else 0)

    def whole(self, row: int) -> str:
        """Return all that a line says, for reading where its cells are too narrow."""
        line = self._lines[row]
        if self.group == PROBLEM:
            return line.sentence
        change = _("“{heading}”：{before} → {after}").format(
            heading=line.heading, before=_filled(line.before), after=_filled(line.after)
        )
        said = line.after or line.title if self.group == ADDED else change
        return f"{said}\n{line.sentence}" if line.sentence else said

    def decide_all(self, taken: bool) -> None:
        """Decide the whole group, lines beyond those shown too."""
        mine = {each.place for each in self._lines}
        turned = self.choices.turned - {self.group}
        if taken != (self.group in USUALLY_TAKEN):
            turned |= {self.group}
        self._keep(self.choices.left_out - mine, self.choices.accepted - mine, turned)

    def decide(self, rows: Iterable[int], taken: bool | None = None) -> None:
        """Decide single lines; without ``taken`` all become the opposite of the first."""
        lines = [self._lines[row] for row in sorted(set(rows))]
        if not lines or not self.may_decide:
            return
        wanted = not self.choices.wants(lines[0]) if taken is None else taken
        places: frozenset[Place] = frozenset(each.place for each in lines)
        left_out, accepted = self.choices.left_out - places, self.choices.accepted - places
        if wanted:
            accepted |= places
        else:
            left_out |= places
        self._keep(left_out, accepted, self.choices.turned)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """How many lines the group shows."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """The columns, and the box where there is something to decide."""
        return 0 if parent.isValid() else len(self.columns) + int(self.may_decide)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Boxes may be ticked."""
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        boxed = self.may_decide and index.column() == 0
        return usual | Qt.ItemFlag.ItemIsUserCheckable if boxed else usual

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words, or the box's state."""
        line = self._lines[index.row()]
        column = index.column() - int(self.may_decide)
        if column < 0:
            return self._box(line, role)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            words = self.columns[column].words(line)
            return " ".join(words.split()) if role == Qt.ItemDataRole.DisplayRole else words
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a tick."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.decide([index.row()], Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return a column's heading."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is Qt.Orientation.Vertical:
            return None
        column = section - int(self.may_decide)
        return _("决定") if column < 0 else _(self.columns[column].head)

    def _box(self, line: Line, role: int) -> Any:
        taken = self.choices.wants(line)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if taken else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            if line.kind == CONFLICT:
                return _("用表格的") if taken else _("留本机的")
            return _("采用") if taken else _("不采用")
        return None

    def _keep(
        self, left_out: frozenset[Place], accepted: frozenset[Place], turned: frozenset[str]
    ) -> None:
        self.choices = Choices(left_out=left_out, accepted=accepted, turned=turned)
        last = self.index(max(0, len(self._lines) - 1), 0)
        self.dataChanged.emit(self.index(0, 0), last)
        self.decided.emit()
