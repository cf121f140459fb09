"""An invented office: a real encrypted store on disk, its accounts, and builders of records.

office.registered_commitment(subject="…")      -> id; what is not given is filled in
office.enter("measure", record_id=…)           -> id; required links are made as needed
office.step(complaint, "accept")               the step's needed fields are filled in
office.as_("reviewer").perform(command)        a Desk of that account
office.record(id), office.state_of(id), office.view(id)
"""

from __future__ import annotations

import hashlib
import itertools
import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from integrity_desk.domain.accounts import Account, Role
from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.fields import Field, Id, Kind
from integrity_desk.domain.life_cycles import Step
from integrity_desk.domain.plain import to_plain
from integrity_desk.domain.records import Record, RecordType, type_named, type_of
from integrity_desk.domain.times import CHINA, china_day
from integrity_desk.services.accounts import OpenAccount
from integrity_desk.services.desk import Desk
from integrity_desk.services.endings import Ended, EndWhatRanOut
from integrity_desk.services.opening import NewDesk, begin, sign_in
from integrity_desk.services.record_view import OpenRecord, RecordView
from integrity_desk.services.records import AmendRecord, EnterRecord, TakeStep
from integrity_desk.services.recounting import CountMissingDays
from integrity_desk.storage.keyring import Cost
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.store import Store, keyring

CHEAP = Cost(memory_kib=64, iterations=1, lanes=1)
"""What a guess costs in tests: nothing worth speaking of."""

PASSWORD = "示例密码 2026"
"""The password of every account."""

ORG = "999901001"

WORDS: dict[str, dict[str, Any]] = {
    "unit": {"name": "示例镇便民服务中心", "kind": "institution"},
    "person": {"name": "王示例", "kind": "civil_servant", "post": "主任"},
    "commitment": {
        "subject": "十个工作日内办结养老认证",
        "kind": "deadline",
        "service_area": "elderly_care",
        "content": "自收到齐全材料之日起十个工作日内办结。",
        "made_on": "2026-01-05",
        "due_on": "2026-12-31",
        "publication": "publish",
    },
    "complaint": {
        "channel": "hotline_12345",
        "received_on": "2026-05-11",
        "subject": "反映示例工程款逾期未付",
        "matter": "arrears",
        "facts": "示例工程已经验收，约定的款项至今没有支付。",
    },
    "reporter": {"kind": "named", "name": "赵甲示例", "phone": "13800000001"},
    "integrity_record": {
        "nature": "untrustworthy",
        "kind": "arrears",
        "severity": "ordinary",
        "subject": "拖欠示例工程款",
        "facts": "示例工程验收后逾期九十日未付款。",
        "source_kind": "own_finding",
        "decided_on": "2026-04-20",
        "publication": "publish",
    },
    "redaction": {"heading": "标题"},
    "notice": {"title": "服务承诺公示", "body": "示例镇公开承诺：材料齐全的，当场办结。"},
    "instalment": {"due_on": "2026-09-30"},
    "evaluation_scheme": {
        "title": "2026年第一季度政务诚信考核",
        "from_on": "2026-01-01",
        "until_on": "2026-03-31",
        "excellent_from": 90,
        "good_from": 80,
        "passing_from": 60,
    },
    "indicator": {"source": "entered", "weight": 100, "scorer": "示例社会监督员"},
    "attendance": {"presence": "expected"},
}
"""Invented values that read better than "示例" and the field's name."""

assert WORDS.keys() <= {declared.name for declared in TYPES}


START = datetime(2026, 5, 12, 9, tzinfo=CHINA)
"""When every office opens."""


