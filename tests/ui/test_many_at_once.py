"""Lists of people in the real window: attendance, pledges in batches, inquiries about many."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from integrity_desk.domain.attachments import Attachment
from integrity_desk.domain.inquiries import Inquiry, InquiryResult, Purpose
from integrity_desk.domain.pledges import Pledge, PledgeTemplate
from integrity_desk.domain.training import Presence
from integrity_desk.services.inquiries import AnswerInquiry
from integrity_desk.services.training import ExpectPeople
from tests.office import Office
from tests.ui.registers import Sitting, button, texts_of


@pytest.fixture
def people(office: Office) -> list[str]:
    return [office.person(name=name) for name in ("孙甲示例", "李乙示例", "周丙示例")]


@pytest.fixture
def session(office: Office) -> str:
    return office.enter("training", topic="示例廉政教育", held_on="2026-05-10", hours=2)


def the_list(desk: Sitting, session: str) -> Any:
    page: Any = desk.open_record("training", session)
    button(page.panel, "打开签到表").click()
    desk.settle()
    return page.work


def presences(view: Any) -> dict[str, Presence]:
    return {line.name: line.presence for line in view.lines}


def sheet(path: Path, heading: str, *names: str) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(
            [["序号", heading], *([n, each] for n, each in enumerate(names))]
        )
    return path


def test_everybody_of_a_unit_is_put_on_the_list_at_once(sit, office, session, people):
    desk = sit("clerk")
    view = the_list(desk, session)
    button(view, "添加人员").click()
    tree = view.picker.tree
    desk.until(lambda: tree.tree.topLevelItemCount() > 0)
    tree.search.setText("示例镇便民服务中心")
    tree.all_button.click()
    assert set(tree.ids) == set(people)
    view.picker.perform()
    desk.until(lambda: len(view.lines) == 3)


def test_many_are_marked_together_and_the_reason_is_asked_once(sit, office, session, people):
    office.as_("clerk").perform(ExpectPeople(training_id=session, person_ids=tuple(people)))
    desk = sit("clerk")
    view = the_list(desk, session)
    desk.until(lambda: len(view.lines) == 3)
    for row, line in enumerate(view.lines):
        if line.name != "周丙示例":
            view._add_to_selection(row)
    view.mark(Presence.LEAVE)
    dialog = view.dialog
    dialog.form._boxes["reason"].editor.set_value("示例出差")
    dialog.form.submit()
    desk.until(lambda: list(presences(view).values()).count(Presence.LEAVE) == 2)
    button(view, "其余全部出勤").click()
    desk.until(lambda: presences(view)["周丙示例"] is Presence.PRESENT)


def test_marking_without_a_choice_says_what_to_do(sit, office, session, people):
    office.as_("clerk").perform(ExpectPeople(training_id=session, person_ids=tuple(people)))
    desk = sit("clerk")
    view = the_list(desk, session)
    desk.until(lambda: len(view.lines) == 3)
    desk.qtbot.keyClick(view.table, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    desk.until(lambda: "请先在表中选中人员" in view.bar.sentence)


def test_a_sign_in_sheet_marks_its_people_and_names_the_unknown(sit, session, people, tmp_path):
    desk = sit("clerk")
    view = the_list(desk, session)
    view.import_from(sheet(tmp_path / "签到.csv", "姓名", "孙甲示例", "无此人示例"))
    desk.until(lambda: presences(view) == {"孙甲示例": Presence.PRESENT})
    desk.until(lambda: "无此人示例" in view.bar.sentence)


def test_a_closed_sessions_list_offers_nothing(sit, office, session, people):
    office.as_("clerk").perform(ExpectPeople(training_id=session, person_ids=tuple(people)))
    office.walk(session, "hold", "close")
    view = the_list(sit("clerk"), session)
    assert [code for code, each in view._buttons.items() if each.isEnabled()] == ["print"]


def test_the_sheet_to_sign_on_is_printed_from_the_keyboard(sit, session, people):
    desk = sit("clerk")
    view = the_list(desk, session)
    assert "print" in desk.page.offers
    desk.page.act("print")
    desk.until(lambda: view.preview is not None and view.preview.viewer.count > 0)
    view.preview.reject()


def test_scans_find_their_letters_and_are_attached_in_the_batch(sit, office, people, tmp_path):
    for person in people:
        office.enter("pledge", subject_id=person, template="leader", issued_on="2026-05-12")
    files = [tmp_path / name for name in ("孙甲示例.pdf", "扫描0001.pdf")]
    for each in files:
        each.write_bytes(b"%PDF-1.4")
    desk = sit("clerk")
    page: Any = desk.open("pledge")
    button(page, "批量登记签署").click()
    signing = page.dialog
    signing.add_scans(files)
    desk.until(lambda: len(signing.picker.ids) == 1)
    assert "“扫描0001.pdf”没有对应的承诺书" in signing.told.text()
    assert signing.go.text() == "批量登记签署（1份）"
    signing.perform()
    desk.until(lambda: bool(office.reading().find(Attachment)))
    (signed,) = office.reading().find(Pledge, state="signed")
    assert signed.subject_name == "孙甲示例"


def test_a_log_offers_nothing_to_add_and_what_is_past_its_time_to_delete(sit, office, people):
    asked = AnswerInquiry(
        asked_by="示例县委组织部", purpose=Purpose.AWARD, authority="示组函〔2026〕1号",
        subject_ids=(people[0],), bundled_fonts=True,
    )  # fmt: skip
    made = office.as_("clerk").perform(asked).value
    office.now.set_day(date(2031, 6, 1))
    desk = sit("reviewer")
    page: Any = desk.open_record("inquiry", made.inquiry_id)
    adds = [each.accessibleName() for each in page.panel.findChildren(QPushButton)]
    assert "添加查询结果" not in adds
    assert "添加信用报告" not in adds
    desk.until(page.past_button.isVisible)
    assert page.past_button.text() == "删除到期记录 1"
    page._delete_past()
    desk.until(lambda: not office.reading().find(Inquiry))


def test_pledges_are_issued_to_many_and_signed_together(sit, office, people):
    desk = sit("clerk")
    page: Any = desk.open("pledge")
    button(page, "批量发放").click()
    issuing = page.dialog
    desk.until(lambda: issuing.tree.tree.topLevelItemCount() > 0)
    issuing.tree.search.setText("示例镇便民服务中心")
    issuing.tree.all_button.click()
    issuing.perform()
    assert issuing.boxes["template"].sentence == "请填写“承诺书种类”。"
    issuing.boxes["template"].editor.set_value(PledgeTemplate.PUBLIC_SERVANT)
    issuing.perform()
    desk.until(lambda: len(office.reading().find(Pledge)) == 3)
    button(page, "批量登记签署").click()
    signing = page.dialog
    desk.until(lambda: signing.picker.model.rowCount() == 3)
    signing.picker.all_button.click()
    desk.until(lambda: len(signing.picker.ids) == 3)
    signing.perform()
    desk.until(lambda: {each.state for each in office.reading().find(Pledge)} == {"signed"})


def asking(desk: Sitting) -> Any:
    page: Any = desk.open("inquiry")
    page.act("new")
    boxes = page.work.form._boxes
    boxes["asked_by"].editor.set_value("示例县委组织部")
    boxes["purpose"].editor.set_value(Purpose.APPOINTMENT)
    boxes["authority"].editor.set_value("示组函〔2026〕1号")
    return page


def test_a_pasted_list_is_answered_by_one_report_and_logged(sit, office, people):
    desk = sit("clerk")
    page = asking(desk)
    picker = page.work.picker
    picker.paste.setPlainText("孙甲示例、李乙示例\n示例镇政务服务大厅")
    picker.join.click()
    desk.until(lambda: len(picker.ids) == 3)
    desk.until(lambda: all(row.cells[2] for row in picker.table.rows))
    page.work.form.submit()
    desk.until(lambda: page.preview is not None and page.preview.viewer.count > 0)
    (logged,) = office.reading().find(Inquiry)
    assert logged.asked_by == "示例县委组织部"
    assert len(office.reading().find(InquiryResult, inquiry_id=logged.id)) == 3
    page.preview.reject()


def test_of_two_of_a_name_a_person_chooses_and_the_unknown_stop_the_answer(sit, office, people):
    other = office.unit(name="示例镇第二小学")
    namesake = office.person(name="孙甲示例", unit_id=other, post="教师")
    desk = sit("clerk")
    page = asking(desk)
    picker = page.work.picker
    picker.paste.setPlainText("孙甲示例、无此人示例")
    picker.join.click()
    desk.until(lambda: picker.unresolved)
    page.work.form.submit()
    assert "名单还没有核对完" in "\n".join(texts_of(page.work.form))
    assert picker.paste.toPlainText() == "无此人示例"
    picker.paste.clear()
    (chosen,) = [each for each in picker.findChildren(QPushButton) if "第二小学" in each.text()]
    chosen.click()
    desk.until(lambda: picker.ids == (namesake,))
    assert not office.reading().find(Inquiry)


def test_a_list_is_read_from_a_spreadsheet(sit, people, tmp_path):
    desk = sit("clerk")
    picker = asking(desk).work.picker
    picker.read_sheet(sheet(tmp_path / "名单.csv", "姓名", "孙甲示例", "周丙示例"))
    desk.until(lambda: len(picker.ids) == 2)
    picker.read_sheet(sheet(tmp_path / "别的.csv", "电话", "1", "2"))
    desk.until(lambda: "姓名" in picker.unknown.text())


def test_a_kept_report_is_shown_again(sit, office, people):
    desk = sit("clerk")
    page = asking(desk)
    page.work.picker.paste.setPlainText("孙甲示例")
    page.work.picker.resolve()
    desk.until(lambda: len(page.work.picker.ids) == 1)
    page.work.form.submit()
    desk.until(lambda: page.preview is not None and page.preview.viewer.count > 0)
    page.preview.reject()
    page.preview = None
    desk.until(lambda: page.panel.view is not None and "print" in page.offers)
    page.act("print")
    desk.until(lambda: page.preview is not None and page.preview.viewer.count > 0)
    page.preview.reject()


def test_a_person_is_shown_what_is_held_on_them_from_their_own_panel(sit, office, people):
    desk = sit("clerk")
    page: Any = desk.open_record("person", people[0])
    button(page.panel, "本人查阅").click()
    desk.until(lambda: page.preview is not None and page.preview.viewer.count > 0)
    (logged,) = office.reading().find(Inquiry)
    assert (logged.purpose, logged.subject_ids) == (Purpose.OWN, (people[0],))
    page.preview.reject()


def test_a_move_is_taken_on_the_persons_panel_and_stands_among_the_posts_held(sit, office, people):
    other = office.unit(name="示例镇第二小学")
    office.amend(people[0], started_on="2024-03-01")
    desk = sit("clerk")
    page: Any = desk.open_record("person", people[0])
    page._take_step("move")
    boxes = desk.dialog().form._boxes
    boxes["unit_id"].editor.set_value(other)
    boxes["post"].editor.set_value("校长")
    boxes["started_on"].editor.set_value(date(2026, 5, 11))
    desk.dialog().form.submit()
    desk.until(lambda: office.record(people[0]).unit_id == other)
    assert "任职经历 1" in desk.words()
