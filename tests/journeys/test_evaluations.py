"""A year's evaluation, from the first point typed to the honour roll on its way to the board."""

from __future__ import annotations

from integrity_desk.domain.accounts import Role
from integrity_desk.domain.notices import Notice, NoticeKind

GROUP, PAGE = "考评和查询", "考核评价"
TITLE = "2025年度政务诚信考核"


def open_sheet(screen, program, login):
    program.sign_in(login)
    if not screen.sees(PAGE):  # the group is closed until somebody opens it, and then stays so
        screen.click(GROUP, "check box", part=True)
    program.open(PAGE)
    screen.see(TITLE, "table cell", part=True)
    screen.keys("Down", "Return")
    screen.click("打开得分表", "button")
    screen.see(TITLE, "label")


def test_an_annual_evaluation_goes_from_points_to_a_drafted_honour_roll(screen, start, office):
    units = [office.unit(name=f"示例{each}村民委员会") for each in "甲乙"]
    scheme = office.enter(
        "evaluation_scheme", title=TITLE, unit_ids=units, from_on="2025-01-01",
        until_on="2025-12-31",
    )  # fmt: skip
    office.enter("indicator", evaluation_scheme_id=scheme, name="民主评议", weight=100)
    office.open_account("second", Role.REVIEWER, name="示例复核乙")
    program = start()
    open_sheet(screen, program, "clerk")
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
