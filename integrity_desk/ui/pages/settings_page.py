"""Settings of this machine: look, language, fonts, backups, and whether the store is whole."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from integrity_desk.domain.changes import Changes
from integrity_desk.services.backups import BackUp, Backup, Backups, ListBackups
from integrity_desk.services.checking import CheckStore, StoreReport
from integrity_desk.services.key_rotation import RotateKeys
from integrity_desk.services.recovery import RenewRecoverySheet
from integrity_desk.services.time_rules import SETTINGS
from integrity_desk.services.typefaces import ShowTypefaces, Typeface
from integrity_desk.services.watching import LookIntoFolder
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.renew_recovery import RenewRecoveryDialog
from integrity_desk.ui.pages.base import Context, Page
from integrity_desk.ui.pages.shared_folder_card import SharedFolderCard
from integrity_desk.ui.pages.time_rules_card import TimeRulesCard
from integrity_desk.ui.widgets.card import Card
from integrity_desk.ui.widgets.chips import ChipsRow
from integrity_desk.ui.widgets.details import DetailList
from integrity_desk.ui.widgets.labels import button, label
from integrity_desk.ui.widgets.notice_bar import NoticeBar
from integrity_desk.wording import LANGUAGES, N_, _

_SCHEMES = (("light", N_("浅色")), ("dark", N_("深色")))
_COPIES_SHOWN = 5
_ROTATE = "rotate"


class SettingsPage(Page):
    """Cards of settings; every change holds at once and is kept."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        now = context.settings.current
        self.scheme = ChipsRow([(code, _(words)) for code, words in _SCHEMES])
        self.large = QCheckBox(_("大字（适合投影和老花眼）"))
        self.language = ChipsRow(list(LANGUAGES.items()))
        self.language.choose(now.language)
        self.bundled = QCheckBox(_("只用随程序附带的字体，各台电脑印出来完全一样"))
        self.bundled.setChecked(now.bundled_fonts)
        self.faces = DetailList()
        self.copies = DetailList()
        self.back_up = button(_("立即备份"), "backup")
        self.back_up.setEnabled(context.actor.may(BackUp.permission))
        self.check = button(_("检查数据库"), "shield")
        self.renew = button(_("重新生成恢复单…"), "key")
        self.rotate = button(_("更换密钥…"), "lock")
        self.verdict = NoticeBar()
        self.folder = label("", "muted", wrap=True)
        self.folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._store_folder = Path()
        self.time_rules = TimeRulesCard(context)
        self.shared = SharedFolderCard(context)
        self._connect()
        self._build()
        may = context.actor.may
        self.renew.setVisible(may(RenewRecoverySheet.permission))
        self.rotate.setVisible(may(RotateKeys.permission))
        self.shared.setVisible(may(LookIntoFolder.permission))

    @property
    def title(self) -> str:
        """The page's name."""
        return _("设置")

    def refresh(self) -> None:
        """Show the look in force, the fonts and the backups."""
        self._show_look()
        self.context.tasks.ask(ListBackups(), self._show_backups, latest=True)
        self._ask_faces()
        self.time_rules.refresh()

    def touched_by(self, changes: Changes) -> bool:
        """Backups, and what is counted by."""
        return bool({"backups", SETTINGS} & {*changes.parts})

    @Slot(object)
    def _show_backups(self, backups: Backups) -> None:
        self._store_folder = backups.store_folder
        self.folder.setText(str(backups.store_folder))
        shown = backups.copies[:_COPIES_SHOWN]
        self.copies.show_pairs([_copy_words(each) for each in shown])
        if not shown:
            self.copies.add(_("还没有备份"), "")

    @Slot(object)
    def _show_faces(self, faces: tuple[Typeface, ...]) -> None:
        self.faces.show_pairs((each.role, each.face) for each in faces)

    @Slot(str)
    def _choose_scheme(self, scheme: str) -> None:
        self.context.dress(scheme, theme.current().large)

    @Slot(bool)
    def _choose_large(self, large: bool) -> None:
        self.context.dress(theme.current().scheme, large)

    @Slot(str)
    def _choose_language(self, language: str) -> None:
        self.context.settings.change(language=language)
        self.context.say(_("界面语言下次登录时生效。"))

    @Slot(bool)
    def _choose_bundled(self, bundled: bool) -> None:
        self.context.settings.change(bundled_fonts=bundled)
        self._ask_faces()

    def _ask_faces(self) -> None:
        bundled = self.context.settings.current.bundled_fonts
        question = ShowTypefaces(bundled_only=bundled)
        self.context.tasks.ask(question, self._show_faces, latest=True)

    @Slot()
    def _back_up(self) -> None:
        self.context.tasks.perform(BackUp(), self._backed_up)

    @Slot(object)
    def _backed_up(self, path: Path) -> None:
        self.context.say(_("已备份到 {path}").format(path=path))

    @Slot()
    def _check(self) -> None:
        self.check.setEnabled(False)
        self.verdict.hide()
        self.context.tasks.finished.connect(self._checked)
        self.context.tasks.study(CheckStore(), self._show_verdict)

    @Slot()
    def _checked(self) -> None:
        self.context.tasks.finished.disconnect(self._checked)
        self.check.setEnabled(True)

    @Slot(object)
    def _show_verdict(self, report: StoreReport) -> None:
        self.verdict.offer(report.sentence, (), "" if report.sound else "red")

    @Slot()
    def _renew(self) -> None:
        RenewRecoveryDialog(self.context.tasks, self).open()

    @Slot()
    def _ask_to_rotate(self) -> None:
        words = _(
            "更换后，新封的同步包改用新密钥；旧密钥的担保随下一个U盘带给县级，不必重新核对校验码。"
            "密钥可能已泄露时不要用这个办法，请县级停用旧密钥后重新开通。"
        )
        self.verdict.offer(words, ((_ROTATE, _("更换")),), "amber")

    @Slot(str)
    def _take_offer(self, code: str) -> None:
        if code == _ROTATE:
            self.verdict.hide()
            self.context.tasks.perform(RotateKeys(), self._rotated)

    @Slot(object)
    def _rotated(self, county_learns: bool) -> None:
        self.context.say(
            _("密钥已更换。请像平时一样封包带给县级。")
            if county_learns
            else _("密钥已更换。请到“上报与回执”重新开通。")
        )

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._store_folder)))

    def _show_look(self) -> None:
        self.scheme.choose(theme.current().scheme)
        self.large.setChecked(theme.current().large)

    def _connect(self) -> None:
        self.scheme.chosen.connect(self._choose_scheme)
        self.large.clicked.connect(self._choose_large)
        self.language.chosen.connect(self._choose_language)
        self.bundled.clicked.connect(self._choose_bundled)
        self.back_up.clicked.connect(self._back_up)
        self.check.clicked.connect(self._check)
        self.renew.clicked.connect(self._renew)
        self.rotate.clicked.connect(self._ask_to_rotate)
        self.verdict.taken.connect(self._take_offer)

    def _build(self) -> None:
        space = theme.current().space
        holder = QWidget()
        holder.setProperty("kind", "plain")
        grid = QGridLayout(holder)
        grid.setContentsMargins(space(4), space(4), space(4), space(4))
        grid.setSpacing(space(4))
        for number, cards in enumerate(
            (
                (self._look_card(), self.time_rules, self._fonts_card()),
                (self._backup_card(), self._store_card(), self.shared),
            )
        ):
            column = QVBoxLayout()
            column.setSpacing(space(4))
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            grid.addLayout(column, 0, number)
            grid.setColumnStretch(number, 1)
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(holder)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def _look_card(self) -> Card:
        card = Card(_("外观与语言"))
        card.add(label(_("颜色"), "muted"), self.scheme, self.large)
        card.add(label(_("界面语言（下次登录时生效；打印件始终用中文）"), "muted", wrap=True))
        card.add(self.language)
        return card

    def _fonts_card(self) -> Card:
        card = Card(_("打印字体"))
        words = _("按公文版式，各处文字用本机装有的下列字体；没有的用附带字体代替。")
        card.add(label(words, "muted", wrap=True), self.faces, self.bundled)
        return card

    def _backup_card(self) -> Card:
        card = Card(_("备份"))
        words = _("每天第一次退出时自动备份，保留最近十四份。备份与数据库用同一密码加密。")
        card.add(label(words, "muted", wrap=True), self.copies, _row(self.back_up))
        return card

    def _store_card(self) -> Card:
        card = Card(_("数据"))
        opener = button(_("打开文件夹"), "folder")
        opener.clicked.connect(self._open_folder)
        words = _("逐条核对数据库、变更记录和附件是否完好；时间较长，可随时停止。")
        card.add(self.folder, _row(opener), label(words, "muted", wrap=True))
        card.add(_row(self.check, self.renew, self.rotate), self.verdict)
        return card

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the look made elsewhere."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._show_look()


def _row(*buttons: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for each in buttons:
        row.addWidget(each)
    row.addStretch(1)
    return row


def _copy_words(copy: Backup) -> tuple[str, str]:
    size = f"{copy.size / (1 << 20):,.1f}"
    return f"{copy.made_at:%Y-%m-%d %H:%M}", _("{size} 兆字节").format(size=size)
