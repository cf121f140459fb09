"""The append-only log: nothing is changed or taken out unnoticed."""

from __future__ import annotations

import pytest

from integrity_desk.storage import revisions
from integrity_desk.storage.database import connect, driver
from integrity_desk.storage.revisions import Break


@pytest.fixture
def tampering(office):
    """Return ``tampering(sql, *values)``: a stranger who has the key and no triggers."""
    for number in range(5):
        office.unit(name=f"示例单位{number}")

    def tamper(sql, *values):
        raw = connect(office.folder / "store.db", office.key)
        raw.conn.execute("PRAGMA foreign_keys = OFF")
        raw.conn.execute("DROP TRIGGER IF EXISTS revision_is_not_changed")
        raw.conn.execute("DROP TRIGGER IF EXISTS revision_is_not_deleted")
        assert raw.conn.execute(sql, values).rowcount == 1
        raw.close()
        return revisions.first_break(office.store.database)

    return tamper


def last(office):
    return revisions.head(office.store.database, office.store.identity.replica).n


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE revision SET line = x'00' WHERE n = 1",
        "UPDATE revision SET hash = x'00' WHERE n = 1",
        "DELETE FROM revision WHERE n = 1",
        "INSERT OR REPLACE INTO revision (position, replica, n, rec, line, hash)"
        " SELECT position, replica, n, rec, x'00', hash FROM revision WHERE n = 1",
    ],
)
def test_a_line_of_the_log_cannot_be_changed_or_taken_out(office, sql):
    before = office.store.database.conn.execute("SELECT * FROM revision").fetchall()
    with pytest.raises(driver.IntegrityError, match="append-only"):
        office.store.database.conn.execute(sql)
    assert office.store.database.conn.execute("SELECT * FROM revision").fetchall() == before


def test_an_untouched_chain_holds(office):
    office.unit()
    assert revisions.first_break(office.store.database) is None
    assert revisions.first_break(office.store.database, tail=2) is None


def test_a_changed_line_breaks_the_chain_at_its_place(office, tampering):
    found = tampering("UPDATE revision SET line = CAST(replace(line, '999901', '999902') AS BLOB)"
                      " WHERE n = 6")  # fmt: skip
    assert found == Break(replica=office.store.identity.replica, n=6)


def test_a_line_changed_together_with_its_hash_breaks_the_chain_after_it(office, tampering):
    found = tampering("UPDATE revision SET line = x'00', hash = x'00' WHERE n = 6")
    assert found is not None
    assert found.n == 6


def test_a_line_taken_out_breaks_the_chain(office, tampering):
    found = tampering("DELETE FROM revision WHERE n = 6")
    assert found == Break(replica=office.store.identity.replica, n=6)


def test_the_first_line_taken_out_breaks_the_chain(office, tampering):
    found = tampering("DELETE FROM revision WHERE n = 1")
    assert found == Break(replica=office.store.identity.replica, n=1)


def test_a_last_line_that_is_rubbish_breaks_the_chain(office, tampering):
    end = last(office)
    found = tampering("UPDATE revision SET line = x'FF00' WHERE n = ?", end)
    assert found == Break(replica=office.store.identity.replica, n=end)


def test_the_tail_alone_tells_of_a_break_in_the_tail(office, tampering):
    end = last(office)
    tampering("UPDATE revision SET hash = x'00' WHERE n = ?", end - 1)
    assert revisions.first_break(office.store.database, tail=3) is not None


def test_the_head_continues_after_a_restart(office):
    before = last(office)
    office.reopen()
    office.unit()
    assert last(office) == before + 1
    assert revisions.first_break(office.store.database) is None


def test_clocks_go_on_even_if_the_machine_clock_goes_back(office):
    first = office.unit()
    office.now.advance(days=-3)
    office.amend(first, name="改名后的单位")
    stamps = [each.hlc for each in office.reading().history(first)]
    assert stamps == sorted(stamps)
    assert len(set(stamps)) == 2
