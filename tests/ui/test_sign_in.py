"""The front door: sign in, wrong password, first start, recovery code, and out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from integrity_desk.domain.units import Unit
from integrity_desk.services.opening import sign_in
from integrity_desk.ui.dialogs.first_start import BegunPanel, FirstStartPanel
from integrity_desk.ui.dialogs.recover import RecoverPanel
from integrity_desk.ui.dialogs.restore import RestorePanel
from integrity_desk.ui.widgets.nav_lines import NavCaption
from tests.office import PASSWORD, Office
from tests.ui.workplaces import Visit

NEW = {
    "org": "999901001",
    "desk": "01",
    "name": "示例镇政务服务大厅",
    "login": "admin",
    "administrator": "示例管理员",
    "password": "a new password",
    "again": "a new password",
}


@pytest.fixture
def visit(qtbot, office: Office) -> Iterator[Visit]:
    made = Visit(qtbot, office.folder, office.now)
    yield made
    made.close()


@pytest.fixture
def first_visit(qtbot, tmp_path: Path, office: Office) -> Iterator[Visit]:
    made = Visit(qtbot, tmp_path / "nothing yet", office.now)
    made.until(lambda: isinstance(made.door.panel, FirstStartPanel))
    yield made
    made.close()


def test_who_has_account_and_password_comes_to_the_workbench(visit):
    visit.try_to_come_in("clerk")
    assert visit.page.title == "工作台"
    assert visit.window.context.actor.name == "钱经办"
    assert visit.settings.current.login == "clerk"


def test_a_wrong_password_is_told_and_nothing_opens(visit):
    visit.try_to_come_in("clerk", "not the password")
    assert visit.door.sign_in.refusal.text() == "账号或密码不对，请重试。"
    assert visit.door.sign_in.isEnabled()
    visit.try_to_come_in("clerk")
    assert visit.page.title == "工作台"


def test_an_empty_field_is_told_before_anything_is_asked(visit):
    visit.door.sign_in.enter.click()
    assert visit.door.sign_in.fields["login"].sentence == "请填写登录名。"
    visit.door.sign_in.fields["login"].text = "clerk"
    visit.door.sign_in.enter.click()
    assert visit.door.sign_in.fields["password"].sentence == "请填写密码。"


def test_the_window_rests_while_the_password_is_proved(visit):
    visit.door.sign_in.fill("clerk", "not the password")
    visit.door.sign_in.enter.click()
    assert not visit.door.sign_in.isEnabled()
    assert visit.door.sign_in.enter.text() == "正在登录…"
    visit.settle()
    assert visit.door.sign_in.enter.text() == "登录"


def test_signing_out_leads_back_and_the_next_account_may_come_in(visit, office):
    office.as_("clerk").back_up()
    visit.come_in("clerk")
    visit.window.sign_out_wanted.emit()
    visit.settle()
    assert visit.door.sign_in.fields["login"].text == "clerk"
    assert visit.come_in("reviewer").context.actor.name == "示例复核"


def test_closing_the_window_makes_the_days_backup_first(visit, office):
    visit.come_in("clerk")
    visit.window.close()
    visit.until(lambda: visit.ended == [True])
    (copy,) = (office.folder / "backups").glob("*.db")
    assert copy.name == "20260512-090000.db"


def test_one_backup_a_day_is_enough(visit, office):
    kept = office.as_("clerk").back_up()
    office.now.advance(hours=2)
    visit.come_in("clerk")
    visit.window.close()
    visit.until(lambda: visit.ended == [True])
    assert list((office.folder / "backups").glob("*.db")) == [kept]


def test_a_viewer_leaves_without_a_backup(visit, office):
    visit.come_in("viewer")
    visit.window.close()
    visit.until(lambda: visit.ended == [True])
    assert not (office.folder / "backups").exists()


def test_the_first_start_makes_a_store_and_shows_its_recovery_code(first_visit, tmp_path):
    first_visit.fill(**NEW)
    first_visit.door.panel._make.click()
    first_visit.settle()
    panel = first_visit.door.panel
    assert isinstance(panel, BegunPanel)
    assert not panel.enter.isEnabled()
    panel.save_to(tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF-")
    panel.locked_away.click()
    panel.enter.click()
    first_visit.settle()
    assert first_visit.page.title == "工作台"


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [
        ({"again": "another one"}, "again", "两次输入的密码不一样。"),
        ({"name": " "}, "name", "请填写此项。"),
        ({"desk": "一号"}, "desk", "登记点编号用一至四位数字或字母，如 01。"),
        ({"password": "short", "again": "short"}, "password", "密码至少8个字符。"),
    ],
)
def test_what_is_wrong_at_the_first_start_stands_at_its_field(first_visit, wrong, field, told):
    first_visit.fill(**NEW | wrong)
    first_visit.door.panel._make.click()
    first_visit.settle()
    assert first_visit.door.panel.fields[field].sentence == told
    assert not (first_visit.door._folder / "store.db").exists()


def test_a_sheet_that_cannot_be_saved_is_told(first_visit, tmp_path):
    first_visit.fill(**NEW)
    first_visit.door.panel._make.click()
    first_visit.settle()
    first_visit.door.panel.save_to(tmp_path / "no such folder" / "sheet.pdf")
    assert "无法写入" in first_visit.door.panel.refusal.text()


@pytest.fixture
def forgot(visit: Visit) -> Callable[..., RecoverPanel]:
    def begin(code: str) -> RecoverPanel:
        visit.door.sign_in.fields["login"].text = "clerk"
        visit.door.sign_in.forgot.emit()
        visit.fill(code=code, password="brand new words", again="brand new words")
        panel = visit.door.panel
        panel._save.click()
        visit.settle()
        return panel

    return begin


def test_the_recovery_code_gives_an_account_a_new_password(visit, forgot, office):
    forgot(office.recovery_code.lower().replace("-", " "))
    assert visit.page.title == "工作台"
    sign_in(office.folder, "clerk", "brand new words", now=office.now).close()


def test_a_wrong_recovery_code_is_told(forgot):
    assert "恢复码不对" in forgot("AAAA-AAAA").refusal.text()


def test_a_damaged_settings_file_is_told_at_the_door(qtbot, office):
    (office.folder.parent / "settings.json").write_text("{")
    made = Visit(qtbot, office.folder, office.now)
    assert made.settings.complaint == ""
    assert made.settings.current.scheme == "light"
    made.close()


def test_a_backup_is_restored_from_the_sign_in_window(visit, office):
    backup = office.store.back_up(office.now())
    office.unit(name="备份后的单位")
    office.close()
    visit.door.sign_in.restore.emit()
    visit.settle()
    panel = visit.door.panel
    assert isinstance(panel, RestorePanel)
    assert panel.copies.count() == 1
    assert panel.copies.currentData() == backup
    visit.fill(login="clerk", password=PASSWORD)
    panel._submit()
    visit.settle()
    assert visit.page.title == "工作台"
    office.reopen()
    assert "备份后的单位" not in {each.name for each in office.reading().find(Unit)}


def test_without_a_backup_the_restore_panel_says_so_and_leads_back(visit):
    visit.door.sign_in.restore.emit()
    visit.settle()
    visit.door.panel._submit()
    assert visit.door.panel.refusal.text() == "这里没有备份，请选择其他位置的备份文件。"
    visit.door.panel.left.emit()
    assert visit.door.panel is visit.door.sign_in


def test_closed_groups_of_the_navigation_stay_closed_at_the_next_sign_in(visit):
    first = visit.come_in("clerk").navigation.findChild(NavCaption)
    first.click()
    visit.window.sign_out_wanted.emit()
    visit.settle()
    assert visit.come_in("clerk").navigation.findChild(NavCaption).closed
