"""Writing a register's list to a spreadsheet: masked, or in full for a reason that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from integrity_desk.domain.access import Access
from integrity_desk.domain.records import RecordType, type_of
from integrity_desk.services.registers import Filter
from integrity_desk.services.spreadsheets import ExportRegister
from integrity_desk.ui.dialogs.fields_dialog import FieldsDialog
from integrity_desk.ui.dialogs.saving import where_to_save
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.pages.register_list import RegisterList
from integrity_desk.wording import _


class RegisterExport(QObject):
    """Exports the list as it is filtered now."""

    def __init__(
        self, context: Context, window: QWidget, declared: RecordType, shown: RegisterList
    ) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._declared = declared
        self._list = shown
        self.dialog: FieldsDialog | None = None

    @Slot()
    def open(self) -> None:
        """Ask where to, and write; private values are masked."""
        path = self._ask_where()
        if path is not None:
            command = ExportRegister(filter=self._list.filter, path=path)
            self._context.tasks.perform(command, self._masked)

    @Slot()
    def open_full(self) -> None:
        """Ask where to and why; private values stand in full, and it is written down."""
        path = self._ask_where()
        if path is None:
            return
        fields = [each for each in type_of(Access).fields if each.name == "reason"]
        self.dialog = FieldsDialog(
            self._context, fields, partial(_in_full, self._list.filter, path),
            title=_("导出（不遮盖）"),
            subject=_("身份证号、电话等隐私内容将完整导出；谁、什么时候、因为什么，都会记录下来。"),
            save_label=_("导出"), parent=self._window,
        )  # fmt: skip
        self.dialog.performed.connect(self._whole)
        self.dialog.open()

    def _ask_where(self) -> Path | None:
        usual = Path.home() / f"{_(self._declared.label)}.xlsx"
        return where_to_save(self._window, _("导出"), usual, "xlsx", "csv")

    @Slot(object)
    def _masked(self, count: int) -> None:
        self._context.say(_("已导出 {count} 条，隐私内容已遮盖。").format(count=f"{count:,}"))

    @Slot(object)
    def _whole(self, count: int) -> None:
        words = _("已导出 {count} 条，隐私内容未遮盖，请妥善保管，用后删除。")
        self._context.say(words.format(count=f"{count:,}"))


def _in_full(narrowed: Filter, path: Path, values: Mapping[str, Any]) -> ExportRegister:
    return ExportRegister(filter=narrowed, path=path, in_full=True, reason=values["reason"] or "")
