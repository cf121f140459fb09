"""The accounts page: administrators open, reset and close; everyone changes their own password."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from integrity_desk.domain.accounts import Role
from integrity_desk.errors import SignInRefused
from integrity_desk.services.opening import sign_in
from tests.office import PASSWORD, Office
from tests.ui.workplaces import Visit


@pytest.fixture
def visit(qtbot, office: Office) -> Iterator[Visit]:
    made = Visit(qtbot, office.folder, office.now)
    yield made
    made.close()


def dialog(visit: Visit) -> Any:
    visit.until(lambda: QApplication.activeModalWidget() is not None)
    return QApplication.activeModalWidget()


def closed(visit: Visit) -> None:
    visit.until(lambda: QApplication.activeModalWidget() is None)
    visit.settle()


def choose(visit: Visit, office: Office, login: str) -> None:
    visit.page.show_record(office.account(login).id)
    visit.settle()


def test_everyone_sees_and_changes_only_their_own(visit, office):
    visit.come_in("clerk", "accounts")
    assert visit.page.title == "我的账号"
    assert visit.page.list.parent() is None
    visit.page.reset.click()
    asked = dialog(visit)
    asked.panel.fields["current"].text = "a wrong guess"
    asked.panel.fields["password"].text = "another one"
    asked.panel.fields["again"].text = "another one"
    asked.save.click()
    visit.settle()
    assert asked.panel.fields["current"].sentence == "当前密码不对，密码没有改动。"
    asked.panel.fields["current"].text = PASSWORD
    asked.save.click()
    closed(visit)
    sign_in(office.folder, "clerk", "another one", now=office.now).close()
    with pytest.raises(SignInRefused):
        sign_in(office.folder, "clerk", PASSWORD, now=office.now)


def test_two_different_passwords_are_refused(visit):
    visit.come_in("clerk", "accounts")
    visit.page.reset.click()
    asked = dialog(visit)
    asked.panel.fields["current"].text = PASSWORD
    asked.panel.fields["password"].text = "another one"
    asked.save.click()
    assert asked.panel.fields["again"].sentence == "请填写此项。"
    asked.panel.fields["again"].text = "yet another"
    asked.save.click()
    assert asked.panel.fields["again"].sentence == "两次输入的密码不一样。"
    asked.reject()


def test_an_administrator_opens_an_account(visit, office):
    visit.come_in("admin", "accounts")
    assert visit.page.subtitle == "4 个在用"
    visit.page.new.click()
    asked = dialog(visit)
    for name, value in (("login", "chen"), ("name", "陈示例"), ("role", Role.CLERK)):
        asked.boxes[name].editor.set_value(value)
    for name in ("password", "again"):
        asked.panel.fields[name].text = "first password"
    asked.save.click()
    closed(visit)
    visit.until(lambda: visit.page.subtitle == "5 个在用")
    assert office.account("chen").role is Role.CLERK


def test_a_login_name_already_taken_is_told_at_its_field(visit):
    visit.come_in("admin", "accounts")
    visit.page.new.click()
    asked = dialog(visit)
    for name, value in (("login", "clerk"), ("name", "陈示例"), ("role", Role.CLERK)):
        asked.boxes[name].editor.set_value(value)
    for name in ("password", "again"):
        asked.panel.fields[name].text = "first password"
    asked.save.click()
    visit.settle()
    assert asked.boxes["login"].sentence == "登录名“clerk”已被使用，请换一个。"
    asked.reject()


def test_a_closed_account_cannot_sign_in(visit, office):
    visit.come_in("admin", "accounts")
    choose(visit, office, "viewer")
    visit.page.close_account.click()
    asked = dialog(visit)
    assert isinstance(asked, QMessageBox)
    next(each for each in asked.buttons() if each.text() == "停用").click()
    closed(visit)
    visit.until(lambda: visit.page.subtitle == "3 个在用")
    with pytest.raises(SignInRefused):
        sign_in(office.folder, "viewer", PASSWORD, now=office.now)


def test_nobody_closes_their_own_account(visit, office):
    visit.come_in("admin", "accounts")
    choose(visit, office, "admin")
    assert visit.page.close_account.isHidden()
    choose(visit, office, "clerk")
    assert not visit.page.close_account.isHidden()


def test_an_administrator_says_which_unit_and_person_an_account_is(visit, office):
    visit.come_in("admin", "accounts")
    choose(visit, office, "viewer")
    visit.page.link.click()
    asked = dialog(visit)
    assert not asked.boxes["unit_id"].editor.value()
    asked.boxes["unit_id"].editor.set_value(office.hall)
    asked.boxes["person_id"].editor.set_value(office.clerk_person)
    asked.save.click()
    closed(visit)
    linked = office.account("viewer")
    assert (linked.unit_id, linked.person_id) == (office.hall, office.clerk_person)


def test_a_link_that_leads_to_no_unit_is_told_at_its_field(visit, office):
    visit.come_in("admin", "accounts")
    choose(visit, office, "viewer")
    visit.page.link.click()
    asked = dialog(visit)
    asked.boxes["unit_id"].editor.set_value(office.clerk_person)
    asked.save.click()
    visit.settle()
    assert "请重新选择" in asked.boxes["unit_id"].sentence
    asked.reject()


def test_nobody_else_links_accounts(visit):
    visit.come_in("clerk", "accounts")
    assert visit.page.link.isHidden()
