"""Accounts: who may sign in, with which role and password."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import ClassVar

from integrity_desk.domain.accounts import Account, Role
from integrity_desk.domain.fields import Id
from integrity_desk.domain.steps import check
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.opening import check_password
from integrity_desk.services.records import check_links
from integrity_desk.storage.keyring import Cost
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _


@dataclass(frozen=True, kw_only=True)
class OpenAccount(Command[Id]):
    """Let one more person sign in."""

    permission: ClassVar[str] = "administer"
    login: str
    name: str
    role: Role
    password: str = field(repr=False)
    unit_id: Id = ""
    person_id: Id = ""
    cost: Cost = Cost()


@dataclass(frozen=True, kw_only=True)
class SetPassword(Command[None]):
    """Give an account a new password; administrators for anyone, others for themselves.

    One's own needs the ``current`` one, so that an unattended window gives nobody an account.
    """

    permission: ClassVar[str] = "view"
    account_id: Id
    password: str = field(repr=False)
    current: str = field(default="", repr=False)
    cost: Cost = Cost()


@dataclass(frozen=True, kw_only=True)
class LinkAccount(Command[None]):
    """Say which unit and which public servant an account is; recusal goes by it."""

    permission: ClassVar[str] = "administer"
    account_id: Id
    unit_id: Id
    person_id: Id


@dataclass(frozen=True, kw_only=True)
class CloseAccount(Command[None]):
    """Stop an account from signing in; its name stays in the history."""

    permission: ClassVar[str] = "administer"
    account_id: Id


@dataclass(frozen=True, kw_only=True)
class ListAccounts(Question["tuple[Account, ...]"]):
    """All accounts, open ones first."""


@performs(OpenAccount)
def open_account(command: OpenAccount, work: UnitOfWork) -> Id:
    """Write the account and wrap the store key under its password."""
    check_password(command.password)
    login = command.login.strip()
    if not login or login.startswith("#") or any(each.isspace() for each in login):
        raise InvalidInput("login", _("登录名不能为空、不能含空格，也不能以“#”开头。"))
    if work.find(Account, login=login):
        raise InvalidInput("login", _("登录名“{login}”已被使用，请换一个。").format(login=login))
    account = Account(
        login=login, name=command.name.strip(), role=command.role, unit_id=command.unit_id,
        person_id=command.person_id, closed=False,
    )  # fmt: skip
    check(account)
    opened = work.add(account)
    work.keyring.unlock_more(login, command.password, command.cost)
    work.touch("accounts")
    return opened.id


@performs(SetPassword)
def set_password(command: SetPassword, work: UnitOfWork) -> None:
    """Wrap the store key anew; the old password stops working."""
    check_password(command.password)
    account = work.load(Account, command.account_id)
    if account.id == work.actor.account_id:
        if not work.keyring.opens(account.login, command.current):
            raise InvalidInput("current", _("当前密码不对，密码没有改动。"))
    elif not work.actor.may("administer"):
        raise StepRefused(_("只能修改自己的密码；他人的密码由管理员重设。"))
    work.keyring.unlock_more(account.login, command.password, command.cost)
    work.touch("accounts")


@performs(LinkAccount)
def link_account(command: LinkAccount, work: UnitOfWork) -> None:
    """Write the links of the account."""
    account = work.load(Account, command.account_id)
    linked = dataclasses.replace(account, unit_id=command.unit_id, person_id=command.person_id)
    check_links(linked, work)
    work.save(linked)
    work.touch("accounts")


@performs(CloseAccount)
def close_account(command: CloseAccount, work: UnitOfWork) -> None:
    """Close the account and forget its key; the last administrator stays."""
    account = work.load(Account, command.account_id)
    administrators = work.find(Account, role=Role.ADMINISTRATOR, closed=False)
    if account.role is Role.ADMINISTRATOR and len(administrators) < 2:
        raise StepRefused(_("这是最后一个管理员账号，不能停用。"))
    work.save(dataclasses.replace(account, closed=True))
    work.keyring.forget(account.login)
    work.touch("accounts")


@answers(ListAccounts)
def list_accounts(question: ListAccounts, reader: Reader) -> tuple[Account, ...]:
    """Read all accounts."""
    return tuple(sorted(reader.find(Account), key=lambda each: each.closed))
