"""How to print a paper: printer, copies, pages, one side or two; then it is sent."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from integrity_desk.domain.sheets import Paper
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.system_printing import SystemPrintDialog
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.printing import Printer, Printers, PrintOptions, Spooler
from integrity_desk.ui.trays import Tray, Trays
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.wording import _

_WIDTH = 110
_MOST_COPIES = 200


class PrintDialog(QDialog):
    """Hands a PDF to the printer the person chose; a subclass may note the printing first."""

    printed = Signal(object)
    """What went to the printer: here the PDF."""

    def __init__(
        self,
        context: Context,
        title: str,
        pdf: bytes,
        *,
        paper: Paper = Paper.A4,
        pages: int,
        landscape: bool = False,
        again: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        words = _("再次打印") if again else _("打印")
        self.setWindowTitle(words)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._title = title
        self._pdf = pdf
        self._paper = paper
        self._pages = pages
        self._landscape = landscape
        self._known: dict[str, Printer] = {}
        self._printers = Printers(self)
        self._trays = Trays(self)
        self._spooler = Spooler(context.tasks, self)
        self.printer = QComboBox()
        self.note = label("", "caption", wrap=True)
        self.tray_label = label(_("纸盒"), "muted")
        self.tray = QComboBox()
        self.copies = _spin(1, _MOST_COPIES, _("份数"))
        self.first = _spin(1, pages, _("从第几页"))
        self.last = _spin(pages, pages, _("到第几页"))
        self.two_sided = QCheckBox(_("双面打印"))
        self.refusal = label("", "error", wrap=True)
        self.system = button(_("系统打印对话框…"), "printer", "link")
        self.go = button(words, "printer", "primary")
        self._build(again)
        self._connect()
        self._printers.look()

    @property
    def options(self) -> PrintOptions:
        """What is chosen now."""
        return PrintOptions(
            printer=self.printer.currentText(),
            paper=self._paper,
            title=self._title,
            pages=self._pages,
            first=self.first.value(),
            last=self.last.value(),
            copies=self.copies.value(),
            two_sided=self.two_sided.isChecked(),
            landscape=self._landscape,
            tray=self.tray.currentData() or "",
        )

    def _begin(self) -> None:
        """The person confirmed; the spooler tells how it went."""
        self._send(self._pdf)

    def _send(self, pdf: bytes) -> None:
        self._spooler.send(pdf, self.options)

    def _told(self) -> tuple[str, object]:
        """Return what to say once it was sent, and what ``printed`` carries."""
        words = _("已送往打印机“{printer}”：{title}，{copies}份。")
        said = words.format(
            printer=self.options.printer, title=self._title, copies=self.options.copies
        )
        return said, self._pdf

    @Slot(object)
    def _show_printers(self, printers: Sequence[Printer]) -> None:
        self._known = {each.name: each for each in printers}
        self.printer.clear()
        self.printer.addItems(list(self._known))
        self.go.setEnabled(bool(printers))
        self.system.setEnabled(bool(printers))
        if not printers:
            self._tell(
                _("没有找到打印机。请接好打印机并打开电源后重新查找，或另存为PDF再到别处打印。")
            )
        self._show_note()

    @Slot()
    def _show_note(self) -> None:
        chosen = self._known.get(self.printer.currentText())
        words = ""
        if chosen is not None and not chosen.ready:
            words = _("这台打印机已停用或没有开机：{note}").format(note=chosen.note or "–")
        elif chosen is not None and chosen.note:
            words = _("打印机提示：{note}").format(note=chosen.note)
        self.note.setText(words)
        self.note.setVisible(bool(words))
        self._show_trays(self.printer.currentText(), ())
        if chosen is not None:
            self._trays.look(chosen.name)

    @Slot(str, object)
    def _show_trays(self, printer: str, trays: Sequence[Tray]) -> None:
        if printer != self.printer.currentText():
            return  # another one was chosen meanwhile
        self.tray.clear()
        for each in trays:
            self.tray.addItem(each.label, each.code)
        usual = next((at for at, each in enumerate(trays) if each.default), 0)
        self.tray.setCurrentIndex(usual if trays else -1)
        for part in (self.tray_label, self.tray):
            part.setVisible(len(trays) > 1)

    @Slot()
    def _ask_system(self) -> None:
        dialog = SystemPrintDialog(self.options, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._take_choices)
        dialog.refused.connect(self._tell)
        QDialog.open(dialog)  # QPrintDialog hides it behind an older one

    @Slot(object)
    def _take_choices(self, options: PrintOptions) -> None:
        """Show what was chosen in the system's dialog, and print so."""
        self.printer.setCurrentText(options.printer)
        self.copies.setValue(options.copies)
        self.first.setValue(options.first)
        self.last.setValue(options.last)
        self.two_sided.setChecked(options.two_sided)
        self._print()

    @Slot()
    def _look_again(self) -> None:
        self._tell("")
        self._printers.look()

    @Slot()
    def _print(self) -> None:
        chosen = self._known[self.options.printer]
        if not chosen.ready:
            words = _("打印机“{printer}”已停用或没有开机。请打开它后重新查找，或换一台打印机。")
            self._tell(words.format(printer=chosen.name))
            return
        self._tell("")
        self.setEnabled(False)
        self._begin()

    @Slot()
    def _sent(self) -> None:
        said, carried = self._told()
        self._context.say(said)
        self.printed.emit(carried)
        self.accept()

    @Slot(str)
    def _not_sent(self, sentence: str) -> None:
        self.setEnabled(True)
        self._tell(sentence)

    @Slot(str)
    def _tell(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))

    @Slot(int)
    def _first_changed(self, first: int) -> None:
        self.last.setMinimum(first)

    def _connect(self) -> None:
        self._printers.found.connect(self._show_printers)
        self._spooler.sent.connect(self._sent)
        self._spooler.failed.connect(self._not_sent)
        self.printer.currentTextChanged.connect(self._show_note)
        self.first.valueChanged.connect(self._first_changed)
        self.go.clicked.connect(self._print)
        self.system.clicked.connect(self._ask_system)
        self._trays.found.connect(self._show_trays)

    def _build(self, again: bool) -> None:
        space = theme.current().space
        self.setMinimumWidth(space(_WIDTH))
        self.printer.setAccessibleName(_("打印机"))
        self.system.setEnabled(False)
        self.system.setAutoDefault(False)
        self.tray.setAccessibleName(_("纸盒"))
        self.go.setEnabled(False)
        self.go.setDefault(True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(space(4))
        grid.setVerticalSpacing(space(3))
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(_("打印机"), "muted"), 0, 0)
        grid.addLayout(self._printer_row(), 0, 1)
        grid.addWidget(self.note, 1, 1)
        grid.addWidget(label(_("纸张"), "muted"), 2, 0)
        grid.addWidget(label(_(self._paper.label)), 2, 1)
        grid.addWidget(label(_("份数"), "muted"), 3, 0)
        grid.addWidget(self.copies, 3, 1, Qt.AlignmentFlag.AlignLeft)
        if self._pages > 1:
            grid.addWidget(label(_("页面"), "muted"), 4, 0)
            grid.addLayout(self._page_row(), 4, 1)
            grid.addWidget(self.two_sided, 5, 1)
        grid.addWidget(self.tray_label, 6, 0)
        grid.addWidget(self.tray, 6, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(5), space(5), space(4))
        layout.setSpacing(space(4))
        layout.addWidget(label(self._title, "heading", wrap=True))
        if again:
            sentence = _("内容没有变化，再次打印的仍是同一印次，校验码不变。")
            layout.addWidget(label(sentence, "muted", wrap=True))
        layout.addLayout(grid)
        layout.addWidget(self.refusal)
        self._tell("")
        layout.addWidget(self._foot())

    def _printer_row(self) -> QHBoxLayout:
        again = button("", "sync")
        again.setAutoDefault(False)
        again.setAccessibleName(_("重新查找打印机"))
        again.setToolTip(_("重新查找打印机"))
        again.clicked.connect(self._look_again)
        return _row(self.printer, again, stretch=0)

    def _page_row(self) -> QHBoxLayout:
        return _row(self.first, label(_("至")), self.last, stretch=-1)

    def _foot(self) -> QFrame:
        cancel = button(_("取消"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        foot = QFrame()
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(theme.current().space(2))
        buttons.addWidget(self.system)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.go)
        return foot


def _spin(value: int, most: int, name: str) -> QSpinBox:
    made = QSpinBox()
    made.setRange(1, most)
    made.setValue(value)
    made.setAccessibleName(name)
    made.setMinimumWidth(theme.current().space(22))
    return made


def _row(*widgets: QWidget, stretch: int) -> QHBoxLayout:
    """Widgets side by side; the one at ``stretch`` grows, or the room after them for -1."""
    row = QHBoxLayout()
    row.setSpacing(theme.current().space(2))
    for place, each in enumerate(widgets):
        row.addWidget(each, int(place == stretch))
    if stretch < 0:
        row.addStretch(1)
    return row
