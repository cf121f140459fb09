"""Asking: who asks, what for, by which authority, about whom; answered by a credit report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from integrity_desk.domain.inquiries import Inquiry, Purpose
from integrity_desk.domain.records import type_of
from integrity_desk.errors import DeskError, InvalidInput
from integrity_desk.services.inquiries import Answer, AnswerInquiry
from integrity_desk.services.naming import Subject
from integrity_desk.ui import theme
from integrity_desk.ui.forms import Form
from integrity_desk.ui.link_finder import RecordFinder
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.pages.work_page import WorkView
from integrity_desk.ui.widgets.subject_picker import SubjectPicker
from integrity_desk.wording import _

_FIELDS = ("asked_by", "purpose", "purpose_note", "authority")
_FORM_STEPS = 95


class InquiryForm(WorkView):
    """Takes the page of inquiries; nothing is told to anybody before it is logged."""

    answered = Signal(object)
    """The Answer: number, code and the report."""

    def __init__(self, context: Context, subject: Subject | None = None) -> None:
        super().__init__(context)
        declared = type_of(Inquiry)
        fields = [declared.field(name) for name in _FIELDS]
        self.form = Form(
            ((_("查询依据和目的"), fields),), RecordFinder(context.tasks),
            save_label=_("出具信用报告"),
        )  # fmt: skip
        self.picker = SubjectPicker(context.tasks)
        if subject is not None:
            self.picker.add(subject)
        self._build()
        self.form.submitted.connect(self._answer)
        self.form.closed.connect(self.closed)

    @property
    def title(self) -> str:
        """What the form does."""
        return _("登记信用查询")

    @Slot()
    def leave(self) -> None:
        """Ask before what was typed is thrown away."""
        self.form.leave()

    @Slot(object)
    def _answer(self, values: Mapping[str, Any]) -> None:
        if self.picker.paste.toPlainText().strip() or self.picker.unresolved:
            words = _("名单还没有核对完：请先点“加入名单”，选定重名的，删去没有找到的。")
            self.form.refuse(InvalidInput("", words))
            return
        purpose: Purpose = values["purpose"]
        command = AnswerInquiry(
            asked_by=values["asked_by"], purpose=purpose, subject_ids=self.picker.ids,
            authority=values["authority"], purpose_note=values["purpose_note"],
            bundled_fonts=self.context.settings.current.bundled_fonts,
        )  # fmt: skip
        self.form.set_busy(True)
        self.context.tasks.perform(command, self._answered, self._refused)

    @Slot(object)
    def _answered(self, answer: Answer) -> None:
        self.answered.emit(answer)

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        self.form.refuse(error)

    def _build(self) -> None:
        space = theme.current().space
        card = QFrame()
        card.setProperty("kind", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.form)
        list_card = QFrame()
        list_card.setProperty("kind", "card")
        listed = QVBoxLayout(list_card)
        listed.setContentsMargins(space(4), space(4), space(4), space(4))
        listed.addWidget(self.picker)
        card.setMinimumWidth(space(_FORM_STEPS))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space(4), space(3), space(4), space(3))
        layout.setSpacing(space(3))
        layout.addWidget(card, 2)
        layout.addWidget(list_card, 3)
        self.setFocusProxy(self.form)
        self.form.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
