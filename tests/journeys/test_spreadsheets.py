"""Spreadsheets out and back, and a year's list of projects, by the hands of a clerk."""

from __future__ import annotations

from openpyxl import Workbook, load_workbook

from integrity_desk.domain.commitments import Commitment
from integrity_desk.domain.import_sources import ImportSource


def test_an_export_edited_elsewhere_comes_back_as_reviewed_changes(screen, start, office, tmp_path):
    promise = office.registered_commitment(subject="示例路路灯十日内修复")
    other = office.registered_commitment(subject="养老认证当场办结")
    path = tmp_path / "承诺.xlsx"
    program = start()
    program.sign_in("clerk")
    program.open("公开承诺")
    screen.keys("ctrl+e")
    program.name_file(path)
    screen.see("已导出 2 条，隐私内容已遮盖。", part=True)
    office.amend(other, basis="本机后来填的")
    edit(path, "示例路路灯十日内修复", 依据文件="示例镇〔2026〕3号", 兑现期限="2026年11月30日")
    edit(path, "养老认证当场办结", 依据文件="表格里填的")
    screen.keys("ctrl+shift+i")
    program.name_file(path)
    screen.see("改动 2 处", "button")
    screen.click("两边都改过 1", "check box")
    screen.see("本机后来填的", "table cell")
    screen.see("留本机的", "table cell")
    screen.tab_to("核对结果")
    screen.keys("space")
    screen.see("用表格的", "table cell")
    screen.click("改动 3 处", "button")
    screen.see("已导入公开承诺 2 条。", part=True)
    assert office.record(promise).due_on.isoformat() == "2026-11-30"
    assert office.record(promise).basis == "示例镇〔2026〕3号"
    assert office.record(other).basis == "表格里填的"
    assert office.reading().history(promise)[-1].cmd == "ImportRows"
    assert program.leave() == 0


def test_a_years_list_of_projects_is_mapped_checked_corrected_and_taken_in(
    screen, start, office, tmp_path
):
    office.person(name="王示例", unit_id=office.unit(name="示例镇便民服务中心"))
    path = tmp_path / "示例镇2026年民生实事.xlsx"
    projects(path, last_day="年底前")
    program = start()
    program.sign_in("clerk")
    program.open("公开承诺")
    screen.keys("ctrl+shift+i")
    program.name_file(path)
    screen.see("请核对每一列是登记表的哪一项", part=True)
    screen.see("1月5日", "label")
    screen.tab_to("按此核对")
    screen.keys("space")
    screen.see("3行中有1行需要改正", part=True)
    screen.see("F5", "table cell")
    screen.see("读不懂", "table cell", part=True)
    assert office.reading().find(Commitment) == []
    projects(path, last_day="12月20日")
    screen.click("重新核对", "button")
    screen.see("3行全部可以导入，还没有写入任何内容。", part=True)
    assert office.reading().find(Commitment) == []
    screen.click("导入 3 行", "button")
    screen.see("已导入公开承诺 3 条。", part=True)
    made = {each.subject: each for each in office.reading().find(Commitment)}
    assert made["示例路改造"].amount_fen == 1_250_0000_00
    assert {each.kind.value for each in made.values()} == {"livelihood_project"}
    assert made["老旧电梯更换"].due_on.isoformat() == "2026-12-20"
    assert [each.name for each in office.reading().find(ImportSource)] == ["民生实事清单"]
    assert program.leave() == 0


def edit(path, subject, **values):
    """Write into the row of that subject, by heading, as a person does in WPS."""
    book = load_workbook(path)
    heads = [each.value for each in book["数据"][1]]
    for row in book["数据"].iter_rows(min_row=2):
        if row[heads.index("承诺事项")].value == subject:
            for heading, value in values.items():
                row[heads.index(heading)].value = value
    book.save(path)


def projects(path, last_day):
    """Write the list as an office sends it: a title above, amounts in ten thousands."""
    hall, person = "示例镇便民服务中心", "王示例"
    book = Workbook()
    sheet = book.active
    sheet.append(["示例镇2026年民生实事清单"])
    sheet.append(
        [
            "实事项目",
            "建设内容",
            "牵头单位",
            "责任人",
            "公布日期",
            "完成时限",
            "总投资（万元）",
            "备注",
        ]
    )
    for name, what, day, amount in (
        ("示例路改造", "改造示例路一公里。", "11月30日", "1,250"),
        ("社区食堂", "新建社区食堂两处。", "10月31日", "80"),
        ("老旧电梯更换", "更换老旧电梯六部。", last_day, "300"),
    ):
        sheet.append([name, what, hall, person, "1月5日", day, amount, ""])
    book.save(path)
