"""An opened record's files: add, open, keep a copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDir, QObject, QTemporaryDir, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from integrity_desk.domain.attachments import Attachment
from integrity_desk.domain.records import type_of
from integrity_desk.errors import MediaUnavailable
from integrity_desk.services.attachments import AttachFile, ReadAttachment
from integrity_desk.services.record_view import RecordView
from integrity_desk.ui.dialogs.fields_dialog import FieldsDialog
from integrity_desk.ui.dialogs.saving import where_to_save
from integrity_desk.ui.pages.base import Context
from integrity_desk.wording import _

_HARMLESS = frozenset(
    {
        ".pdf", ".ofd", ".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".txt", ".csv",
        ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".wps", ".et", ".dps", ".odt", ".ods",
        ".mp3", ".mp4", ".wav",
    }
)  # fmt: skip
"""Kinds of files that are opened at a click; others are only saved."""


class RecordFiles(QObject):
    """Adds, opens and saves attachments; opened copies go when the program ends."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._copy: Path | None = None
        self._folder: QTemporaryDir | None = None

    def attach(self, view: RecordView, paths: Sequence[Path]) -> None:
        """Add files; without ``paths`` ask which."""
        if not paths:
            names, _kind = QFileDialog.getOpenFileNames(self._window, _("选择要添加的文件"))
            paths = [Path(name) for name in names]
        if not paths:
            return
        subject = _("、").join(path.name for path in paths)
        dialog = FieldsDialog(
            self._context,
            [field for field in type_of(Attachment).typed_fields if field.name != "file_name"],
            partial(_attach_commands, view, paths),
            title=_("添加附件"),
            subject=subject,
            save_label=_("添加"),
            parent=self._window,
        )
        dialog.open()

    def open_file(self, file: Attachment) -> None:
        """Open a file in the program the system has for it; unknown kinds are saved instead."""
        if not opens_at_a_click(file.file_name):
            self.save_file(file)
            return
        if self._folder is None:
            self._folder = QTemporaryDir(f"{QDir.tempPath()}/integrity-desk-files-XXXXXX")
        path = Path(self._folder.path()) / file.sha256[:16] / Path(file.file_name).name
        self._read(file, path, self._show_file)

    def save_file(self, file: Attachment) -> None:
        """Keep a copy where the person says."""
        usual = Path.home() / Path(file.file_name).name
        endings = [usual.suffix.lstrip(".")] if usual.suffix else []
        path = where_to_save(self._window, _("另存附件"), usual, *endings)
        if path:
            self._read(file, path, self._keep_file)

    def _read(self, file: Attachment, path: Path, then: Any) -> None:
        self._copy = path
        self._context.tasks.ask(ReadAttachment(id=file.id), then, latest=True)

    @Slot(object)
    def _show_file(self, content: bytes) -> None:
        if self._write(content):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._copy)))

    @Slot(object)
    def _keep_file(self, content: bytes) -> None:
        if self._write(content):
            self._context.say(_("已另存到：{path}").format(path=self._copy))

    def _write(self, content: bytes) -> bool:
        assert self._copy is not None
        try:
            self._copy.parent.mkdir(exist_ok=True)
            self._copy.write_bytes(content)
        except OSError:
            sentence = _("写不进“{path}”，请换一个位置。").format(path=self._copy)
            self._context.tasks.failed.emit(MediaUnavailable(sentence))
            return False
        return True


def opens_at_a_click(file_name: str) -> bool:
    """Whether a file of this name is shown at once; a program is never started from here."""
    return Path(file_name).suffix.lower() in _HARMLESS


def _attach_commands(
    view: RecordView, paths: Sequence[Path], values: Mapping[str, Any]
) -> list[AttachFile]:
    given = {"purpose": values["purpose"] or "", "note": values["note"] or ""}
    return [AttachFile(owner_id=view.id, path=path, **given) for path in paths]
