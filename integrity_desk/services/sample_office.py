"""The sample's office: an invented township with its units, people and four accounts."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from integrity_desk.domain.accounts import Actor, Role
from integrity_desk.domain.records import type_named
from integrity_desk.domain.times import CHINA
from integrity_desk.services.accounts import OpenAccount
from integrity_desk.services.desk import Desk
from integrity_desk.services.opening import NewDesk, begin
from integrity_desk.services.records import EnterRecord, Values
from integrity_desk.services.sample_values import (
    Known,
    citizen_number,
    credit_code,
    landline,
    mobile,
)
from integrity_desk.storage.keyring import Cost
from integrity_desk.storage.store import Store, keyring

_OPENS_AT = time(8, 30)
_BETWEEN_ACTS = timedelta(minutes=2)
_OF_STAFF = frozenset({"posts", "names", "staff_kind"})


class DayClock:
    """The clock of the sample: it stands on a day, and moves on a little with every act."""

    def __init__(self, day: date) -> None:
        self.turn_to(day)

    def turn_to(self, day: date) -> None:
        """Stand on the morning of ``day``."""
        self.day = day
        self._moment = datetime.combine(day, _OPENS_AT, CHINA)

    def __call__(self) -> datetime:
        """Return the moment, and move on."""
        self._moment += _BETWEEN_ACTS
        return self._moment


@dataclass
class Office:
    """The store while it is being filled: who acts, and every record stories may speak of."""

    store: Store
    clock: DayClock
    recovery_code: str
    desks: dict[Role, Desk] = field(default_factory=dict)
    known: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))

    def seat(self, actor: Actor) -> None:
        """Let this account act in its role from now on."""
        self.desks[actor.role] = Desk(self.store, actor, self.clock)

    def enter(
        self, role: Role, type_name: str, values: dict[str, Any],
        companions: Mapping[str, Values] | None = None,
    ) -> Known:  # fmt: skip
        """Enter a record as the account of that role; names that begin with _ are no fields."""
        fields = {name: value for name, value in values.items() if not name.startswith("_")}
        command = EnterRecord(type=type_name, values=fields, companions=companions or {})
        life = type_named(type_name).life
        entered = Known(
            id=self.desks[role].perform(command).value,
            values=values,
            state=life.initial if life else "",
        )
        self.known[type_name].append(entered)
        return entered

    def people_of(self, unit: Known) -> list[Known]:
        """Return the people of one unit, its head first."""
        return [each for each in self.known["person"] if each.values["unit_id"] == unit.id]


def open_office(
    folder: Path, texts: Mapping[str, Any], day: date, cost: Cost, rng: random.Random
) -> Office:
    """Make the store, its accounts, units and people on ``day``."""
    office = _begun(folder, texts, day, cost, rng)
    accounts = {each["role"]: each for each in texts["accounts"]}
    names = _names(texts["people"])
    own, *others = texts["units"]
    _open_account(office, accounts["reviewer"], cost)
    staff = _enter_unit(office, Role.REVIEWER, own, names, rng)
    at_desk = next(each for each in staff if each.values["name"] == accounts["clerk"]["name"])
    _open_account(office, accounts["clerk"], cost, at_desk)
    _open_account(office, accounts["viewer"], cost)
    for each in others:
        _enter_unit(office, Role.CLERK, each, names, rng)
    return office


def _begun(
    folder: Path, texts: Mapping[str, Any], day: date, cost: Cost, rng: random.Random
) -> Office:
    clock = DayClock(day)
    first = next(each for each in texts["accounts"] if each["role"] == Role.ADMINISTRATOR)
    new = NewDesk(
        **texts["desk"], login=first["login"], administrator=first["name"],
        password=first["password"],
    )  # fmt: skip
    begun = begin(folder, new, now=clock, cost=cost)
    begun.desk.close()
    store = Store.open(folder, keyring(folder).unwrap(new.login, new.password), clock())
    store.random_bytes = rng.randbytes
    office = Office(store=store, clock=clock, recovery_code=begun.recovery_code)
    office.seat(begun.desk.actor)
    return office


def _open_account(
    office: Office, written: Mapping[str, str], cost: Cost, person: Known | None = None
) -> None:
    role = Role(written["role"])  # type: ignore[call-arg]
    links = {"person_id": person.id, "unit_id": person.values["unit_id"]} if person else {}
    command = OpenAccount(
        login=written["login"], name=written["name"], role=role, password=written["password"],
        cost=cost, **links,
    )  # fmt: skip
    account_id = office.desks[Role.ADMINISTRATOR].perform(command).value
    office.seat(Actor(account_id=account_id, name=written["name"], role=role, **links))


def _enter_unit(
    office: Office, role: Role, written: Mapping[str, Any], names: Iterator[str],
    rng: random.Random,
) -> list[Known]:  # fmt: skip
    own = iter(written.get("names", ()))
    staff = [(post, next(own, "") or next(names)) for post in written["posts"]]
    village = written["kind"] in ("village_committee", "residents_committee")
    values = {
        **{name: value for name, value in written.items() if name not in _OF_STAFF},
        "credit_code": credit_code(rng, "54" if village else "11"),
        "principal": staff[0][1],
        "contact": staff[-1][1],
        "phone": landline(rng),
    }
    unit = office.enter(role, "unit", values)
    return [
        office.enter(role, "person", {
            "name": name,
            "citizen_id": citizen_number(rng),
            "kind": written["staff_kind"],
            "unit_id": unit.id,
            "post": post,
            "started_on": (office.clock.day - timedelta(days=rng.randint(90, 2500))).isoformat(),
            "phone": mobile(rng),
        })
        for post, name in staff
    ]  # fmt: skip


def _names(people: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield names that nobody bears: 王示例, 李样本, …, then the surnames with other words."""
    surnames, given = people["surnames"], people["given_names"]
    for shift in range(len(given)):
        for place, surname in enumerate(surnames):
            yield surname + given[(place + shift) % len(given)]
