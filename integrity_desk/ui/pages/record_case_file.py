"""The case file of an opened record: looked at with all attachments, printed, kept; noted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from integrity_desk.domain.access import Access
from integrity_desk.domain.fields import Id
from integrity_desk.domain.records import type_of
from integrity_desk.services.case_files import DrawCaseFile, TakeCaseFile, TakenCaseFile
from integrity_desk.services.record_view import RecordView
from integrity_desk.ui.dialogs.fields_dialog import FieldsDialog
from integrity_desk.ui.dialogs.noted_preview import NotedPreview
from integrity_desk.ui.dialogs.paper_preview import PaperPreview
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.pages.record_panel import RecordPanel
from integrity_desk.wording import _


class RecordCaseFile(QObject):
    """Opens the preview; with who complained only after a reason was given."""

    def __init__(self, context: Context, window: QWidget, panel: RecordPanel) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._panel = panel
        self.preview: PaperPreview | None = None
        self.dialog: FieldsDialog | None = None
        panel.case_file_wanted.connect(self.open)
        panel.full_case_file_wanted.connect(self.ask_why)

    @property
    def offered(self) -> bool:
        """Whether the record in the panel makes a case."""
        return self._panel.may_take_case

    @Slot()
    def open(self) -> None:
        """Show the case file without who complained."""
        view = self._panel.view
        if view is None or not self.offered:
            return
        given: dict[str, Any] = {"record_id": view.id, "bundled_fonts": self._bundled}
        command = partial(_take, given)
        self.preview = preview = NotedPreview(
            self._context, _titled(view), self._window, command=command, note=_note(view)
        )
        preview.ask(DrawCaseFile(**given))

    @Slot()
    def ask_why(self) -> None:
        """Ask for the reason, then note it and show the case file with who complained."""
        view = self._panel.view
        if view is None:
            return
        fields = [each for each in type_of(Access).fields if each.name == "reason"]
        self.dialog = FieldsDialog(
            self._context, fields, partial(_take_in_full, view.id, self._bundled),
            title=_("卷宗（含投诉举报人信息）"),
            subject=_("谁在什么时候、因为什么取走，都会记录下来。"),
            save_label=_("生成"), parent=self._window,
        )  # fmt: skip
        self.dialog.performed.connect(partial(self._show_full, _titled(view)))
        self.dialog.open()

    def _show_full(self, title: str, taken: TakenCaseFile) -> None:
        note = _("本卷含投诉举报人信息，已记下是谁、因为什么取走的。请专人保管。")
        self.preview = PaperPreview(self._context, title, self._window, note=note)
        self.preview.show_pdf(taken.pdf)

    @property
    def _bundled(self) -> bool:
        return bool(self._context.settings.current.bundled_fonts)


def _titled(view: RecordView) -> str:
    return _("卷宗 {number}").format(number=view.number or view.title)


def _note(view: RecordView) -> str:
    words = _("打印或另存都会记下是谁、什么时候取走的。")
    if view.type != "complaint":
        return words
    return words + (
        view.betrays or _("投诉举报人信息不在卷内；附件由投诉举报人提交的，移送前请核对。")
    )


def _take(given: Mapping[str, Any], copies: int) -> TakeCaseFile:
    return TakeCaseFile(**given, copies=copies)


def _take_in_full(record_id: Id, bundled: bool, values: Mapping[str, Any]) -> TakeCaseFile:
    return TakeCaseFile(
        record_id=record_id, with_reporter=True, reason=values["reason"] or "",
        bundled_fonts=bundled,
    )  # fmt: skip
