"""New keys in the place of old ones: nobody compares a code, and a thief gains nothing."""

from __future__ import annotations

import contextlib

import pytest

from integrity_desk.county import enrolment
from integrity_desk.errors import BundleRefused, NotPermitted, StepRefused
from integrity_desk.services.county_trust import ImportTrust, ShowTrust
from integrity_desk.services.desk_keys import desk_keys, keep_desk_keys
from integrity_desk.services.exchange import CarryBundles, ImportReceipts, SealBundle
from integrity_desk.services.key_rotation import RotateKeys
from integrity_desk.storage import meta
from integrity_desk.sync import canonical, rotation
from integrity_desk.sync.keys import DeskKeys
from tests.services.conftest import PASSPHRASE

SAID = {"stream": "999901001-01-7f3a7f3a", "after": 3, "created": "2026-05-12T00:00:00Z"}


@pytest.fixture
def enrolled(office, county):
    """A desk that has sent one bundle and taken its receipt in."""
    county.enrol(office)
    office.unit(name="示例一站")
    county.round_trip(office)
    return office


def rotate(office):
    return office.as_("admin").perform(RotateKeys()).value


def taken_in(office, county):
    """Take the newest trust list and the receipts in."""
    for path in sorted(county.stick.glob("999901-to-*.tsb")):
        with contextlib.suppress(BundleRefused):  # receipts, and lists older than the one kept
            office.as_("clerk").perform(ImportTrust(path=path))
    return office.as_("clerk").perform(ImportReceipts(path=county.stick)).value


def test_the_county_believes_the_new_key_without_another_code(enrolled, county):
    before = enrolled.as_("clerk").ask(ShowTrust()).desk_code
    assert rotate(enrolled) is True
    enrolled.unit(name="示例二站")
    report = county.bring(enrolled)
    assert [line.act for line in report.lines if line.act != "duplicate"] == ["rotated", "apply"]
    assert taken_in(enrolled, county).accepted > 0
    assert enrolled.as_("clerk").ask(ShowTrust()).desk_code != before


def test_the_statement_goes_with_every_stick_until_the_county_knows(enrolled, county):
    rotate(enrolled)
    enrolled.unit(name="示例二站")
    enrolled.as_("clerk").perform(SealBundle())
    for _time in range(2):
        enrolled.as_("clerk").perform(CarryBundles(folder=county.stick))
        (statement,) = county.stick.glob(f"*{rotation.ENDING}")
        statement.unlink()
    county.bring(enrolled)
    taken_in(enrolled, county)
    for path in county.stick.glob(f"*{rotation.ENDING}"):
        path.unlink()
    enrolled.unit(name="示例三站")
    county.bring(enrolled)
    assert not list(county.stick.glob(f"*{rotation.ENDING}"))


def test_a_receipt_sealed_for_the_old_key_is_still_opened(enrolled, county):
    enrolled.unit(name="示例二站")
    county.bring(enrolled)
    rotate(enrolled)
    assert enrolled.as_("clerk").perform(ImportReceipts(path=county.stick)).value.accepted > 0


def test_a_second_change_waits_for_the_first(enrolled):
    rotate(enrolled)
    with pytest.raises(StepRefused, match="还没有确认"):
        rotate(enrolled)


def test_a_desk_the_county_does_not_know_is_enrolled_anew(office, county):
    before = office.as_("clerk").ask(ShowTrust()).desk_code
    assert rotate(office) is False
    assert office.as_("clerk").ask(ShowTrust()).desk_code != before
    county.enrol(office)


def test_only_the_administrator_changes_keys(enrolled):
    with pytest.raises(NotPermitted):
        enrolled.as_("clerk").perform(RotateKeys())


def test_the_old_key_signs_nothing_more(enrolled, county):
    old, list_before = desk_keys(enrolled.reading()), meta.get(enrolled.store.database, "trust")
    rotate(enrolled)
    enrolled.unit(name="示例二站")
    county.bring(enrolled)
    taken_in(enrolled, county)
    with enrolled.store.unit_of_work(
        actor=enrolled.account("admin").actor, command="Thief", now=enrolled.now()
    ) as work:
        keep_desk_keys(old, work)
        meta.put(work.database, "trust", list_before)
    enrolled.unit(name="示例三站")
    report = county.bring(enrolled)
    assert "revoked" in [line.code for line in report.lines]


def test_a_stolen_old_key_cannot_bring_in_a_key_of_the_thief(enrolled, county):
    old = desk_keys(enrolled.reading())
    rotate(enrolled)
    enrolled.unit(name="示例二站")
    county.bring(enrolled)
    thief = DeskKeys.generate()
    stream = enrolled.as_("clerk").ask(ShowTrust()).stream
    said = rotation.statement(old, thief, stream=stream, after=9, created="2026-05-12T00:00:00Z")
    (county.stick / f"thief{rotation.ENDING}").write_bytes(said)
    lines = {line.file: line.code for line in county.receive(enrolled).lines}
    assert lines[f"thief{rotation.ENDING}"] == "revoked"


def test_a_statement_that_admits_fewer_bundles_than_came_is_refused(enrolled, county):
    said = rotation.statement(
        desk_keys(enrolled.reading()), DeskKeys.generate(),
        stream=enrolled.as_("clerk").ask(ShowTrust()).stream, after=0,
        created="2026-05-12T00:00:00Z",
    )  # fmt: skip
    (county.stick / f"odd{rotation.ENDING}").write_bytes(said)
    lines = {line.file: line.code for line in county.receive(enrolled).lines}
    assert lines[f"odd{rotation.ENDING}"] == "rotate"


def test_a_stranger_vouches_for_nobody(enrolled, county):
    said = rotation.statement(
        DeskKeys.generate(), DeskKeys.generate(),
        stream=enrolled.as_("clerk").ask(ShowTrust()).stream, after=1,
        created="2026-05-12T00:00:00Z",
    )  # fmt: skip
    (county.stick / f"odd{rotation.ENDING}").write_bytes(said)
    lines = {line.file: line.code for line in county.receive(enrolled).lines}
    assert lines[f"odd{rotation.ENDING}"] == "signer"


def test_revoking_stops_the_old_key_no_later_than_before(enrolled, county):
    rotate(enrolled)
    enrolled.unit(name="示例二站")
    county.bring(enrolled)
    stream = enrolled.as_("clerk").ask(ShowTrust()).stream
    enrolment.revoke(
        county.folder, stream, county.stick, passphrase=PASSPHRASE, after=2, now=enrolled.now()
    )
    enrolled.unit(name="示例三站")
    assert "revoked" in [line.code for line in county.bring(enrolled).lines]


@pytest.mark.parametrize("name", ["after", "age", "replaces", "sign", "stream"])
def test_a_statement_changed_in_any_place_is_refused(name):
    keys = DeskKeys.generate(), DeskKeys.generate()
    said = canonical.loads(rotation.statement(*keys, **SAID))
    other = {
        "after": 4, "age": DeskKeys.generate().recipient, "replaces": "0" * 64, "sign": "1" * 64,
        "stream": "999901001-02-7f3a7f3a",
    }  # fmt: skip
    with pytest.raises(BundleRefused):
        rotation.parse(canonical.dumps({**said, name: other[name]}))


def test_only_one_of_the_two_signatures_is_not_enough():
    old, new, other = (DeskKeys.generate() for _each in range(3))
    said = canonical.loads(rotation.statement(old, new, **SAID))
    foreign = canonical.loads(rotation.statement(old, other, **SAID))
    with pytest.raises(BundleRefused):
        rotation.parse(canonical.dumps({**said, "signature_new": foreign["signature_new"]}))
