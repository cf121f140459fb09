"""A clerk registers a commitment and finds it again."""

from __future__ import annotations

from integrity_desk.domain.commitments import Commitment


def test_a_clerk_registers_a_commitment_by_keyboard_alone_and_finds_it_by_initials(
    screen, start, office
):
    office.person(name="王示例", unit_id=office.unit(name="示例镇便民服务中心"))
    office.registered_commitment(subject="公园停车秩序")
    program = start()
    screen.focus_is_on("登录名")
    screen.write("clerk")
    screen.keys("Tab")
    screen.focus_is_on("密码")
    screen.write("not the password")
    screen.keys("Return")
    screen.see("账号或密码不对，请重试。")
    screen.focus_is_on("密码")
    screen.write("示例密码 2026")
    screen.keys("Return")
    screen.see("工作台", "label")
    screen.tab_to("登记承诺")
    screen.keys("space")
    screen.focus_is_on("承诺事项")
    screen.write("十日内修复示例路路灯")
    screen.choose("承诺类别", "期限承诺")
    screen.choose("服务领域", "养老")
    screen.tab_to("具体内容")
    screen.write("自接到报修之日起十日内修复示例路全部路灯。")
    screen.choose("责任单位", "示例镇便民服务中心")
    screen.choose("责任人", "王示例")
    screen.tab_to("作出日期")
    screen.write("20260105")
    screen.tab_to("兑现期限")
    screen.write("20301231")
    screen.choose("是否公示", "公示")
    screen.tab_to("保存并登记")
    screen.keys("space")
    screen.see("已保存并办理“登记”。", part=True)
    (made,) = office.reading().find(Commitment, subject="十日内修复示例路路灯")
    assert made.state == "registered"
    assert made.due_on.isoformat() == "2030-12-31"
    screen.keys("ctrl+f")
    screen.focus_is_on("搜索")
    screen.write("srnxf")
    screen.gone("公园停车秩序", part=True)
    screen.see("十日内修复示例路路灯", "table cell", part=True)
    assert program.leave() == 0
