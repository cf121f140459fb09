"""The first start of a desk, and the way back in when the password is lost."""

from __future__ import annotations

import re
import subprocess
from contextlib import closing
from pathlib import Path

from integrity_desk.services.opening import sign_in

GROUP = re.compile(r"\b[A-Z2-7]{4}\b")


def text_of(pdf: Path) -> str:
    told = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    return told.stdout.decode()


def test_a_new_desk_keeps_its_recovery_sheet_and_gets_back_in_with_it(screen, start, tmp_path):
    folder, sheet = tmp_path / "new-desk", tmp_path / "recovery.pdf"
    program = start(folder)
    for field, text in (
        ("单位代码", "999901001"),
        ("登记点编号", "01"),
        ("登记点名称", "示例镇政务服务大厅"),
        ("管理员登录名", "admin"),
        ("管理员姓名", "示例管理员"),
        ("密码", "first password"),
        ("再输一次密码", "first password"),
    ):
        screen.focus_is_on(field)
        screen.write(text)
        screen.keys("Tab")
    screen.click("建立台账", "button")
    screen.click("保存恢复单，供打印", "button")
    program.name_file(sheet)
    screen.until(sheet.exists, "the recovery sheet to be saved")
    subprocess.run(["qpdf", "--check", sheet], capture_output=True, check=True)
    groups = GROUP.findall(text_of(sheet))
    screen.click("我已打印并锁存恢复单", "check box")
    screen.click("进入工作台", "button")
    screen.see("工作台", "label")
    assert program.leave() == 0

    program = start(folder)
    screen.click("忘记密码", "button")
    screen.fill("恢复码", "-".join(groups))
    screen.fill("新密码", "second password")
    screen.fill("再输一次新密码", "second password")
    screen.keys("Return")
    screen.see("工作台", "label")
    program.end()
    with closing(sign_in(folder, "admin", "second password")) as desk:
        assert desk.actor.name == "示例管理员"
