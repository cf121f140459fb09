"""The schema: equal to the declarations, upgraded only forwards and only after a backup."""

from __future__ import annotations

import pytest

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.errors import StoreTooNew
from integrity_desk.storage import backups, migrations
from integrity_desk.storage.columns import column_type, indexed
from integrity_desk.storage.database import connect
from integrity_desk.storage.store import Store


def columns_of(database, table):
    rows = database.conn.execute(f'PRAGMA table_info("{table}")')
    return {row[1]: row[2] for row in rows}


def released():
    """The migrations there are, to which a test may add."""
    copied = migrations.Migrations("integrity_desk")
    for each in migrations._ALL._migrations:
        copied(name=each.name)(each.fn)
    return copied


@pytest.mark.parametrize("declared", TYPES, ids=lambda declared: declared.name)
def test_a_table_has_exactly_the_declared_columns(office, declared):
    wanted = {field.name: column_type(field) for field in declared.fields}
    ground = {"row": "INTEGER", "id": "TEXT", "void": "INTEGER"}
    assert columns_of(office.store.database, declared.name) == {**ground, **wanted}


@pytest.mark.parametrize("declared", TYPES, ids=lambda declared: declared.name)
def test_every_field_that_lists_sort_or_filter_by_has_an_index(office, declared):
    table = office.store.database[declared.name]
    have = {index.columns[0] for index in table.indexes}
    wanted = {field.name for field in declared.fields if indexed(declared, field)}
    assert wanted <= have


def test_every_table_is_strict(office):
    rows = office.store.database.conn.execute("PRAGMA table_list").fetchall()
    own = [row for row in rows if row[0] == "main" and row[2] == "table"]
    loose = {row[1] for row in own if not row[5]} - {"sqlite_schema", "_sqlite_migrations"}
    assert loose == set()


def test_a_store_from_the_future_is_refused_and_left_alone(office):
    office.store.database["_sqlite_migrations"].insert(
        {"migration_set": "integrity_desk", "name": "m9999_future", "applied_at": "2030-01-01"}
    )
    office.close()
    before = (office.folder / "store.db").read_bytes()
    with pytest.raises(StoreTooNew, match="更新版本"):
        Store.open(office.folder, office.key, office.now())
    assert (office.folder / "store.db").read_bytes() == before


def test_an_older_store_is_backed_up_before_it_is_upgraded(office, monkeypatch):
    unit = office.unit(name="升级前登记的单位")
    office.close()

    def add_a_table(database):
        database.conn.execute("CREATE TABLE added (id INTEGER PRIMARY KEY) STRICT")

    newer = released()
    newer(name="m9998_added")(add_a_table)
    monkeypatch.setattr(migrations, "_ALL", newer)
    office.reopen()
    (copy,) = backups.newest_first(office.folder / "backups")
    before = connect(copy, office.key, read_only=True)
    assert "added" not in before.table_names()
    assert before.conn.execute("SELECT name FROM unit WHERE id = ?", (unit,)).fetchone()
    before.close()
    assert "added" in office.store.database.table_names()


def test_a_migration_that_fails_leaves_the_store_as_it_was(office, monkeypatch):
    office.close()

    def half(database):
        database.conn.execute("CREATE TABLE half (id INTEGER PRIMARY KEY) STRICT")
        raise KeyError("the second half")

    failing = released()
    failing(name="m9998_half")(half)
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "_ALL", failing)
        with pytest.raises(KeyError):
            office.reopen()
    office.reopen()
    assert "half" not in office.store.database.table_names()


def test_opening_an_up_to_date_store_makes_no_backup(office):
    office.reopen()
    assert backups.newest_first(office.folder / "backups") == []
