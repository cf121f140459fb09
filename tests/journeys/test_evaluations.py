"""A year's evaluation, from the first point typed to the honour roll on its way to the board."""

from __future__ import annotations

from integrity_desk.domain.accounts import Role
from integrity_desk.domain.notices import Notice, NoticeKind

GROUP, PAGE = "考评和查询", "考核评价"
TITLE = "2025年度政务诚信考核"


def open_sheet(screen, program, login):
    program.sign_in(login)
    program.open(PAGE)
    screen.see(TITLE, "table cell", part=True)
    screen.keys("Down", "Return")
    screen.click("打开得分表", "button")
    screen.see(TITLE, "label")


def test_an_annual_evaluation_goes_from_its_scheme_to_a_drafted_honour_roll(screen, start, office):
    for each in "甲乙":
        office.unit(name=f"示例{each}村民委员会")
    office.open_account("second", Role.REVIEWER, name="示例复核乙")
    program = start()
    program.sign_in("clerk")
    screen.click(GROUP, "check box", part=True)  # the group is closed until somebody opens it
    program.open(PAGE)
    screen.click("登记考核评价", "button")
    screen.focus_is_on("考核名称")
    screen.write(TITLE)
    screen.choose("组织单位", "示例镇政务服务大厅")
    for field, day in (("考核期起", "20250101"), ("考核期止", "20251231")):
        screen.tab_to(field)
        screen.write(day)
    screen.choose("被考核单位", "示例甲村民委员会")
    screen.see("移除 示例甲村民委员会", "button")
    screen.choose("被考核单位", "示例乙村民委员会")
    screen.see("移除 示例乙村民委员会", "button")
    for field, mark in (("优秀分数线", "90"), ("良好分数线", "80"), ("合格分数线", "60")):
        screen.tab_to(field)
        screen.write(mark)
    screen.keys("ctrl+s")
    screen.click("打开得分表", "button")
    screen.click("添加指标", "button")
    screen.focus_is_on("指标名称")
    screen.write("民主评议")
    screen.choose("取值来源", "人工评分")
    screen.tab_to("权重（分）")
    screen.write("100")
    screen.keys("ctrl+s")
    screen.see("民主评议", "column header", part=True)
    screen.click("开始采集", "button")
    screen.click("填写评分", "button")
    screen.see("评分表", "table", part=True)
    for points in ("96", "55"):
        screen.keys(*points, "Return")
        screen.see(points, "table cell")
    screen.click("保存评分", "button")
    screen.see("已保存2个评分。")
    screen.click("计算得分", "button")
    screen.see("优秀", "table cell", part=True)
    assert program.leave() == 0

    program = start()
    open_sheet(screen, program, "reviewer")
    screen.click("公示结果", "button")
    for field, day in (("公示开始", "20260105"), ("公示截止", "20260110")):
        screen.fill(field, day)
    screen.keys("ctrl+s")
    screen.click("公示期满", "button")
    screen.see("退回重新采集", "button")
    assert not screen.sees("确定等次")  # whoever took part so far does not grade
    assert program.leave() == 0

    program = start()
    open_sheet(screen, program, "second")
    screen.click("确定等次", "button")
    screen.fill("决定文号", "示镇诚考〔2026〕1号")
    screen.keys("ctrl+s")
    screen.click("光荣榜草稿", "button")
    screen.see(f"{TITLE}光荣榜", part=True)
    (notice,) = office.reading().find(Notice)
    assert (notice.kind, notice.state) == (NoticeKind.HONOUR_ROLL, "draft")
    assert "示例甲村民委员会" in notice.body
    assert "示例乙村民委员会" not in notice.body
    assert program.leave() == 0
