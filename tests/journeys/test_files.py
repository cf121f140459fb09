"""What becomes of a record against somebody: it ends by itself, by objection, or by repair."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from integrity_desk.domain.measures import Measure
from integrity_desk.domain.notices import Notice
from integrity_desk.domain.objections import Objection
from integrity_desk.domain.repairs import Repair
from integrity_desk.domain.times import china_day, system_now
from tests.journeys.printer import sheets_of, text_of
from tests.services.notices import draft


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


def test_an_objection_rests_a_disqualification_and_ends_in_revocation_told_where_it_hung(
    screen, start, office, person, printer
):
    today = china_day(system_now())
    office.now.set_day(today)
    record = office.effective_record(
        subject_id=person, subject="逾期未答复示例来信", decided_on=today.isoformat()
    )
    days = {"from_on": today.isoformat(), "until_on": (today + timedelta(days=30)).isoformat()}
    hung = draft(office, [record], kind="exposure_list", title="示例镇曝光台", **days)
    office.walk(hung, "submit", "approve", "post")
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
    program.open("措施板")
    screen.see("已暂停 1", part=True)
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
    program.open("期限板")
    screen.see("撤下或更正", "table cell")
    assert program.leave() == 0

    program = start()
    program.sign_in("clerk")
    program.open("诚信记录")
    screen.click("逾期未答复示例来信", "table cell", part=True)
    screen.click("拟撤销公告", "button")
    screen.until(lambda: "撤销李示例一条诚信记录" in screen.see("标题", "text").text, "the words")
    screen.keys("ctrl+s")
    (notice,) = screen.until(
        lambda: office.reading().find(Notice, concerns_id=record), "the revocation"
    )
    program.open("公示")
    screen.click(notice.title, "table cell", part=True)
    screen.click("修改", "button")
    screen.tab_to("逐项确认")
    screen.keys("space")
    screen.click("提交审核", "button")
    screen.see("已提交审核", part=True)
    assert program.leave() == 0
    office.step(notice.id, "approve")

    program = start()
    program.sign_in("clerk")
    program.open("公示")
    screen.click(notice.title, "table cell", part=True)
    screen.click("预览、打印", "button")
    screen.click("打印", "button")
    screen.see("Example", part=True)
    screen.keys("Return")
    screen.see("已送往打印机", part=True)
    (sheet,) = screen.until(lambda: sheets_of(printer), "the sheet")
    assert "不再作为失信记录使用" in text_of(sheet)
    screen.click("张贴", "button")
    screen.choose("张贴人", "钱经办")
    screen.keys("ctrl+s")
    screen.until(lambda: office.state_of(notice.id) == "posted", "the posting")
    assert office.state_of(hung) == "withdrawn"
    assert office.view(record).suggested == ()
    program.open("期限板")
    screen.see("公示撤下", "table cell")
    assert not screen.sees("撤下或更正")
    assert program.leave() == 0


def test_a_repair_is_refused_too_early_and_granted_when_its_day_has_come(
    screen, start, office, person
):
    today = china_day(system_now())
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


def test_a_unit_of_the_courts_list_settles_pays_and_leaves_the_list(
    screen, start, office, take, stands
):
    today = china_day(system_now())
    office.now.set_day(today)
    late = (today - timedelta(days=1)).isoformat()
    record = office.effective_record(
        subject_id=office.unit(name="示例供水公司"), subject="未履行生效判决", kind="court_list",
        source_kind="court_list", court="示例县人民法院", case_number="（2026）示执12号",
        decided_on="2026-01-05", court_listed_on="2026-01-05", obligation="支付示例工程款。",
        settle_due_on=late, performance="unperformed",
    )  # fmt: skip
    program = start()
    program.sign_in("clerk")
    program.open("期限板")
    screen.see("限期履行", "table cell")
    program.open("诚信记录")
    screen.click("未履行生效判决", "table cell", part=True)
    screen.see("逾期未履行，登记限期整改", "button")
    screen.click("逾期未履行，登记追责措施", "button")
    screen.choose("决定单位", "示例镇政务服务大厅")
    screen.choose("执行单位", "示例镇政务服务大厅")
    screen.keys("ctrl+s")
    (measure,) = screen.until(lambda: office.reading().find(Measure, record_id=record), "it")
    office.step(measure.id, "impose", from_on=today.isoformat())
    program.open("诚信记录")
    screen.click("未履行生效判决", "table cell", part=True)
    screen.see("登记履行", "button")
    take(record, "settle")
    screen.fill("和解日期", today.strftime("%Y%m%d"))
    screen.fill_whole("和解协议", "三十日内一次付清，不计利息。")
    screen.fill("限期履行日期", (today + timedelta(days=30)).strftime("%Y%m%d"))
    screen.keys("ctrl+s")
    screen.see("已办理“登记和解”", part=True)
    screen.gone("逾期未履行，登记限期整改")
    screen.click("登记履行", "button")
    screen.focus_is_on("未履行")  # a list in which something is chosen goes by that
    screen.choose("未履行", "和解并履行完毕")
    screen.fill("履行日期", today.strftime("%Y%m%d"))
    screen.fill_whole("履行凭证", "示农商转账3号，申请执行人收条")
    screen.keys("ctrl+s")
    screen.see("已办理“登记履行”", part=True)
    assert program.leave() == 0

    program = start()
    program.sign_in("reviewer")
    program.open("诚信记录")
    screen.click("未履行生效判决", "table cell", part=True)
    screen.click("移出名单", "button")
    screen.fill("移出名单日期", today.strftime("%Y%m%d"))
    screen.keys("ctrl+s")
    screen.see("已办理“移出名单”", part=True)
    stands(record, "delisted")
    lifted = office.record(measure.id)
    assert (lifted.state, lifted.ended_on) == ("lifted", today)
    program.open("期限板")
    screen.see("没有逾期的", part=True)
    program.open("单位")
    screen.click("示例供水公司", "table cell", part=True)
    screen.see("打开诚信档案", "button")
    screen.keys("ctrl+d")
    screen.see("移出失信名单", "label")
    screen.see("有效失信记录0条", "label", part=True)
    assert program.leave() == 0
