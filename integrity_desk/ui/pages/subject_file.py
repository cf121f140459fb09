"""The integrity file of a person or a unit: entries at the left, the timeline at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from integrity_desk.domain.fields import Id
from integrity_desk.domain.file_chapters import CHAPTERS
from integrity_desk.services.inquiries import Answer, ShowOwnData
from integrity_desk.services.person_dividing import DIVIDE, DividePerson
from integrity_desk.services.record_view import ReadValues, RecordView
from integrity_desk.services.subject_files import FileEntry, FileEvent, ShowFile, SubjectFile
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.divide_person import DividePersonDialog
from integrity_desk.ui.dialogs.file_preview import FilePreview
from integrity_desk.ui.dialogs.paper_preview import PaperPreview
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.pages.work_page import OwnAct, WorkPage, WorkView, back_button
from integrity_desk.ui.widgets.card import Card
from integrity_desk.ui.widgets.chips import ChipsRow
from integrity_desk.ui.widgets.code_button import CodeButton
from integrity_desk.ui.widgets.empty_state import EmptyState
from integrity_desk.ui.widgets.labels import label
from integrity_desk.ui.widgets.plain_table import PlainRow, PlainTable
from integrity_desk.ui.widgets.timeline import Moment, Timeline
from integrity_desk.wording import _

KEYS = "Ctrl+D"
_ALL = ""
_FULL, _SHORT = "full", "short"
_SHARES = (180, 96)
"""What the entries and the timeline take of the smallest window, in steps of the space scale."""


class SubjectPage(WorkPage):
    """The register of people or of units; what is opened leads to its file by a button."""

    preview: PaperPreview | None = None
    dividing: DividePersonDialog | None = None

    @property
    def offers(self) -> frozenset[str]:
        """As for every register, and the file of what is opened."""
        offered = super().offers
        opened = self.work is None and self.drawer.is_open and self.panel.view is not None
        return offered | {"file"} if opened and self.forms.view is None else offered

    def act(self, action_id: str) -> None:
        """Take one of the offers."""
        if action_id == "file":
            self.take_own(action_id)
        else:
            super().act(action_id)

    def own_acts(self, view: RecordView) -> Sequence[OwnAct]:
        """Everybody has a file, be it empty; a person may ask what is held on them.

        A registration that is two people is divided by a reviewer.
        """
        may = self.context.actor.may
        acts = [OwnAct(code="file", words=_("打开诚信档案"), icon="folder", keys=KEYS)]
        if view.type == "person" and may("print"):
            acts.append(OwnAct(code="own", words=_("本人查阅"), icon="user"))
        if view.type == "person" and may(DividePerson.permission) and view.state != "merged":
            acts.append(OwnAct(code=DIVIDE, words=_("拆分登记…"), rare=True))
        return acts

    def take_own(self, code: str) -> None:
        """Open the file, or print for a person what is held on them, which is logged."""
        view = self.panel.view
        if view is None:
            return
        if code == "own":
            fonts = self.context.settings.current.bundled_fonts
            command = ShowOwnData(person_id=view.id, bundled_fonts=fonts)
            self.context.tasks.perform(command, self._show_own)
        elif code == DIVIDE:
            self.context.tasks.ask(ReadValues(id=view.id), self._divide, latest=True)
        else:
            self.open_work(FileView(self.context, view.id))

    @Slot(object)
    def _show_own(self, answer: Answer) -> None:
        words = _("已登记{number}，信用报告校验码{code}。")
        self.context.say(words.format(number=answer.number, code=answer.code))
        title = _("本人信息 {number}").format(number=answer.number)
        self.preview = PaperPreview(self.context, title, self)
        self.preview.show_pdf(answer.pdf)

    @Slot(object)
    def _divide(self, values: Mapping[str, Any]) -> None:
        view = self.panel.view
        if view is None:
            return
        alike = {name: values[name] for name in ("name", "kind", "unit_id")}
        self.dividing = DividePersonDialog(self.context, view.id, view.title, alike, self)
        self.dividing.performed.connect(self._divided)
        self.dividing.open()

    @Slot(object)
    def _divided(self, other_id: Id) -> None:
        self.context.say(_("已拆分成两份登记，这是拆出的一份，请补全其余内容。"))
        self.show_record(other_id)


class FileView(WorkView):
    """Takes the page; Enter opens an entry in its register, Esc leads back."""

    def __init__(self, context: Context, subject_id: Id) -> None:
        super().__init__(context)
        self._id = subject_id
        self.file: SubjectFile | None = None
        self.chips = ChipsRow(
            [(_ALL, _("全部")), *((each.type, _(each.label)) for each in CHAPTERS)]
        )
        heads = (_("类别"), _("日期"), _("编号"), _("内容"), _("状态"))
        self.table = PlainTable(heads, stretch=3, name=_("诚信档案"))
        self.timeline = Timeline()
        self.empty = EmptyState("folder", _("正在读取…"))
        self.preview: FilePreview | None = None
        self._entries: tuple[FileEntry, ...] = ()
        self._told = label("", wrap=True)
        self._no_events = label(
            _("还没有大事。登记并复核生效后，会自动列在这里。"), "muted", wrap=True
        )
        self._no_events.hide()
        self._note = label("", "muted", wrap=True)
        self._stack = QStackedWidget()
        self._back = back_button()
        self._build()
        self.chips.chosen.connect(self._choose)
        self.table.opened.connect(self._open)

    @property
    def title(self) -> str:
        """Whose file it is."""
        return _("{name}的诚信档案").format(name=self.file.name) if self.file else _("诚信档案")

    @property
    def subtitle(self) -> str:
        """Unit and post of a person, kind of a unit."""
        return self.file.note if self.file else ""

    @property
    def offers(self) -> frozenset[str]:
        """Asking anew, and printing in full."""
        may = self.file is not None and self.context.actor.may("print")
        return frozenset({"refresh", "print"} if may else {"refresh"})

    def act(self, action_id: str) -> None:
        """Take one of the offers."""
        if action_id == "print":
            self._print(_FULL)
        else:
            self.refresh()

    def refresh(self) -> None:
        """Ask for the file."""
        self.context.tasks.ask(ShowFile(subject_id=self._id), self._show, latest=True)

    @Slot(object)
    def _show(self, file: SubjectFile) -> None:
        first, self.file = self.file is None, file
        self._told.setText(file.told)
        self._note.setText(_notes(file))
        self._note.setVisible(bool(self._note.text()))
        counts = {each.type: 0 for each in CHAPTERS}
        counts |= {each.type: each.count for each in file.chapters}
        self.chips.set_counts({_ALL: sum(counts.values()), **counts})
        self.timeline.show_moments(_moment(each) for each in file.events)
        self._no_events.setVisible(not file.events)
        self._choose()
        if first:  # the table could not take the keyboard while nothing was there to show
            (self.table if self._entries else self._back).setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @Slot()
    def _choose(self) -> None:
        file = self.file
        if file is None:
            return
        wanted = self.chips.current
        self._entries = tuple(
            entry
            for chapter in file.chapters
            if wanted in (_ALL, chapter.type)
            for entry in chapter.entries
        )
        self.table.show_rows(
            PlainRow(
                cells=(_(each.chapter), each.when, each.number, each.says, each.state_label),
                tone=each.tone, code=str(at),
            )
            for at, each in enumerate(self._entries)
        )  # fmt: skip
        if not self._entries:
            self.empty.tell("folder", _("这一部分还没有登记。登记并复核生效后，会自动列入档案。"))
        elif self.table.currentRow() < 0:
            self.table.selectRow(0)
        self._stack.setCurrentIndex(1 if self._entries else 0)

    @Slot(str)
    def _open(self, code: str) -> None:
        entry = self._entries[int(code)]
        if entry.page:
            self.context.navigate(entry.page, entry.page_id)
        else:
            self.closed.emit()  # a part of the subject stands in the subject's own panel

    @Slot(str)
    def _print(self, code: str) -> None:
        if self.file is not None:
            self.preview = FilePreview(self.context, self.file, self, short=code == _SHORT)

    @Slot(str)
    def _go_back(self, _code: str) -> None:
        self.closed.emit()

    # Building

    def _build(self) -> None:
        space = theme.current().space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(4), space(3), space(4), space(3))
        layout.setSpacing(space(2))
        layout.addLayout(self._top())
        layout.addWidget(self._told)
        layout.addWidget(self._note)
        self._note.hide()
        layout.addWidget(self._halves(), 1)
        self.setFocusProxy(self.table)

    def _top(self) -> QHBoxLayout:
        space = theme.current().space
        top = QHBoxLayout()
        top.setSpacing(space(3))
        self._back.taken.connect(self._go_back)
        top.addWidget(self._back)
        top.addWidget(self.chips, 1)
        if self.context.actor.may("print"):
            for code, words, keys in (
                (_SHORT, _("简要报告"), ""), (_FULL, _("打印档案"), "Ctrl+P"),
            ):  # fmt: skip
                made = CodeButton(code, words, icon="printer")
                made.setToolTip(keys)
                made.taken.connect(self._print)
                top.addWidget(made)
        return top

    def _halves(self) -> QSplitter:
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.table)
        holder = QWidget()
        holder.setProperty("kind", "plain")
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._no_events)
        inside.addWidget(self.timeline)
        inside.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(holder)
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(_("大事记"))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        card = Card(_("大事记"))
        card.body.addWidget(scroll, 1)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self._stack)
        halves.addWidget(card)
        halves.setSizes([theme.current().space(share) for share in _SHARES])
        for place, share in enumerate(_SHARES):
            halves.setStretchFactor(place, share)
        return halves


def _notes(file: SubjectFile) -> str:
    """Return what is not shown, and why."""
    sentences = []
    if file.waiting:
        sentences.append(
            _("另有{count}条草稿或待复核的登记，复核生效后列入。").format(count=file.waiting)
        )
    if any(len(each.entries) < each.count for each in file.chapters):
        sentences.append(_("条数多的部分只列最新的，打印的档案列出全部。"))
    return "".join(sentences)


def _moment(event: FileEvent) -> Moment:
    caption = _("{day}　{number}") if event.number else "{day}"
    return Moment(
        title=_(event.what), caption=caption.format(day=event.day, number=event.number),
        detail=event.says, tone=event.tone,
    )  # fmt: skip
