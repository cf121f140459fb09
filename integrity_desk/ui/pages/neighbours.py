"""The township's other desks: how far each has been taken in, and what is to be settled."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from integrity_desk.services.neighbours import (
    ImportNeighbours,
    ListNeighbours,
    Neighbour,
    NeighbourReport,
)
from integrity_desk.services.settling import ListUnsettled, UnsettledLine
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.settle import SettleDialog
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.ui.widgets.notice_bar import NoticeBar
from integrity_desk.ui.widgets.plain_table import PlainRow, PlainTable
from integrity_desk.wording import _

_ROWS = 4
"""Rows of each list that show without scrolling."""


class NeighboursPart(QWidget):
    """A part of the exchange page; not there as long as the county names no other desk."""

    def __init__(self, context: Context, bar: NoticeBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._bar = bar
        self.unsettled_heading = label("", "heading")
        self.unsettled = PlainTable(
            (_("登记"), _("编号"), _("名称"), _("两处不同的项目")),
            stretch=2,
            name=_("待裁定的登记"),
        )
        self.heading = label(_("其他登记点"), "heading")
        self.take = button(_("导入其他登记点的同步包…"), "download")
        self.desks = PlainTable(
            (_("登记点"), _("序列"), _("已收到"), _("收到时间"), _("情况")),
            stretch=4,
            name=_("其他登记点"),
        )
        self._menu = QMenu(self)
        self._build()
        self.take.clicked.connect(self._offer)
        self._menu.triggered.connect(self._ask_where)
        self.unsettled.opened.connect(self.settle)

    def refresh(self) -> None:
        """Ask for both lists."""
        self._context.tasks.ask(ListNeighbours(), self._show_desks, latest=True)
        self._context.tasks.ask(ListUnsettled(), self._show_unsettled, latest=True)

    def take_from(self, path: Path) -> None:
        """Take in one bundle, or all that lie in a folder."""
        self._context.tasks.perform(ImportNeighbours(path=path), self._taken)

    @Slot(str)
    def settle(self, record_id: str) -> None:
        """Put the versions of one record side by side."""
        dialog = SettleDialog(self._context, record_id, self)
        dialog.settled.connect(self.refresh)
        dialog.open()

    @Slot(object)
    def _show_desks(self, desks: tuple[Neighbour, ...]) -> None:
        self.desks.show_rows(_desk_row(each) for each in desks)
        self.desks.hold(_ROWS)
        for each in (self.heading, self.take, self.desks):
            each.setVisible(bool(desks))

    @Slot(object)
    def _show_unsettled(self, lines: tuple[UnsettledLine, ...]) -> None:
        words = _("{count} 条登记在两处改得不同，请打开裁定")
        self.unsettled_heading.setText(words.format(count=len(lines)))
        self.unsettled.show_rows(
            PlainRow(
                cells=(
                    _(each.type_label), each.number, each.title,
                    _("、").join(_(name) for name in each.fields),
                ),
                tone="amber",
                code=each.id,
            )
            for each in lines
        )  # fmt: skip
        self.unsettled.hold(_ROWS)
        for each in (self.unsettled_heading, self.unsettled):
            each.setVisible(bool(lines))

    @Slot(object)
    def _taken(self, report: NeighbourReport) -> None:
        words = _("已并入 {revisions} 项变更，涉及 {records} 条登记。")
        if not report.revisions:
            words = _("这些同步包以前收到过，没有新的内容。")
        told = words.format(revisions=report.revisions, records=report.records)
        if report.conflicts:
            told += _("其中 {count} 条在两处改得不同，请在下面裁定。").format(
                count=report.conflicts
            )
        for line in report.troubles:
            told += "\n" + _("{file}：{sentence}").format(file=line.file, sentence=_(line.sentence))
        tone = "red" if report.troubles else "amber" if report.conflicts else "green"
        self._bar.offer(told, (), tone=tone)
        self.refresh()

    @Slot()
    def _offer(self) -> None:
        self._menu.popup(self.take.mapToGlobal(QPoint(0, self.take.height())))

    @Slot(QAction)
    def _ask_where(self, action: QAction) -> None:
        home = str(Path.home())
        if action.objectName() == "folder":
            name = QFileDialog.getExistingDirectory(self, _("同步包在哪里"), home)
        else:
            name, _kind = QFileDialog.getOpenFileName(self, action.text(), home, "*.tsb")
        if name:
            self.take_from(Path(name))

    def _build(self) -> None:
        space = theme.current().space
        for code, words in (
            ("folder", _("从U盘或文件夹导入…")),
            ("file", _("选择同步包文件…")),
        ):
            self._menu.addAction(words).setObjectName(code)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.take)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(space(3))
        rows.addWidget(self.unsettled_heading)
        rows.addWidget(self.unsettled)
        rows.addLayout(head)
        rows.addWidget(self.desks)
        self._show_desks(())
        self._show_unsettled(())


def _desk_row(desk: Neighbour) -> PlainRow:
    through = _("第{seq}包").format(seq=desk.through_seq) if desk.through_seq else _("还没有")
    words, tone = _("已跟上"), "green"
    if desk.revoked:
        words, tone = _("已停用"), "grey"
    elif desk.missing:
        words = _("还缺 {names}，请再带来").format(names=_("、").join(desk.missing))
        tone = "amber"
    elif not desk.through_seq:
        words, tone = _("等它的第一个同步包"), "blue"
    received = desk.received_at[:16].replace("T", " ")
    return PlainRow(cells=(desk.name, desk.stream, through, received, words), tone=tone)
