"""Roles: what each may do, and what no role may do by another door."""

from __future__ import annotations

import pytest

from integrity_desk.domain.accounts import PERMISSIONS, Role
from integrity_desk.domain.catalogue import TYPES
from integrity_desk.errors import DeskError, InvalidInput, NotPermitted, SignInRefused, StepRefused
from integrity_desk.services.accounts import (
    CloseAccount,
    LinkAccount,
    ListAccounts,
    OpenAccount,
    SetPassword,
)
from integrity_desk.services.checking import CheckStore
from integrity_desk.services.opening import recover
from integrity_desk.services.records import AmendRecord, DiscardRecord, EnterRecord, TakeStep
from integrity_desk.services.registers import FindRecords
from integrity_desk.services.revealing import RevealField
from tests.office import CHEAP, PASSWORD

LOGINS = {"admin": Role.ADMINISTRATOR, "clerk": Role.CLERK, "reviewer": Role.REVIEWER,
          "viewer": Role.VIEWER}  # fmt: skip
STEPS = [(each, step) for each in TYPES if each.life for step in each.life.steps]


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize(
    ("needs", "command"),
    [
        ("edit", EnterRecord(type="unit", values={"name": "示例", "kind": "other"})),
        ("edit", AmendRecord(id="0" * 32, values={})),
        ("edit", DiscardRecord(id="0" * 32)),
        ("reveal", RevealField(id="0" * 32, field="phone", reason="核对")),
        ("administer", CloseAccount(account_id="0" * 32)),
        ("administer", OpenAccount(login="x", name="x", role=Role.CLERK, password=PASSWORD, cost=CHEAP)),  # noqa: E501
    ],
    ids=lambda each: each if isinstance(each, str) else type(each).__name__,
)  # fmt: skip
def test_an_act_is_refused_to_roles_without_its_permission(office, login, needs, command):
    desk = office.as_(login)
    if needs in PERMISSIONS[LOGINS[login]]:
        try:
            desk.perform(command)
        except NotPermitted:
            pytest.fail("refused in spite of the permission")
        except DeskError:
            pass
    else:
        with pytest.raises(NotPermitted, match="角色"):
            desk.perform(command)


@pytest.mark.parametrize(("declared", "step"), STEPS, ids=lambda each: getattr(each, "act", None) or each.name)  # noqa: E501  # fmt: skip
def test_a_step_is_refused_to_roles_without_its_permission(office, declared, step):
    command = TakeStep(type=declared.name, id="0" * 32, act=step.act)
    for login, role in LOGINS.items():
        if step.permission not in PERMISSIONS[role]:
            with pytest.raises(NotPermitted, match="角色"):
                office.as_(login).perform(command)


def test_every_role_may_look(office):
    unit = office.unit(name="人人可见的单位")
    for login in LOGINS:
        assert [hit.id for hit in office.as_(login).ask(FindRecords(text="人人可见"))] == [unit]
        assert office.view(unit, by=login).title == "人人可见的单位"
        assert office.as_(login).ask(CheckStore(records_too=False)).sound


def test_nobody_makes_himself_administrator(office):
    for login in ("clerk", "reviewer"):
        desk = office.as_(login)
        with pytest.raises(DeskError):
            desk.perform(AmendRecord(id=desk.actor.account_id, values={"role": "administrator"}))
        assert office.account(login).role is LOGINS[login]


def test_nobody_writes_the_log_of_reveals_by_hand(office):
    person = office.person(phone="13800000002")
    values = {
        "record_id": person, "field": "phone", "seen_by": office.account("reviewer").id,
        "reason": "冒名",
    }  # fmt: skip
    with pytest.raises(DeskError):
        office.as_("clerk").perform(EnterRecord(type="access", values=values))


def test_accounts_are_the_administrators_affair(office):
    admin, clerk = office.as_("admin"), office.as_("clerk")
    with pytest.raises(StepRefused, match="只能修改自己的密码"):
        clerk.perform(SetPassword(account_id=admin.actor.account_id, password="12345678"))
    opened = office.open_account("new", Role.CLERK)
    assert office.sign_in("new").actor.account_id == opened
    admin.perform(SetPassword(account_id=opened, password="a new password", cost=CHEAP))
    with pytest.raises(SignInRefused):
        office.sign_in("new")
    office.sign_in("new", "a new password").close()
    admin.perform(CloseAccount(account_id=opened))
    with pytest.raises(SignInRefused):
        office.sign_in("new", "a new password")
    assert [each.closed for each in admin.ask(ListAccounts())] == [False] * 4 + [True]


def test_the_last_administrator_stays(office):
    with pytest.raises(StepRefused, match="最后一个管理员"):
        office.as_("admin").perform(CloseAccount(account_id=office.account("admin").id))
    office.sign_in("admin").close()


@pytest.mark.parametrize(
    ("login", "password", "field"),
    [("clerk", PASSWORD, "login"), ("#recovery", PASSWORD, "login"), ("", PASSWORD, "login"),
     ("two words", PASSWORD, "login"), ("new", "short", "password")],
)  # fmt: skip
def test_an_account_needs_a_name_of_its_own_and_a_password(office, login, password, field):
    command = OpenAccount(login=login, name="示例", role=Role.CLERK, password=password, cost=CHEAP)
    with pytest.raises(InvalidInput) as refused:
        office.as_("admin").perform(command)
    assert refused.value.field == field


def test_the_recovery_sheet_lets_an_account_back_in(office):
    office.close()
    code, fresh = office.recovery_code, "another password"
    recover(office.folder, code, "admin", fresh, cost=CHEAP, now=office.now).close()
    with pytest.raises(SignInRefused):
        office.sign_in("admin")
    office.sign_in("admin", fresh).close()
    with pytest.raises(SignInRefused, match="恢复码不对"):
        recover(office.folder, "AAAA-" * 7 + "AAAA", "admin", fresh, cost=CHEAP, now=office.now)
    with pytest.raises(SignInRefused, match="没有名为"):
        recover(office.folder, code, "nobody", fresh, cost=CHEAP, now=office.now)


def test_a_closed_account_does_not_come_back_by_the_recovery_sheet(office):
    opened = office.open_account("gone", Role.CLERK)
    office.as_("admin").perform(CloseAccount(account_id=opened))
    office.close()
    with pytest.raises(SignInRefused):
        recover(office.folder, office.recovery_code, "gone", PASSWORD, cost=CHEAP, now=office.now)


def test_a_broken_log_keeps_everybody_out(office):
    conn = office.store.database.conn
    conn.execute("DROP TRIGGER revision_is_not_changed")
    conn.execute("UPDATE revision SET hash = x'00' WHERE n = 3")
    office.close()
    with pytest.raises(SignInRefused, match="第3条"):
        office.sign_in("admin")


def test_an_administrator_says_who_an_account_is(office):
    unit = office.unit()
    account = office.account("reviewer")
    command = LinkAccount(account_id=account.id, unit_id=unit, person_id=office.clerk_person)
    office.as_("admin").perform(command)
    linked = office.account("reviewer")
    assert (linked.unit_id, linked.person_id) == (unit, office.clerk_person)


def test_an_account_is_linked_to_units_and_people_only(office):
    account = office.account("reviewer")
    command = LinkAccount(account_id=account.id, unit_id=office.commitment(), person_id="")
    with pytest.raises(InvalidInput) as refused:
        office.as_("admin").perform(command)
    assert refused.value.field == "unit_id"
