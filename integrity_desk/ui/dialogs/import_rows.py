"""Importing a spreadsheet: what its columns mean, what it would change, then all of it or nothing.

One dialog with two pages. A list with known headings goes straight to the review; another
office's is mapped first, and its source remembered with the import.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from integrity_desk.domain.import_sources import SourceMap
from integrity_desk.domain.records import RecordType
from integrity_desk.errors import DeskError
from integrity_desk.services.import_sources import ListSeen, LookAtList
from integrity_desk.services.spreadsheet_imports import (
    CheckImport,
    Imported,
    ImportPreview,
    ImportRows,
)
from integrity_desk.services.spreadsheet_lines import ADDED, CHANGED, CONFLICT
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.import_mapping import MappingPanel
from integrity_desk.ui.dialogs.import_review import ReviewPanel
from integrity_desk.ui.dialogs.import_verdict import columns_note, go_words, verdict
from integrity_desk.ui.dialogs.saving import where_to_save
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.ui.widgets.progress_strip import ProgressStrip
from integrity_desk.wording import _

_SIZE = (290, 165)
"""In steps of the space scale: 1160 × 660 px at the normal size."""

_MOST = 0.94


class ImportRowsDialog(QDialog):
    """A dry run; the person decides line by line, corrects the file, or imports."""

    imported = Signal(int)
    """How many rows were entered or amended."""

    def __init__(self, context: Context, declared: RecordType, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("导入{type}").format(type=_(declared.label)))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._declared = declared
        self._path = path
        self._source: SourceMap | None = None
        self._found: ImportPreview | None = None
        self._headings: tuple[str, ...] = ()
        self._may_map = False
        self._acting = False
        self.verdict = label("", wrap=True)
        self._card = QFrame()
        self.note = label("", "muted", wrap=True)
        self.mapping = MappingPanel(declared)
        self.review = ReviewPanel()
        self._pages = QStackedLayout()
        self.only_sound = QCheckBox(_("有问题的行先放着，只导入没有问题的行"))
        self.progress = ProgressStrip()
        self.progress.follow(context.tasks)
        self.columns_button = button(_("列的对应"), "pencil", "plain")
        self.copy_button = button(_("带批注的副本…"), "export", "plain")
        self.close_button = button(_("关闭"))
        self.again = button(_("重新核对"), "sync")
        self.go = button(_("导入"), "upload", "primary")
        self._build(parent.window().size() * _MOST)
        self._connect()
        self.look()

    # Looking

    @Slot()
    def look(self) -> None:
        """Read the headings; then the person says what they mean, or all rows are checked."""
        self._wait(_("正在读取…"))
        question = LookAtList(type=self._declared.name, path=self._path)
        self._context.tasks.ask(question, self._read_by, self._refused, latest=True)

    @Slot(object)
    def _read_by(self, seen: ListSeen) -> None:
        if seen.headings != self._headings:
            self._headings, self._may_map = seen.headings, not seen.exported
            self._new_mapping(seen)
            self._source = None if seen.settled and not seen.source.name else seen.source
            if not seen.settled:
                self._show_mapping()
                return
        self.check()

    @Slot()
    def check(self) -> None:
        """Hold every row against the rules; nothing is written."""
        self._wait(_("正在逐行核对…"))
        self._study(CheckImport(type=self._declared.name, path=self._path, source=self._source))

    @Slot()
    def _show_mapping(self) -> None:
        self._rest()
        self._pages.setCurrentWidget(self.mapping)
        self._tell(
            _("请核对每一列是登记表的哪一项。导入后会按来源记住，下次同样表头的表格不用再对应。"),
            "",
        )
        self.note.hide()
        self._offer()
        self.mapping.focus_first()

    @Slot(object)
    def _show(self, found: ImportPreview) -> None:
        self._rest()
        self._found = found
        self._pages.setCurrentWidget(self.review)
        self._tell(*verdict(found))
        self.note.setText(columns_note(found, self._source))
        self.note.setVisible(bool(self.note.text()))
        self.only_sound.setChecked(False)
        self.review.show_found(found)
        self._offer()
        first = self.go if self.go.isEnabled() else self.review.table
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # Deciding

    @Slot()
    def _go_on(self) -> None:
        if self._mapping:
            self._source = self.mapping.source
            self.check()
            return
        assert self._found is not None
        self._acting = True
        self._wait(_("正在导入…"))
        command = ImportRows(
            type=self._declared.name, path=self._path, source=self._source,
            only_sound=self.only_sound.isChecked(), choices=self.review.model.choices,
            digest=self._found.digest,
        )  # fmt: skip
        self._context.tasks.perform(command, self._imported, self._refused)

    @Slot(object)
    def _imported(self, done: Imported) -> None:
        self._acting = False
        count = done.added + done.changed
        words = _("已导入{type} {count} 条。")
        self._context.say(words.format(type=_(self._declared.label), count=count))
        self.imported.emit(count)
        self.accept()

    @Slot()
    def _offer(self) -> None:
        """Offer what can be done on the page shown."""
        mapping, found, model = self._mapping, self._found, self.review.model
        problems = bool(found and found.problems) and not mapping
        added = model.wanted(ADDED)
        changed = model.wanted(CHANGED) + model.wanted(CONFLICT)
        self.go.setText(_("按此核对") if mapping else go_words(added, changed))
        theme.set_icon(self.go, "check" if mapping else "upload", "on_accent")
        sound = not problems or self.only_sound.isChecked()
        ready = self.mapping.complete if mapping else bool(sound and added + changed)
        self.go.setEnabled(ready and not self._acting)
        self.only_sound.setVisible(problems and added + changed > 0)
        self.copy_button.setVisible(problems)
        self.again.setVisible(not mapping)
        self.columns_button.setVisible(not mapping and self._may_map)

    @property
    def _mapping(self) -> bool:
        return self._pages.currentWidget() is self.mapping

    # The copy with comments

    @Slot()
    def _copy(self) -> None:
        wished = self._path.with_name(_("{name}-核对.xlsx").format(name=self._path.stem))
        path = where_to_save(self, _("保存带批注的副本"), wished, "xlsx")
        if path:
            self._wait(_("正在写带批注的副本…"))
            question = CheckImport(
                type=self._declared.name, path=self._path, source=self._source, report=path
            )
            self._acting = True
            self._context.tasks.study(question, self._copied, self._not_copied)
            self._copy_name = path.name

    @Slot(object)
    def _copied(self, found: ImportPreview) -> None:
        if self._found is None or found.digest != self._found.digest:
            self._show(found)
        self._rest()
        self._offer()
        self._tell(
            _("已保存“{name}”：每处问题都批注在它的单元格上。改好后再导入那份副本。").format(
                name=self._copy_name
            ),
            "green",
        )

    @Slot(object)
    def _not_copied(self, error: DeskError) -> None:
        """Say why, and leave the review as it is."""
        self._rest()
        self._offer()
        self._tell(error.sentence, "red")

    # Waiting

    def _study(self, question: CheckImport) -> None:
        self._acting = True
        self._context.tasks.study(question, self._show, self._refused)

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        """Say why; what was reviewed no longer counts, what was mapped may be sent again."""
        self._rest()
        self._offer()
        self.go.setEnabled(self._mapping and self.mapping.complete)
        self._tell(error.sentence, "red")

    @Slot()
    def _ended(self) -> None:
        """After Stop nothing answers; the rows are as they were."""
        if self._acting and self.isVisible():
            self._rest()
            self._offer()
            self._tell(_("已停止，没有导入任何内容。"), "amber")

    def _wait(self, words: str) -> None:
        self._tell(words, "")
        for each in self._buttons:
            each.setEnabled(False)
        for page in (self.mapping, self.review, self.only_sound):
            page.setEnabled(False)

    def _rest(self) -> None:
        self._acting = False
        for each in self._buttons:
            each.setEnabled(True)
        for page in (self.mapping, self.review, self.only_sound):
            page.setEnabled(True)

    @property
    def _buttons(self) -> tuple[QPushButton, ...]:
        return self.columns_button, self.copy_button, self.close_button, self.again, self.go

    def _tell(self, sentence: str, tone: str) -> None:
        self.verdict.setText(sentence)
        theme.mark(self._card, tone=tone)
        theme.mark(self.verdict)

    # Building

    def _new_mapping(self, seen: ListSeen) -> None:
        old, self.mapping = self.mapping, MappingPanel(self._declared)
        self._pages.removeWidget(old)
        old.deleteLater()
        self._pages.insertWidget(0, self.mapping)
        self.mapping.show_list(seen, self._path.stem)
        self.mapping.changed.connect(self._offer)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.reject)
        self.columns_button.clicked.connect(self._show_mapping)
        self.copy_button.clicked.connect(self._copy)
        self.again.clicked.connect(self.look)
        self.go.clicked.connect(self._go_on)
        self.only_sound.toggled.connect(self._offer)
        self.review.decided.connect(self._offer)
        self._context.tasks.finished.connect(self._ended)

    def _build(self, most: QSize) -> None:
        space = theme.current().space
        width, height = _SIZE
        self.resize(QSize(space(width), space(height)).boundedTo(most))
        self._card.setProperty("kind", "notice")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(space(4), space(3), space(4), space(3))
        inside.addWidget(self.verdict)
        for each in (self.mapping, self.review):
            self._pages.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(4), space(5), space(4))
        layout.setSpacing(space(3))
        layout.addWidget(label(self.windowTitle(), "title"))
        layout.addWidget(label(str(self._path), "muted", wrap=True))
        layout.addWidget(self._card)
        layout.addWidget(self.note)
        layout.addLayout(self._pages, 1)
        layout.addWidget(self.only_sound)
        layout.addLayout(self._foot())
        self._pages.setCurrentWidget(self.review)
        self.review.hide()
        self._offer()

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(theme.current().space(2))
        for each in (self.columns_button, self.copy_button):
            foot.addWidget(each)
        foot.addWidget(self.progress)
        foot.addStretch(1)
        for each in (self.close_button, self.again, self.go):
            foot.addWidget(each)
        for each in self._buttons:
            each.setAutoDefault(False)
        return foot

    def reject(self) -> None:
        """Stay while rows are read or entered; Stop is beside the bar."""
        if not self._acting:
            super().reject()
