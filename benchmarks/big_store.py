"""A big store of invented complaints: ``python -m benchmarks.big_store FOLDER --records 1000000``.

Everything is written through the services, checks and search text included. One in five
complaints is accepted, so that it has two revisions.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time
from typing import Any

from integrity_desk.domain.accounts import Account, Actor, Role
from integrity_desk.domain.catalogue import TYPES
from integrity_desk.services.opening import NewDesk, begin
from integrity_desk.services.records import enter_record, move
from integrity_desk.storage.keyring import Cost
from integrity_desk.storage.store import Store, keyring

assert TYPES, "importing the catalogue declares every type"

CHEAP = Cost(memory_kib=64, iterations=1, lanes=1)
PASSWORD = "an invented password"
START = datetime(2026, 1, 5, 1, tzinfo=UTC)

_BATCH = 5_000
_UNITS, _PEOPLE = 200, 2_000
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕单翟区"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文斌宇浩然子轩梓涵一诺嘉怡"
_PLACES = (
    "滨江", "朝阳", "东风", "胜利", "龙山", "柳溪", "石桥", "白沙", "清泉", "凤凰", "金田",
    "长岭", "大坪", "下洋", "上杭", "云台",
)  # fmt: skip
_THINGS = (
    "工程款", "路灯", "饮水管", "公交站", "养老金", "医保卡", "宅基地", "补偿款", "污水沟",
    "停车位", "校车", "物业费",
)  # fmt: skip
_ACTS = (
    "逾期未付", "长期损坏", "无人维护", "久拖不决", "未按承诺办理", "答复前后不一",
    "标准不公开", "推诿扯皮",
)  # fmt: skip
_ASKS = (
    "请限期整改并公开结果", "请依法核实并书面答复", "望尽快兑现承诺", "请说明依据和办理时限",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class BigStore:
    """An open big store and who may write to it."""

    store: Store
    actor: Actor
    records: int
    cpu_seconds: float
    """What writing the complaints took, inventing them apart."""


def make(folder: Path, records: int, *, seed: int = 1) -> BigStore:
    """Write ``records`` complaints into a new store in ``folder``."""
    new = NewDesk(
        org="999901001", desk="01", name="示例镇", login="admin", administrator="示例管理员",
        password=PASSWORD,
    )  # fmt: skip
    begin(folder, new, now=lambda: START, cost=CHEAP).desk.close()
    store = Store.open(folder, keyring(folder).unwrap("admin", PASSWORD), START)
    actor = _clerk(store)
    chance = random.Random(seed)
    _subjects(store, actor, chance)
    made = BigStore(store=store, actor=actor, records=0, cpu_seconds=0.0)
    return replace(made, records=records, cpu_seconds=more(made, records, chance))


def more(made: BigStore, count: int, chance: random.Random, *, accepting: bool = True) -> float:
    """Enter ``count`` further complaints; return the processor time of entering them.

    One in five is accepted, unless they are only entered: one revision each.
    """
    store, actor, spent = made.store, made.actor, 0.0
    units, people = _ids(store, "unit"), _ids(store, "person")
    for first in range(made.records, made.records + count, _BATCH):
        moment = START + timedelta(minutes=first // 10)
        numbers = range(first, min(first + _BATCH, made.records + count))
        batch = [_complaint(each, moment.date(), units, people, chance) for each in numbers]
        begun = process_time()
        with store.unit_of_work(actor=actor, command="Import", now=moment) as work:
            for number, values in zip(numbers, batch, strict=True):
                entered = enter_record("complaint", values, work)
                if accepting and number % 5 == 0:
                    move(entered, "accept", {"accepted_on": moment.date()}, work)
        spent += process_time() - begun
    return spent


def open_again(folder: Path) -> BigStore:
    """Open a big store that was made earlier."""
    store = Store.open(folder, keyring(folder).unwrap("admin", PASSWORD), START)
    count = store.database.conn.execute("SELECT count(*) FROM complaint").fetchone()[0]
    with store.reader(actor=_nobody(), now=START) as reader:
        (clerk,) = reader.find(Account, login="clerk")
    return BigStore(store=store, actor=clerk.actor, records=count, cpu_seconds=0.0)


def _nobody() -> Actor:
    return Actor(account_id="0" * 32, name="", role=Role.ADMINISTRATOR)


def _clerk(store: Store) -> Actor:
    account = Account(login="clerk", name="示例经办", role=Role.REVIEWER)
    with store.unit_of_work(actor=_nobody(), command="OpenAccount", now=START) as work:
        return work.add(account).actor


def _ids(store: Store, table: str) -> list[str]:
    return [rec for (rec,) in store.database.conn.execute(f"SELECT id FROM {table} ORDER BY row")]


def _subjects(store: Store, actor: Actor, chance: random.Random) -> None:
    with store.unit_of_work(actor=actor, command="Import", now=START) as work:
        units = [
            enter_record("unit", {"name": name, "kind": "institution"}, work).id
            for name in _unit_names()
        ]
        for _number in range(_PEOPLE):
            unit = chance.choice(units)
            person = {"name": _name(chance), "kind": "civil_servant", "unit_id": unit}
            enter_record("person", person, work)


def _unit_names() -> Iterator[str]:
    for number in range(_UNITS):
        yield f"示例县{_PLACES[number % len(_PLACES)]}镇第{number}便民服务站"


def _name(chance: random.Random) -> str:
    return chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=chance.randint(1, 2)))


def _complaint(
    number: int, day: date, units: list[str], people: list[str], chance: random.Random
) -> dict[str, Any]:
    place, thing, act = chance.choice(_PLACES), chance.choice(_THINGS), chance.choice(_ACTS)
    syllables = "".join(chr(chance.randint(0x4E00, 0x6BFF)) for _each in range(12))
    facts = (
        f"{day.year}年{day.month}月以来，{place}村{chance.randint(1, 30)}组的{thing}{act}，"
        f"经手人称“{syllables}”，已向{chance.choice(_PLACES)}镇反映{chance.randint(1, 9)}次。"
    )
    return {
        "channel": chance.choice(("hotline_12345", "visit", "letter", "website")),
        "received_on": (day - timedelta(days=chance.randint(0, 60))).isoformat(),
        "subject": f"{place}{thing}{act}",
        "matter": chance.choice(("arrears", "inaction", "service", "broken_promise")),
        "facts": facts * chance.randint(1, 2),
        "demand": chance.choice(_ASKS),
        "source_number": f"SL2026{number:07d}",
        "about_unit_id": chance.choice(units),
        "first_asked_id": chance.choice(people),
    }


def main() -> None:
    """Make a big store and keep it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=1_000_000)
    arguments = parser.parse_args()
    made = make(arguments.folder, arguments.records)
    print(f"{made.records / made.cpu_seconds:,.0f} records per CPU second")
    made.store.close()


if __name__ == "__main__":
    main()
