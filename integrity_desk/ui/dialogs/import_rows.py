"""Importing a spreadsheet: every problem is shown first, then all rows go in, or none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from integrity_desk.domain.import_sources import SourceMap, targets_of
from integrity_desk.domain.records import RecordType
from integrity_desk.errors import DeskError
from integrity_desk.services.import_sources import ListSeen, LookAtList
from integrity_desk.services.spreadsheet_imports import (
    CheckImport,
    Imported,
    ImportPreview,
    ImportRows,
)
from integrity_desk.services.spreadsheet_lines import Line
from integrity_desk.ui import theme
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.ui.widgets.plain_table import PlainRow, PlainTable
from integrity_desk.ui.widgets.progress_strip import ProgressStrip
from integrity_desk.wording import _

_SIZE = (200, 130)
"""In steps of the space scale: 800 × 520 px at the normal size."""

_MOST = 0.94
_TONES = {"problem": "red", "conflict": "amber", "refused": "amber"}


class ImportRowsDialog(QDialog):
    """A dry run at once; the person corrects the file and checks again, or imports."""

    imported = Signal(int)
    """How many rows were entered."""

    def __init__(self, context: Context, declared: RecordType, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("导入{type}").format(type=_(declared.label)))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._declared = declared
        self._path = path
        self._rows = 0
        self._digest = ""
        self._source: SourceMap | None = None
        self.verdict = label("", wrap=True)
        self._card = QFrame()
        self.ignored = label("", "warning", wrap=True)
        heads = (_("位置"), _("列"), _("情况"))
        self.problems = PlainTable(heads, stretch=2, name=_("核对结果"))
        self.checking = QProgressBar()
        self.progress = ProgressStrip()
        self.progress.follow(context.tasks)
        self.close_button = button(_("关闭"))
        self.again = button(_("重新核对"), "sync")
        self.go = button(_("导入"), "upload", "primary")
        self._build(parent.window().size() * _MOST)
        self.close_button.clicked.connect(self.reject)
        self.again.clicked.connect(self.check)
        self.go.clicked.connect(self._import)
        self.check()

    @Slot()
    def check(self) -> None:
        """Read the file and hold every row against the rules; nothing is written."""
        self._wait(True)
        self._tell(_("正在逐行核对…"), "")
        self.problems.hide()
        self.ignored.hide()
        question = LookAtList(type=self._declared.name, path=self._path)
        self._context.tasks.ask(question, self._read_by, self._refused, latest=True)

    @Slot(object)
    def _read_by(self, seen: ListSeen) -> None:
        """Read another office's list as its headings suggest, and say how."""
        self._source = None if seen.settled and not seen.source.name else seen.source
        question = CheckImport(type=self._declared.name, path=self._path, source=self._source)
        self._context.tasks.ask(question, self._show, self._refused, latest=True)

    @Slot(object)
    def _show(self, found: ImportPreview) -> None:
        self._wait(False)
        self._rows = found.rows
        self._digest = found.digest
        faulty = found.counts.get("problem", 0)
        clean = bool(found.rows) and not found.problems
        if clean and set(found.counts) != {"added"}:
            self._tell(_summary(found), "green")
        elif clean:
            words = _("{rows}行全部可以导入，还没有写入任何内容。")
            self._tell(words.format(rows=found.rows), "green")
        elif found.problems:
            words = _("{rows}行中有{faulty}行需要改正。请在表格里改正并保存，再重新核对。")
            self._tell(words.format(rows=found.rows, faulty=faulty), "amber")
        else:
            self._tell(_("表格里没有可以导入的行，请确认第一行是列名。"), "amber")
        self.problems.show_rows(
            PlainRow(
                cells=(each.address, each.heading, _said(each)), tone=_TONES.get(each.kind, "")
            )
            for each in sorted(found.lines, key=lambda each: each.kind != "problem")
            if each.kind != "added"
        )
        self.problems.setVisible(bool(self.problems.rows))
        names = _("、").join(found.ignored)
        said = [_("这些列不会导入，因为登记表里没有：{names}").format(names=names)]
        said = said if found.ignored else []
        if self._source is not None and self._source.name:
            said.append(self._meant(self._source))
        self.ignored.setText(" ".join(said))
        self.ignored.setVisible(bool(said))
        self.go.setText(_("导入 {rows} 行").format(rows=found.rows) if clean else _("导入"))
        self.go.setEnabled(clean)

    def _meant(self, source: SourceMap) -> str:
        """How the columns of another office's list are read."""
        targets = targets_of(self._declared)
        pairs = [
            _("{theirs}→{ours}").format(theirs=heading, ours=_(targets[name].label))
            for heading, name in source.fields.items()
            if name in targets
        ]
        return _("按“{source}”读取：{pairs}。导入后会记住。").format(
            source=source.name, pairs=_("，").join(pairs)
        )

    @Slot()
    def _import(self) -> None:
        self._wait(True)
        self.checking.hide()
        command = ImportRows(
            type=self._declared.name, path=self._path, source=self._source, digest=self._digest
        )
        self._context.tasks.finished.connect(self._ended)
        self._context.tasks.perform(command, self._imported, self._refused)

    @Slot(object)
    def _imported(self, done: Imported) -> None:
        count = done.added + done.changed
        words = _("已导入{type} {count} 条。")
        self._context.say(words.format(type=_(self._declared.label), count=count))
        self.imported.emit(count)
        self.accept()

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self._wait(False)
        self._tell(error.sentence, "red")
        self.go.setEnabled(False)

    @Slot()
    def _ended(self) -> None:
        """After Stop nothing answers; the rows are as they were."""
        self._context.tasks.finished.disconnect(self._ended)
        if self.isVisible() and not self.close_button.isEnabled():
            self._wait(False)
            self._tell(_("已停止，没有导入任何内容。"), "amber")

    def _wait(self, waiting: bool) -> None:
        self.checking.setVisible(waiting)
        for each in (self.again, self.go, self.close_button):
            each.setEnabled(not waiting)

    def _tell(self, sentence: str, tone: str) -> None:
        self.verdict.setText(sentence)
        theme.mark(self._card, tone=tone)
        theme.mark(self.verdict)

    def _build(self, most: QSize) -> None:
        space = theme.current().space
        width, height = _SIZE
        self.resize(QSize(space(width), space(height)).boundedTo(most))
        self._card.setProperty("kind", "notice")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(space(4), space(3), space(4), space(3))
        inside.addWidget(self.verdict)
        self.checking.setRange(0, 0)
        self.checking.setTextVisible(False)
        self.checking.setAccessibleName(_("进度"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(4), space(5), space(4))
        layout.setSpacing(space(3))
        layout.addWidget(label(self.windowTitle(), "title"))
        layout.addWidget(label(str(self._path), "muted", wrap=True))
        for each in (self._card, self.checking, self.ignored):
            layout.addWidget(each)
        layout.addWidget(self.problems, 1)
        layout.addStretch(0)
        layout.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(theme.current().space(2))
        foot.addWidget(self.progress)
        foot.addStretch(1)
        for each in (self.close_button, self.again, self.go):
            each.setAutoDefault(False)
            foot.addWidget(each)
        return foot

    def reject(self) -> None:
        """Stay while rows are being entered; Stop is beside the bar."""
        if self.close_button.isEnabled() or not self._context.tasks.busy:
            super().reject()


def _summary(found: ImportPreview) -> str:
    counts = found.counts
    return _(
        "将新增{added}行，改动{changed}条；{conflict}条两边都改过，保留本机内容；"
        "{refused}条不予采用，{same}条没有变化。还没有写入任何内容。"
    ).format(
        added=counts.get("added", 0), changed=counts.get("changed", 0),
        conflict=counts.get("conflict", 0), refused=counts.get("refused", 0),
        same=counts.get("same", 0),
    )  # fmt: skip


def _said(line: Line) -> str:
    """What the line says: the sentence, or what stands there now and what would."""
    if line.kind == "problem" or line.kind == "note":
        return line.sentence
    change = _("{before} → {after}").format(
        before=line.before or _("（空）"), after=line.after or _("（空）")
    )
    if line.kind == "refused":
        return _("不予采用：{change}。{reason}").format(change=change, reason=line.sentence)
    return (
        _("两边都改过，保留本机：{change}").format(change=change)
        if line.kind == "conflict"
        else change
    )
