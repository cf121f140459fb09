"""A paper before it is printed or kept: a report, a list, letters; pages and zoom.

    PaperPreview(context, title, parent).ask(DrawScoreSheet(scheme_id=…))
    PaperPreview(context, title, parent).show_pdf(answer.pdf)

Notices have a preview of their own, because printing one is noted (``sheet_preview``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from integrity_desk.errors import DeskError
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.keeping import ask_where, keep
from integrity_desk.ui.dialogs.print_paper import PrintDialog
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.chips import ChipsRow
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.ui.widgets.page_viewer import FIT_PAGE, FIT_WIDTH, TRUE_SIZE, PageViewer
from integrity_desk.wording import _

_WIDTH, _HEIGHT = 270, 165
_MOST = 0.94
"""The usual size in steps of the space scale, and how much of the window it may take."""


class PaperPreview(QDialog):
    """Shows a PDF; what is printed or saved is what is shown."""

    def __init__(self, context: Context, title: str, parent: QWidget, *, note: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(_("打印预览"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._title = title
        self._pdf = b""
        self.viewer = PageViewer(context.tasks)
        self.zoom = ChipsRow(
            [(FIT_WIDTH, _("适合宽度")), (FIT_PAGE, _("整页")), (TRUE_SIZE, _("100%"))]
        )
        self._place = label("", "muted")
        self.save = button(_("另存为PDF"), "download")
        self.print = button(_("打印"), "printer", "primary")
        self._build(parent.window().size() * _MOST, note)
        self._connect()

    def ask(self, question: Any) -> None:
        """Show what a question of the desk draws, and the dialog itself."""
        self.viewer.wait()
        self._context.tasks.ask(question, self._drawn, self._refused, latest=True)
        self.open()

    def show_pdf(self, pdf: bytes) -> None:
        """Show a PDF that is there already, and the dialog itself."""
        self._drawn(pdf)
        self.open()

    def save_to(self, path: Path) -> None:
        """Keep the paper as a file."""
        keep(self._context, path, self._pdf)

    @Slot()
    def open_print(self) -> None:
        """Ask how to print."""
        if self.print.isEnabled():
            dialog = PrintDialog(
                self._context, self._title, self._pdf,
                pages=self.viewer.count, landscape=self.viewer.landscape, parent=self,
            )  # fmt: skip
            dialog.printed.connect(self.accept)
            dialog.open()

    @Slot(object)
    def _drawn(self, pdf: bytes) -> None:
        self._pdf = pdf
        self.viewer.show_pdf(pdf)

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self.viewer.refuse(error)

    @Slot(int, int)
    def _show_place(self, page: int, count: int) -> None:
        self._place.setText(_("第 {page} 页，共 {count} 页").format(page=page + 1, count=count))
        for each in (self.save, self.print):
            each.setEnabled(True)

    @Slot(str)
    def _choose_zoom(self, zoom: str) -> None:
        self.viewer.set_zoom(zoom)

    @Slot()
    def _ask_where(self) -> None:
        path = ask_where(self._context, self, self._title)
        if path is not None:
            self.save_to(path)

    def _connect(self) -> None:
        self.zoom.chosen.connect(self._choose_zoom)
        self.viewer.turned.connect(self._show_place)
        self.save.clicked.connect(self._ask_where)
        self.print.clicked.connect(self.open_print)
        keys = QShortcut(QKeySequence.StandardKey.Print, self)
        keys.activated.connect(self.open_print)

    def _build(self, most: QSize, note: str) -> None:
        space = theme.current().space
        self.resize(QSize(space(_WIDTH), space(_HEIGHT)).boundedTo(most))
        self.viewer.desk.setAccessibleName(self._title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(self.viewer, 1)
        layout.addWidget(self._foot(note))
        self.viewer.setFocus(Qt.FocusReason.OtherFocusReason)

    def _head(self) -> QFrame:
        space = theme.current().space
        head = QFrame()
        head.setProperty("kind", "bar")
        row = QHBoxLayout(head)
        row.setContentsMargins(space(5), space(3), space(5), space(3))
        row.setSpacing(space(3))
        row.addWidget(label(self._title, "heading"))
        row.addWidget(self._place)
        row.addStretch(1)
        row.addWidget(label(_("显示"), "muted"))
        row.addWidget(self.zoom, 4)
        return head

    def _foot(self, note: str) -> QFrame:
        space = theme.current().space
        foot = QFrame()
        foot.setProperty("kind", "status")
        close = button(_("关闭"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout(foot)
        row.setContentsMargins(space(5), space(3), space(5), space(3))
        row.setSpacing(space(2))
        row.addWidget(label(note, "muted", wrap=True), 1)
        for each in (close, self.save, self.print):
            each.setAutoDefault(False)
            row.addWidget(each)
        for each in (self.save, self.print):
            each.setEnabled(False)
        return foot
