"""The settings page: look, language, fonts, backups, the check of the store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from integrity_desk.errors import SignInRefused
from integrity_desk.settings import SettingsFile
from integrity_desk.storage.store import keyring
from integrity_desk.ui import theme
from tests.office import Office
from tests.ui.workplaces import Visit


@pytest.fixture
def front(qtbot, office: Office) -> Iterator[Visit]:
    made = Visit(qtbot, office.folder, office.now)
    yield made
    made.close()


@pytest.fixture
def visit(front: Visit) -> Visit:
    front.come_in("clerk", "settings")
    return front


def chip(row: Any, words: str) -> QPushButton:
    return next(each for each in row.findChildren(QPushButton) if each.text() == words)


def words_of(widget: Any) -> list[str]:
    return [each.text() for each in widget.findChildren(QLabel) if not each.isHidden()]


def kept(visit: Visit, office: Office) -> Any:
    return SettingsFile(office.folder.parent / "settings.json").current


def test_the_look_changes_at_once_and_is_kept(visit, office):
    chip(visit.page.scheme, "深色").click()
    assert theme.current().scheme == "dark"
    visit.page.large.click()
    assert theme.current().large
    assert (kept(visit, office).scheme, kept(visit, office).large) == ("dark", True)


def test_a_switch_made_elsewhere_shows_here(visit):
    visit.window.actions_table["large"].trigger()
    assert visit.page.large.isChecked()
    visit.window.actions_table["theme"].trigger()
    assert visit.page.scheme.current == "dark"


def test_the_language_is_kept_for_the_next_sign_in(visit, office):
    chip(visit.page.language, "English").click()
    assert kept(visit, office).language == "en"
    assert visit.window.status.message.sentence == "界面语言下次登录时生效。"


def test_every_role_of_the_page_layout_has_its_font(visit, office):
    visit.page.bundled.click()
    roles = ["小标宋", "仿宋", "楷体", "黑体"]
    visit.until(lambda: words_of(visit.page.faces)[::2] == roles)
    shown = words_of(visit.page.faces)
    assert all("Noto" in face for face in shown[1::2])
    assert kept(visit, office).bundled_fonts


def test_a_backup_made_now_is_listed(visit, office):
    visit.page.back_up.click()
    visit.until(lambda: "2026-05-12 09:00" in words_of(visit.page.copies))
    assert (office.folder / "backups" / "20260512-090000.db").is_file()
    visit.until(lambda: visit.window.status._backup.text() == "备份：今天")


def test_a_sound_store_is_told_so(visit):
    visit.page.check.click()
    assert not visit.page.check.isEnabled()
    visit.until(lambda: visit.page.check.isEnabled())
    assert visit.page.verdict.sentence.startswith("检查通过")


def test_the_folder_of_the_store_is_named(visit, office):
    assert visit.page.folder.text() == str(office.folder)


def test_only_an_administrator_makes_a_new_recovery_sheet(visit):
    assert visit.page.renew.isHidden()


def test_a_new_recovery_sheet_makes_the_earlier_one_worthless(front, office, tmp_path):
    front.come_in("admin", "settings")
    assert not front.page.renew.isHidden()
    front.page.renew.click()
    front.until(lambda: QApplication.activeModalWidget() is not None)
    asked: Any = QApplication.activeModalWidget()
    asked.save_to(tmp_path / "拔掉的U盘" / "恢复单.pdf")
    front.until(lambda: "换一个位置" in asked.panel.refusal.text())
    sheet = tmp_path / "恢复单.pdf"
    asked.save_to(sheet)
    assert not asked.said.isHidden()
    assert str(sheet) in asked.said.text()
    assert asked.panel.refusal.isHidden()
    assert sheet.read_bytes().startswith(b"%PDF")
    with pytest.raises(SignInRefused):
        keyring(office.folder).unwrap_recovery(office.recovery_code)
    asked.reject()


def test_only_an_administrator_changes_keys_and_is_asked_first(front):
    front.come_in("admin", "settings")
    front.page.rotate.click()
    assert "不必重新核对校验码" in front.page.verdict.sentence
    front.page.verdict.buttons[0].click()
    front.until(lambda: "重新开通" in front.window.status.message.sentence)
    assert front.page.verdict.sentence == ""


def test_a_clerk_sees_no_way_to_change_keys(visit):
    assert visit.page.rotate.isHidden()