class Clock:
    """The office's time; it stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    @property
    def today(self) -> date:
        """The calendar day in China."""
        return china_day(self.at)

    def advance(self, **delta: float) -> None:
        """Move on by ``days=…``, ``hours=…`` and the like."""
        self.at += timedelta(**delta)

    def set_day(self, day: date) -> None:
        """Go to nine in the morning of a day."""
        self.at = datetime(day.year, day.month, day.day, 9, tzinfo=CHINA)


class Office:
    """One store with an administrator, a clerk, a reviewer and a viewer.

    The clerk and the reviewer are people of ``hall``, so firewalls can be tried on them.
    """

    def __init__(self, folder: Path, *, org: str = ORG, desk: str = "01") -> None:
        self.folder = folder
        self.now = Clock(START)
        self._made: dict[str, Id] = {}
        self._ids = _counted_bytes(f"{org}-{desk}")
        furnished = _furnished(org, desk)
        self.recovery_code = furnished.recovery_code
        shutil.copytree(furnished.folder, folder)
        self.key = keyring(folder).unwrap("admin", PASSWORD)
        with closing(Store(folder, self.key)) as copied:
            copied.remember()  # this copy is the original as far as the test goes
        self._open()
        self.clerk_person = self.account("clerk").person_id
        self.hall = self.account("clerk").unit_id

    # Accounts and desks

    def open_account(self, login: str, role: Role, *, name: str = "", **values: Any) -> Id:
        """Let one more person in, with the password of all; return the account's id."""
        admin = self.as_("admin")
        return _open_account(admin, login, role, name=name or f"示例{login}", **values)

    def as_(self, login: str) -> Desk:
        """Return a desk of that account on the office's open store."""
        return Desk(self.store, self.account(login).actor, self.now)

    def sign_in(self, login: str, password: str = PASSWORD) -> Desk:
        """Return a desk of its own connection, by the front door."""
        return sign_in(self.folder, login, password, now=self.now)

    def account(self, login: str) -> Account:
        """Return the account of that login."""
        (found,) = self.reading().find(Account, login=login)
        return found

    # Entering and moving on

    def enter(
        self, type_name: str, *, by: str = "clerk",
        companions: Mapping[str, Mapping[str, Any]] | None = None, **values: Any,
    ) -> Id:  # fmt: skip
        """Enter a record; required fields that are not given are filled in. Plain values."""
        filled = self.values(type_name, **values)
        command = EnterRecord(type=type_name, values=filled, companions=companions or {})
        return self.as_(by).perform(command).value

    def values(self, type_name: str, **values: Any) -> dict[str, Any]:
        """Return plain values that make an acceptable entry of a type."""
        declared = type_named(type_name)
        given = {**WORDS.get(type_name, {}), **values}
        for field in declared.fields:
            if field.required and field.name not in given:
                given[field.name] = self._fitting(declared, field)
        return given

    def amend(self, rec: Id, *, by: str = "clerk", **values: Any) -> None:
        """Change fields of a record."""
        self.as_(by).perform(AmendRecord(id=rec, values=values))

    def step(self, rec: Id, act: str, *, by: str = "", **values: Any) -> Id:
        """Take a step; needed fields still empty are filled in, by whoever may take it."""
        record = self.record(rec)
        declared = type_of(record)
        assert declared.life is not None
        step = declared.life.step(act)
        filled = {
            name: self._fitting(declared, declared.field(name))
            for name in step.needs
            if getattr(record, name) == declared.field(name).empty or name in step.clears
        }
        command = TakeStep(type=declared.name, id=rec, act=act, values={**filled, **values})
        return self.as_(by or _usual_hand(step)).perform(command).value

    def walk(self, rec: Id, *acts: str) -> Id:
        """Take several steps, one after another."""
        for act in acts:
            self.step(rec, act)
        return rec

    def unit(self, **values: Any) -> Id:
        """Enter a unit."""
        return self.enter("unit", **values)

    def person(self, **values: Any) -> Id:
        """Enter a public servant."""
        return self.enter("person", **values)

    def commitment(self, **values: Any) -> Id:
        """Enter a commitment; a draft."""
        return self.enter("commitment", **values)

    def registered_commitment(self, **values: Any) -> Id:
        """Enter a commitment and register it, so that it has a number."""
        return self.step(self.commitment(**values), "register")

    def complaint(self, *, reporter: Mapping[str, Any] | None = None, **values: Any) -> Id:
        """Enter a complaint; ``reporter={}`` or with values adds who complained."""
        companions = {} if reporter is None else {"reporter": {**WORDS["reporter"], **reporter}}
        return self.enter("complaint", companions=companions, **values)

    def integrity_record(self, **values: Any) -> Id:
        """Enter an integrity record; a draft."""
        return self.enter("integrity_record", **values)

    def effective_record(self, **values: Any) -> Id:
        """Enter an integrity record that a second person has approved."""
        return self.walk(self.integrity_record(**values), "submit", "approve")

    def some(self, type_name: str) -> Id:
        """Return one record of a type, made when first asked for."""
        if type_name not in self._made:
            if type_name == "integrity_record":  # what hangs on one hangs on one in force
                self._made[type_name] = self.effective_record(severity="minor")
            else:
                self._made[type_name] = self.enter(type_name)
        return self._made[type_name]

    def morning(self) -> Ended:
        """Count missing days and end what ran out, as the first sign-in of a day does."""
        self.as_("clerk").perform(CountMissingDays())
        return self.as_("clerk").perform(EndWhatRanOut()).value

    # Looking

    def record(self, rec: Id) -> Record:
        """Return a record as it is stored, whoever may see it."""
        return self.reading().load_any(rec)

    def state_of(self, rec: Id) -> str:
        """Return a record's state."""
        return self.record(rec).state

    def view(self, rec: Id, *, by: str = "reviewer") -> RecordView:
        """Return a record as an account sees it opened."""
        return self.as_(by).ask(OpenRecord(id=rec))

    def reading(self) -> Reader:
        """Return a reader of the open store; nobody writes meanwhile."""
        administrator = self._administrator
        with self.store.reader(actor=administrator, now=self.now()) as reader:
            return reader

    # The store itself

    def reopen(self) -> None:
        """Close the store and open it again, as a restart does."""
        self.store.close()
        self._open()

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def _open(self) -> None:
        self.store = Store.open(self.folder, self.key, self.now())
        self.store.random_bytes = self._ids
        nobody = Account(login="", name="", role=Role.ADMINISTRATOR).actor
        with self.store.reader(actor=nobody, now=self.now()) as reader:
            (found,) = reader.find(Account, login="admin")
        self._administrator = found.actor

    def _fitting(self, declared: RecordType, field: Field) -> Any:
        if field.name in WORDS.get(declared.name, {}):
            return WORDS[declared.name][field.name]
        if field.choices is not None:
            code = next(iter(field.choices)).value
            return [code] if field.kind is Kind.CHOICES else code
        if field.is_link:
            linked = self.some(field.to[0])
            return [linked] if field.kind is Kind.LINKS else linked
        value = {
            Kind.NUMBER: 1, Kind.MONEY: 100_00, Kind.FLAG: True,
            Kind.DAY: self.now.today, Kind.MOMENT: self.now(),
        }.get(field.kind, f"示例{field.label}")  # fmt: skip
        return to_plain(field, value)


