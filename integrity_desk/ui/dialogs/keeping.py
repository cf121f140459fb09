"""Keeping a paper as a file: where to, and what to say afterwards."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from integrity_desk.errors import MediaUnavailable
from integrity_desk.ui.dialogs.saving import where_to_save
from integrity_desk.ui.pages.base import Context
from integrity_desk.wording import _


def ask_where(context: Context, parent: QWidget, name: str) -> Path | None:
    """Ask for the place of a PDF of this name; None when the person thought better of it."""
    return where_kept(context, parent, _("另存为PDF"), name, "pdf")


def where_kept(
    context: Context, parent: QWidget, title: str, name: str, ending: str
) -> Path | None:
    """Ask for the place of a file, beginning with the folder of the last one kept."""
    settings = context.settings
    folder = Path(settings.current.export_folder or Path.home())
    chosen = where_to_save(parent, title, folder / f"{name}.{ending}", ending)
    if chosen:
        settings.change(export_folder=str(chosen.parent))
    return chosen


def keep(context: Context, path: Path, pdf: bytes) -> None:
    """Write the file and say so, or say why not."""
    try:
        path.write_bytes(pdf)
    except OSError:
        words = _("无法写入{path}，请换一个位置保存。").format(path=path)
        context.tasks.failed.emit(MediaUnavailable(words))
        return
    context.say(_("已另存到：{path}").format(path=path))
