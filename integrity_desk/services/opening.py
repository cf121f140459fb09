"""Making a store, signing in, and getting back in with the recovery sheet."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from integrity_desk.domain.accounts import Account, Actor, Role
from integrity_desk.domain.ids import new_id
from integrity_desk.domain.times import Now, china_day, system_now
from integrity_desk.errors import InvalidInput, SignInRefused
from integrity_desk.services.desk import Desk
from integrity_desk.services.desk_keys import make_desk_keys
from integrity_desk.storage import revisions
from integrity_desk.storage.keyring import Cost, fresh_recovery_code
from integrity_desk.storage.store import Store, exists, keyring, refuse_existing
from integrity_desk.wording import _

SHORTEST_PASSWORD = 8
_GROWING = "unfinished"


@dataclass(frozen=True, kw_only=True)
class NewDesk:
    """What the first start asks for."""

    org: str
    """Township code, digits, e.g. "999901001"."""
    desk: str
    """Desk code within the township, e.g. "02"."""
    name: str
    """What people call this desk: 示例镇政务服务大厅."""
    login: str
    administrator: str
    password: str


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A new store: the administrator's desk, and the recovery code to print once."""

    desk: Desk
    recovery_code: str
    place: str
    """Township and desk code as people write them: 999901001-02."""
    made_on: date


def store_exists(folder: Path) -> bool:
    """Whether a store lies in ``folder``."""
    return exists(folder)


def begin(folder: Path, new: NewDesk, *, now: Now = system_now, cost: Cost | None = None) -> Begun:
    """Make the store, its administrator, the desk's keys and the recovery code.

    It is made beside its place and moved there when it is whole, so that a power cut leaves
    either no store or one with an administrator.
    Raises InvalidInput for a field that cannot stand, StoreUnavailable for the folder.
    """
    _check(new)
    refuse_existing(folder)
    growing = folder / _GROWING
    shutil.rmtree(growing, ignore_errors=True)
    ring = keyring(growing, cost or Cost())
    store = Store.create(growing, ring, org=new.org, desk=new.desk, name=new.name)
    store.keys.unlock_more(new.login.strip(), new.password, ring.cost)
    code = fresh_recovery_code()
    store.keys.enact_recovery_code(code, ring.cost)
    actor = _first_administrator(store, new, now())
    make_desk_keys(store, actor, now())
    return Begun(
        desk=Desk(store.settled(folder), actor, now),
        recovery_code=code,
        place=f"{new.org}-{new.desk}",
        made_on=china_day(now()),
    )


def sign_in(folder: Path, login: str, password: str, *, now: Now = system_now) -> Desk:
    """Open the store as ``login``; the tail of the log is verified first.

    Raises SignInRefused, or StoreUnavailable with what to do.
    """
    key = keyring(folder).unwrap(login.strip(), password)
    store = Store.open(folder, key, now())
    accounts = [each for each in _accounts(store, now()) if each.login == login.strip()]
    if not accounts or accounts[0].closed:
        store.close()
        raise SignInRefused(_("此账号已停用，请联系管理员。"))
    _refuse_broken_tail(store)
    return Desk(store, accounts[0].actor, now)


def recover(
    folder: Path, code: str, login: str, password: str, *, cost: Cost | None = None,
    now: Now = system_now,
) -> Desk:  # fmt: skip
    """Give ``login`` a new password with the recovery code of the printed sheet."""
    check_password(password)
    key = keyring(folder).unwrap_recovery(code)
    store = Store.open(folder, key, now())
    known = any(each.login == login.strip() for each in _accounts(store, now()))
    if not known:
        store.close()
        raise SignInRefused(_("没有名为“{login}”的账号。").format(login=login))
    store.keys.unlock_more(login.strip(), password, cost or Cost())
    store.close()
    return sign_in(folder, login, password, now=now)


def _check(new: NewDesk) -> None:
    for name in ("org", "desk", "name", "login", "administrator"):
        if not str(getattr(new, name)).strip():
            raise InvalidInput(name, _("请填写完整：单位代码、登记点编号、名称、登录名和姓名。"))
    if not (new.org.isascii() and new.org.isalnum()):
        raise InvalidInput("org", _("单位代码只能用数字和字母，如 999901001。"))
    if not (new.desk.isascii() and new.desk.isalnum() and len(new.desk) <= 4):
        raise InvalidInput("desk", _("登记点编号用一至四位数字或字母，如 01。"))
    check_password(new.password)


def check_password(password: str) -> None:
    """Raise InvalidInput for a password that is too short."""
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidInput("password", _("密码至少{least}个字符。").format(least=SHORTEST_PASSWORD))


def _first_administrator(store: Store, new: NewDesk, at: datetime) -> Actor:
    account_id = new_id(at, store.random_bytes)
    account = Account(
        id=account_id,
        login=new.login.strip(),
        name=new.administrator.strip(),
        role=Role.ADMINISTRATOR,
        unit_id="",
        person_id="",
        closed=False,
    )
    actor = account.actor
    with store.unit_of_work(actor=actor, command="BeginDesk", now=at) as work:
        work.add(account)
    return actor


def _accounts(store: Store, at: datetime) -> list[Account]:
    nobody = Actor(account_id="", name="", role=Role.VIEWER)
    with store.reader(actor=nobody, now=at) as reader:
        return reader.find(Account)


def _refuse_broken_tail(store: Store) -> None:
    broken = revisions.first_break(store.database, tail=revisions.TAIL)
    if broken is not None:
        store.close()
        raise SignInRefused(
            _(
                "变更记录第{n}条与校验值不符，数据可能被改动过。请勿继续使用，联系管理员核查备份。"
            ).format(n=broken.n)
        )
