"""The list of one training session: put people on it, mark many at once, read a sign-in sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from integrity_desk.domain.fields import Id
from integrity_desk.domain.plain import from_plain
from integrity_desk.domain.records import type_of
from integrity_desk.domain.training import OPEN_STATES, Attendance, Presence
from integrity_desk.services.record_view import OpenRecord, RecordView
from integrity_desk.services.sign_in_sheets import DrawSignInSheet
from integrity_desk.services.training import (
    AttendanceLine,
    ExpectPeople,
    ImportAttendance,
    Mark,
    MarkAttendance,
    SheetReading,
    ShowAttendance,
    StrikePeople,
)
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.fields_dialog import FieldsDialog
from integrity_desk.ui.dialogs.paper_preview import PaperPreview
from integrity_desk.ui.dialogs.pick_staff import PickStaffDialog
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.pages.work_page import WorkView, back_button
from integrity_desk.ui.widgets.code_button import CodeButton
from integrity_desk.ui.widgets.empty_state import EmptyState
from integrity_desk.ui.widgets.folding_row import FoldingRow
from integrity_desk.ui.widgets.labels import Badge, label
from integrity_desk.ui.widgets.notice_bar import NoticeBar
from integrity_desk.ui.widgets.plain_table import PlainRow, PlainTable
from integrity_desk.wording import N_, _

_TONES = {
    Presence.EXPECTED: "grey", Presence.PRESENT: "green", Presence.LEAVE: "amber",
    Presence.ABSENT: "red", Presence.MADE_UP: "blue",
}  # fmt: skip
_MARKS = (Presence.PRESENT, Presence.LEAVE, Presence.ABSENT, Presence.MADE_UP)
"""What people are marked as, as Alt+1 to Alt+4 do it."""
_ASKS = {
    Presence.LEAVE: ("reason",), Presence.ABSENT: ("reason",), Presence.MADE_UP: ("made_up_on",),
}  # fmt: skip
"""What has to be said besides."""
_LEFT = 80
"""Room for the way back, the state and the tally, in steps of the space scale."""
_HEADS = (N_("姓名"), N_("单位"), N_("理由或补学日期"), N_("到场情况"))


class AttendanceView(WorkView):
    """Takes the page of training while a session's list is worked on."""

    def __init__(self, context: Context, session: RecordView) -> None:
        super().__init__(context)
        self._session = session
        self.lines: tuple[AttendanceLine, ...] = ()
        self.table = PlainTable([_(each) for each in _HEADS], stretch=2, name=_("签到表"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.empty = EmptyState("users", _("正在读取…"))
        self.bar = NoticeBar()
        self.picker: PickStaffDialog | None = None
        self.dialog: FieldsDialog | None = None
        self.preview: PaperPreview | None = None
        self._badge = Badge()
        self._tally = label("", "muted")
        self._stack = QStackedWidget()
        self._buttons: dict[str, CodeButton] = {}
        self._build()
        self._show_session(session)

    @property
    def title(self) -> str:
        """Whose list it is."""
        return _("签到表：{topic}").format(topic=self._session.title)

    @property
    def offers(self) -> frozenset[str]:
        """Reading a sign-in sheet, printing one, and asking anew."""
        told = {"import": self._open, "print": self.context.actor.may("print"), "refresh": True}
        return frozenset(act for act, may in told.items() if may)

    def act(self, action_id: str) -> None:
        """Take one of the offers."""
        if action_id == "import":
            self._ask_for_sheet()
        elif action_id == "print":
            self._print()
        else:
            self.refresh()

    def refresh(self) -> None:
        """Ask for the session and its list."""
        self.context.tasks.ask(OpenRecord(id=self._session.id), self._show_session, latest=True)
        question = ShowAttendance(training_id=self._session.id)
        self.context.tasks.ask(question, self._show_lines, latest=True)

    @property
    def chosen(self) -> tuple[Id, ...]:
        """The lines that are selected."""
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        return tuple(self.lines[row].id for row in rows)

    @property
    def _open(self) -> bool:
        return self._session.state in OPEN_STATES and self.context.actor.may("edit")

    @Slot(object)
    def _show_session(self, session: RecordView) -> None:
        self._session = session
        self._badge.show_state(_(session.state_label), session.tone)
        for code, each in self._buttons.items():
            each.setEnabled(self._open or code == "print")

    @Slot(object)
    def _show_lines(self, lines: Sequence[AttendanceLine]) -> None:
        kept = set(self.chosen)
        self.lines = tuple(lines)
        self.table.show_rows(_row(each) for each in self.lines)
        self.table.clearSelection()
        for at, each in enumerate(self.lines):
            if each.id in kept:
                self._add_to_selection(at)
        counts = Counter(each.presence for each in self.lines)
        parts = [
            _("{presence}{count}人").format(presence=_(each.label), count=counts[each])
            for each in Presence
            if counts[each]
        ]
        words = _("共{count}人：{parts}").format(count=len(self.lines), parts=_("，").join(parts))
        self._tally.setText(words if self.lines else "")
        action = _("添加人员") if self._open else ""
        self.empty.tell("users", _("签到表上还没有人。可以按单位选人，也可以导入签到表。"), action)
        self._stack.setCurrentIndex(0 if self.lines else 1)

    def _add_to_selection(self, row: int) -> None:
        model = self.table.selectionModel()
        flags = model.SelectionFlag
        model.select(self.table.model().index(row, 0), flags.Select | flags.Rows)

    # What can be done

    @Slot(str)
    def _take(self, code: str) -> None:
        act, _colon, what = code.partition(":")
        if act == "mark":
            self.mark(next(each for each in Presence if each.value == what))
        else:
            {
                "add": self._pick, "import": self._ask_for_sheet,
                "rest": self._mark_rest, "strike": self._strike, "print": self._print,
            }[act]()  # fmt: skip

    def mark(self, presence: Presence) -> None:
        """Mark those selected; ask once for the reason or the day that goes with it."""
        ids = self.chosen
        if not self._open:
            return
        if not ids:
            self.bar.offer(_("请先在表中选中人员，可以按住Shift或Ctrl选多人。"), [])
            return
        asked = _ASKS.get(presence, ())
        if not asked:
            self._perform(MarkAttendance(marks=dict.fromkeys(ids, Mark(presence=presence))))
            return
        self.dialog = FieldsDialog(
            self.context, [type_of(Attendance).field(name) for name in asked],
            partial(_marked, ids, presence), title=_(presence.label),
            subject=_("共{count}人").format(count=len(ids)), save_label=_(presence.label),
            parent=self,
        )  # fmt: skip
        self.dialog.performed.connect(self._done)
        self.dialog.open()

    def _mark_rest(self) -> None:
        rest = [each.id for each in self.lines if each.presence is Presence.EXPECTED]
        if rest:
            present = Mark(presence=Presence.PRESENT)
            self._perform(MarkAttendance(marks=dict.fromkeys(rest, present)))

    def _strike(self) -> None:
        if self.chosen:
            self._perform(StrikePeople(attendance_ids=self.chosen))

    def _print(self) -> None:
        self.preview = PaperPreview(self.context, self.title, self)
        self.preview.ask(
            DrawSignInSheet(
                training_id=self._session.id,
                bundled_fonts=self.context.settings.current.bundled_fonts,
            )
        )

    def _perform(self, command: Any) -> None:
        self.bar.hide()
        self.context.tasks.perform(command, self._done)

    @Slot(object)
    def _done(self, count: int) -> None:
        self.context.say(_("签到表已更新：{count}人。").format(count=count))

    @Slot()
    def _pick(self) -> None:
        there = {each.person_id for each in self.lines}
        self.picker = _AddPeople(self.context, self, self._session.id, there)
        self.picker.performed.connect(self._done)
        self.picker.open()

    def _ask_for_sheet(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("选择签到表"), str(Path.home()), "*.xlsx *.csv"
        )
        if name:
            self.import_from(Path(name))

    def import_from(self, path: Path) -> None:
        """Take a sign-in sheet: who stands on it was there."""
        command = ImportAttendance(training_id=self._session.id, path=path)
        self.context.tasks.perform(command, self._read)

    @Slot(object)
    def _read(self, reading: SheetReading) -> None:
        self.context.say(_("已按签到表登记出勤{count}人。").format(count=reading.present))
        if reading.unknown:
            words = _("签到表上这些人没有找到或有重名，请逐个添加：{names}。")
            self.bar.offer(words.format(names=_("、").join(reading.unknown)), [], "amber")

    # Building

    def _build(self) -> None:
        space = theme.current().space
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self.empty.acted.connect(self._pick)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(4), space(3), space(4), space(3))
        layout.setSpacing(space(2.5))
        layout.addWidget(self.bar)
        layout.addWidget(self._top())
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.table)
        for number, each in enumerate(_MARKS, start=1):
            keys = QShortcut(QKeySequence(f"Alt+{number}"), self)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.activated.connect(self._buttons[f"mark:{each.value}"].click)

    def _top(self) -> FoldingRow:
        top = FoldingRow(_LEFT)
        back = back_button()
        back.taken.connect(self._go_back)
        top.left.addWidget(back)
        top.left.addWidget(self._badge)
        top.left.addWidget(self._tally)
        top.left.addStretch(1)
        for number, each in enumerate(_MARKS, start=1):
            made = self._button(f"mark:{each.value}", _(each.label), keys=f"Alt+{number}")
            top.right.addWidget(made)
        for made in (
            self._button("rest", _("其余全部出勤"), "check"),
            self._button("strike", _("移出名单"), "minus"),
            self._button("import", _("导入签到表"), "upload", "Ctrl+Shift+I"),
            self._button("print", _("打印签到表"), "printer", "Ctrl+P"),
            self._button("add", _("添加人员"), "plus", kind="primary"),
        ):
            top.right.addWidget(made)
        self._buttons["print"].setHidden(not self.context.actor.may("print"))
        return top

    def _button(
        self, code: str, words: str, icon: str = "", keys: str = "", *, kind: str = ""
    ) -> QWidget:
        made = CodeButton(code, words, icon=icon, kind=kind)
        made.setToolTip(keys)
        made.taken.connect(self._take)
        self._buttons[code] = made
        return made

    @Slot(str)
    def _go_back(self, _code: str) -> None:
        self.closed.emit()


class _AddPeople(PickStaffDialog):
    """Puts those picked on the list."""

    def __init__(self, context: Context, parent: QWidget, session: Id, there: set[Id]) -> None:
        super().__init__(context, parent, title=_("添加人员"), there=there)
        self._training_id = session

    def command(self) -> Any:
        """Expect them."""
        return ExpectPeople(training_id=self._training_id, person_ids=self.tree.ids)


def _row(line: AttendanceLine) -> PlainRow:
    more = line.made_up_on.isoformat() if line.made_up_on else line.reason
    return PlainRow(
        cells=(line.name, line.unit, more, _(line.presence.label)),
        tone=_TONES[line.presence], code=line.id,
    )  # fmt: skip


def _marked(ids: Sequence[Id], presence: Presence, values: Mapping[str, Any]) -> MarkAttendance:
    declared = type_of(Attendance)
    day = from_plain(declared.field("made_up_on"), values.get("made_up_on"))
    mark = Mark(presence=presence, reason=values.get("reason") or "", made_up_on=day)
    return MarkAttendance(marks=dict.fromkeys(ids, mark))
