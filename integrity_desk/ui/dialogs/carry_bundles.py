"""Sealing what is due and carrying it to a stick: choose, wait, pull it out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from integrity_desk.errors import DeskError
from integrity_desk.services.exchange import CarryBundles, ListMedia, SealBundle
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.small_dialog import SmallDialog
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.ui.widgets.progress_strip import ProgressStrip
from integrity_desk.wording import _

_WIDTH = 135
_LIST_HEIGHT = 36
_LOOK_EVERY_MS = 2_000

_PATH = Qt.ItemDataRole.UserRole


class CarryBundlesDialog(SmallDialog):
    """Looks for sticks while it waits; says 可以拔出 only after everything was read back."""

    carried = Signal(object)
    """The paths written."""
    slip_wanted = Signal(object)
    """The names of the files a hand-over slip is wanted for."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(_("封包并写入U盘"), parent, width=_WIDTH)
        self._context = context
        self._folder: Path | None = None
        self._chosen: Path | None = None
        self._working = False
        self._where = label(_("写到哪里"), "muted")
        self.media = QListWidget()
        self.other = button(_("选择文件夹…"), "folder")
        self.card = QFrame()
        self.words = label("", wrap=True)
        self.files = label("", "muted", wrap=True)
        self.progress = ProgressStrip()
        self.progress.follow(context.tasks)
        self.close_button = button(_("关闭"))
        self.go = button(_("封包并写入"), "usb", "primary")
        self.slip = button(_("移交清单…"), "printer")
        self._names: tuple[str, ...] = ()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._build()
        self._connect()
        self._look()
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        if not self._working:
            self._context.tasks.ask(ListMedia(), self._show_media, latest=True)

    @Slot(object)
    def _show_media(self, media: Sequence[Any]) -> None:
        if self._working:
            return
        kept = self._place
        self.media.clear()
        for each in media:
            words = _("U盘 {path}（{filesystem}）").format(
                path=each.path, filesystem=each.filesystem
            )
            if each.read_only:
                words = _("{medium}，写保护，不能写入").format(medium=words)
            self._add("usb", words, each.path, usable=not each.read_only)
        if self._chosen is not None:
            words = _("文件夹 {path}").format(path=self._chosen)
            self._add("folder", words, self._chosen, usable=True)
        places = [self.media.item(row).data(_PATH) for row in range(self.media.count())]
        if kept in places:
            self.media.setCurrentRow(places.index(kept))
        elif places and (self._chosen is not None or len(places) == 1):
            self.media.setCurrentRow(len(places) - 1)
        if len(places) > 1 and self._place is None:
            words = _("发现{count}个U盘。请选定要用的一个，或拔掉其余的。")
            self._tell(words.format(count=len(places)), "")
        elif not places:
            self._tell(_("没有发现U盘。请插入U盘稍候，或选择一个文件夹。"), "")
        elif self.words.text() and not self.card.property("tone"):
            self._tell("", "")
        self.go.setEnabled(self._place is not None)

    @property
    def _place(self) -> Path | None:
        item = self.media.currentItem()
        place: Path | None = item.data(_PATH) if item is not None else None
        return place

    @Slot()
    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("选择文件夹"), str(Path.home()))
        if name:
            self.choose(Path(name))

    def choose(self, folder: Path) -> None:
        """Offer a folder beside the sticks, and choose it."""
        self._chosen = folder
        self.media.setCurrentRow(-1)
        self._look()

    @Slot()
    def start(self) -> None:
        """Seal what is due, then carry whatever has no receipt yet."""
        self._folder = self._place
        if self._folder is None:
            return
        self._work(True)
        self._tell(_("正在封包，请不要拔出U盘…"), "amber")
        self._context.tasks.finished.connect(self._ended)
        self._context.tasks.perform(SealBundle(), self._sealed, self._refused)

    @Slot(object)
    def _sealed(self, _bundle: Any) -> None:
        assert self._folder is not None
        self._tell(_("正在写入并读回核对，请不要拔出U盘…"), "amber")
        command = CarryBundles(folder=self._folder)
        self._context.tasks.perform(command, self._carried, self._refused)

    @Slot(object)
    def _carried(self, paths: Sequence[Path]) -> None:
        self._work(False)
        self._timer.stop()
        self._tell(_("已读回核对，可以拔出。请把U盘送到县级，带回回执后再导入。"), "green")
        self.files.setText("\n".join(path.name for path in paths))
        self.files.show()
        self._names = tuple(path.name for path in paths if path.suffix == ".tsb")
        self.slip.setVisible(bool(self._names))
        for each in (self._where, self.media, self.other, self.go):
            each.hide()
        theme.mark(self.close_button, kind="primary")
        self.close_button.updateGeometry()
        self.adjustSize()
        self._context.say(_("同步包已写入：{place}").format(place=self._folder))
        self.carried.emit(paths)

    @Slot(int)
    def _row_chosen(self, _row: int) -> None:
        self.go.setEnabled(self._place is not None and not self._working)

    @Slot()
    def _want_slip(self) -> None:
        self.accept()
        self.slip_wanted.emit(self._names)

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self._work(False)
        self._tell(error.sentence, "red")

    @Slot()
    def _ended(self) -> None:
        """After Stop nothing answers; what was sealed stays sealed and is carried next time."""
        self._context.tasks.finished.disconnect(self._ended)
        if self._working:
            self._work(False)
            self._tell(_("已停止，U盘里的内容不完整。请重新写入，已写好的部分不用重写。"), "amber")

    def _work(self, working: bool) -> None:
        self._working = working
        for each in (self.media, self.other, self.go, self.close_button):
            each.setEnabled(not working)

    def _tell(self, sentence: str, tone: str) -> None:
        self.words.setText(sentence)
        self.card.setVisible(bool(sentence))
        theme.mark(self.card, tone=tone)
        theme.mark(self.words)

    def _add(self, icon: str, words: str, path: Path, *, usable: bool) -> None:
        item = QListWidgetItem(theme.icon(icon), words)
        item.setData(_PATH, path)
        if not usable:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.media.addItem(item)

    def _connect(self) -> None:
        self._timer.timeout.connect(self._look)
        self.other.clicked.connect(self._choose_folder)
        self.go.clicked.connect(self.start)
        self.slip.clicked.connect(self._want_slip)
        self.close_button.clicked.connect(self.reject)
        self.media.currentRowChanged.connect(self._row_chosen)

    def _build(self) -> None:
        space = theme.current().space
        self.media.setProperty("kind", "choice")
        self.media.setAccessibleName(_("写到哪里"))
        self.media.setFixedHeight(space(_LIST_HEIGHT))
        self.media.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.media.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.card.setProperty("kind", "notice")
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(space(4), space(3), space(4), space(3))
        inside.addWidget(self.words)
        self.files.hide()
        self.go.setEnabled(False)
        where = QHBoxLayout()
        where.addWidget(self._where, 1)
        where.addWidget(self.other)
        foot = QHBoxLayout()
        foot.setSpacing(space(2))
        foot.addWidget(self.progress)
        foot.addStretch(1)
        for each in (self.other, self.close_button, self.go, self.slip):
            each.setAutoDefault(False)
        self.slip.hide()
        foot.addWidget(self.slip)
        foot.addWidget(self.close_button)
        foot.addWidget(self.go)
        lead = _("待上报的内容加密封包，没有回执的同步包一起带走；只有县级能打开。")
        self.body.addWidget(label(self.windowTitle(), "title"))
        self.body.addWidget(label(lead, "muted", wrap=True))
        self.body.addLayout(where)
        for widget in (self.media, self.card, self.files):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.body.addLayout(foot)

    def reject(self) -> None:
        """Stay while writing; Stop is beside the bar."""
        if not self._working:
            super().reject()
