"""Backups: whole, encrypted under the same key, and not too many of them."""

from __future__ import annotations

from datetime import UTC, date

import pytest

from integrity_desk.errors import StoreUnavailable
from integrity_desk.storage import backups, revisions
from integrity_desk.storage.database import connect
from integrity_desk.storage.keyring import Keyring
from tests.office import PASSWORD


def test_a_backup_opens_with_the_key_and_holds_everything(office):
    unit = office.unit(name="备份前的单位")
    copy = office.store.back_up(office.now())
    assert copy.name == "20260512-090000.db"
    restored = connect(copy, office.key, read_only=True)
    assert restored.conn.execute("SELECT id FROM unit WHERE name = '备份前的单位'").fetchone() == (unit,)  # noqa: E501  # fmt: skip
    assert revisions.first_break(restored) is None
    restored.close()


def test_a_backup_does_not_open_without_the_key(office):
    copy = office.store.back_up(office.now())
    assert not copy.read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(StoreUnavailable, match="密钥不对"):
        connect(copy, bytes(32), read_only=True)


def test_a_backup_brings_the_keyring_that_opens_it(office):
    copy = office.store.back_up(office.now())
    beside = Keyring(path=copy.with_suffix(".keyring.json"))
    connect(copy, beside.unwrap("clerk", PASSWORD), read_only=True).close()


def test_a_backup_opens_where_nothing_may_be_written(office):
    copy = office.store.back_up(office.now())
    assert sorted(path.suffix for path in copy.parent.iterdir()) == [".db", ".json"]
    opened = connect(copy, office.key, read_only=True)
    assert opened.conn.execute("PRAGMA journal_mode").fetchone()[0] != "wal"
    opened.close()


def test_a_backup_is_made_while_another_connection_writes(office):
    desk = office.sign_in("clerk")
    office.unit(name="之前")
    copy = desk._store.back_up(office.now())
    office.unit(name="之后")
    opened = connect(copy, office.key, read_only=True)
    names = {name for (name,) in opened.conn.execute("SELECT name FROM unit")}
    assert "之前" in names
    assert "之后" not in names
    opened.close()
    desk.close()


def test_only_the_newest_backups_are_kept(office):
    folder = office.folder / "backups"
    for _day in range(4):
        office.now.advance(days=1)
        backups.back_up(
            office.store.database, office.folder / "keyring.json", folder, office.now(), keep=3
        )
    kept = backups.newest_first(folder)
    assert len(list(folder.iterdir())) == 2 * len(kept)
    assert [backups.day_of(each) for each in kept] == [date(2026, 5, day) for day in (16, 15, 14)]


def test_a_backup_is_named_by_the_day_in_china(office):
    office.now.advance(hours=-2)
    assert office.now.today == date(2026, 5, 12)
    in_utc = office.now().astimezone(UTC)
    copy = office.store.back_up(in_utc)
    assert backups.day_of(copy) == date(2026, 5, 12)


def test_a_half_written_backup_is_none(office):
    folder = office.folder / "backups"
    folder.mkdir(exist_ok=True)
    (folder / "20260512-090000.part").write_bytes(b"cut off")
    assert backups.newest_first(folder) == []
    copy = office.store.back_up(office.now())
    connect(copy, office.key, read_only=True).close()
    assert backups.newest_first(folder) == [copy]
    assert not list(folder.glob("*.part"))
