"""The page of notices: the register, with composing, preview and printing of its own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from integrity_desk.domain.attachments import Purpose
from integrity_desk.domain.notices import PrintedSheet
from integrity_desk.domain.records import type_of
from integrity_desk.services.attachments import AttachFile
from integrity_desk.services.record_view import RecordView
from integrity_desk.services.sheets import PRINTABLE, ReadPrinted
from integrity_desk.ui import theme
from integrity_desk.ui.dialogs.compose_notice import ComposeNoticeDialog
from integrity_desk.ui.dialogs.paper_preview import PaperPreview
from integrity_desk.ui.dialogs.sheet_preview import SheetPreviewDialog
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.pages.register import RegisterPage
from integrity_desk.ui.widgets.code_button import CodeButton
from integrity_desk.wording import _

_PRINT, _PHOTO = "print", "photo"


class KeptSheet(PaperPreview):
    """A sheet as it was printed: it is looked at, and printed only through the gate."""

    def __init__(self, context: Context, title: str, parent: QWidget) -> None:
        super().__init__(context, title, parent, note=_("这是当时印出的原样，只供查看。"))
        self.setWindowTitle(_("查看印过的公示单"))
        self.save.hide()
        self.print.hide()

    @Slot()
    def open_print(self) -> None:
        """Ctrl+P does nothing here."""


class NoticePage(RegisterPage):
    """Drafts are composed; an opened notice is seen and printed from its panel."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "notice")
        self.composer: ComposeNoticeDialog | None = None
        self.preview: SheetPreviewDialog | None = None
        self.kept: KeptSheet | None = None
        self.list.new_button.setText(_("新建公示"))
        self.list.import_button.hide()

    @property
    def offers(self) -> frozenset[str]:
        """As for every register, and printing; a notice is never read from a spreadsheet."""
        offered = super().offers - {"import"}
        return offered | {"print"} if self.panel.view and self.drawer.is_open else offered

    def act(self, action_id: str) -> None:
        """Take one of the offers; printing begins with looking."""
        if action_id == "print":
            self._preview()
        else:
            super().act(action_id)

    @Slot()
    def _preview(self) -> None:
        if self.panel.view is not None:
            self._show_preview(self.panel.view.id)

    @Slot(str)
    def _preview_composed(self, notice_id: str) -> None:
        assert self.composer is not None
        SheetPreviewDialog(self.context, notice_id, self.composer).open()

    @Slot(str)
    def _composed(self, notice_id: str) -> None:
        self.show_record(notice_id)

    @Slot(str)
    def _take_own(self, code: str) -> None:
        if code == _PHOTO:
            self._ask_for_photo()
        else:
            self.act(code)

    @property
    def _has_photo(self) -> bool:
        return any(each.purpose is Purpose.PHOTO for each in self._attached)

    def _ask_for_photo(self) -> None:
        view = self.panel.view
        if view is None:
            return
        names, _kind = QFileDialog.getOpenFileNames(
            self, _("选择公示栏的照片"), "", _("照片 (*.jpg *.jpeg *.png *.heic *.bmp)")
        )
        for name in names:
            command = AttachFile(
                owner_id=view.id, path=Path(name), purpose=Purpose.PHOTO.value,
                note=_("张贴后的公示栏"),
            )  # fmt: skip
            self.context.tasks.perform(command, self._photo_kept)

    @Slot(object)
    def _photo_kept(self, _id: str) -> None:
        self.context.say(_("公示栏照片已存进附件。"))

    @Slot(str, str)
    def _open_part(self, part_type: str, part_id: str) -> None:
        view = self.panel.view
        if part_type != type_of(PrintedSheet).name or view is None:
            super()._open_part(part_type, part_id)
            return
        self.kept = KeptSheet(self.context, view.title, self)
        self.kept.ask(ReadPrinted(id=part_id))

    @Slot()
    def _new(self) -> None:
        self._compose("")

    @Slot()
    def _amend(self) -> None:
        view = self.panel.view
        if view is not None and view.state == "draft":
            self._compose(view.id)
        else:
            super()._amend()

    @Slot(object)
    def _show_view(self, view: RecordView) -> None:
        super()._show_view(view)
        if self.panel.view is view:
            self.panel.body.insertWidget(1, self._own_buttons(view))

    def _compose(self, notice_id: str) -> None:
        self.composer = ComposeNoticeDialog(self.context, self, notice_id)
        self.composer.saved.connect(self._composed)
        self.composer.preview_wanted.connect(self._preview_composed)
        self.composer.open()

    def _show_preview(self, notice_id: str) -> None:
        self.preview = SheetPreviewDialog(self.context, notice_id, self)
        self.preview.open()

    def _own_buttons(self, view: RecordView) -> QWidget:
        printed = any(part.rows for part in view.parts if part.type == "printed_sheet")
        words = _("预览")
        if view.state in PRINTABLE and self.context.actor.may("print"):
            words = _("预览、再次打印") if printed else _("预览、打印")
        own = CodeButton(_PRINT, words, icon="printer" if words != _("预览") else "eye")
        own.setToolTip("Ctrl+P")
        own.taken.connect(self._take_own)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, theme.current().space(1))
        row.addWidget(own)
        if view.state == "posted" and self.panel.may_attach and not self._has_photo:
            photo = CodeButton(_PHOTO, _("添加公示栏照片"), icon="paperclip")
            photo.taken.connect(self._take_own)
            row.addWidget(photo)
        row.addStretch(1)
        return holder
