"""The window before the desk: sign in, make a store, or get back in with the recovery sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from integrity_desk.errors import DeskError
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.panel import Panel
from integrity_desk.ui.tasks import Tasks
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.ui.widgets.plain_field import PlainField
from integrity_desk.ui.widgets.progress_strip import ProgressStrip
from integrity_desk.wording import _

_SIZE = (230, 148)
_BRAND_WIDTH = 78
_PANEL_WIDTH = 92
"""In steps of the space scale: 920 by 592, 312 and 368 px at the normal size."""


class SignInWindow(QWidget):
    """Asks at the front door through ``tasks``; hands over the desk of whoever may come in."""

    signed_in = Signal(object, str)
    """(desk, login name)"""
    closed = Signal()

    def __init__(
        self, tasks: Tasks, folder: Path, *, login: str = "", sample: bool = False
    ) -> None:
        super().__init__()
        self.setWindowTitle(_("诚信台账"))
        self.setProperty("kind", "page")
        self._tasks = tasks
        self._folder = folder
        self._sample = sample
        self._came_as = ""
        self._panels: list[Panel] = []
        self.sign_in = SignInPanel(folder, login)
        self._stack = QStackedWidget()
        self._progress = ProgressStrip()
        self._build()
        self.sign_in.wanted.connect(self._sign_in)
        self.sign_in.forgot.connect(self._show_recover)
        self.sign_in.restore.connect(self._show_restore)

    @property
    def panel(self) -> Panel:
        """The panel shown."""
        return self._panels[self._stack.currentIndex()]

    @Slot()
    def look(self) -> None:
        """Find out whether there is a store; called once the window is painted."""
        # lazy: declared behind the painted window
        from integrity_desk.services.arrivals import LookForStore, OpenSample  # noqa: PLC0415

        if self._sample:
            self._progress.follow(self._tasks)
            self.sign_in.work(self.sign_in.enter, _("正在准备示例数据…"))
            wanted = OpenSample(folder=self._folder)
            self._tasks.perform(wanted, self._show_sample, self.sign_in.refuse)
        else:
            self._tasks.ask(LookForStore(folder=self._folder), self._looked)

    @Slot(object)
    def _looked(self, found: bool) -> None:
        if not found:
            from integrity_desk.ui.dialogs.first_start import (  # noqa: PLC0415  (lazy: once)
                FirstStartPanel,
            )

            panel = FirstStartPanel(self._tasks, self._folder)
            panel.begun.connect(self._show_code)
            panel.restore.connect(self._show_restore)
            self._show(panel)

    @Slot(object)
    def _show_code(self, begun: Any) -> None:
        begun.done.connect(self._come_in)
        self._show(begun)

    @Slot(object)
    def _show_sample(self, accounts: tuple[Any, ...]) -> None:
        from integrity_desk.ui.dialogs.sample_accounts import (  # noqa: PLC0415  (lazy: sample)
            SampleAccountsPanel,
        )

        self.sign_in.rest()
        hint = SampleAccountsPanel(accounts)
        hint.chosen.connect(self.sign_in.fill)
        self.sign_in.body.addWidget(hint)
        hint.choose_first()

    @Slot(str, str)
    def _sign_in(self, login: str, password: str) -> None:
        from integrity_desk.services.arrivals import SignIn  # noqa: PLC0415  (lazy: as above)

        self._came_as = login
        self._tasks.ask(
            SignIn(folder=self._folder, login=login, password=password),
            self._signed_in,
            self._refuse,
        )

    @Slot(object)
    def _signed_in(self, desk: object) -> None:
        self._come_in(desk, self._came_as)

    @Slot(object)
    def _refuse(self, error: DeskError) -> None:
        self.sign_in.refuse(error)
        self.sign_in.fields["password"].line.selectAll()
        self.sign_in.fields["password"].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_recover(self) -> None:
        from integrity_desk.ui.dialogs.recover import RecoverPanel  # noqa: PLC0415  (lazy: rare)

        panel = RecoverPanel(self._tasks, self._folder, self.sign_in.fields["login"].text)
        panel.recovered.connect(self._come_in)
        panel.left.connect(self._go_back)
        self._show(panel)

    @Slot()
    def _show_restore(self) -> None:
        from integrity_desk.ui.dialogs.restore import RestorePanel  # noqa: PLC0415  (lazy: rare)

        panel = RestorePanel(self._tasks, self._folder, self.sign_in.fields["login"].text)
        panel.restored.connect(self._come_in)
        panel.left.connect(self._go_back)
        self._show(panel)

    @Slot()
    def _go_back(self) -> None:
        """Show the panel before this one, and forget this one."""
        self._panels.pop()
        if left := self._stack.currentWidget():
            self._stack.removeWidget(left)
            left.deleteLater()
        self.panel.focus_first()

    @Slot(object, str)
    def _come_in(self, desk: object, login: str) -> None:
        self.signed_in.emit(desk, login)

    def _show(self, panel: Panel) -> None:
        self._panels.append(panel)
        self._stack.setCurrentIndex(self._stack.addWidget(_scrolled(panel)))
        panel.focus_first()

    def _build(self) -> None:
        space = theme.current().space
        self.resize(space(_SIZE[0]), space(_SIZE[1]))
        self._show(self.sign_in)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(space(6), 0, space(6), space(3))
        foot.addStretch(1)
        foot.addWidget(self._progress)
        right.addLayout(foot)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(_brand())
        layout.addLayout(right, 1)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell the session, which ends the program."""
        super().closeEvent(event)
        self.closed.emit()