@dataclass(frozen=True, kw_only=True)
class _Furnished:
    """A store with its accounts, made once in a run and copied for every test."""

    folder: Path
    recovery_code: str


@cache
def _furnished(org: str, desk: str) -> _Furnished:
    folder = Path(_shelf.name) / f"{org}-{desk}"
    new = NewDesk(
        org=org, desk=desk, name="示例镇政务服务大厅",
        login="admin", administrator="示例管理员", password=PASSWORD,
    )  # fmt: skip
    begun = begin(folder, new, now=lambda: START, cost=CHEAP)
    admin = begun.desk
    _open_account(admin, "reviewer", Role.REVIEWER, name="示例复核")
    _open_account(admin, "viewer", Role.VIEWER, name="示例查阅")
    reviewer = sign_in(folder, "reviewer", PASSWORD, now=lambda: START)
    hall = {"name": "示例镇政务服务大厅", "kind": "institution"}
    unit = reviewer.perform(EnterRecord(type="unit", values=hall)).value
    clerk = {"name": "钱经办", "kind": "civil_servant", "unit_id": unit}
    person = reviewer.perform(EnterRecord(type="person", values=clerk)).value
    reviewer.close()
    _open_account(admin, "clerk", Role.CLERK, name="钱经办", unit_id=unit, person_id=person)
    admin.close()
    return _Furnished(folder=folder, recovery_code=begun.recovery_code)


_shelf = TemporaryDirectory(prefix="office-")


def _open_account(desk: Desk, login: str, role: Role, *, name: str, **values: Any) -> Id:
    command = OpenAccount(
        login=login, name=name, role=role, password=PASSWORD, cost=CHEAP, **values
    )
    return desk.perform(command).value


def _usual_hand(step: Step) -> str:
    return {"approve": "reviewer", "administer": "admin"}.get(step.permission, "clerk")


def _counted_bytes(seed: str) -> Any:
    """Return a source of "random" bytes that counts, so that later ids sort later."""
    start = hashlib.sha256(seed.encode()).digest()[:4]
    running = itertools.count(1)

    def next_bytes(size: int) -> bytes:
        return start + next(running).to_bytes(size - len(start), "big")

    return next_bytes
