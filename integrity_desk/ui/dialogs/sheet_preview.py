"""A notice as it will look on the wall: pages, zoom, A4 or A3; from here it is printed or kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from integrity_desk.domain.fields import Id
from integrity_desk.domain.sheets import Paper
from integrity_desk.errors import DeskError
from integrity_desk.services.record_view import OpenRecord, RecordView
from integrity_desk.services.sheets import PRINTABLE, PreviewSheet, PrintedPdf, PrintSheet
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.keeping import ask_where, keep
from integrity_desk.ui.dialogs.print_sheet import PrintSheetDialog
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.chips import ChipsRow
from integrity_desk.ui.widgets.labels import Badge, button, label
from integrity_desk.ui.widgets.page_viewer import FIT_PAGE, FIT_WIDTH, TRUE_SIZE, PageViewer
from integrity_desk.wording import _

_WIDTH, _HEIGHT = 255, 165
_MOST = 0.94
"""The usual size in steps of the space scale, and how much of the window it may take."""


class SheetPreviewDialog(QDialog):
    """Shows what ``PreviewSheet`` draws; what is printed or saved is what is shown."""

    def __init__(self, context: Context, notice_id: Id, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("公示单预览"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._notice_id = notice_id
        self._view: RecordView | None = None
        self._pdf = b""
        self._target: Path | None = None
        self.viewer = PageViewer(context.tasks)
        self.paper = ChipsRow([(each.value, _(each.label)) for each in Paper])
        self.zoom = ChipsRow(
            [(FIT_WIDTH, _("适合宽度")), (FIT_PAGE, _("整页")), (TRUE_SIZE, _("100%"))]
        )
        self._title = label("", "heading")
        self._badge = Badge()
        self._place = label("", "muted")
        self.note = label("", "muted", wrap=True)
        self.save = button(_("另存为PDF"), "download")
        self.print = button(_("打印"), "printer", "primary")
        self._build(parent.window().size() * _MOST)
        self._connect()
        context.tasks.ask(OpenRecord(id=notice_id), self._show_notice, self._refused)
        self._draw()

    @property
    def printable(self) -> bool:
        """Whether the sheet may go to the printer now."""
        view = self._view
        return view is not None and view.state in PRINTABLE and self._context.actor.may("print")

    @property
    def printed_before(self) -> bool:
        """Whether there is a printing of this notice already."""
        parts = self._view.parts if self._view is not None else ()
        return any(each.rows for each in parts if each.type == "printed_sheet")

    @Slot()
    def open_print(self) -> None:
        """Ask how to print."""
        if self.print.isEnabled() and self._view is not None:
            dialog = PrintSheetDialog(
                self._context,
                self._notice_id,
                self._view.title,
                paper=self._paper,
                pages=self.viewer.count,
                landscape=self.viewer.landscape,
                again=self.printed_before,
                parent=self,
            )
            dialog.printed.connect(self.accept)
            dialog.open()

    def save_to(self, path: Path) -> None:
        """Keep the sheet as a file; an approved one is noted like a printing."""
        self._target = path
        if not self.printable:
            self._write(self._pdf)
            return
        command = PrintSheet(
            notice_id=self._notice_id, paper=self._paper, bundled_fonts=self._bundled_fonts
        )
        self._context.tasks.perform(command, self._write_noted, self._save_refused)

    @property
    def _paper(self) -> Paper:
        return next(each for each in Paper if each.value == self.paper.current)

    @property
    def _bundled_fonts(self) -> bool:
        return bool(self._context.settings.current.bundled_fonts)

    @Slot()
    def _draw(self) -> None:
        self._pdf = b""
        self._show_state()
        self.viewer.wait()
        question = PreviewSheet(
            notice_id=self._notice_id, paper=self._paper, bundled_fonts=self._bundled_fonts
        )
        self._context.tasks.ask(question, self._show_pdf, self._refused, latest=True)

    @Slot(object)
    def _show_pdf(self, pdf: bytes) -> None:
        self._pdf = pdf
        self.viewer.show_pdf(pdf)

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self._pdf = b""
        self._show_state()
        self.viewer.refuse(error)

    @Slot(object)
    def _show_notice(self, view: RecordView) -> None:
        self._view = view
        self._title.setText(view.title)
        self._badge.show_state(_(view.state_label), view.tone)
        self.print.setText(_("再次打印") if self.printed_before else _("打印"))
        self._show_state()

    @Slot(int, int)
    def _show_place(self, page: int, count: int) -> None:
        self._place.setText(_("第 {page} 页，共 {count} 页").format(page=page + 1, count=count))
        self._show_state()

    def _show_state(self) -> None:
        drawn = bool(self._pdf) and self.viewer.count > 0
        self.save.setEnabled(drawn)
        self.print.setEnabled(drawn and self.printable)
        if self._view is not None and self._view.state not in PRINTABLE:
            self.note.setText(_("公示批准后才能打印；现在看到的没有编号，只供核对。"))
        elif self.printed_before:
            self.note.setText(_("内容没有变化时，再次打印仍是同一印次，校验码不变。"))

    @Slot(str)
    def _choose_zoom(self, zoom: str) -> None:
        self.viewer.set_zoom(zoom)

    @Slot()
    def _ask_where(self) -> None:
        if self._view is None:
            return
        path = ask_where(self._context, self, self._view.number or self._view.title)
        if path is not None:
            self.save_to(path)

    @Slot(object)
    def _write_noted(self, sheet: PrintedPdf) -> None:
        self._write(sheet.pdf)

    @Slot(object)
    def _save_refused(self, error: DeskError) -> None:
        self._context.tasks.failed.emit(error)

    def _write(self, pdf: bytes) -> None:
        assert self._target is not None
        keep(self._context, self._target, pdf)

    def _connect(self) -> None:
        self.paper.chosen.connect(self._draw)
        self.zoom.chosen.connect(self._choose_zoom)
        self.viewer.turned.connect(self._show_place)
        self.save.clicked.connect(self._ask_where)
        self.print.clicked.connect(self.open_print)
        keys = QShortcut(QKeySequence.StandardKey.Print, self)
        keys.activated.connect(self.open_print)

    def _build(self, most: QSize) -> None:
        space = theme.current().space
        self.resize(QSize(space(_WIDTH), space(_HEIGHT)).boundedTo(most))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(self.viewer, 1)
        layout.addWidget(self._foot())
        self.viewer.setFocus(Qt.FocusReason.OtherFocusReason)

    def _head(self) -> QFrame:
        space = theme.current().space
        head = QFrame()
        head.setProperty("kind", "bar")
        names = QHBoxLayout()
        names.setSpacing(space(2))
        names.addWidget(self._title)
        names.addWidget(self._badge)
        names.addStretch(1)
        names.addWidget(self._place)
        choices = QHBoxLayout()
        choices.setSpacing(space(2))
        choices.addWidget(label(_("纸张"), "muted"))
        choices.addWidget(self.paper, 3)
        choices.addWidget(label(_("显示"), "muted"))
        choices.addWidget(self.zoom, 4)
        rows = QVBoxLayout(head)
        rows.setContentsMargins(space(5), space(3), space(5), space(3))
        rows.setSpacing(space(3))
        rows.addLayout(names)
        rows.addLayout(choices)
        return head

    def _foot(self) -> QFrame:
        space = theme.current().space
        foot = QFrame()
        foot.setProperty("kind", "status")
        close = button(_("关闭"))
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(space(5), space(3), space(5), space(3))
        buttons.setSpacing(space(2))
        buttons.addWidget(self.note, 1)
        for each in (close, self.save, self.print):
            each.setAutoDefault(False)
            buttons.addWidget(each)
        return foot
