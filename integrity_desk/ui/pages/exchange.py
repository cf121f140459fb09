"""Reporting to the county: what waits, what was carried, what came back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from integrity_desk.domain.changes import Changes
from integrity_desk.domain.display import local_minute
from integrity_desk.domain.times import china_day
from integrity_desk.services.county_trust import ShowTrust, TrustView
from integrity_desk.services.deliveries import (
    BundleLine,
    Deliveries,
    ListRejected,
    Rejected,
    ShowDeliveries,
)
from integrity_desk.services.exchange import ImportReceipts, ReceiptReport
from integrity_desk.services.handover import DrawHandoverSlip
from integrity_desk.services.watching import RECEIPT
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.carry_bundles import CarryBundlesDialog
from integrity_desk.ui.dialogs.paper_preview import PaperPreview
from integrity_desk.ui.pages.base import Context, Page
from integrity_desk.ui.pages.county_card import CountyCard
from integrity_desk.ui.pages.enrolment import EnrolmentView
from integrity_desk.ui.pages.neighbours import NeighboursPart
from integrity_desk.ui.watch import ago
from integrity_desk.ui.widgets.card import Card
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.ui.widgets.notice_bar import NoticeBar
from integrity_desk.ui.widgets.plain_table import PlainRow, PlainTable
from integrity_desk.wording import _

_REJECTED_ROWS = 4
"""Rows of the list of rejected records that show without scrolling."""

_BUNDLES_HEIGHT = 30
"""The least height of the list of bundles in steps of the space scale."""


class ExchangePage(Page):
    """The enrolment until it is done; from then on the state of everything sent."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.enrolment = EnrolmentView(context)
        self.bar = NoticeBar()
        self.waiting = label("–", "figure")
        self.seal = button(_("封包并写入U盘…"), "usb", "primary")
        self.awaiting = label("–", "figure")
        self.due = label(_("项登记有新内容要报"), "muted", wrap=True)
        self.receipt_age = label("", "muted", wrap=True)
        self.receive = button(_("导入回执…"), "download")
        self.county = CountyCard(context, self.bar)
        self.revoked = label("", "error", wrap=True)
        self.rejected_heading = label("", "heading")
        self.rejected = PlainTable(
            (_("登记"), _("编号"), _("名称"), _("县级退回的理由")),
            stretch=3,
            name=_("县级退回的登记"),
        )
        self.bundles = PlainTable(
            (_("序号"), _("封包时间"), _("变更"), _("带走时间"), _("回执时间"), _("状态")),
            stretch=5,
            name=_("同步包"),
        )
        self.neighbours = NeighboursPart(context, self.bar)
        self._places: dict[str, str] = {}
        self._stack = QStackedWidget()
        self._menu = QMenu(self)
        self._build()
        self._connect()

    @property
    def title(self) -> str:
        """The page's words."""
        return _("上报与回执")

    @property
    def offers(self) -> frozenset[str]:
        """Reading anew."""
        return frozenset({"refresh"})

    def refresh(self) -> None:
        """Ask for all of it."""
        ask = self.context.tasks.ask
        ask(ShowTrust(), self._show_trust, latest=True)
        ask(ShowDeliveries(), self._show_deliveries, latest=True)
        ask(ListRejected(), self._show_rejected, latest=True)
        self.neighbours.refresh()

    def touched_by(self, changes: Changes) -> bool:
        """Every record that changes waits to be sent."""
        return bool(changes.types) or "bundles" in changes.parts

    def act(self, action_id: str) -> None:
        """Read anew."""
        self.refresh()

    def receive_from(self, path: Path) -> None:
        """Take in one receipt file, or all that lie in a folder."""
        self.context.tasks.perform(ImportReceipts(path=path), self._received)

    def take_arrived(self, kind: str, folder: Path) -> None:
        """Take in what a look into a shared folder found, of the county or of a neighbour."""
        if kind == RECEIPT:
            self.receive_from(folder)
        else:
            self.neighbours.take_from(folder)

    # What is shown

    @Slot(object)
    def _show_trust(self, trust: TrustView) -> None:
        self.enrolment.show_trust(trust)
        self._stack.setCurrentIndex(1 if trust.county else 0)
        self.county.show_trust(trust)
        self.revoked.setText(trust.revoked)
        self.revoked.setVisible(bool(trust.revoked))

    @Slot(object)
    def _show_deliveries(self, told: Deliveries) -> None:
        self.waiting.setText(f"{told.waiting:,}")
        self.awaiting.setText(f"{told.awaiting:,}")
        self.seal.setEnabled(bool(told.waiting or told.awaiting or told.everything))
        today = china_day(self.context.now())
        words = _("还没有收到过回执")
        if told.last_receipt is not None:
            words = _("最近一次回执：{when}").format(when=ago(told.last_receipt, today))
        if told.asked_on:
            asked = _("项登记有新内容要报；县级{day}要求全部重报，下一个同步包包括全部内容")
            self.due.setText(asked.format(day=told.asked_on))
        elif told.everything:
            self.due.setText(_("项登记有新内容要报，下一个同步包包括全部内容"))
        else:
            self.due.setText(_("项登记有新内容要报"))
        if told.late:
            asked = _("{count}个同步包久无回执，请问县级是否收到。")
            words = asked.format(count=told.late)
        theme.mark(self.receipt_age, kind="error" if told.late else "muted")
        self.receipt_age.setText(words)
        self.bundles.show_rows(_bundle_row(each) for each in told.bundles)

    @Slot(object)
    def _show_rejected(self, rejected: tuple[Rejected, ...]) -> None:
        self._places = {each.id: each.page for each in rejected}
        count = sum(not each.superseded for each in rejected)
        others = len(rejected) - count
        words = [_("县级退回 {count} 项，请打开改正，改正后随下一个同步包再报").format(count=count)]
        if others:
            told = _("{count} 项县级显示的是另一登记点的内容，请打开核对")
            words = [*words[: bool(count)], told.format(count=others)]
        self.rejected_heading.setText(_("；").join(words))
        self.rejected.show_rows(
            PlainRow(
                cells=(_(each.type_label), each.number, each.title, each.reason),
                tone="amber" if each.superseded else "red",
                code=each.id,
            )
            for each in rejected
        )
        self.rejected.hold(_REJECTED_ROWS)
        for each in (self.rejected_heading, self.rejected):
            each.setVisible(bool(rejected))

    # What a person wants

    @Slot()
    def _carry(self) -> None:
        dialog = CarryBundlesDialog(self.context, self)
        dialog.slip_wanted.connect(self._show_slip)
        dialog.open()

    @Slot(object)
    def _show_slip(self, files: tuple[str, ...]) -> None:
        note = _("一式两份，双方签字，各留一份。")
        preview = PaperPreview(self.context, _("同步包移交清单"), self, note=note)
        preview.ask(DrawHandoverSlip(files=files))

    @Slot(str)
    def _open_rejected(self, record_id: str) -> None:
        self.context.navigate(self._places[record_id], record_id)

    @Slot()
    def _offer_receiving(self) -> None:
        self._menu.popup(self.receive.mapToGlobal(QPoint(0, self.receive.height())))

    @Slot(QAction)
    def _take_offer(self, action: QAction) -> None:
        home = str(Path.home())
        if action.objectName() == "folder":
            name = QFileDialog.getExistingDirectory(self, _("回执在哪里"), home)
        else:
            name, _kind = QFileDialog.getOpenFileName(self, action.text(), home, "*.tsb")
        if name:
            self.receive_from(Path(name))

    @Slot(object)
    def _received(self, report: ReceiptReport) -> None:
        amber = any((report.rejected, report.superseded, report.missing, report.everything))
        tone = "red" if report.revoked else "amber" if amber else "green"
        self.bar.offer(report.sentence, (), tone=tone)

    # Building

    def _connect(self) -> None:
        self.seal.clicked.connect(self._carry)
        self.receive.clicked.connect(self._offer_receiving)
        self._menu.triggered.connect(self._take_offer)
        self.rejected.opened.connect(self._open_rejected)

    def _build(self) -> None:
        space = theme.current().space
        for code, words in (
            ("receipt", _("选择回执文件…")),
            ("folder", _("从U盘或文件夹导入…")),
        ):
            self._menu.addAction(words).setObjectName(code)
        sheet = QWidget()
        rows = QVBoxLayout(sheet)
        rows.setContentsMargins(space(4), space(4), space(4), space(4))
        rows.setSpacing(space(3))
        rows.addWidget(self.bar)
        rows.addWidget(self.revoked)
        rows.addLayout(self._cards())
        rows.addWidget(self.rejected_heading)
        rows.addWidget(self.rejected)
        rows.addWidget(self.neighbours)
        rows.addWidget(label(_("同步包"), "heading"))
        rows.addWidget(self.bundles, 1)
        self.bundles.setMinimumHeight(space(_BUNDLES_HEIGHT))
        self.bundles.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        for each in (self.enrolment, sheet):
            self._stack.addWidget(_scrolled(each))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _cards(self) -> QHBoxLayout:
        cards = QHBoxLayout()
        cards.setSpacing(theme.current().space(3))
        for each in (
            _card(_("待上报"), self.waiting, self.due, self.seal),
            _card(_("待回执的同步包"), self.awaiting, self.receipt_age, self.receive),
            self.county,
        ):
            cards.addWidget(each, 1)
        return cards


def _scrolled(content: QWidget) -> QScrollArea:
    """Small windows and large text scroll instead of squeezing."""
    content.setProperty("kind", "plain")
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setFrameShape(QFrame.Shape.NoFrame)
    return area


def _card(heading: str, *content: QWidget) -> Card:
    card = Card(heading)
    *words, act = content
    row = QHBoxLayout()
    row.addWidget(act)
    row.addStretch(1)
    card.add(*words)
    card.body.addStretch(1)
    card.add(row)
    return card


def _bundle_row(line: BundleLine) -> PlainRow:
    carried = local_minute(line.carried_at) if line.carried_at else ""
    receipted = local_minute(line.receipted_at) if line.receipted_at else ""
    return PlainRow(
        cells=(
            str(line.seq),
            local_minute(line.created_at),
            str(line.revisions),
            carried,
            receipted,
            _("已带走{days}天，没有回执").format(days=line.late_days)
            if line.late_days
            else _(line.state_label),
        ),
        tone=line.tone,
    )
