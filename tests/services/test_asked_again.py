"""A county that lost its copy asks for everything by its receipts; a desk answers once."""

from __future__ import annotations

import shutil

import pytest

from integrity_desk.county import asking
from integrity_desk.county import office as county_office
from integrity_desk.county.receipts import asked_under
from integrity_desk.errors import BundleRefused, NotFound
from integrity_desk.services.deliveries import ShowDeliveries
from integrity_desk.services.exchange import CarryBundles, ImportReceipts, SealBundle
from integrity_desk.services.workbench import ShowWorkbench
from integrity_desk.sync import keys
from integrity_desk.sync.receipt import Receipt, from_document
from tests.services.conftest import PASSPHRASE


@pytest.fixture
def lost(office, county, clerk):
    """Return the county as it was before anything came, its desk having receipts for all."""
    county.enrol(office)
    kept = county.root / "old copy"
    shutil.copytree(county.folder, kept)
    office.registered_commitment()
    county.round_trip(office)
    office.unit(name="示例第二单位")
    county.round_trip(office)
    whole = county.status
    shutil.rmtree(county.folder)
    kept.rename(county.folder)
    clear(county)
    return whole


def clear(county):
    for path in county.stick.iterdir():
        path.unlink()


@pytest.fixture
def ask(county, office):
    """Return what makes the county ask, and gives the receipt that carries it."""

    def asked(*streams):
        (written,) = asking.ask_for_everything(
            county.folder, streams, county.stick, passphrase=PASSPHRASE, now=office.now()
        )
        return written

    return asked


def take(clerk, path):
    return clerk.perform(ImportReceipts(path=path)).value


def wanted(clerk):
    return clerk.ask(ShowDeliveries()).asked_on, clerk.ask(ShowWorkbench()).asked_again


def noted(county, office):
    with county_office.opened(county.folder, PASSPHRASE) as opened:
        reader = office.reading().identity
        return opened.ledger.noted(
            asked_under(keys.stream_of(reader.org, reader.desk, reader.replica))
        )


def test_the_receipt_asks_the_desk_shows_it_and_the_next_bundle_is_everything(
    office, county, clerk, lost, ask
):
    report = take(clerk, ask())
    assert report.everything
    assert wanted(clerk) == (office.now().date(), 1)
    told = county.round_trip(office)
    assert (county.status.records, county.status.revisions) == (lost.records, lost.revisions)
    assert not told.everything
    assert wanted(clerk) == (None, 0)
    assert noted(county, office) == ""


def test_the_request_comes_with_every_receipt_until_it_is_answered(
    office, county, clerk, lost, ask
):
    ask()
    clear(county)
    office.unit(name="示例第三单位")
    report = county.round_trip(office)  # a bundle as any other: the request is in its receipt
    assert report.everything
    clear(county)
    county.round_trip(office)
    assert county.status.revisions > lost.revisions
    assert noted(county, office) == ""


def test_an_old_request_is_not_answered_twice_in_whatever_order_it_comes_again(
    office, county, clerk, lost, ask
):
    first = county.root / "first.tsb"
    shutil.copy(ask(), first)
    take(clerk, first)
    county.round_trip(office)
    for _again in range(3):
        report = take(clerk, first)
        assert not report.everything
        assert clerk.perform(SealBundle()).value is None
    office.now.advance(days=1)
    second = county.root / "second.tsb"
    shutil.copy(ask(), second)
    assert take(clerk, second).everything
    county.round_trip(office)
    assert not take(clerk, first).everything
    assert not take(clerk, second).everything
    assert clerk.perform(SealBundle()).value is None


def test_a_snapshot_that_was_sealed_before_is_no_answer(office, county, clerk, lost, ask):
    take(clerk, ask())
    clerk.perform(SealBundle())
    clerk.perform(CarryBundles(folder=county.stick))
    office.now.advance(days=1)
    later = ask()
    county.receive(office)
    assert noted(county, office) != ""
    assert take(clerk, later).everything


def test_only_who_was_enrolled_can_be_asked(county, office):
    with pytest.raises(NotFound, match="没有开通过"):
        asking.ask_for_everything(
            county.folder, ("999901001-01-00000000",), county.stick,
            passphrase=PASSPHRASE, now=office.now(),
        )  # fmt: skip


def test_a_receipt_of_an_older_county_asks_for_nothing_and_a_strange_moment_is_refused():
    plain = Receipt(stream="a-b", through_seq=0, content_through="").document()
    older = {name: each for name, each in plain.items() if name != "everything_asked"}
    lists = {name: list(each) for name, each in older.items() if isinstance(each, tuple)}
    assert from_document({**older, **lists}).everything_asked == ""
    with pytest.raises(BundleRefused):
        from_document({**older, **lists, "everything_asked": "soon"})
