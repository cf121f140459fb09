"""Editors of links: type a part of a name, choose the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QStringListModel,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from integrity_desk.domain.fields import Field, Id
from integrity_desk.ui import theme
from integrity_desk.ui.widgets.editor import Editor
from integrity_desk.ui.widgets.labels import button, empty
from integrity_desk.ui.widgets.limits import MOST_TYPED
from integrity_desk.wording import _

Found = Sequence[tuple[Id, str]]
OnFound = Callable[[Found], None]

_PAUSE_MS = 200
_SHOWN = 12


class LinkFinder(Protocol):
    """Finds and names records; both answer later, to a bound method of a QObject."""

    def find(self, field: Field, text: str, on_found: OnFound) -> object:
        """Answer (id, title) of what a field may lead to and matches ``text``.

        The id is "" where the title says why it may not be chosen.
        """

    def name(self, ids: tuple[Id, ...], on_named: OnFound) -> object:
        """Answer (id, title) of these records."""


@runtime_checkable
class Lister(Protocol):
    """A finder that also shows a list to tick, for fields that take many."""

    def lists(self, field: Field) -> bool:
        """Whether there is a list for this field."""

    def open_list(self, field: Field, chosen: tuple[Id, ...], parent: QWidget) -> Any:
        """Open it; the dialog's signal ``picked`` tells the ids."""


class _Choices(QStringListModel):
    """Titles; those that may not be chosen are shown and cannot be reached."""

    def __init__(self, parent: QLineEdit) -> None:
        super().__init__(parent)
        self._barred: frozenset[int] = frozenset()

    def show_found(self, found: Found) -> None:
        """Take over what was found."""
        self._barred = frozenset(row for row, (known, _title) in enumerate(found) if not known)
        self.setStringList([title for _id, title in found])

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """None for what may not be chosen."""
        if index.isValid() and index.row() in self._barred:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class LinkLine(QLineEdit):
    """A line that searches while typing."""

    picked = Signal(str, str)
    """The (id, title) that a person chose from the list."""

    def __init__(self, field: Field, finder: LinkFinder) -> None:
        super().__init__()
        self._field = field
        self._finder = finder
        self._found: Found = ()
        self.setPlaceholderText(_("输入名称、编号或拼音的一部分"))
        self.setMaxLength(MOST_TYPED)
        self._names = _Choices(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(_SHOWN)
        self._popup = QListView()
        self._popup.setProperty("kind", "popup")
        self._completer.setPopup(self._popup)
        self._completer.activated[QModelIndex].connect(self._take)  # type: ignore[index]
        self._completer.setWidget(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.textEdited.connect(self._pause.start)

    @Slot()
    def _search(self) -> None:
        text = self.text().strip()
        if text:
            self._finder.find(self._field, text, self.show_found)

    @Slot(object)
    def show_found(self, found: Found) -> None:
        """Offer what was found below the line."""
        self._found = found
        self._names.show_found(found)
        if found and self.hasFocus():
            self._completer.complete()
        else:
            self._popup.hide()

    @Slot(QModelIndex)
    def _take(self, index: QModelIndex) -> None:
        known, title = self._found[index.row()]
        if known:
            self.picked.emit(known, title)


class LinkEditor(Editor):
    """A link to one record."""

    def __init__(self, field: Field, finder: LinkFinder, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._finder = finder
        self._id: Id = ""
        self.line = LinkLine(field, finder)
        self.line.picked.connect(self._pick)
        self.line.textEdited.connect(self._loosen)
        self.line.editingFinished.connect(self.settled)
        self._hold(self.line)

    def value(self) -> Id:
        """Return the chosen record's id, "" for none."""
        return self._id

    def set_value(self, value: Any) -> None:
        """Link to a record; its name follows when it is found."""
        self._id = value
        self.line.setText(_("正在查找…") if value else "")
        if value:
            self._finder.name((value,), self._named)

    def problem(self) -> str:
        """Say when words stand there that were not chosen from the list."""
        if self.line.text().strip() and not self._id:
            return _("请从弹出的列表中选择“{field}”。").format(field=_(self.field.label))
        return ""

    @Slot(object)
    def _named(self, named: Found) -> None:
        titles = dict(named)
        if self._id:
            self.line.setText(titles.get(self._id, _("（不在本机）")))
            self.line.setCursorPosition(0)

    @Slot(str)
    def _loosen(self, _text: str) -> None:
        self._id = ""
        self.edited.emit()

    @Slot(str, str)
    def _pick(self, record_id: Id, title: str) -> None:
        self._id = record_id
        self.line.setText(title)
        self.edited.emit()
        self.settled.emit()


class LinksEditor(Editor):
    """Links to any number of records: the chosen ones below the line, each with a way out."""

    def __init__(self, field: Field, finder: LinkFinder, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._finder = finder
        self._chosen: dict[Id, str] = {}
        self.line = LinkLine(field, finder)
        self.line.picked.connect(self._pick)
        self.line.editingFinished.connect(self.settled)
        self._hold(self.line)
        self.list_button: QPushButton | None = None
        if isinstance(finder, Lister) and finder.lists(field):
            self.list_button = button(_("从列表勾选…"), "check", "plain")
            self.list_button.setAutoDefault(False)
            self.list_button.clicked.connect(self._open_list)
            self._room.addWidget(self.list_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.current().space(1))
        self._room.addLayout(self._list)

    def value(self) -> tuple[Id, ...]:
        """Return the chosen ids in order of choosing."""
        return tuple(self._chosen)

    def set_value(self, value: Any) -> None:
        """Link to these records; their names follow when they are found."""
        self._chosen = {each: _("正在查找…") for each in value}
        self._show()
        if self._chosen:
            self._finder.name(self.value(), self._named)

    def problem(self) -> str:
        """Say when words stand there that were not chosen from the list."""
        if self.line.text().strip():
            return _("请从弹出的列表中选择“{field}”。").format(field=_(self.field.label))
        return ""

    @Slot(object)
    def _named(self, named: Found) -> None:
        titles = dict(named)
        self._chosen = {each: titles.get(each, _("（不在本机）")) for each in self._chosen}
        self._show()

    @Slot(str, str)
    def _pick(self, record_id: Id, title: str) -> None:
        self._chosen[record_id] = title
        self.line.clear()
        self._show()
        self.edited.emit()

    @Slot()
    def _open_list(self) -> None:
        assert isinstance(self._finder, Lister)
        dialog = self._finder.open_list(self.field, self.value(), self)
        dialog.picked.connect(self._take_list)

    @Slot(object)
    def _take_list(self, ids: tuple[Id, ...]) -> None:
        if ids != self.value():
            self.set_value(ids)
            self.edited.emit()

    @Slot()
    def _drop(self) -> None:
        del self._chosen[self.sender().objectName()]
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        empty(self._list)
        for record_id, title in self._chosen.items():
            out = button(title, "close", "plain")
            out.setObjectName(record_id)
            out.setAccessibleName(_("移除 {title}").format(title=title))
            out.setToolTip(_("移除 {title}").format(title=title))
            out.clicked.connect(self._drop)
            self._list.addWidget(out, 0, Qt.AlignmentFlag.AlignLeft)
