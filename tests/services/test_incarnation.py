"""A store that was copied or put back from a backup does not speak as the one it came from."""

from __future__ import annotations

import pytest

from integrity_desk.domain.units import Unit
from integrity_desk.services.checking import CheckStore
from integrity_desk.services.county_trust import ShowTrust
from integrity_desk.services.exchange import CarryBundles, SealBundle
from tests.exchanging import put_back
from tests.office import PASSWORD


@pytest.fixture
def seal(office):
    """Return ``seal()``: seals the next bundle of the office."""
    return lambda: office.as_("clerk").perform(SealBundle()).value


@pytest.fixture
def elsewhere(monkeypatch, tmp_path):
    """Return ``elsewhere()``: from then on this is another machine."""
    return lambda: monkeypatch.setenv("INTEGRITY_DESK_HOME", str(tmp_path / "another home"))


def stream_of(office):
    return office.as_("viewer").ask(ShowTrust()).stream


def numbers(office):
    return office.store.database.conn.execute(
        "SELECT replica, n FROM revision ORDER BY position"
    ).fetchall()


def test_the_same_store_goes_on_as_itself(office, county, seal):
    county.enrol(office)
    stream = stream_of(office)
    office.unit()
    seal()
    for _restart in range(2):
        office.reopen()
    assert stream_of(office) == stream
    office.unit(name="示例第二单位")
    assert seal().seq == 2


def test_a_moved_folder_on_the_same_machine_is_the_same_store(office, tmp_path):
    stream = stream_of(office)
    office.close()
    moved = tmp_path / "moved"
    office.folder.rename(moved)
    office.folder = moved
    office._open()
    assert stream_of(office) == stream


def test_a_copy_on_another_machine_begins_a_stream_of_its_own(office, elsewhere):
    office.unit()
    stream, before = stream_of(office), numbers(office)
    elsewhere()
    office.reopen()
    assert stream_of(office) != stream
    assert stream_of(office).startswith("999901001-01-")
    assert numbers(office) == before
    office.unit(name="示例第二单位")
    replica, number = numbers(office)[-1]
    assert (number, replica) == (1, office.store.identity.replica)
    assert office.as_("viewer").ask(CheckStore()).sound


def test_a_copy_settles_once(office, elsewhere):
    elsewhere()
    office.reopen()
    stream = stream_of(office)
    office.reopen()
    assert stream_of(office) == stream


def test_a_backup_put_back_after_a_sealing_begins_a_new_stream(office, county, seal):
    county.enrol(office)
    office.unit()
    backup = office.as_("admin").back_up()
    stream = stream_of(office)
    seal()
    put_back(office, backup)
    assert stream_of(office) != stream
    assert {each.name for each in _units(office)} >= {"示例镇便民服务中心"}
    assert office.as_("viewer").ask(CheckStore()).sound


def test_a_backup_put_back_before_any_sealing_goes_on(office):
    office.unit()
    backup, stream = office.as_("admin").back_up(), stream_of(office)
    office.unit(name="示例第二单位")
    put_back(office, backup)
    assert stream_of(office) == stream
    assert "示例第二单位" not in {each.name for each in _units(office)}


def test_the_county_takes_what_was_put_back_once_the_new_stream_is_let_in(office, county, seal):
    county.enrol(office)
    office.unit(name="示例甲单位")
    backup = office.as_("admin").back_up()
    county.round_trip(office)
    put_back(office, backup)
    office.unit(name="示例乙单位")
    county.enrol(office)
    report = county.round_trip(office)
    assert report.rejected == 0
    assert [each.through_seq for each in county.status.streams] == [1, 1]


def test_what_was_on_its_way_when_the_store_was_put_back_still_arrives(office, county, seal):
    county.enrol(office)
    office.unit(name="示例甲单位")
    backup = office.as_("admin").back_up()
    seal()
    office.as_("clerk").perform(CarryBundles(folder=county.stick))
    put_back(office, backup)
    county.enrol(office)
    assert {line.act for line in county.receive(office).lines} == {"apply"}


def test_a_forged_or_torn_mark_is_no_mark(office, tmp_path):
    stream = stream_of(office)
    marks = list((tmp_path / "home").rglob("*.json"))
    assert len(marks) >= 1
    for mark in marks:
        mark.write_text("{torn", "utf-8")
    office.reopen()
    assert stream_of(office) != stream


def test_people_sign_in_at_a_copy_as_before(office, elsewhere):
    office.close()
    elsewhere()
    desk = office.sign_in("clerk", PASSWORD)
    assert desk.ask(ShowTrust()).stream.startswith("999901001-01-")
    desk.close()
    office._open()


def _units(office):
    return office.reading().find(Unit)
