"""Whom an inquiry is about: one typed, many pasted, or a list from a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from integrity_desk.domain.fields import Id
from integrity_desk.errors import DeskError
from integrity_desk.services.inquiries import PreviewStandings
from integrity_desk.services.naming import Doubt, Resolved, ResolveSheet, ResolveSubjects, Subject
from integrity_desk.services.standing import Standing
from integrity_desk.ui import theme
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.code_button import CodeButton
from integrity_desk.ui.widgets.labels import button, empty, label
from integrity_desk.ui.widgets.long_text import LongText
from integrity_desk.ui.widgets.plain_table import PlainRow, PlainTable
from integrity_desk.wording import N_, _

_PASTE_STEPS = 22
_MOST_PASTED = 100_000
"""Characters: some thousand names with their numbers."""
_HEADS = (N_("姓名或名称"), N_("单位和职务"), N_("现在的记录"))


class SubjectPicker(QWidget):
    """Words nobody bears are named; of several that bear one, a person chooses."""

    changed = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._subjects: dict[Id, Subject] = {}
        self._told: dict[Id, tuple[str, str]] = {}
        self._doubts: list[Doubt] = []
        self.paste = LongText(_MOST_PASTED, _("请把名单存为表格，再用“从表格读入”。"))
        self.join = button(_("加入名单"), "plus")
        self.sheet = button(_("从表格读入"), "upload")
        self.remove = button(_("移出名单"), "minus")
        self.table = PlainTable([_(each) for each in _HEADS], stretch=1, name=_("查询名单"))
        self.unknown = label("", "warning", wrap=True)
        self._choices = QVBoxLayout()
        self._build()
        self._connect()

    @property
    def ids(self) -> tuple[Id, ...]:
        """Whom the list names, in the order of entry."""
        return tuple(self._subjects)

    @property
    def unresolved(self) -> bool:
        """Whether a word still leaves a doubt between several."""
        return bool(self._doubts)

    @Slot()
    def resolve(self) -> None:
        """Look up what was pasted."""
        if self.paste.toPlainText().strip():
            question = ResolveSubjects(text=self.paste.toPlainText())
            self._tasks.ask(question, self._take, latest=True)

    def read_sheet(self, path: Path) -> None:
        """Look up every row of a spreadsheet."""
        self._tasks.ask(ResolveSheet(path=path), self._take, self._refused)

    def add(self, subject: Subject) -> None:
        """Put one on the list."""
        self._subjects[subject.id] = subject
        self._refresh()

    @Slot(object)
    def _take(self, found: Resolved) -> None:
        for each in found.subjects:
            self._subjects[each.id] = each
        self._doubts = [
            each
            for each in found.doubts
            if not any(c.id in self._subjects for c in each.candidates)
        ]
        words = _("没有找到：{names}。请核对姓名或号码，或先登记。")
        self.unknown.setText(words.format(names=_("、").join(found.unknown)))
        self.unknown.setVisible(bool(found.unknown))
        self.paste.setPlainText("\n".join(found.unknown))
        self._refresh()

    def _is_settled(self, doubt: Doubt) -> bool:
        return any(each.id in self._subjects for each in doubt.candidates)

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self._say(error.sentence)

    @Slot(str)
    def _say(self, sentence: str) -> None:
        self.unknown.setText(sentence)
        self.unknown.show()

    def _refresh(self) -> None:
        self._offer_choices()
        self._show()
        self._tasks.ask(PreviewStandings(subject_ids=self.ids), self._show_standings, latest=True)
        self.changed.emit()

    def _offer_choices(self) -> None:
        empty(self._choices)
        for at, doubt in enumerate(self._doubts):
            words = _("“{name}”有{count}个，请选择：").format(
                name=doubt.text, count=len(doubt.candidates)
            )
            self._choices.addWidget(label(words, "warning", wrap=True))
            for each in doubt.candidates:
                made = CodeButton(
                    f"{at}:{each.id}", _("{name}（{note}）").format(name=each.name, note=each.note)
                )
                made.taken.connect(self._choose)
                self._choices.addWidget(made)

    @Slot(str)
    def _choose(self, code: str) -> None:
        at, _colon, chosen = code.partition(":")
        doubt = self._doubts.pop(int(at))
        subject = next(each for each in doubt.candidates if each.id == chosen)
        self.add(subject)

    @Slot(object)
    def _show_standings(self, standings: Sequence[Standing]) -> None:
        for each in standings:
            tone = "red" if each.in_force else "green"
            self._told[each.subject.id] = each.told(), tone
        self._show()

    def _show(self) -> None:
        rows = []
        for each in self._subjects.values():
            told, tone = self._told.get(each.id, ("", ""))
            rows.append(PlainRow(cells=(each.name, each.note, told), tone=tone, code=each.id))
        self.table.show_rows(rows)
        self.remove.setEnabled(bool(rows))

    @Slot()
    def _remove(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self.table.rows):
            self._subjects.pop(self.table.rows[row].code)
            self._refresh()

    @Slot()
    def _ask_for_sheet(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("选择名单"), str(Path.home()), "*.xlsx *.csv"
        )
        if name:
            self.read_sheet(Path(name))

    def _connect(self) -> None:
        self.join.clicked.connect(self.resolve)
        self.paste.overfull.connect(self._say)
        self.sheet.clicked.connect(self._ask_for_sheet)
        self.remove.clicked.connect(self._remove)
        for keys, owner, slot in (
            ("Ctrl+Return", self.paste, self.resolve), ("Delete", self.table, self._remove),
        ):  # fmt: skip
            made = QShortcut(QKeySequence(keys), owner)
            made.setContext(Qt.ShortcutContext.WidgetShortcut)
            made.activated.connect(slot)

    def _build(self) -> None:
        space = theme.current().space
        words = _("输入或粘贴姓名、身份证号、单位名称或信用代码，一行一个，也可以用顿号、逗号隔开")
        self.paste.setPlaceholderText(words)
        self.paste.setAccessibleName(words)
        self.paste.setTabChangesFocus(True)
        self.paste.setFixedHeight(space(_PASTE_STEPS))
        self.join.setToolTip("Ctrl+Enter")
        self.unknown.hide()
        self.remove.setEnabled(False)
        row = QHBoxLayout()
        row.setSpacing(space(2))
        row.addWidget(self.join)
        row.addWidget(self.sheet)
        row.addStretch(1)
        row.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space(2))
        layout.addWidget(label(_("查询对象"), "heading"))
        layout.addWidget(self.paste)
        layout.addLayout(row)
        layout.addWidget(self.unknown)
        layout.addLayout(self._choices)
        layout.addWidget(self.table, 1)
        self.setFocusProxy(self.paste)
