"""A kept promise, an order answered on its last day, a letter about the own unit, an envelope."""

from __future__ import annotations

from datetime import date

from integrity_desk.domain.commitments import Commitment
from integrity_desk.domain.complaints import Complaint
from integrity_desk.domain.reporters import Reporter
from integrity_desk.domain.sealed_items import SealedItem

SAVED = "ctrl+s"
LAST_LAWFUL_DAY = date(2025, 6, 6)
"""Five working days after Monday 26 May 2025: 27 May, then 3 to 6 June. 28 to 30 May were spent on
asking a third party, 31 May to 2 June were the Dragon Boat holiday."""


def entered(screen, program, page: str, offer: str) -> None:
    """Open an empty form of a register."""
    program.open(page)
    screen.click(offer, "button")
    screen.focus_is_on({"登记密封件": "收件日期"}.get(offer, "来源渠道"))


def test_a_promise_is_kept_reported_and_judged_by_a_second_person(
    screen, start, office, take, stands
):
    promise = office.registered_commitment(subject="十日内修复示例路路灯")
    program = start()
    program.sign_in("clerk")
    program.open_newest("公开承诺")
    screen.see("开始履行", "button")
    take(promise, "start")
    stands(promise, "in_progress")
    screen.click("撤销操作", "button")  # one click too early, and the way back
    stands(promise, "registered")
    take(promise, "start")
    stands(promise, "in_progress")
    screen.see("报告履行情况", "button")
    take(promise, "report_fulfilled")
    screen.fill_whole("履行情况报告", "示例路路灯已全部修复，附照片。")
    screen.keys(SAVED)
    screen.see("已办理“报告履行情况”", part=True)
    assert program.leave() == 0

    program = start()
    program.sign_in("reviewer")
    program.open_newest("公开承诺")
    screen.see("报告履行情况", "button")
    take(promise, "fulfil", "reviewer")
    screen.fill_whole("核定意见", "经现场核对，承诺已兑现。")
    screen.keys(SAVED)
    stands(promise, "fulfilled")
    screen.see("为何不能撤销", "button")
    screen.keys("ctrl+z")
    program.is_told("这一步是复核决定，不能撤销")
    assert program.leave() == 0
    kept = office.reading().load(Commitment, promise)
    assert (kept.state, kept.judgement) == ("fulfilled", "经现场核对，承诺已兑现。")


def test_a_named_hotline_order_waits_for_a_third_party_and_is_answered_on_its_last_lawful_day(
    screen, start, office, take, stands
):
    program = start()
    program.sign_in("clerk")
    entered(screen, program, "投诉举报", "登记投诉举报")
    screen.choose("来源渠道", "12345热线")
    screen.fill("收到日期", "20250526")
    screen.tab_to("事由")
    screen.write("反映示例村自来水时断时续")
    screen.choose("事项类别", "服务质量")
    screen.tab_to("反映的事实")
    screen.write("示例村自五月起自来水时断时续，多次报修没有结果。")
    screen.choose("署名方式", "实名")
    screen.tab_to("姓名或名称")
    screen.write("赵甲示例")
    screen.until(lambda: screen.see("姓名或名称", "text").text == "赵甲示例", "the name")
    screen.keys(SAVED)
    screen.see("反映示例村自来水时断时续", "table cell", part=True)
    (made,) = office.reading().find(Complaint)
    (reporter,) = office.reading().find(Reporter, complaint_id=made.id)
    assert reporter.name == "赵甲示例"
    screen.see("受理", "button")

    take(made.id, "accept")
    screen.fill("受理日期", "20250526")
    screen.keys(SAVED)
    stands(made.id, "accepted")
    take(made.id, "verify")
    screen.choose("承办单位", "示例镇政务服务大厅")
    screen.choose("承办人", "钱经办")
    screen.keys(SAVED)
    stands(made.id, "verifying")
    assert office.record(made.id).due_on == date(2025, 6, 3)
    take(made.id, "suspend")
    screen.choose("中止计时事由", "征求第三方意见")
    screen.fill("中止日期", "20250528")
    screen.keys(SAVED)
    stands(made.id, "suspended")
    assert office.record(made.id).due_on is None
    take(made.id, "resume")
    screen.fill("恢复日期", "20250603")
    screen.keys(SAVED)
    stands(made.id, "verifying")
    screen.see(LAST_LAWFUL_DAY.isoformat(), "label")
    assert office.record(made.id).due_on == LAST_LAWFUL_DAY
    take(made.id, "find_unsubstantiated")
    screen.fill("核实日期", "20250606")
    screen.fill_whole("核实情况", "供水管道更换期间分段停水，均已提前公告。")
    screen.fill_whole("解释说明", "已向投诉人说明停水安排。")
    screen.keys(SAVED)
    stands(made.id, "unsubstantiated")
    assert office.record(made.id).due_on == LAST_LAWFUL_DAY
    take(made.id, "answer")
    screen.fill("答复日期", "20250606")
    screen.choose("答复方式", "电话")
    screen.fill_whole("答复内容", "您反映的停水系管道更换，现已恢复供水。")
    screen.keys(SAVED)
    stands(made.id, "answered")
    screen.keys("ctrl+z")
    program.is_told("已经告知投诉举报人，不能撤销")
    assert program.leave() == 0
    answered = office.record(made.id)
    assert (answered.state, answered.answered_on) == ("answered", LAST_LAWFUL_DAY)


