"""The opened record beside its list: what it says, what belongs to it, what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from integrity_desk.domain.accounts import Actor
from integrity_desk.domain.attachments import OWNERS, Attachment
from integrity_desk.domain.case_files import FOLLOWED
from integrity_desk.domain.life_cycles import Step
from integrity_desk.domain.records import type_named
from integrity_desk.services.letters import Letters
from integrity_desk.services.record_view import Line, Part, RecordView
from integrity_desk.ui import theme
from integrity_desk.ui.pages.letters_block import LettersBlock
from integrity_desk.ui.pages.record_blocks import (
    BacklinksBlock,
    HeadBlock,
    LinesBlock,
    SuggestionsBlock,
    history_of,
)
from integrity_desk.ui.pages.record_chain import ChainBlock, beside
from integrity_desk.ui.pages.record_parts import FilesBlock, PartBlock
from integrity_desk.ui.pages.step_order import awaited, in_order
from integrity_desk.ui.widgets.code_button import CodeButton
from integrity_desk.ui.widgets.labels import SectionHeading
from integrity_desk.ui.widgets.side_panel import SidePanel
from integrity_desk.ui.widgets.timeline import Timeline
from integrity_desk.wording import _

_WIDTH = 80
"""In steps of the space scale: 320 px at the normal size."""


_NONE = Letters()


class RecordPanel(SidePanel):
    """Shows a RecordView; every wish of a person leaves as a signal with ids."""

    link_wanted = Signal(str)
    act_wanted = Signal(str)
    amend_wanted = Signal()
    discard_wanted = Signal()
    undo_wanted = Signal()
    reveal_wanted = Signal(str, str)
    """(id of the record or part, field name)"""
    part_wanted = Signal(str, str)
    """(type name, id; "" for a new one)"""
    count_wanted = Signal(str)
    """The id of the record whose time limit a person wants counted out."""
    suggestion_wanted = Signal(str)
    """The code of what the record suggests."""
    attach_wanted = Signal(object)
    """Paths dropped; an empty list when the person has still to choose."""
    file_wanted = Signal(str)
    file_copy_wanted = Signal(str)
    letter_wanted = Signal(str, str)
    """(template, title)"""
    written_wanted = Signal(str, str)
    """(id of a written letter, title)"""
    case_file_wanted = Signal()
    full_case_file_wanted = Signal()

    def __init__(self, actor: Actor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actor = actor
        self.view: RecordView | None = None
        self._masking: list[LinesBlock | PartBlock] = []
        self.letters: LettersBlock | None = None
        self.further: tuple[tuple[str, str], ...] = ()
        """(code, words) of what the page offers beside the steps; set before a record is shown."""
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._take_from_menu)
        self.setAcceptDrops(True)
        self.fit()

    def fit(self) -> None:
        """Take the width of the theme in force."""
        self.setFixedWidth(theme.current().space(_WIDTH))

    @property
    def offered(self) -> tuple[Step, ...]:
        """The steps that can be taken, as Alt+1, Alt+2, … reach them."""
        life = type_named(self.view.type).life if self.view is not None else None
        if self.view is None or life is None:
            return ()
        return in_order(life, self.view.state, self.view.offered)

    @property
    def may_attach(self) -> bool:
        """Whether this account may add files to the record shown."""
        return self.view is not None and self.view.type in OWNERS and self._actor.may("attach")

    @property
    def may_take_case(self) -> bool:
        """Whether the record shown makes a case file that this account may print."""
        view = self.view
        if view is None or view.type not in FOLLOWED or not self._actor.may("print"):
            return False
        life = type_named(view.type).life
        return life is None or not life.state(view.state).private

    def show_view(
        self, view: RecordView, files: Sequence[Attachment], letters: Letters = _NONE
    ) -> None:
        """Show a record; the same one again keeps its scroll position."""
        bar = self.area.verticalScrollBar()
        kept = bar.value() if self.view is not None and self.view.id == view.id else 0
        self.view = view
        self.clear()
        self._masking = []
        self.letters = None
        self.set_title(view.title)
        self._add_blocks(view, files, letters)
        self._add_buttons(view)
        bar.setValue(kept)

    def walk(self, step: int) -> None:
        """Follow the chain to what stands before or after the record shown."""
        target = beside(self.view, step) if self.view is not None else ""
        if target:
            self.link_wanted.emit(target)

    def show_revealed(self, record_id: str, field: str, value: str) -> None:
        """Show a private value in full, until the record is shown anew."""
        for block in self._masking:
            block.show_revealed(record_id, field, value)

    def _add_blocks(self, view: RecordView, files: Sequence[Attachment], letters: Letters) -> None:
        self.body.addWidget(HeadBlock(view))
        if view.suggested:
            suggested = SuggestionsBlock(view.suggested)
            suggested.suggestion_wanted.connect(self.suggestion_wanted)
            self.body.addWidget(suggested)
        if view.chain:
            chain = ChainBlock(view)
            chain.link_wanted.connect(self.link_wanted)
            self.body.addWidget(chain)
        for number, (heading, lines) in enumerate(view.sections):
            if number or view.chain:
                self.body.addWidget(SectionHeading(_(heading)))
            self._add_lines(view, lines)
        for part in view.parts:
            self._add_part(part)
        if view.type in OWNERS and (files or self.may_attach):
            self._add_files(files)
        if letters.offered or letters.written:
            self._add_letters(letters)
        linked = {card.id for card in view.chain}
        others = [each for each in view.backlinks if each[1] not in linked]
        if others:
            links = BacklinksBlock(others)
            links.link_wanted.connect(self.link_wanted)
            self.body.addWidget(links)
        self.body.addWidget(SectionHeading(_("办理经过")))
        timeline = Timeline()
        timeline.show_moments(history_of(view))
        self.body.addWidget(timeline)

    def _add_lines(self, view: RecordView, lines: Sequence[Line]) -> None:
        block = LinesBlock(view.type, view.id, lines, may_reveal=self._actor.may("reveal"))
        block.link_wanted.connect(self.link_wanted)
        block.reveal_wanted.connect(self.reveal_wanted)
        block.count_wanted.connect(self.count_wanted)
        self.body.addWidget(block)
        self._masking.append(block)

    def _add_part(self, part: Part) -> None:
        if type_named(part.type).companion and not part.rows and not part.hidden:
            return
        block = PartBlock(
            part, may_edit=self._actor.may("edit"), may_reveal=self._actor.may("reveal")
        )
        block.part_wanted.connect(self.part_wanted)
        block.reveal_wanted.connect(self.reveal_wanted)
        self.body.addWidget(block)
        self._masking.append(block)

    def _add_letters(self, letters: Letters) -> None:
        self.letters = LettersBlock(letters)
        self.letters.offer_wanted.connect(self.letter_wanted)
        self.letters.written_wanted.connect(self.written_wanted)
        self.body.addWidget(self.letters)

    def _add_files(self, files: Sequence[Attachment]) -> None:
        block = FilesBlock(files, may_attach=self.may_attach)
        block.attach_wanted.connect(self._want_files)
        block.file_wanted.connect(self.file_wanted)
        block.file_copy_wanted.connect(self.file_copy_wanted)
        self.body.addWidget(block)

    def _add_buttons(self, view: RecordView) -> None:
        if view.amendable:
            amend = CodeButton("amend", _("修改"), icon="pencil")
            amend.setToolTip("F2")
            amend.taken.connect(self._take)
            self.footer.addWidget(amend)
        offered = self.offered
        if offered:
            life = type_named(view.type).life
            kind = "primary" if life and awaited(life, view.state, offered) else ""
            primary = CodeButton(offered[0].act, _(offered[0].label), kind=kind)
            primary.setToolTip("Alt+1")
            primary.taken.connect(self._take)
            self.footer.addWidget(primary, 1)
        else:
            self.footer.addStretch(1)
        self._fill_menu(view)
        if self._menu.actions():
            more = CodeButton("more", "", icon="more")
            more.setAccessibleName(_("更多办理事项"))
            more.setToolTip(_("更多办理事项"))
            more.taken.connect(self._open_menu)
            self.footer.addWidget(more)

    def _fill_menu(self, view: RecordView) -> None:
        self._menu.clear()
        for number, step in enumerate(self.offered[1:], start=2):
            action = self._menu.addAction(_(step.label))
            action.setObjectName(step.act)
            if number < 10:
                action.setText(_("{act}（Alt+{number}）").format(act=_(step.label), number=number))
        self._offer_case(view)
        for code, words in self.further:
            self._menu.addAction(words).setObjectName(code)
        if view.undoable:
            if self._menu.actions():
                self._menu.addSeparator()
            undo = self._menu.addAction(_("撤销上一步"))
            undo.setObjectName("undo_last")
            theme.set_icon(undo, "undo", "text")
        if view.discardable:
            if self._menu.actions():
                self._menu.addSeparator()
            discard = self._menu.addAction(_("删除草稿"))
            discard.setObjectName("discard")
            theme.set_icon(discard, "trash", "red")

    def _offer_case(self, view: RecordView) -> None:
        if not self.may_take_case:
            return
        if self._menu.actions():
            self._menu.addSeparator()
        case = self._menu.addAction(_("卷宗（含附件）"))
        case.setObjectName("case_file")
        theme.set_icon(case, "folder", "text")
        known = [each for each in view.parts if type_named(each.type).restricted and each.rows]
        if known and self._actor.may("reveal"):
            full = self._menu.addAction(_("卷宗（含投诉举报人信息）"))
            full.setObjectName("full_case_file")
            theme.set_icon(full, "lock", "text")

    @Slot(str)
    def _take(self, code: str) -> None:
        wanted = {
            "amend": self.amend_wanted,
            "case_file": self.case_file_wanted,
            "full_case_file": self.full_case_file_wanted,
        }
        if code in wanted:
            wanted[code].emit()
        elif code == "discard":
            self.discard_wanted.emit()
        elif code == "undo_last":
            self.undo_wanted.emit()
        else:
            self.act_wanted.emit(code)

    @Slot(QAction)
    def _take_from_menu(self, action: QAction) -> None:
        self._take(action.objectName())

    @Slot(str)
    def _open_menu(self, _code: str) -> None:
        anchor = self.sender()
        if isinstance(anchor, QPushButton):
            height = self._menu.sizeHint().height()
            right = anchor.width() - self._menu.sizeHint().width()
            self._menu.popup(anchor.mapToGlobal(QPoint(right, -height)))

    @Slot()
    def _want_files(self) -> None:
        self.attach_wanted.emit([])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files from the desktop."""
        if self.may_attach and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask the owner to attach what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.attach_wanted.emit(paths)
