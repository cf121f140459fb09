"""What only a server can do: several receivers at once, and to be gone."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from integrity_desk.county import inbox, office, receivers
from integrity_desk.errors import InvalidInput, StoreUnavailable
from tests.bundles import rec
from tests.county.conftest import NOW, PASSPHRASE


@pytest.fixture
def ledger_address(postgres):
    return postgres.fresh()


def test_the_address_stands_under_the_passphrase_only(county, ledger_address):
    assert ledger_address not in (county.folder / "county.json").read_text("utf-8")
    assert not (county.folder / "ledger.db").exists()
    assert county.status().trust_serial == 1


def test_two_counties_of_one_code_do_not_share_a_database(county, ledger_address, tmp_path):
    with pytest.raises(InvalidInput, match="已经有代码为"):
        office.init(
            tmp_path / "second", code=county.status().org, name="另一个县", passphrase=PASSPHRASE,
            now=NOW, server=ledger_address,
        )  # fmt: skip


def test_revisions_can_be_neither_changed_nor_deleted(county, tmp_path, ledger_address):
    desk = county.enrolled()
    desk.write(tmp_path / "stick", [desk.line(1)])
    county.receive(tmp_path / "stick")
    with psycopg.connect(ledger_address, autocommit=True) as sql:
        schema = f"county_{county.status().org}"
        for act in ("UPDATE {} SET n = 9", "DELETE FROM {}", "TRUNCATE {}"):
            with pytest.raises(psycopg.errors.RaiseException, match="never"):
                sql.execute(act.format(f"{schema}.revision"))


def test_several_processes_share_a_folder_and_come_to_the_same(county, tmp_path):
    desks = [county.enrolled(f"d{number:02d}", f"{number:016x}") for number in range(1, 5)]
    for number, desk in enumerate(desks):
        for seq in range(3):
            desk.write(tmp_path / "stick", [desk.line(100 * number + seq), desk.line(7)])
    (tmp_path / "stick" / "odd.tsb").write_bytes(b"rubbish")
    told = []
    report = receivers.receive(
        county.folder, tmp_path / "stick", tmp_path / "out", passphrase=PASSPHRASE, now=NOW,
        receivers=2, step=lambda *progress: told.append(progress),
    )  # fmt: skip
    assert (report.bundles, report.revisions, told[-1]) == (12, 24, (13, 13))
    assert [each.act for each in report.lines] == ["apply"] * 12 + ["refused"]
    assert len(county.kept()[0]) == 24
    assert [each.through_seq for each in county.status().streams] == [3] * 4
    for desk in desks:
        assert county.receipt_for(desk, report).through_seq == 3


def test_receivers_of_many_sticks_at_once_lose_and_double_nothing(county, tmp_path):
    desks = [county.enrolled(f"d{number:02d}", f"{number:016x}") for number in range(1, 5)]
    for desk in desks:
        for _bundle in range(3):
            desk.write(tmp_path / desk.desk, [desk.line(desk.n + 100 * len(desk.desk) + desk.seq)])
    sticks = [tmp_path / desk.desk for desk in desks] * 2
    with ThreadPoolExecutor(8) as crew:
        reports = list(crew.map(lambda stick: received(county, stick, tmp_path), sticks))
    assert sum(report.revisions for report in reports) == 12
    assert len(county.kept()[0]) == 12
    assert [each.through_seq for each in county.status().streams] == [3] * 4


def test_two_desks_amending_one_record_at_once_both_count(county, tmp_path):
    desks = [county.enrolled(f"d{number:02d}", f"{number:016x}") for number in range(1, 7)]
    for number, desk in enumerate(desks):
        desk.write(tmp_path / desk.desk, [desk.line(1, kind="township", name=f"名称{number}")])
    with ThreadPoolExecutor(6) as crew:
        list(crew.map(lambda desk: received(county, tmp_path / desk.desk, tmp_path), desks))
    ((found, _type, values, conflicts, _void),) = county.kept()[1]
    assert found == rec(1)
    assert set(conflicts["name"]) == {f"名称{number}" for number in range(6)}
    assert values["name"] == conflicts["name"][-1]


def test_one_desk_is_never_told_two_things_under_one_number(county, tmp_path):
    desk = county.enrolled()
    for number in (1, 2):
        desk.write(tmp_path / f"stick{number}", [desk.line(number)])
    sticks = [tmp_path / "stick1", tmp_path / "stick2"] * 3
    with ThreadPoolExecutor(6) as crew:
        reports = list(crew.map(lambda stick: received(county, stick, tmp_path), sticks))
    with office.opened(county.folder, PASSPHRASE) as opened:
        issued = opened.ledger._sql.execute("SELECT stream, seq, content FROM issued").fetchall()
    assert len({row[:2] for row in issued}) == len({row[2] for row in issued})
    assert any(report.sent for report in reports)


def test_a_server_that_is_gone_is_one_sentence(tmp_path):
    with pytest.raises(StoreUnavailable, match="连不上县级数据库"):
        office.init(
            tmp_path / "county", code="1", name="示例县", passphrase=PASSPHRASE, now=NOW,
            server=f"postgresql://nobody@/nothing?host={tmp_path}",
        )  # fmt: skip


def test_an_address_of_something_else_is_refused(tmp_path):
    with pytest.raises(InvalidInput, match="postgresql://"):
        office.init(
            tmp_path / "county", code="1", name="示例县", passphrase=PASSPHRASE, now=NOW,
            server="mysql://somewhere",
        )  # fmt: skip


def test_the_command_line_makes_a_county_on_a_server(postgres, tmp_path):
    words = ["county", "init", tmp_path / "county", "--code", "999901", "--name", "示例县"]
    words += ["--ledger", postgres.fresh(), "--json"]
    done = subprocess.run(
        [sys.executable, "-m", "integrity_desk", *map(str, words)], capture_output=True,
        text=True, env={"INTEGRITY_DESK_PASSWORD": PASSPHRASE, "PATH": ""}, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["code"]


def received(county, stick, root):
    return inbox.receive(county.folder, stick, root / "out", passphrase=PASSPHRASE, now=NOW)
