"""Who complained stays with whoever took the complaint."""

from __future__ import annotations

import hashlib
import subprocess

from integrity_desk import paths
from integrity_desk.domain.access import Handout
from integrity_desk.domain.accounts import Role
from integrity_desk.domain.complaints import Complaint
from integrity_desk.domain.reporters import Reporter
from integrity_desk.services.attachments import AttachFile
from integrity_desk.services.drafts import ListDrafts
from integrity_desk.settings import SettingsFile
from tests.journeys.printer import text_of
from tests.papers import pdf_of, photo, put

SUBJECT = "反映示例村道路维修拖延"


def test_another_clerk_does_not_see_who_complained_in_confidence(screen, start, office):
    office.open_account("second", Role.CLERK, name="孙示例")
    program = start()
    program.sign_in("clerk")
    screen.click("登记投诉", "button")
    screen.focus_is_on("来源渠道")
    screen.choose("来源渠道", "来信")
    for field, text in (("事由", SUBJECT), ("反映的事实", "约定三月完工的道路至今没有动工。")):
        screen.tab_to(field)
        screen.write(text)
        if field == "事由":
            screen.choose("事项类别", "不兑现承诺")
    screen.choose("署名方式", "实名，要求保密")
    for field, text in (("姓名或名称", "赵甲示例"), ("联系电话", "13800000001")):
        screen.tab_to(field)
        screen.write(text)
    screen.keys("ctrl+s")
    screen.see(SUBJECT, "table cell", part=True)
    screen.see("投诉举报人", part=True)
    (made,) = office.reading().find(Complaint, subject=SUBJECT)
    (reporter,) = office.reading().find(Reporter, complaint_id=made.id)
    assert (reporter.name, reporter.kind.value) == ("赵甲示例", "confidential")
    assert program.leave() == 0

    program = start()
    program.sign_in("second")
    program.open("投诉举报")
    screen.see(SUBJECT, "table cell", part=True)
    screen.keys("Down", "Return")
    screen.see("这部分内容只对经办人和复核员开放。")
    assert not screen.sees("赵甲示例", part=True)
    screen.keys("ctrl+shift+f")
    screen.focus_is_on("搜索")
    screen.write("赵甲示例")
    screen.see("没有", "label", part=True)
    assert not screen.sees(SUBJECT, part=True)


def test_a_form_half_filled_in_and_the_large_dark_look_survive_a_power_cut(screen, start, office):
    typed = "半张投诉登记表"
    program = start()
    program.sign_in("clerk")
    screen.keys("ctrl+shift+l", "ctrl+shift+d")
    screen.click("登记投诉", "button")
    screen.focus_is_on("来源渠道")
    screen.choose("来源渠道", "来访")
    screen.tab_to("事由")
    screen.write(typed)
    screen.until(
        lambda: typed in str(office.as_("clerk").ask(ListDrafts())), "the draft to be kept"
    )
    program.pull_the_plug()

    program = start()
    program.sign_in("clerk")
    screen.see("未完成草稿 1", part=True)
    screen.click("登记投诉", "button")
    screen.click("恢复上次未保存的内容", "button")
    screen.until(lambda: screen.see("事由", "text").text == typed, "the draft to be back")
    assert office.reading().find(Complaint) == []
    kept = SettingsFile(paths.config_folder() / "settings.json").current
    assert (kept.scheme, kept.large) == ("dark", True)


def test_a_whole_case_is_looked_at_and_kept_as_one_pdf(screen, start, office, tmp_path):
    case = office.step(office.complaint(subject=SUBJECT, reporter={"name": "赵甲示例"}), "accept")
    for name, content in (("合同.pdf", pdf_of("CONTRACT")), ("现场.jpg", photo(orientation=6))):
        path = put(tmp_path / "handed-in", name, content)
        office.as_("clerk").perform(AttachFile(owner_id=case, path=path))
    kept = tmp_path / "case.pdf"
    program = start()
    program.sign_in("clerk")
    program.open("投诉举报")
    screen.keys("Down", "Return")
    screen.see("办理经过", part=True)
    screen.keys("ctrl+j")
    screen.see("投诉举报人信息不在卷内", part=True)
    screen.click("另存为PDF", "button")
    program.name_file(kept)
    screen.see("已另存到", part=True)
    subprocess.run(["qpdf", "--check", kept], capture_output=True, check=True)
    said = text_of(kept)
    for words in ("卷内目录", "附件1", "CONTRACT", "附件2"):
        assert words in said
    assert "赵甲示例" not in said
    [noted] = [each for each in office.reading().find(Handout) if "卷宗" in each.narrowed]
    assert noted.digest == hashlib.sha256(kept.read_bytes()).hexdigest()