def test_an_anonymous_letter_about_the_clerks_own_unit_can_only_be_passed_on(
    screen, start, office, take, stands
):
    program = start()
    program.sign_in("clerk")
    entered(screen, program, "投诉举报", "登记投诉举报")
    screen.choose("来源渠道", "来信")
    screen.tab_to("事由")
    screen.write("反映大厅窗口推诿")
    screen.choose("事项类别", "懒政怠政")
    screen.tab_to("反映的事实")
    screen.write("三次到大厅办事，窗口均以各种理由推诿。")
    screen.choose("被反映单位", "示例镇政务服务大厅")
    screen.choose("署名方式", "匿名")
    screen.keys(SAVED)
    screen.see("您须回避本件，只能登记和转送。")
    (made,) = office.reading().find(Complaint)
    assert made.about_unit_id == office.hall
    screen.see("转送", "button")
    assert not screen.sees("受理")
    take(made.id, "refer")
    screen.fill_whole("转送机关", "示例县信访局")
    screen.keys(SAVED)
    stands(made.id, "referred")
    screen.keys("ctrl+z")
    program.is_told("材料已经转出，不能撤销")
    assert program.leave() == 0
    assert office.record(made.id).referred_to == "示例县信访局"


def test_a_sealed_envelope_is_handed_on_unopened_and_ends_with_its_receipt(
    screen, start, office, take, stands
):
    program = start()
    program.sign_in("clerk")
    entered(screen, program, "密封件", "登记密封件")
    screen.choose("来源渠道", "来信")
    screen.tab_to("信封标识")
    screen.write("示例县纪委监委收 条码0099")
    screen.choose("封口情况", "封口完好")
    assert not screen.sees("反映的事实")  # there is no room for what lies inside
    screen.keys(SAVED)
    screen.see("原封移交", "button")
    (item,) = office.reading().find(SealedItem)
    take(item.id, "hand_over")
    screen.fill_whole("移交单位", "示例县纪委监委信访室")
    screen.choose("移交人", "钱经办")
    screen.keys(SAVED)
    stands(item.id, "handed_over")
    screen.see("为何不能撤销", "button")
    screen.keys("ctrl+z")
    program.is_told("密封件已经移交，不能撤销")
    take(item.id, "confirm_receipt")
    screen.fill_whole("回执编号", "示收〔2026〕9号")
    screen.keys(SAVED)
    stands(item.id, "receipted")
    assert program.leave() == 0
