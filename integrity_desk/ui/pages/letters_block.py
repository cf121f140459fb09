"""The letters of an opened record: what fits it now, and what was written, to be printed again."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from integrity_desk.services.letters import Letters
from integrity_desk.ui import theme
from integrity_desk.ui.pages.record_blocks import column
from integrity_desk.ui.widgets.code_button import CodeButton
from integrity_desk.ui.widgets.entry_button import EntryButton
from integrity_desk.ui.widgets.labels import SectionHeading
from integrity_desk.wording import _


class LettersBlock(QWidget):
    """Written letters under a heading, and 打印文书… with what fits the record as it stands."""

    offer_wanted = Signal(str, str)
    """(template, title)"""
    written_wanted = Signal(str, str)
    """(id, title)"""

    def __init__(self, letters: Letters) -> None:
        super().__init__()
        self._letters = letters
        self.menu = QMenu(self)
        for each in letters.offered:
            action = self.menu.addAction(_(each.title))
            action.setObjectName(each.template)
        self.menu.triggered.connect(self._take_offer)
        layout = column(self, theme.current().space(1.5))
        count = len(letters.written)
        words = _("文书 {count}").format(count=count) if count else _("文书")
        layout.addWidget(SectionHeading(words))
        for line in letters.written:
            entry = EntryButton(line.id, line.title, line.note, icon="file")
            entry.setToolTip(_("查看并再次打印"))
            entry.taken.connect(self._take_written)
            layout.addWidget(entry)
        self.opener = CodeButton("letters", _("打印文书…"), icon="printer")
        self.opener.taken.connect(self.open_menu)
        layout.addWidget(self.opener)
        self.opener.setHidden(not letters.offered)

    @Slot(str)
    def open_menu(self, _code: str = "") -> None:
        """Show what fits; the first is chosen by Enter."""
        first = self.menu.actions()[:1]
        if first:
            self.menu.popup(self.opener.mapToGlobal(QPoint(0, self.opener.height())))
            self.menu.setActiveAction(first[0])

    @Slot(QAction)
    def _take_offer(self, action: QAction) -> None:
        self.offer_wanted.emit(action.objectName(), action.text())

    @Slot(str)
    def _take_written(self, letter_id: str) -> None:
        title = next(each.title for each in self._letters.written if each.id == letter_id)
        self.written_wanted.emit(letter_id, title)
