"""Notices from the first tick to the reviewer's approval, in the real window on a real store."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from integrity_desk.domain.attachments import Attachment, Purpose
from integrity_desk.domain.notices import GateAnswer, Notice, PrintedSheet
from integrity_desk.domain.publication import Exemption
from integrity_desk.domain.redactions import Redaction
from integrity_desk.ui.dialogs.compose_notice import ComposeNoticeDialog
from integrity_desk.ui.dialogs.sheet_preview import SheetPreviewDialog
from tests.office import Office
from tests.services.notices import draft, printed
from tests.ui.registers import Sitting, button

PERIOD = {"place": "镇政府公开栏", "contact": "孙示例", "phone": "0999-80000000"}


def composing(desk: Sitting) -> ComposeNoticeDialog:
    """Press 新建公示 and wait for the list and the suggested words."""
    page: Any = desk.open("notice")
    button(page, "新建公示").click()
    return settled(desk)


def settled(desk: Sitting) -> ComposeNoticeDialog:
    page: Any = desk.page
    desk.until(lambda: page.composer is not None and page.composer.isVisible())
    composer: ComposeNoticeDialog = page.composer
    desk.settle()
    if composer.picker is not None:
        model = composer.picker.model
        desk.until(lambda: all(model.row_at(each) for each in range(model.rowCount())))
    return composer


def tick(desk: Sitting, composer: ComposeNoticeDialog, row: int) -> None:
    assert composer.picker is not None
    view, model = composer.picker.table.view, composer.picker.model
    desk.until(lambda: model.row_at(row) is not None)
    view.setFocus()
    view.selectRow(row)
    desk.qtbot.keyClick(view, Qt.Key.Key_Space)


def fill(composer: ComposeNoticeDialog) -> None:
    for name, text in PERIOD.items():
        composer.form.boxes[name].editor.set_value(text)


def only_notice(office: Office) -> Any:
    (found,) = [each for each in notices(office) if each.state != "withdrawn"]
    return found


def notices(office: Office) -> list[Any]:
    return office.reading().find(Notice)


def test_only_what_may_be_shown_is_offered_and_ticks_survive_a_search(sit, office):
    office.registered_commitment(subject="甲示例承诺")
    office.registered_commitment(subject="乙示例承诺")
    office.commitment(subject="草稿的示例承诺")
    office.registered_commitment(publication="withhold", publication_reason="涉及个人隐私")
    desk = sit("clerk")
    composer = composing(desk)
    picker = composer.picker
    assert picker.model.rowCount() == 2
    tick(desk, composer, 0)
    picker.search.setText("甲示例")
    desk.until(lambda: picker.model.rowCount() == 1)
    tick(desk, composer, 0)
    assert len(picker.ids) == 2
    assert picker.model.index(0, 0).data() == "已选"
    tick(desk, composer, 0)
    assert len(picker.ids) == 1
    composer._dirty = False


def test_everything_the_filter_finds_is_ticked_at_once(sit, office):
    for number in range(3):
        office.registered_commitment(subject=f"示例承诺{number}")
    desk = sit("clerk")
    composer = composing(desk)
    composer.picker.all_button.click()
    desk.until(lambda: len(composer.picker.ids) == 3)
    composer._dirty = False


def test_words_are_suggested_and_stand_until_a_person_changes_them(sit, office):
    desk = sit("clerk")
    composer = composing(desk)
    boxes = composer.form.boxes
    desk.until(lambda: bool(boxes["title"].editor.value()))
    assert boxes["title"].editor.value() == "示例镇政务服务大厅关于2026年度公开承诺事项的公示"
    assert boxes["until_on"].editor.line.text() == "2026-05-19"
    boxes["lead"].editor.set_value("自己写的导语。")
    button(composer.kinds, "履行公示").click()
    desk.until(lambda: "履行情况" in boxes["title"].editor.value())
    assert boxes["lead"].editor.value() == "自己写的导语。"
    composer._dirty = False


def test_a_draft_is_saved_with_what_was_ticked_and_opens_again(sit, office):
    promise = office.registered_commitment()
    desk = sit("clerk")
    composer = composing(desk)
    tick(desk, composer, 0)
    composer.draft.click()
    desk.until(lambda: bool(notices(office)))
    notice = only_notice(office)
    assert (notice.state, notice.item_ids) == ("draft", (promise,))
    page: Any = desk.page
    desk.until(lambda: page.panel.view is not None and page.panel.view.id == notice.id)
    desk.window.actions_table["edit"].trigger()
    desk.until(lambda: page.composer is not composer)
    again = settled(desk)
    desk.until(lambda: again.picker is not None and again.picker.ids == (promise,))
    again.form.boxes["place"].editor.set_value("村务公开栏")
    again.draft.click()
    desk.until(lambda: only_notice(office).place == "村务公开栏")


def test_the_gate_is_answered_by_a_person_before_anything_is_submitted(sit, office):
    office.registered_commitment()
    desk = sit("clerk")
    composer = composing(desk)
    desk.until(lambda: bool(composer.form.boxes["title"].editor.value()))
    tick(desk, composer, 0)
    fill(composer)
    gate = composer.form.gate
    assert set(gate.values().values()) == {None, ""}
    composer.submit.click()
    assert gate.lines["state_secret"].note.text() == "请先按“逐项确认”，逐项审查公示内容。"
    assert notices(office) == []
    gate.begin.click()
    assert all(line.editor.value() is GateAnswer.NOT_INVOLVED for line in gate.lines.values())
    composer.submit.click()
    desk.until(lambda: [each.state for each in notices(office)] == ["in_review"])


def test_a_refused_submission_keeps_the_draft_and_says_why_at_the_field(sit, office):
    office.registered_commitment()
    desk = sit("clerk")
    composer = composing(desk)
    desk.until(lambda: bool(composer.form.boxes["title"].editor.value()))
    tick(desk, composer, 0)
    fill(composer)
    gate = composer.form.gate
    gate.begin.click()
    gate.lines["third_party"].editor.set_value(GateAnswer.REDACTED)
    gate.lines["third_party"].editor.edited.emit()
    composer.submit.click()
    desk.until(lambda: "登记遮盖了什么" in gate.reasons["redaction"].sentence)
    assert [each.state for each in notices(office)] == ["draft"]
    gate.reasons["redaction"].editor.set_value("隐去了个人电话（第十五条）。")
    composer.submit.click()
    desk.until(lambda: [each.state for each in notices(office)] == ["in_review"])


def test_a_notice_without_items_is_a_text(sit, office):
    desk = sit("clerk")
    composer = composing(desk)
    composer.kinds.choose("correction")
    composer.kinds.chosen.emit("correction")
    assert composer.picker is None
    assert not composer.form.boxes["body"].isHidden()
    composer._dirty = False


def test_leaving_asks_first_when_something_was_typed(sit, office):
    office.registered_commitment()
    desk = sit("clerk")
    composer = composing(desk)
    tick(desk, composer, 0)
    composer.cancel.click()
    asking = composer.findChild(QMessageBox)
    desk.until(lambda: asking.isVisible())
    assert composer.isVisible()
    button(asking, "放弃").click()
    desk.until(lambda: not composer.isVisible())


def test_the_reviewer_sends_back_and_approves_by_the_ordinary_acts(sit, office):
    notice = office.step(office.enter("notice"), "submit")
    desk = sit("reviewer")
    page = desk.open_record("notice", notice)
    assert {each.act for each in page.panel.offered} >= {"send_back", "approve"}
    desk.window.actions_table["print"].trigger()
    preview = page.preview
    desk.until(lambda: preview.viewer.count == 1)
    assert not preview.print.isEnabled()
    assert "批准后才能打印" in preview.note.text()
    preview.reject()


def test_a_draft_is_seen_before_it_is_submitted(sit, office):
    office.registered_commitment()
    desk = sit("clerk")
    composer = composing(desk)
    desk.until(lambda: bool(composer.form.boxes["title"].editor.value()))
    tick(desk, composer, 0)
    composer.preview.click()
    desk.until(lambda: any(isinstance(each, SheetPreviewDialog) for each in open_dialogs()))
    preview = next(each for each in open_dialogs() if isinstance(each, SheetPreviewDialog))
    desk.until(lambda: preview.viewer.count == 1)
    preview.reject()
    assert composer.isVisible()


def open_dialogs() -> list[Any]:
    return [each for each in QApplication.topLevelWidgets() if each.isVisible()]


def test_a_passage_is_marked_and_hidden_while_composing(sit, office):
    promise = office.registered_commitment(subject="甲示例承诺", content="向示例商行付清款项。")
    desk = sit("clerk")
    composer = composing(desk)
    tick(desk, composer, 0)
    fill(composer)
    composer.form.gate.begin.click()
    composer.form.gate.redact.click()
    desk.until(lambda: composer.redactions is not None and composer.redactions._told is not None)
    dialog: Any = composer.redactions
    dialog.column.setCurrentText("具体内容")
    cursor = dialog.text.textCursor()
    cursor.setPosition(1)
    cursor.setPosition(5, cursor.MoveMode.KeepAnchor)
    dialog.text.setTextCursor(cursor)
    assert dialog.passage == "示例商行"
    dialog.ground.editor.set_value(Exemption.THIRD_PARTY)
    dialog.reason.editor.set_value("商业秘密")
    dialog.hide_it.click()
    desk.until(lambda: dialog.table.rowCount() == 1)
    (kept,) = office.reading().find(Redaction)
    assert (kept.item_id, kept.heading, kept.passage) == (promise, "具体内容", "示例商行")
    assert composer.form.gate.values()["third_party"] is GateAnswer.REDACTED
    dialog.table.selectRow(0)
    dialog.drop.click()
    desk.until(lambda: dialog.table.rowCount() == 0)
    dialog.accept()
    composer._dirty = False


def test_what_was_answered_before_is_offered_and_taken_over(sit, office):
    promise = office.registered_commitment(subject="甲示例承诺")
    first = draft(office, [promise], internal="redacted")
    office.enter(
        "redaction", notice_id=first, item_id=promise, heading="具体内容",
        exemption="internal", reason="内部分工",
    )  # fmt: skip
    office.step(first, "submit")
    desk = sit("clerk")
    composer = composing(desk)
    gate = composer.form.gate
    assert not gate.again.isVisible()
    tick(desk, composer, 0)
    desk.until(lambda: gate.again.isVisible())
    assert "钱经办" in gate.remembered.text()
    gate.again.click()
    assert gate.values()["internal"] is GateAnswer.REDACTED
    fill(composer)
    button(composer, "提交审核").click()
    desk.until(lambda: len([each for each in notices(office) if each.state == "in_review"]) == 2)
    assert len(office.reading().find(Redaction)) == 2


def test_a_printed_sheet_is_looked_at_and_not_printed_from_there(sit, office):
    notice = office.walk(draft(office, [office.registered_commitment()]), "submit", "approve")
    sheet = printed(office, notice)
    desk = sit("viewer")
    page: Any = desk.open("notice")
    page.show_record(notice)
    desk.until(lambda: page.panel.view is not None)
    desk.settle()
    page.panel.part_wanted.emit("printed_sheet", sheet.id)
    desk.until(lambda: page.kept is not None and page.kept.viewer.count == 1)
    assert not page.kept.print.isVisible()
    assert not page.kept.save.isVisible()
    page.kept.open_print()
    assert len(office.reading().find(PrintedSheet)) == 1
    page.kept.reject()


def test_the_photo_of_the_board_is_kept_by_one_button(sit, office, tmp_path, monkeypatch):
    notice = office.walk(
        draft(office, [office.registered_commitment()]), "submit", "approve", "post"
    )
    photo = tmp_path / "board.jpg"
    photo.write_bytes(b"\xff\xd8\xff example")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_given: ([str(photo)], ""))
    desk = sit("clerk")
    page: Any = desk.open("notice")
    page.show_record(notice)
    desk.until(lambda: page.panel.view is not None)
    desk.settle()
    button(page.panel, "添加公示栏照片").click()
    desk.until(lambda: bool(office.reading().find(Attachment, owner_id=notice)))
    (kept,) = office.reading().find(Attachment, owner_id=notice)
    assert kept.purpose is Purpose.PHOTO
    desk.until(lambda: page.panel.view.warning == "")


def test_words_that_tell_who_complained_are_warned_of_while_they_are_typed(sit, office):
    case = office.complaint(reporter={"name": "赵甲示例"})
    office.effective_record(source_kind="complaint", source_id=case)
    desk = sit("reviewer")
    composer = composing(desk)
    button(composer.kinds, "失信公示").click()
    desk.until(lambda: composer.picker.model.rowCount() == 1)
    tick(desk, composer, 0)
    lead = composer.form.boxes["lead"].editor
    lead.set_value("根据赵甲示例的反映，现将查实的情况予以公示。")
    composer.form.edited.emit()
    desk.until(lambda: "“导语”里写有投诉举报人的姓名或名称" in composer.watch.bar.sentence)
    lead.set_value("现将查实的情况予以公示。")
    composer.form.edited.emit()
    desk.until(lambda: composer.watch.bar.sentence == "")
    composer._dirty = False
