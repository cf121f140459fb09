"""Where to save a file: a name gets its ending, and no file is written over unasked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def where_to_save(parent: QWidget, title: str, usual: Path, *endings: str) -> Path | None:
    """Ask for the place of a file; None when the person thought better of it.

    ``endings`` such as "xlsx" are what may be chosen, the first is given to a name without one;
    none at all means that any name will do.
    """
    dialog = QFileDialog(parent, title, str(usual.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    if endings:
        dialog.setNameFilter(" ".join(f"*.{each}" for each in endings))
        dialog.setDefaultSuffix(endings[0])
    dialog.selectFile(usual.name)
    chosen = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    return Path(chosen[0]) if chosen else None
