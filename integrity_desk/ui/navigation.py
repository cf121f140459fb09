"""The dark navigation at the left; folds to a rail of icons when room is short."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from integrity_desk.ui import theme
from integrity_desk.ui.pages.base import PageEntry
from integrity_desk.ui.widgets.nav_lines import RAIL, Brand, NavButton, NavCaption
from integrity_desk.wording import _

_WIDTH = 42
"""In steps of the space scale: 168 px at the normal size; more for a longer name."""


class Navigation(QFrame):
    """One button per page, in groups that can be closed; ``chosen`` tells which page is wanted."""

    chosen = Signal(str)
    groups_closed = Signal(object)
    """The captions of the groups that are closed now, as declared."""

    def __init__(
        self,
        entries: Sequence[PageEntry],
        closed: Collection[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "nav")
        self._buttons: dict[str, NavButton] = {}
        self._groups: dict[str, _Group] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._tell)
        self._folded = False
        self._lent: _Group | None = None
        """The closed group that is open only as long as one of its pages is shown."""
        self._brand = Brand()
        self._build(entries)
        for name in closed:
            if name in self._groups:
                self._groups[name].caption.setChecked(True)
        self.fold(False)

    @property
    def folded(self) -> bool:
        """Whether only icons show."""
        return self._folded

    def fold(self, folded: bool) -> None:
        """Show icons only, or icons and words."""
        self._folded = folded
        self._brand.fold(folded)
        width = theme.current().space(RAIL if folded else _WIDTH)
        self.setFixedWidth(width if folded else max(width, self._brand.sizeHint().width()))
        for button in self._buttons.values():
            button.fold(folded)
        self._show_groups()

    def select(self, page_id: str) -> None:
        """Mark the page that is shown, its group open meanwhile; none if it is not listed here."""
        marked = self._group.checkedButton()
        self._take_back_from(page_id)
        if page_id in self._buttons:
            self._buttons[page_id].setChecked(True)
            self._open_group_of(self._buttons[page_id])
            self._scroll.ensureWidgetVisible(self._buttons[page_id])
        elif marked is not None:
            self._group.setExclusive(False)
            marked.setChecked(False)
            self._group.setExclusive(True)

    def set_counts(self, counts: Mapping[str, tuple[int, bool]]) -> None:
        """Show (count, late) on the named pages; late ones red, nought not at all."""
        for page_id, (count, late) in counts.items():
            if page_id in self._buttons:
                self._buttons[page_id].set_count(count, late=late)
        for group in self._groups.values():
            group.count()

    @Slot(QAbstractButton)
    def _tell(self, button: QAbstractButton) -> None:
        self.chosen.emit(button.objectName())

    @Slot()
    def _toggle(self) -> None:
        if self._lent is not None and self.sender() is self._lent.caption:
            self._lent = None
        self._show_groups()
        self.groups_closed.emit(
            tuple(
                name
                for name, each in self._groups.items()
                if each.caption.closed or each is self._lent
            )
        )

    def _open_group_of(self, button: NavButton) -> None:
        for group in self._groups.values():
            if button in group.buttons and group.caption.closed:
                self._lent = group
                group.caption.setChecked(False)
                self._show_groups()

    def _take_back_from(self, page_id: str) -> None:
        lent = self._lent
        if lent is not None and self._buttons.get(page_id) not in lent.buttons:
            self._lent = None
            lent.caption.setChecked(True)
            self._show_groups()

    def _show_groups(self) -> None:
        for group in self._groups.values():
            group.show(folded=self._folded)

    def _build(self, entries: Sequence[PageEntry]) -> None:
        space = theme.current().space
        items, bottom = _column(), _column()
        bottom.setContentsMargins(0, space(1), 0, space(2))
        for name, members in groupby(entries, key=lambda each: (each.at_bottom, each.group)):
            lines = bottom if name[0] else items
            buttons = list(self._made(members))
            if name[1] and not name[0]:
                self._groups[name[1]] = group = _Group(_(name[1]), buttons)
                group.caption.clicked.connect(self._toggle)
                lines.addWidget(group.caption)
            for button in buttons:
                lines.addWidget(button)
        items.addStretch(1)
        self._scroll = _scrolled(items)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._brand)
        layout.addWidget(self._scroll, 1)
        layout.addLayout(bottom)

    def _made(self, entries: Iterator[PageEntry]) -> Iterator[NavButton]:
        for entry in entries:
            button = NavButton(entry.icon, _(entry.label))
            button.setObjectName(entry.id)
            self._group.addButton(button)
            self._buttons[entry.id] = button
            yield button


class _Group:
    """A caption and the pages below it."""

    def __init__(self, words: str, buttons: Sequence[NavButton]) -> None:
        self.caption = NavCaption(words)
        self.buttons = tuple(buttons)

    def show(self, *, folded: bool) -> None:
        """Show the pages unless the group is closed; a rail of icons shows all of them."""
        self.caption.setVisible(not folded)
        for button in self.buttons:
            button.setVisible(folded or not self.caption.closed)

    def count(self) -> None:
        """Tell the caption what waits in the pages below it."""
        late = any(each.late for each in self.buttons)
        self.caption.set_count(sum(each.count for each in self.buttons), late=late)


def _column() -> QVBoxLayout:
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(theme.current().space(0.25))
    return made


def _scrolled(items: QVBoxLayout) -> QScrollArea:
    holder = QWidget()
    holder.setProperty("kind", "plain")
    holder.setLayout(items)
    area = QScrollArea()
    area.setWidget(holder)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
