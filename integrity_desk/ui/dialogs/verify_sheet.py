"""Checking a sheet from the wall: scan its code or type number and code, read the verdict."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from integrity_desk.errors import DeskError
from integrity_desk.services.sheet_verdicts import SheetVerdict
from integrity_desk.services.sheets import VerifySheet
from integrity_desk.ui import theme
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.labels import button, label, rule
from integrity_desk.ui.widgets.plain_field import PlainField
from integrity_desk.wording import N_, _

_WIDTH = 135

_VERDICTS = {
    "current": (N_("真实有效"), "green"),
    "superseded": (N_("真实，但已有新版"), "amber"),
    "taken_down": (N_("真实，公示期已结束"), "amber"),
    "withdrawn": (N_("真实，但已撤销"), "amber"),
    "unknown_number": (N_("不是本登记点印发"), "red"),
    "wrong_code": (N_("校验码不符"), "red"),
}
"""Standing of a sheet -> the words of its verdict and their tone."""


class VerifySheetDialog(QDialog):
    """Stays open, so that a whole wall can be checked sheet by sheet."""

    notice_wanted = Signal(str)
    """The id of the notice the person wants to see."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("核对公示单"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._tasks = tasks
        self._notice_id = ""
        self.qr = PlainField(
            _("二维码内容"), hint=_("用扫码枪扫描公示单左下角的二维码，扫描后自动核对")
        )
        self.number = PlainField(_("公示编号"), hint=_("如 公示2026-01-0003"))
        self.code = PlainField(_("校验码"), hint=_("如 9F3A-6C21-77E0"))
        self.verdict = _VerdictCard()
        self._check = button(_("核对"), "check", "primary")
        self._build()
        self.qr.line.returnPressed.connect(self._verify)
        self.number.line.returnPressed.connect(self._verify)
        self.code.line.returnPressed.connect(self._verify)
        self.qr.edited.connect(self.verdict.hide)
        self.number.edited.connect(self.verdict.hide)
        self.code.edited.connect(self.verdict.hide)
        self._check.clicked.connect(self._verify)
        self.verdict.open.clicked.connect(self._open_notice)

    @Slot()
    def _verify(self) -> None:
        for each in (self.qr, self.number, self.code):
            each.refuse("")
        question = VerifySheet(qr_text=self.qr.text, number=self.number.text, code=self.code.text)
        self._tasks.ask(question, self._show, self._refused, latest=True)

    @Slot(object)
    def _show(self, verdict: SheetVerdict) -> None:
        self._notice_id = verdict.notice_id
        self.verdict.tell(verdict)
        QTimer.singleShot(0, self, self._fit)
        self.qr.line.selectAll()

    @Slot()
    def _fit(self) -> None:
        """Be as high as the sentence needs."""
        self._layout.activate()
        self.resize(self.width(), self._layout.totalHeightForWidth(self.width()))

    def showEvent(self, event: QShowEvent) -> None:
        """Hints of more than one line need their height from the beginning."""
        super().showEvent(event)
        self._fit()

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self.verdict.hide()
        (self.qr if self.qr.text.strip() else self.code).refuse(error.sentence)

    @Slot()
    def _open_notice(self) -> None:
        self.notice_wanted.emit(self._notice_id)
        self.accept()

    def _build(self) -> None:
        space = theme.current().space
        self.setMinimumWidth(space(_WIDTH))
        close = button(_("关闭"))
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(space(2))
        foot.addStretch(1)
        for each in (close, self._check):
            each.setAutoDefault(False)
            foot.addWidget(each)
        pair = QHBoxLayout()
        pair.setSpacing(space(4))
        for field in (self.number, self.code):
            pair.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(space(5), space(4), space(5), space(4))
        layout.setSpacing(space(3))
        layout.addWidget(label(_("核对公示单"), "title"))
        lead = _("核对在本机完成，不需要网络。扫描二维码，或输入单上的编号和校验码。")
        layout.addWidget(label(lead, "muted", wrap=True))
        layout.addWidget(self.qr)
        layout.addWidget(rule())
        layout.addLayout(pair)
        layout.addWidget(self.verdict)
        layout.addStretch(1)
        layout.addLayout(foot)


class _VerdictCard(QFrame):
    """The verdict in its colour, the sentence, and the way to the notice."""

    def __init__(self) -> None:
        super().__init__()
        space = theme.current().space
        self.setProperty("kind", "notice")
        self.words = label("", "heading")
        self._title = label("", wrap=True)
        self.sentence = label("", wrap=True)
        self.open = button(_("查看这份公示"), "file")
        self.open.setAutoDefault(False)
        head = QHBoxLayout()
        head.setSpacing(space(2))
        head.addWidget(self.words, 1)
        head.addWidget(self.open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(4), space(3), space(4), space(3))
        layout.setSpacing(space(1.5))
        layout.addLayout(head)
        layout.addWidget(self._title)
        layout.addWidget(self.sentence)
        self.hide()

    def tell(self, verdict: SheetVerdict) -> None:
        """Show a verdict."""
        words, tone = _VERDICTS[verdict.standing]
        self.words.setText(_(words))
        self._title.setText(verdict.title)
        self._title.setVisible(bool(verdict.title))
        self.sentence.setText(verdict.sentence)
        self.open.setVisible(bool(verdict.notice_id))
        theme.mark(self, tone=tone)
        for each in (self.words, self._title, self.sentence):
            theme.mark(each)
        self.show()
