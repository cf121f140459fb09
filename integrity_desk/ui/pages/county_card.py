"""The county as this desk knows it: its codes, what it asks for, and the rarer acts with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QWidget

from integrity_desk.services.county_trust import ImportTrust, TrustView, WriteEnrolment
from integrity_desk.services.repeating import RepeatEverything
from integrity_desk.ui.dialogs.inspect_bundle import InspectBundleDialog
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.card import Card
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.ui.widgets.notice_bar import NoticeBar
from integrity_desk.wording import _

_BUNDLE_FILES = "*.tsb"


class CountyCard(Card):
    """A card of the exchange page; what its acts come to is told in the page's ``bar``."""

    def __init__(self, context: Context, bar: NoticeBar, parent: QWidget | None = None) -> None:
        super().__init__(_("县级"), parent)
        self._context = context
        self._bar = bar
        self.name = label("", "heading", wrap=True)
        self.codes = label("", "muted", wrap=True)
        self.more = button(_("更多…"))
        self._menu = QMenu(self)
        for code, words in (
            ("inspect", _("查看同步包…")),
            ("trust", _("导入信任名单…")),
            ("enrol", _("导出开通文件…")),
            ("repeat", _("全部重报（县级丢失数据时）")),
        ):
            self._menu.addAction(words).setObjectName(code)
        row = QHBoxLayout()
        row.addWidget(self.more)
        row.addStretch(1)
        self.add(self.name, self.codes)
        self.body.addStretch(1)
        self.add(row)
        self.more.clicked.connect(self._offer)
        self._menu.triggered.connect(self._take_offer)

    def show_trust(self, trust: TrustView) -> None:
        """Show whom the bundles are for, and by which profile and cryptography."""
        self.name.setText(trust.county)
        lines = [
            _("县级校验码 {code}").format(code=trust.county_code),
            _("本点校验码 {code}").format(code=trust.desk_code),
            _("信任名单第 {serial} 号").format(serial=trust.serial),
            trust.profile,
            _("密码算法 {suite}").format(suite=trust.suite),
        ]
        if trust.withheld:
            names = _("、").join(_(each) for each in trust.withheld)
            lines.append(_("不要求上报：{names}").format(names=names))
        if trust.reporters:
            lines.append(_("要求报送投诉人（要求保密的和有其他登记点的不报）"))
        self.codes.setText("\n".join(lines))

    def enrol_again(self, folder: Path) -> None:
        """Write the enrol file anew: a restored or moved desk is a new one to its county."""
        self._context.tasks.perform(WriteEnrolment(folder=folder), self._enrol_written)

    @Slot()
    def _offer(self) -> None:
        self._menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    @Slot(QAction)
    def _take_offer(self, action: QAction) -> None:
        code, home = action.objectName(), str(Path.home())
        if code == "repeat":
            self._context.tasks.perform(RepeatEverything(), self._repeated)
            return
        if code == "enrol":
            name = QFileDialog.getExistingDirectory(self, _("开通文件存到哪里"), home)
        else:
            name, _kind = QFileDialog.getOpenFileName(self, action.text(), home, _BUNDLE_FILES)
        if not name:
            return
        if code == "enrol":
            self.enrol_again(Path(name))
        elif code == "inspect":
            InspectBundleDialog(self._context.tasks, Path(name), self).open()
        else:
            self._context.tasks.perform(ImportTrust(path=Path(name)), self._trusted)

    @Slot(object)
    def _repeated(self, _nothing: object) -> None:
        words = _("下一个同步包将包括已上报过的全部内容。请点“封包并写入U盘…”。")
        self._bar.offer(words, (), tone="green")

    @Slot(object)
    def _trusted(self, county: str) -> None:
        self._context.say(_("已更新“{county}”的信任名单。").format(county=county))

    @Slot(object)
    def _enrol_written(self, path: Path) -> None:
        words = _(
            "开通文件已写入：{path}。请交给县级，并念出本点校验码；开通后导入县级发回的信任名单。"
        )
        self._bar.offer(words.format(path=path), (), tone="green")
