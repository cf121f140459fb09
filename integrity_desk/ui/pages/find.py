"""What was found in all registers, grouped by register, newest first."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.records import type_named
from integrity_desk.services.registers import FindRecords, Hit
from integrity_desk.ui import theme
from integrity_desk.ui.pages.base import Context, Page
from integrity_desk.ui.widgets.card import Card
from integrity_desk.ui.widgets.empty_state import EmptyState
from integrity_desk.ui.widgets.record_list import ListLine, RecordList
from integrity_desk.wording import _

_MOST = 200


class FindPage(Page):
    """Answers the search box of the window's head; Esc there leads back."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.search_hint = _("查找全部登记：编号、姓名、事由、拼音")
        self._text = ""
        self._subtitle = ""
        self.list = RecordList(_("查找结果"))
        self.list.opened.connect(self._open)
        self.empty = EmptyState("search", _("输入编号、姓名、事由或拼音，在全部登记中查找。"))
        self._room = QStackedLayout()
        self._room.addWidget(self.empty)
        card = Card()
        card.add(self.list)
        self._room.addWidget(card)
        space = theme.current().space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(4), space(3), space(4), space(4))
        layout.addLayout(self._room)
        self.setFocusProxy(self.list)

    @property
    def title(self) -> str:
        """The page's name."""
        return _("查找")

    @property
    def subtitle(self) -> str:
        """How many were found."""
        return self._subtitle

    def search(self, text: str) -> None:
        """Look for ``text`` in every register."""
        self._text = text
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        if self._text:
            question = FindRecords(text=self._text, limit=_MOST)
            self.context.tasks.ask(question, self._show, latest=True)
        else:
            self._show(())

    @Slot(object)
    def _show(self, hits: tuple[Hit, ...]) -> None:
        found = sorted(filter(_has_page, hits), key=lambda hit: _ORDER[hit.type])
        lines: list[ListLine] = []
        for type_name, group in groupby(found, key=lambda hit: hit.type):
            of_type = [_line(hit) for hit in group]
            heading = _("{register}  {count} 条").format(
                register=_(type_named(type_name).label), count=len(of_type)
            )
            lines += [ListLine(title=heading), *of_type]
        self.list.show_lines(lines, tuple(self._text.split()))
        self._room.setCurrentIndex(1 if lines else 0)
        self._tell(len(found), cut=len(hits) == _MOST)

    def _tell(self, count: int, *, cut: bool) -> None:
        self._subtitle = _("共 {count} 条").format(count=count) if self._text else ""
        if cut:
            self._subtitle = _("只列最新 {count} 条，请输入更多字").format(count=count)
        sentence = _("没有找到“{text}”。").format(text=self._text)
        if not self._text:
            sentence = _("输入编号、姓名、事由或拼音，在全部登记中查找。")
        self.empty.tell("search", sentence)
        self.retitled.emit()

    @Slot(object)
    def _open(self, line: ListLine) -> None:
        self.context.navigate(line.page, line.id)


_ORDER = {declared.name: number for number, declared in enumerate(TYPES)}


def _has_page(hit: Hit) -> bool:
    return type_named(hit.type).register


def _line(hit: Hit) -> ListLine:
    return ListLine(
        page=hit.type,
        id=hit.id,
        lead=hit.number,
        title=hit.title,
        badge=_(hit.state_label),
        tone=hit.tone,
    )
