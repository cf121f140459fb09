"""Acts and forms on a register's page: nothing typed is lost, nothing is made by itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtWidgets import QApplication

from integrity_desk.domain.attachments import Purpose
from integrity_desk.services.attachments import AttachFile, ListAttachments
from integrity_desk.services.drafts import ListDrafts
from integrity_desk.services.registers import Filter, ListRecords
from integrity_desk.ui import draft_keeper
from integrity_desk.ui.pages.record_files import opens_at_a_click
from tests.ui.registers import button, type_into, typed

# Steps


def test_a_step_asks_for_what_it_needs_and_dates_begin_with_today(sit, office):
    rec = office.walk(office.registered_commitment(), "start")
    desk = sit("clerk")
    page = desk.open_record("commitment", rec)
    button(page.panel, "报告履行情况").click()
    form = desk.dialog().form
    assert set(form.values()) == {"reported_on", "fulfilment_report"}
    assert form.values()["reported_on"] == office.now.today
    form.set_values({"fulfilment_report": "示例事项全部办结"})
    form.submit()
    desk.until(lambda: "示例事项全部办结" in desk.words())
    assert office.record(rec).reported_on == office.now.today
    assert desk.window.status.message.sentence.startswith("已办理“报告履行情况”")


def test_a_missing_field_is_named_at_its_place_and_nothing_is_taken(sit, office):
    rec = office.walk(office.registered_commitment(), "start")
    desk = sit("clerk")
    page = desk.open_record("commitment", rec)
    button(page.panel, "报告履行情况").click()
    dialog = desk.dialog()
    dialog.form.submit()
    assert dialog.form._boxes["fulfilment_report"].sentence == "请填写“履行情况报告”。"
    assert office.record(rec).fulfilment_report == ""


def test_a_refused_step_keeps_what_was_typed(sit, office):
    rec = office.walk(office.registered_commitment(), "start")
    office.step(rec, "report_fulfilled")
    desk = sit("reviewer")
    page = desk.open_record("commitment", rec)
    page.panel.act_wanted.emit("change_lawfully")
    dialog = desk.dialog()
    form = dialog.form
    grounds = form._boxes["change_ground"].editor
    form.set_values(
        {
            "change_ground": next(each for each in grounds._choices if each == "change_of_term"),
            "change_facts": "班子调整", "change_authority": "示例镇政府",
            "change_procedure": "集体讨论",
            "change_document": "示〔2026〕1号", "change_compensation": "无损失",
        }
    )  # fmt: skip
    form.submit()
    desk.until(lambda: "不得以“政府换届”为由改变承诺" in form._boxes["change_ground"].sentence)
    assert form.values()["change_facts"] == "班子调整"
    assert office.state_of(rec) == "in_progress"
    form._dirty = False
    form.leave()


def test_a_step_that_lacks_a_field_of_entry_leads_to_that_field(sit, office):
    rec = office.commitment(service_area=None)
    desk = sit("clerk")
    page = desk.open_record("commitment", rec)
    button(page.panel, "登记").click()
    form = desk.form()
    desk.until(lambda: "至少选择一个" in form._boxes["key_area"].sentence)
    assert page.title == "修改公开承诺"


def test_a_breach_offers_records_for_unit_and_person_and_makes_none(sit, office):
    rec = office.walk(office.registered_commitment(subject="未兑现的示例承诺"), "start")
    desk = sit("reviewer")
    page = desk.open_record("commitment", rec)
    page.panel.act_wanted.emit("breach")
    form = desk.dialog().form
    form.set_values({"judgement": "逾期六十日仍未办结"})
    form.submit()
    desk.until(lambda: len(offered(page)) == 2)
    listing = ListRecords(filter=Filter(type="integrity_record"))
    assert len(office.as_("reviewer").ask(listing)) == 0
    button(page.panel, "为责任人登记诚信记录").click()
    form = desk.form()
    values = form.values()
    assert page.title == "登记诚信记录"
    assert values["subject_id"] == office.record(rec).person_id
    assert (values["kind"], values["source_id"]) == ("breach", rec)
    assert "逾期六十日仍未办结" in values["facts"]
    form.set_values({"document_number": "示核〔2026〕1号", "organ": "示例镇政府"})
    button(page, "保存草稿").click()
    desk.until(lambda: page.forms.view is None)
    assert len(office.as_("reviewer").ask(listing)) == 1
    desk.until(lambda: offered(page) == ["为责任单位登记诚信记录"])


def offered(page):
    """The words of what the open record suggests to enter next."""
    return [each.label for each in page.panel.view.suggested]


# Entering and amending


def test_entering_keeps_a_draft_or_registers_at_once(sit, office):
    desk = sit("clerk")
    page = desk.open("commitment")
    page.act("new")
    form = desk.form()
    form.set_values(typed(form, office.values("commitment", subject="新的示例承诺")))
    button(page, "保存并登记").click()
    desk.until(lambda: page.panel.view is not None)
    assert page.panel.view.state == "registered"
    assert page.panel.view.number == "诺2026-01-0001"
    assert desk.rows() == ["新的示例承诺"]


def test_a_registration_refused_after_saving_goes_on_in_the_same_form(sit, office):
    desk = sit("clerk")
    page = desk.open("commitment")
    page.act("new")
    form = desk.form()
    values = office.values("commitment", service_area=None)
    form.set_values(typed(form, values), dirty=True)
    button(page, "保存并登记").click()
    desk.until(lambda: "至少选择一个" in form._boxes["key_area"].sentence)
    area = form._boxes["service_area"].editor
    form.set_values({"service_area": area._choices[0]})
    button(page, "保存并登记").click()
    desk.until(lambda: page.forms.view is None and page.panel.view is not None)
    assert desk.rows() == ["十个工作日内办结养老认证"]


def test_a_complaint_is_entered_with_who_complained(sit, office):
    desk = sit("clerk")
    page = desk.open("complaint")
    page.act("new")
    form = desk.form()
    form.set_values(typed(form, office.values("complaint")))
    form.set_values({"reporter.name": "赵甲示例", "reporter.phone": "13800000001"})
    form.submit()
    desk.until(lambda: form._boxes["reporter.kind"].sentence == "请填写“署名方式”。")
    kinds = form._boxes["reporter.kind"].editor
    form.set_values({"reporter.kind": kinds._choices[0]})
    form.submit()
    desk.until(lambda: page.forms.view is None and page.panel.view is not None)
    words = desk.words()
    assert "138****0001" in words
    assert "赵甲示例" not in words  # the name is private too


def test_the_reporter_is_not_in_the_form_of_a_clerk_who_is_not_on_the_case(sit, office):
    case = office.complaint(reporter={})
    office.walk(case, "accept")
    office.step(case, "assign", handler_id=office.person(name="孙乙示例"))
    desk = sit("clerk")
    page = desk.open_record("complaint", case)
    page.act("edit")
    assert not [name for name in desk.form().values() if name.startswith("reporter.")]


def test_amending_sends_only_what_changed_and_leaves_masks_alone(sit, office):
    rec = office.person(name="李示例", citizen_id="110101199003070011")
    desk = sit("clerk")
    page = desk.open_record("person", rec)
    page.act("edit")
    form = desk.form()
    assert form.values()["citizen_id"] == "110101********0011"
    form.set_values({"post": "示例科长"})
    form.submit()
    desk.until(lambda: page.forms.view is None)
    assert office.record(rec).citizen_id == "110101199003070011"
    assert office.record(rec).post == "示例科长"


def test_half_a_mask_is_never_kept(sit, office):
    rec = office.person(citizen_id="110101199003070011")
    desk = sit("clerk")
    page = desk.open_record("person", rec)
    page.act("edit")
    form = desk.form()
    form.set_values({"citizen_id": "110101********0012"})
    form.submit()
    assert "不要保留星号" in form._boxes["citizen_id"].sentence
    assert office.record(rec).citizen_id == "110101199003070011"


def test_a_doubtful_number_is_warned_of_and_may_be_kept_with_a_reason(sit, office):
    desk = sit("clerk")
    page = desk.open("person")
    page.act("new")
    form = desk.form()
    form.set_values(typed(form, office.values("person", name="李示例")))
    form.set_values({"citizen_id": "110101199003070012"})
    assert form._boxes["citizen_id"].sentence
    form.submit()
    desk.until(lambda: "号码核对说明" in form._boxes["citizen_id"].sentence)
    assert form.values()["citizen_id"] == "110101199003070012"
    assert form.values()["name"] == "李示例"
    type_into(form, "citizen_id_note", "与身份证原件核对无误")
    form.submit()
    desk.until(lambda: page.forms.view is None)
    assert "李示例" in desk.rows()


def test_what_was_typed_comes_back_after_a_crash(sit, office):
    first = sit("clerk")
    page = first.open("commitment")
    page.act("new")
    form = first.form()
    type_into(form, "subject", "没写完的示例承诺")
    first.until(lambda: office.as_("clerk").ask(ListDrafts()) != ())
    first.tasks.close()
    first.window.hide()

    second = sit("clerk")
    page = second.open("commitment")
    second.until(lambda: page.list.bar.isVisible())
    button(page.list.bar, "恢复上次未保存的内容").click()
    form = second.form()
    second.until(lambda: form.values()["subject"] == "没写完的示例承诺")
    assert form.dirty


def test_a_kept_draft_goes_when_the_form_is_saved_or_given_up(sit, office, qtbot, monkeypatch):
    monkeypatch.setattr(draft_keeper, "KEEP_AFTER_MS", 0)
    desk = sit("clerk")
    page = desk.open("unit")
    page.act("new")
    form = desk.form()
    type_into(form, "name", "示例镇林业站")
    desk.until(lambda: office.as_("clerk").ask(ListDrafts()) != ())
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    button(QApplication.activeModalWidget(), "放弃").click()
    desk.until(lambda: page.forms.view is None)
    desk.settle()
    assert office.as_("clerk").ask(ListDrafts()) == ()


def test_a_form_opened_again_offers_what_was_kept(sit, office):
    desk = sit("clerk")
    page = desk.open("unit")
    page.act("new")
    form = desk.form()
    form.set_values({"name": "示例镇林业站"}, dirty=True)
    page.forms.view.keeper.keep()
    desk.settle()
    page.act("new")
    desk.form()
    bar = page.forms.view.keeper.bar
    desk.until(bar.isVisible)
    button(bar, "恢复上次未保存的内容").click()
    assert desk.form().values()["name"] == "示例镇林业站"


# Files


def test_files_dropped_on_the_panel_are_attached_with_their_purpose(sit, office, tmp_path):
    rec = office.registered_commitment()
    paths = [tmp_path / "示例照片.png", tmp_path / "示例合同.pdf"]
    for path in paths:
        path.write_bytes(path.name.encode())
    desk = sit("clerk")
    page = desk.open_record("commitment", rec)
    page.panel.dropEvent(drop_of(paths))
    dialog = QApplication.activeModalWidget()
    dialog.form.set_values({"purpose": Purpose.EVIDENCE})
    dialog.form.submit()
    desk.until(lambda: "示例合同.pdf" in desk.words())
    kept = office.as_("clerk").ask(ListAttachments(owner_id=rec))
    assert {each.file_name for each in kept} == {path.name for path in paths}
    assert {each.purpose for each in kept} == {Purpose.EVIDENCE}


def test_an_attachment_opens_as_it_was_and_a_program_is_never_started(sit, office, tmp_path):
    rec = office.registered_commitment()
    for name in ("示例照片.png", "示例程序.exe"):
        (tmp_path / name).write_bytes(name.encode())
        office.as_("clerk").perform(AttachFile(owner_id=rec, path=tmp_path / name))
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "open")
    desk = sit("clerk")
    page = desk.open_record("commitment", rec)
    picture = next(each for each in page._attached if each.file_name == "示例照片.png")
    page.panel.file_wanted.emit(picture.id)
    desk.until(lambda: opener.opened != [])
    QDesktopServices.unsetUrlHandler("file")
    assert Path(opener.opened[0]).read_bytes() == "示例照片.png".encode()
    assert opens_at_a_click("示例照片.PNG")
    assert not opens_at_a_click("示例程序.exe")


class Opener(QObject):
    """Stands where the system's picture viewer would."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


def drop_of(paths: list[Path]) -> QDropEvent:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    drop_of.kept = data  # the event does not own it
    return QDropEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
