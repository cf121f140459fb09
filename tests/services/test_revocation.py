"""A key the county does not believe any more: the desk is told, and comes back with another."""

from __future__ import annotations

import shutil

import pytest

from integrity_desk.county import asking, enrolment
from integrity_desk.domain.units import Unit
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.services.county_trust import ImportTrust, ShowTrust
from integrity_desk.services.deliveries import ShowDeliveries
from integrity_desk.services.exchange import CarryBundles, ImportReceipts, ListBundles, SealBundle
from integrity_desk.services.key_rotation import RotateKeys
from integrity_desk.services.neighbours import ListNeighbours
from tests.exchanging import delivered, put_back
from tests.services.conftest import PASSPHRASE


@pytest.fixture
def revoked(office, county, tmp_path):
    """A desk revoked after its first bundle; the list that says so went astray."""
    county.enrol(office)
    office.unit(name="示例一站")
    county.round_trip(office)
    enrolment.revoke(
        county.folder, office.as_("clerk").ask(ShowTrust()).stream, tmp_path / "astray",
        passphrase=PASSPHRASE, after=1, now=office.now(),
    )  # fmt: skip
    return office


def test_a_desk_that_sends_on_is_told_with_the_stick_it_sent(revoked, county):
    revoked.unit(name="示例二站")
    assert "revoked" in [line.code for line in county.bring(revoked).lines]
    told = revoked.as_("clerk").perform(ImportReceipts(path=county.stick)).value
    assert told.renewed
    assert "只认到第1包" in told.revoked
    assert revoked.as_("clerk").ask(ShowTrust()).revoked == told.revoked


def test_nothing_more_is_sealed_in_vain_and_what_still_counts_is_carried(revoked, county):
    revoked.unit(name="示例二站")
    county.bring(revoked)
    revoked.as_("clerk").perform(ImportReceipts(path=county.stick))
    revoked.as_("clerk").perform(SealBundle())
    revoked.unit(name="示例三站")
    with pytest.raises(StepRefused, match="县级已停用本登记点的密钥"):
        revoked.as_("clerk").perform(SealBundle())
    assert revoked.as_("clerk").perform(CarryBundles(folder=county.stick)).value


def test_a_desk_comes_back_with_a_new_key_and_everything_it_ever_said(revoked, county):
    lost = revoked.unit(name="示例二站")
    county.bring(revoked)
    revoked.as_("clerk").perform(ImportReceipts(path=county.stick))
    assert revoked.as_("admin").perform(RotateKeys()).value is False
    assert revoked.as_("clerk").ask(ShowTrust()).revoked == ""
    revoked.as_("clerk").perform(ImportTrust(path=county.admit(revoked)))
    county.round_trip(revoked)
    assert delivered(revoked, lost).state == "accepted"
    (view,) = county.status.streams
    assert (view.through_seq, view.missing, view.revoked_after) == (3, (), None)
    assert revoked.as_("clerk").ask(ShowDeliveries()).awaiting == 0


def test_the_revoked_key_itself_is_not_let_in_again(revoked, county):
    with pytest.raises(InvalidInput, match="更换密钥"):
        county.admit(revoked)


def test_a_desks_own_old_key_is_no_neighbour(revoked, county):
    revoked.as_("admin").perform(RotateKeys())
    revoked.as_("clerk").perform(ImportTrust(path=county.admit(revoked)))
    assert revoked.as_("clerk").ask(ListNeighbours()) == ()


def test_a_desk_that_changed_its_keys_after_the_countys_copy_was_made_comes_back(
    office, county, tmp_path
):
    county.enrol(office)
    office.unit(name="示例一站")
    county.round_trip(office)
    shutil.copytree(county.folder, tmp_path / "copy")
    for _time in range(3):
        office.as_("admin").perform(RotateKeys())
        county.round_trip(office)
    lost = office.unit(name="示例二站")
    county.round_trip(office)
    shutil.rmtree(county.folder)
    shutil.copytree(tmp_path / "copy", county.folder)
    asking.ask_for_everything(
        county.folder, (), county.stick, passphrase=PASSPHRASE, now=office.now()
    )
    stream = office.as_("clerk").ask(ShowTrust()).stream
    enrolment.revoke(
        county.folder, stream, county.stick, passphrase=PASSPHRASE, after=1, now=office.now()
    )
    office.as_("clerk").perform(ImportTrust(path=county.admit(office)))
    office.as_("clerk").perform(ImportReceipts(path=county.stick))
    county.round_trip(office)
    (view,) = county.status.streams
    assert view.through_seq == office.as_("clerk").ask(ListBundles())[0].seq
    assert view.missing == ()
    assert delivered(office, lost).state == "accepted"


def test_a_lost_desk_put_back_from_its_backup_brings_everything_under_new_keys(office, county):
    county.enrol(office)
    office.unit(name="示例一站")
    stream = office.as_("clerk").ask(ShowTrust()).stream
    office.as_("clerk").perform(SealBundle())  # it never reached the county
    backup = office.as_("admin").back_up()
    office.unit(name="示例二站")
    county.round_trip(office)
    put_back(office, backup)
    county_end = (county.folder, stream, county.stick)
    enrolment.revoke(*county_end, passphrase=PASSPHRASE, after=0, now=office.now())
    office.as_("admin").perform(RotateKeys())
    office.as_("clerk").perform(ImportTrust(path=county.admit(office)))
    for path in county.stick.iterdir():
        path.unlink()
    county.round_trip(office)
    assert [delivered(office, unit.id).state for unit in office.reading().find(Unit)] == [
        "accepted",
    ] * 2  # fmt: skip
    assert office.as_("clerk").ask(ShowDeliveries()).awaiting == 0
