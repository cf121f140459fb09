"""The page of inquiries: the log, the form that asks, and the reports that answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Slot

from integrity_desk.domain.times import china_day
from integrity_desk.services.inquiries import (
    Answer,
    CountPast,
    DeleteInquiry,
    DeletePast,
    ReadReport,
)
from integrity_desk.services.record_view import RecordView
from integrity_desk.ui.dialogs.confirm import confirm
from integrity_desk.ui.dialogs.paper_preview import PaperPreview
from integrity_desk.ui.pages.base import Context
from integrity_desk.ui.pages.inquiry_form import InquiryForm
from integrity_desk.ui.pages.work_page import OwnAct, WorkPage
from integrity_desk.ui.widgets.labels import button
from integrity_desk.wording import _


class InquiryPage(WorkPage):
    """An inquiry is entered by answering it; the log is never amended."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "inquiry")
        self.preview: PaperPreview | None = None
        self.list.import_button.hide()
        self.list.new_button.setHidden(not context.actor.may("print"))
        self.past_button = button("", "trash")
        self.past_button.clicked.connect(self._ask_to_delete_past)
        self.past_button.hide()
        self.list.add_button(self.past_button)

    @property
    def offers(self) -> frozenset[str]:
        """As for every register; a log is not read from a spreadsheet."""
        offered = super().offers - {"import"}
        return offered | {"print"} if self.panel.view and self.drawer.is_open else offered

    def refresh(self) -> None:
        """Ask for the list, and for what was kept long enough."""
        super().refresh()
        if self.context.actor.may(CountPast.permission):
            self.context.tasks.ask(CountPast(), self._show_past, latest=True)

    def act(self, action_id: str) -> None:
        """Take one of the offers; printing begins with looking."""
        if action_id == "print":
            self.take_own("report")
        else:
            super().act(action_id)

    def own_acts(self, view: RecordView) -> Sequence[OwnAct]:
        """The report that answered, and taking out what was kept long enough."""
        acts = []
        if self.context.actor.may("print"):
            acts.append(
                OwnAct(code="report", words=_("查看信用报告"), icon="printer", keys="Ctrl+P")
            )
        if self.context.actor.may("approve") and self._is_past(view):
            acts.append(OwnAct(code="delete", words=_("删除到期记录"), icon="trash"))
        return acts

    def take_own(self, code: str) -> None:
        """Show the report, or take the inquiry out of the log."""
        view = self.panel.view
        if view is None:
            return
        if code == "report":
            self._preview(_("信用报告 {number}").format(number=view.number))
            assert self.preview is not None
            self.preview.ask(ReadReport(inquiry_id=view.id))
        else:
            self.context.tasks.perform(DeleteInquiry(id=view.id), self._deleted)

    @Slot()
    def _new(self) -> None:
        form = InquiryForm(self.context)
        form.answered.connect(self._answered)
        self.open_work(form)

    @Slot(object)
    def _answered(self, answer: Answer) -> None:
        words = _("已登记{number}，信用报告校验码{code}。")
        self.context.say(words.format(number=answer.number, code=answer.code))
        self.show_record(answer.inquiry_id)
        self._preview(_("信用报告 {number}").format(number=answer.number))
        assert self.preview is not None
        self.preview.show_pdf(answer.pdf)

    @Slot(object)
    def _deleted(self, _nothing: None) -> None:
        self.close_record()
        self.context.say(_("已删除保存期满的查询记录。"))

    @Slot(object)
    def _show_past(self, count: int) -> None:
        self.past_button.setText(_("删除到期记录 {count}").format(count=count))
        self.past_button.setVisible(bool(count))

    @Slot()
    def _ask_to_delete_past(self) -> None:
        words = _("保存期满的查询记录连同查询结果和信用报告一起删除，确定吗？")
        confirm(
            self, _("删除到期记录"), words, go=_("删除"), stay=_("保留"), then=self._delete_past
        )  # fmt: skip

    @Slot()
    def _delete_past(self) -> None:
        self.context.tasks.perform(DeletePast(), self._past_deleted)

    @Slot(object)
    def _past_deleted(self, count: int) -> None:
        self.close_record()
        self.context.say(_("已删除保存期满的查询记录{count}条。").format(count=count))

    def _preview(self, title: str) -> None:
        note = _("报告按出具时的内容原样保存，再次打印内容不变。")
        self.preview = PaperPreview(self.context, title, self, note=note)

    def _is_past(self, view: RecordView) -> bool:
        lines = [line for _heading, lines in view.sections for line in lines]
        until = next((line.words for line in lines if line.name == "keep_until"), "")
        return bool(until) and date.fromisoformat(until) < china_day(self.context.now())
