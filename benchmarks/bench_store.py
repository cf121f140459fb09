"""The store beside its floor: ``python -m benchmarks --only store [--scale 1] [--store DIR]``.

A store of a million complaints takes minutes to make: with ``--store`` it is kept in DIR, or
taken from there (``nice python -m benchmarks.big_store DIR`` makes it while others work).

Floors and peers run on the same encrypted file, with the same cache, in the same run: a bare
connection, LIKE instead of the index, OFFSET instead of row numbers, rows without a log.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from benchmarks import big_store
from benchmarks.big_store import START, BigStore
from benchmarks.bulk_floor import bare_entry
from benchmarks.report import Row, percentile, seconds
from integrity_desk.services.desk import Desk
from integrity_desk.services.opening import sign_in
from integrity_desk.services.record_view import OpenRecord
from integrity_desk.services.records import EnterRecord
from integrity_desk.services.registers import FetchRows, Filter, FindRecords, ListRecords
from integrity_desk.storage import revisions
from integrity_desk.storage.database import Database, connect
from integrity_desk.storage.store import exists

_FULL_SIZE = 1_000_000
_SMALLEST = 2_000
_BULK = 20_000
_PAGE = 128
_LINES = "SELECT of its lines"
_TIMES = 40
_PAGES = 200
_QUERIES = {
    "1 character": ("桥", "龙", "款", "医", "村"),
    "2 characters": ("路灯", "滨江", "逾期", "停车", "村民"),
    "3 characters": ("工程款", "公交站", "停车位", "一平方", "无人维"),
    "6 characters": ("工程款逾期未", "路灯长期损坏", "限期整改并公", "停车位标准不"),
}


def rows(scale: float, kept: Path | None = None) -> list[Row]:
    """Measure a store of ``scale`` million complaints, made for it or kept in a folder."""
    records = max(_SMALLEST, int(scale * _FULL_SIZE))
    with _big(kept, records) as made:
        small = min(records, _BULK)
        entered = [_bulk_entry(small), _mere_entry(small), _bulk_entry_into(made)]
        return [*entered, *measure(made)]


@contextmanager
def _big(kept: Path | None, records: int) -> Iterator[BigStore]:
    with TemporaryDirectory(prefix="bench-store-") as folder:
        if kept is not None and exists(kept):
            made = big_store.open_again(kept)
        else:
            made = big_store.make(kept or Path(folder) / "desk", records)
        try:
            yield made
        finally:
            made.store.close()


def measure(made: BigStore) -> list[Row]:
    """Measure an open big store."""
    desk = Desk(made.store, made.actor, lambda: START)
    chance = random.Random(2)
    return [
        _starting(made),
        *_listing(desk, made.store.database, chance),
        *_searching(desk, made.store.database),
        _acting(desk, made.store.folder),
        *_history(desk, made, chance),
        _verifying(made.store.database),
    ]


def _bulk_entry(count: int) -> Row:
    """By every rule of entry, beside the same rows made beforehand; both into a small store."""
    with TemporaryDirectory(prefix="bench-bulk-") as folder:
        ours = big_store.make(Path(folder) / "ours", count)
        bare = big_store.make(Path(folder) / "bare", 0)
        spent = bare_entry(ours.store.database, bare.store.database)
        ours.store.close()
        bare.store.close()
    return Row(
        name=f"bulk entry of {count:,}, a record (CPU)", ours=ours.cpu_seconds / count * 1e6,
        peer=spent / count * 1e6, unit="µs", against="executemany of the same rows and words",
    )  # fmt: skip


def _mere_entry(count: int) -> Row:
    """Records with one revision each and no further act, as an import has them."""
    with TemporaryDirectory(prefix="bench-bulk-") as folder:
        made = big_store.make(Path(folder) / "mere", 0)
        spent = big_store.more(made, count, random.Random(1), accepting=False)
        made.store.close()
    return Row(
        name=f"the same, none accepted, {count:,}, a record (CPU)", unit="µs",
        ours=spent / count * 1e6,
    )  # fmt: skip


def _bulk_entry_into(made: BigStore) -> Row:
    count = min(made.records, _BULK)
    return Row(
        name=f"bulk entry into {made.records:,}, a record (CPU)", unit="µs",
        ours=big_store.more(made, count, random.Random(3)) / count * 1e6,
    )  # fmt: skip


def _starting(made: BigStore) -> Row:
    def bare() -> None:
        database = connect(made.store.folder / "store.db", made.store.keys.store_key)
        database.conn.execute("SELECT count(*) FROM account").fetchone()
        database.close()

    def start() -> None:
        sign_in(made.store.folder, "admin", big_store.PASSWORD, now=lambda: START).close()

    return Row(
        name="sign in, verify the tail", ours=_median(start, 5), peer=_median(bare, 5),
        against="bare connection",
    )  # fmt: skip


def _listing(desk: Desk, database: Database, chance: random.Random) -> list[Row]:
    narrowed = Filter(type="complaint", order_by="received_on")
    ids = desk.ask(ListRecords(filter=narrowed))
    listed = seconds(lambda: desk.ask(ListRecords(filter=narrowed)))
    bare = seconds(
        lambda: database.conn.execute("SELECT id FROM complaint ORDER BY received_on").fetchall()
    )
    starts = [chance.randrange(max(1, len(ids) - _PAGE)) for _each in range(_PAGES)]
    ours = [seconds(partial(_page, desk, tuple(ids[start : start + _PAGE]))) for start in starts]
    peer = [
        seconds(
            partial(
                _all, database, "SELECT * FROM complaint ORDER BY received_on DESC"
                f" LIMIT {_PAGE} OFFSET {start}",
            )
        )
        for start in starts
    ]  # fmt: skip
    goal = 1.0 if len(ids) >= _FULL_SIZE else float("nan")  # few rows are few to step over
    name = f"list {len(ids):,} row numbers in order"
    return [
        Row(name=name, ours=listed, peer=bare, against="SELECT id … fetchall"),
        *_both("page of 128 rows", ours, peer, "OFFSET, raw columns", goal=goal),
    ]


def _page(desk: Desk, wanted: tuple[int, ...]) -> None:
    desk.ask(FetchRows(type="complaint", rows=wanted))


def _searching(desk: Desk, database: Database) -> list[Row]:
    found = []
    for name, queries in _QUERIES.items():
        like = (
            "SELECT id FROM complaint WHERE subject LIKE ?1 OR facts LIKE ?1 OR demand LIKE ?1"
            " ORDER BY +row DESC LIMIT 50"
        )
        ours = [seconds(partial(_find, desk, query)) for query in queries * 8]
        peer = [seconds(partial(_all, database, like, (f"%{query}%",))) for query in queries]
        found += _both(f"search, {name}", ours, peer, "LIKE", goal=1.0)
    ours = [seconds(partial(_find, desk, query)) for query in ("wxm", "ljh", "zhanggui") * 8]
    return [*found, *_both("search, pinyin", ours, [], "")]


def _find(desk: Desk, query: str) -> None:
    desk.ask(FindRecords(text=query))


def _acting(desk: Desk, folder: Path) -> Row:
    peer = connect(folder / "commits.db", bytes(32), create=True)
    peer.conn.execute("CREATE TABLE IF NOT EXISTS thing (name TEXT) STRICT")
    running = count()

    def enter() -> None:
        values = {"name": f"示例单位{next(running)}", "kind": "other"}
        desk.perform(EnterRecord(type="unit", values=values))

    def insert() -> None:
        peer.conn.execute("INSERT INTO thing VALUES (?)", (f"示例单位{next(running)}",))

    row = Row(
        name="one act, committed", ours=_median(enter, 200) * 1000,
        peer=_median(insert, 200) * 1000, unit="ms", against="bare INSERT, WAL and FULL",
    )  # fmt: skip
    peer.close()
    return row


def _history(desk: Desk, made: BigStore, chance: random.Random) -> list[Row]:
    database = made.store.database
    ids = [rec for (rec,) in database.conn.execute("SELECT id FROM complaint LIMIT 100000")]
    wanted = chance.sample(ids, min(_TIMES, len(ids)))
    ours = [seconds(partial(desk.ask, OpenRecord(id=rec))) for rec in wanted]
    line = "SELECT line FROM revision WHERE rec = ?"
    peer = [seconds(partial(_all, database, line, (rec,))) for rec in wanted]
    opened = _both("open a record, with all that its page shows", ours, peer, _LINES)
    with made.store.reader(actor=made.actor, now=START) as reader:
        told = [seconds(partial(reader.history, rec)) for rec in wanted]
    return [*_both("history of a record", told, peer, _LINES), *opened]


def _verifying(database: Database) -> Row:
    lines = [line for (line,) in database.conn.execute("SELECT line FROM revision ORDER BY n")]
    begun = process_time()
    revisions.first_break(database)
    ours = process_time() - begun
    begun = process_time()
    previous = b""
    for line in lines:
        previous = sha256(previous + line).digest()
    return Row(
        name=f"verify {len(lines):,} revisions (CPU)", ours=ours, peer=process_time() - begun,
        against="sha256 of lines in memory",
    )  # fmt: skip


def _both(
    name: str, ours: list[float], peer: list[float], against: str, goal: float = float("nan")
) -> list[Row]:
    return [
        Row(
            name=f"{name}, p{share:.0%}".rstrip("%"), unit="ms", against=against, goal=goal,
            ours=percentile(ours, share) * 1000,
            peer=percentile(peer, share) * 1000 if peer else float("nan"),
        )
        for share in (0.5, 0.95)
    ]  # fmt: skip


def _all(database: Database, sql: str, values: Iterable[Any] = ()) -> None:
    database.conn.execute(sql, tuple(values)).fetchall()


def _median(act: Callable[[], object], times: int) -> float:
    return percentile([seconds(act) for _each in range(times)], 0.5)
