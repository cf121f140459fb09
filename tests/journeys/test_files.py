"""What becomes of a record against somebody: it ends by itself, by objection, or by repair."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from integrity_desk.domain.notices import Notice
from integrity_desk.domain.objections import Objection
from integrity_desk.domain.repairs import Repair


@pytest.fixture
def person(office):
    return office.person(name="李示例")


def test_a_penalty_runs_its_term_and_ends_by_itself_on_the_next_morning(
    screen, start, office, person
):
    record = office.effective_record(
        subject_id=person, kind="government_sanction", sanction="warning",
        sanction_rule="sanctions_law", decided_on="2025-11-13", effective_on="2025-11-13",
        expires_on="2026-05-14", subject="示例补贴审核失职",
    )  # fmt: skip
    measure = office.enter("measure", record_id=record, kind="no_honours", until_on="2026-05-13")
    office.step(measure, "impose")
    assert office.record(record).sanction_until == date(2026, 5, 13)
    program = start()
    program.sign_in("clerk")
    screen.see("今天到期办结：诚信记录1条，措施1项，处分1项。", part=True)
    assert office.state_of(record) == "expired"
    assert office.record(record).sanction_lifted_on == date(2026, 5, 13)
    assert office.state_of(measure) == "ended"
    program.open("公务人员")
    screen.click("李示例", "table cell", part=True)
    screen.see("打开诚信档案", "button")
    screen.keys("ctrl+d")
    screen.see("李示例的诚信档案", "label")
    screen.see("已终止1条", "label", part=True)
    screen.see("处分解除", "label")
    assert program.leave() == 0


def test_an_objection_rests_a_disqualification_and_ends_in_revocation_and_a_restored_name(
    screen, start, office, person
):
    record = office.effective_record(subject_id=person, subject="逾期未答复示例来信")
    measure = office.enter("measure", record_id=record, kind="no_honours", until_on="2099-05-13")
    office.step(measure, "impose")
    program = start()
    program.sign_in("clerk")
    program.open("异议")
    screen.click("登记异议", "button")
    screen.focus_is_on("诚信记录")
    screen.choose("诚信记录", "逾期未答复示例来信")
    for field, text in (("异议申请人", "李示例"), ("异议理由", "来信当日已经当面答复。")):
        screen.tab_to(field)
        screen.write(text)
    screen.keys("ctrl+s")
    screen.see("已保存异议。", part=True)
    (objection,) = office.reading().find(Objection, record_id=record)
    assert office.state_of(measure) == "suspended"
    assert program.leave() == 0

    office.step(objection.id, "verify")
    program = start()
    program.sign_in("reviewer")
    program.open("异议")
    screen.click("李示例", "table cell", part=True)
    screen.click("作出结论", "button")
    screen.choose("核实结论", "撤销")
    screen.tab_to("结论理由")
    screen.write("有当面答复的签收记录。")
    screen.keys("ctrl+s")
    screen.see("已办理“作出结论”", part=True)
    assert (office.state_of(record), office.state_of(measure)) == ("revoked", "undone")
    program.open("奖惩措施")
    screen.click(office.record(measure).number, "table cell", part=True)
    screen.click("拟恢复名誉公告", "button")
    screen.until(lambda: "恢复李示例名誉" in screen.see("标题", "text").text, "the words offered")
    screen.keys("ctrl+s")
    screen.until(lambda: office.reading().find(Notice, concerns_id=measure), "the draft")
    assert program.leave() == 0


def test_a_repair_is_refused_too_early_and_granted_when_its_day_has_come(
    screen, start, office, person
):
    today = date.today()
    office.now.set_day(today)
    record = office.effective_record(
        subject_id=person, subject="逾期未答复示例来信", decided_on=today.isoformat()
    )
    program = start()
    program.sign_in("clerk")
    program.open("信用修复")
    screen.click("登记信用修复", "button")
    screen.focus_is_on("诚信记录")
    screen.choose("诚信记录", "逾期未答复示例来信")
    for field, text in (
        ("申请人", "李示例"), ("申请理由", "已经答复来信。"), ("纠正情况", "当面致歉并答复。"),
    ):  # fmt: skip
        screen.tab_to(field)
        screen.write(text)
    screen.tab_to("已消除不良影响")
    screen.keys("space")
    screen.keys("ctrl+s")
    screen.see("最早可于", part=True)
    assert office.reading().find(Repair) == []
    # The wall's clock cannot be put forward, so the record is moved back by four months.
    begun = (today - timedelta(days=124)).isoformat()
    office.amend(record, by="reviewer", published_from=begun)
    screen.keys("ctrl+s")
    screen.see("已保存信用修复。", part=True)
    screen.click("受理", "button")
    screen.focus_is_on("受理日期")
    screen.keys("ctrl+s")
    screen.see("已办理“受理”", part=True)
    assert program.leave() == 0

    program = start()
    program.sign_in("reviewer")
    program.open("信用修复")
    screen.click("李示例", "table cell", part=True)
    screen.click("准予修复", "button")
    for field, text in (("决定文号", "示镇修1号"), ("决定理由", "条件具备。")):
        screen.tab_to(field)
        screen.write(text)
    screen.keys("ctrl+s")
    screen.see("已办理“准予修复”", part=True)
    screen.click("修复生效", "button")
    screen.focus_is_on("生效日期")
    screen.keys("ctrl+s")
    screen.see("已办理“修复生效”", part=True)
    (repair,) = office.reading().find(Repair)
    assert (office.state_of(repair.id), office.state_of(record)) == ("effective", "repaired")
    assert program.leave() == 0
