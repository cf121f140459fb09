"""A bundle to the county and its receipt back."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from integrity_desk.cli.console import PASSWORD_VARIABLE
from integrity_desk.services.county_trust import ImportTrust, ShowTrust, WriteEnrolment

SECRET = "示例县级口令一二三"


def test_what_the_county_received_shows_as_received(screen, start, office, tmp_path):
    stick, answers = tmp_path / "stick", tmp_path / "answers"
    enrol(office, tmp_path / "county", stick)
    office.registered_commitment(subject="十日内修复示例路路灯")
    program = start()
    program.sign_in("clerk")
    program.open("上报与回执")
    screen.click("封包并写入U盘…", "button")
    screen.click("选择文件夹…", "button")
    program.name_folder(stick)
    screen.click("封包并写入", "button")
    screen.see("已读回核对，可以拔出", part=True)
    screen.keys("Escape")
    screen.gone("已读回核对，可以拔出", part=True)
    county("receive", tmp_path / "county", stick, "--out", answers)
    (receipt,) = answers.glob("*.tsb")
    screen.click("导入回执…", "button")
    screen.keys("Down", "Return")
    program.name_file(receipt)
    screen.see("回执已导入", part=True)
    program.open("公开承诺")
    screen.keys("Down", "Return")
    screen.see("县级已接收", "label")
    assert program.leave() == 0


def enrol(office, folder, stick):
    """Let the desk be known to a county, and the county to the desk."""
    stick.mkdir()
    told = county("init", folder, "--code", "999901", "--name", "示例县")
    admin = office.as_("admin")
    introduced = admin.perform(WriteEnrolment(folder=stick)).value
    code = admin.ask(ShowTrust()).desk_code
    county("enrol", folder, introduced, "--code", code, "--out", stick)
    (trust,) = stick.glob("*.tsb")
    admin.perform(ImportTrust(path=trust, county_code=told["code"]))


def county(action, folder, *words):
    """Work the county's end by its own command line; return what it says."""
    command = [sys.executable, "-m", "integrity_desk", "county", action, folder, *words, "--json"]
    environment = {**os.environ, PASSWORD_VARIABLE: SECRET}
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    return json.loads(done.stdout)
