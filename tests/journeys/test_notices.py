"""A notice from its first tick to the wall, and a sheet from the wall checked."""

from __future__ import annotations

import re
import subprocess

from integrity_desk.domain.notices import Notice, PrintedSheet, PrintReason
from tests.journeys.printer import sheets_of, text_of
from tests.services.notices import draft, printed

NUMBER = re.compile(r"公示\d{4}-\d{2}-\d{4}")
CODE = re.compile(r"[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}")


def test_a_notice_is_drafted_approved_previewed_kept_as_pdf_and_verified(
    screen, start, office, tmp_path
):
    office.registered_commitment(subject="十日内修复示例路路灯")
    sheet = tmp_path / "notice.pdf"
    program = start()
    program.sign_in("clerk")
    screen.click("新建公示", "button")
    screen.click("十日内修复示例路路灯", "table cell", part=True)
    screen.see("公示事项：已选 1 项")
    screen.tab_to("公示地点")
    screen.write("示例镇政府公开栏")
    for field, text in (
        ("异议受理联系人", "孙示例"),
        ("异议受理电话", "0999-80000000"),
    ):
        screen.tab_to(field)
        screen.write(text)
    screen.tab_to("逐项确认")
    screen.keys("space")
    screen.click("提交审核", "button")
    screen.see("已提交审核", part=True)
    assert program.leave() == 0

    program = start()
    program.sign_in("reviewer")
    program.open("公示")
    screen.keys("Down", "Return")
    screen.click("批准公示", "button")
    (notice,) = office.reading().find(Notice)
    screen.keys("ctrl+s")
    screen.until(lambda: office.state_of(notice.id) == "approved", "the approval")
    screen.click("预览、打印", "button")
    screen.click("另存为PDF", "button")
    program.name_file(sheet)
    screen.see("已另存到", part=True)
    subprocess.run(["qpdf", "--check", sheet], capture_output=True, check=True)
    text = text_of(sheet)
    (printed,) = office.reading().find(PrintedSheet, notice_id=notice.id)
    assert "十日内修复示例路路灯" in text
    assert printed.code in text
    screen.keys("Escape")
    screen.gone("另存为PDF")
    screen.keys("ctrl+shift+k")
    screen.fill("公示编号", NUMBER.search(text)[0])
    screen.fill("校验码", CODE.search(text)[0])
    screen.keys("Return")
    screen.see("真实有效")


def test_an_approved_notice_is_printed_posted_and_taken_down(screen, start, office, printer):
    promise = office.registered_commitment(subject="十日内修复示例路路灯")
    notice = office.walk(draft(office, [promise], until_on="2099-12-31"), "submit", "approve")
    program = start()
    program.sign_in("clerk")
    program.open("公示")
    screen.keys("Down", "Return")
    screen.click("预览、打印", "button")
    screen.click("打印", "button")
    screen.see("打印机", part=True)
    screen.see("Example", part=True)
    screen.keys("Return")
    screen.see("已送往打印机", part=True)
    (sheet,) = screen.until(lambda: sheets_of(printer), "the sheet")
    assert "十日内修复示例路路灯" in text_of(sheet)
    screen.click("张贴", "button")
    screen.choose("张贴人", "钱经办")
    screen.keys("ctrl+s")
    screen.until(lambda: office.state_of(notice) == "posted", "the posting")
    screen.see("还没有公示栏的照片", part=True)
    screen.click("撤下", "button")
    screen.keys("ctrl+s")
    screen.until(lambda: office.state_of(notice) == "taken_down", "the taking down")


def test_a_lost_sheet_is_printed_again_and_a_tampered_one_is_refused(
    screen, start, office, printer
):
    promise = office.registered_commitment(subject="十日内修复示例路路灯")
    notice = office.walk(draft(office, [promise]), "submit", "approve")
    first = printed(office, notice)
    program = start()
    program.sign_in("clerk")
    program.open("公示")
    screen.keys("Down", "Return")
    screen.click("预览、再次打印", "button")
    screen.click("再次打印", "button")
    screen.click("原单遗失或损坏，这次是补打", "check box")
    screen.keys("Return")
    screen.see("已送往打印机", part=True)
    (sheet,) = screen.until(lambda: sheets_of(printer), "the sheet")
    assert sheet.read_bytes() == first.pdf
    both = office.reading().find(PrintedSheet, notice_id=notice)
    assert {each.version for each in both} == {1}
    assert {each.reason for each in both} == {PrintReason.FIRST, PrintReason.LOST}
    tampered = first.code[:-1] + ("0" if first.code[-1] != "0" else "1")
    screen.keys("ctrl+shift+k")
    screen.fill("公示编号", first.number)
    screen.fill("校验码", tampered)
    screen.keys("Return")
    screen.see("校验码不符")