class SignInPanel(Panel):
    """Account and password."""

    wanted = Signal(str, str)
    """(login name, password)"""
    forgot = Signal()
    restore = Signal()

    def __init__(self, folder: Path, login: str, parent: QWidget | None = None) -> None:
        super().__init__(_("登录"), parent=parent)
        name = self.add_field("login", PlainField(_("登录名")))
        name.text = login
        secret = self.add_field("password", PlainField(_("密码"), secret=True))
        self.enter = button(_("登录"), kind="primary")
        self.enter.clicked.connect(self._submit)
        name.line.returnPressed.connect(secret.line.setFocus)
        secret.line.returnPressed.connect(self._submit)
        forgot = button(_("忘记密码"), kind="plain")
        forgot.clicked.connect(self.forgot)
        restore = button(_("从备份恢复"), kind="plain")
        restore.clicked.connect(self.restore)
        for each in (name, secret, self.refusal):
            self.body.addWidget(each)
        self.add_buttons(self.enter, forgot, restore)
        self.body.addWidget(_place(folder))
        self.body.addStretch(1)

    def fill(self, login: str, password: str) -> None:
        """Put a known account into the fields."""
        self.fields["login"].text = login
        self.fields["password"].text = password
        self.enter.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _submit(self) -> None:
        login, password = self.fields["login"].text.strip(), self.fields["password"].text
        if not self.missing(("login",), _("请填写登录名。")) and not self.missing(
            ("password",), _("请填写密码。")
        ):
            self.work(self.enter, _("正在登录…"))
            self.wanted.emit(login, password)


def _place(folder: Path) -> QLabel:
    made = label("", "caption")
    shown = made.fontMetrics().elidedText(
        str(folder), Qt.TextElideMode.ElideMiddle, theme.current().space(_PANEL_WIDTH - 18)
    )
    made.setText(_("数据文件夹：{folder}").format(folder=shown))
    made.setToolTip(str(folder))
    return made


def _scrolled(panel: Panel) -> QScrollArea:
    """The panel in the middle, as wide as is comfortable to read; scrolled when room is short."""
    space = theme.current().space
    panel.setFixedWidth(space(_PANEL_WIDTH))
    holder = QWidget()
    holder.setProperty("kind", "plain")
    column = QVBoxLayout(holder)
    column.setContentsMargins(space(6), space(6), space(6), space(4))
    column.addStretch(2)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(panel)
    row.addStretch(1)
    column.addLayout(row)
    column.addStretch(3)
    area = QScrollArea()
    area.setWidget(holder)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def _brand() -> QFrame:
    tokens = theme.current()
    made = QFrame()
    made.setProperty("kind", "nav")
    made.setFixedWidth(tokens.space(_BRAND_WIDTH))
    mark = QLabel()
    ink = tokens.colours.nav_text
    mark.setPixmap(theme.picture("logo", ink, tokens.space(14), made.devicePixelRatioF()))
    layout = QVBoxLayout(made)
    layout.setContentsMargins(tokens.space(8), tokens.space(8), tokens.space(8), tokens.space(6))
    layout.setSpacing(tokens.space(2))
    layout.addStretch(2)
    layout.addWidget(mark)
    layout.addSpacing(tokens.space(2))
    layout.addWidget(label(_("诚信台账"), "figure"))
    layout.addWidget(label(_("政务诚信登记、公示与上报"), "caption", wrap=True))
    layout.addStretch(3)
    layout.addWidget(label(_("数据加密保存在本机，无需联网。"), "caption", wrap=True))
    return made
