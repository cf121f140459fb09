"""The driver beneath sqlite-utils, the transaction, and what is refused at the door."""

from __future__ import annotations

import pytest

from integrity_desk.errors import StoreUnavailable
from integrity_desk.storage.database import connect, driver, snapshot, transaction
from tests.storage.conftest import KEY


def test_a_missing_column_is_added_when_asked_for(database):
    database["thing"].insert({"name": "甲"})
    database["thing"].insert({"name": "乙", "size": 2}, alter=True)
    assert [row["size"] for row in database["thing"].rows] == [None, 2]


def test_dropping_a_missing_table_is_ignored_when_asked_for(database):
    database["never made"].drop(ignore=True)
    with pytest.raises(driver.OperationalError):
        database["never made"].drop()


def test_an_insert_returns_what_it_wrote(database):
    database["thing"].create({"id": int, "name": str}, pk="id")
    written = database.query("INSERT INTO thing (name) VALUES (?) RETURNING id, name", ["甲"])
    assert list(written) == [{"id": 1, "name": "甲"}]


def test_a_duplicate_is_ignored_or_replaced_when_asked_for(database):
    things = database["thing"].insert({"id": 1, "name": "甲"}, pk="id")
    things.insert({"id": 1, "name": "乙"}, ignore=True)
    assert things.get(1)["name"] == "甲"
    things.insert({"id": 1, "name": "丙"}, replace=True)
    assert things.get(1)["name"] == "丙"


def test_nothing_of_a_failed_transaction_is_kept(database):
    database["thing"].create({"name": str})

    def act():
        with transaction(database):
            database.conn.execute("INSERT INTO thing VALUES ('甲')")
            raise KeyError

    with pytest.raises(KeyError):
        act()
    assert database["thing"].count == 0
    assert not database.conn.in_transaction


def test_a_transaction_whose_commit_fails_is_given_up(database):
    database.conn.execute("CREATE TABLE owner (id INTEGER PRIMARY KEY) STRICT")
    database.conn.execute(
        "CREATE TABLE thing (owner INTEGER REFERENCES owner (id)"
        " DEFERRABLE INITIALLY DEFERRED) STRICT"
    )
    with pytest.raises(driver.IntegrityError), transaction(database):
        database.conn.execute("INSERT INTO thing VALUES (1)")
    assert not database.conn.in_transaction
    with transaction(database):
        database.conn.execute("INSERT INTO owner VALUES (1)")
    assert database["thing"].count == 0


def test_a_snapshot_does_not_see_what_others_write_meanwhile(database, tmp_path):
    database["thing"].create({"name": str})
    other = connect(tmp_path / "bare.db", KEY)
    with snapshot(database):
        before = database["thing"].count
        other["thing"].insert({"name": "甲"})
        assert database["thing"].count == before == 0
    assert database["thing"].count == 1
    other.close()


def test_the_file_is_unreadable_without_the_key(database, tmp_path):
    database["thing"].insert({"name": "示例机密之外的内容"})
    database.close()
    content = (tmp_path / "bare.db").read_bytes()
    assert not content.startswith(b"SQLite format 3")
    assert "示例".encode() not in content


def test_a_wrong_key_is_told_in_a_sentence(database, tmp_path):
    database["thing"].insert({"name": "甲"})
    database.close()
    with pytest.raises(StoreUnavailable, match="密钥不对"):
        connect(tmp_path / "bare.db", bytes(32))


def test_rows_survive_a_power_cut_by_the_settings_that_trials_chose(database):
    settings = {
        name: database.conn.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "temp_store")
    }
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "temp_store": 2,
    }
