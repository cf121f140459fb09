"""A shared folder is looked into: real files that grow, break, go and come back."""

from __future__ import annotations

import os
import shutil

import pytest

from integrity_desk.county import office as county_office
from integrity_desk.services.county_trust import ImportTrust
from integrity_desk.services.exchange import ImportReceipts, ListBundles
from integrity_desk.services.neighbours import ImportNeighbours
from integrity_desk.services.watching import BUNDLE, GROWING, NOTHING, RECEIPT, LookIntoFolder
from tests.exchanging import travelled
from tests.services.conftest import PASSPHRASE


@pytest.fixture
def share(tmp_path):
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


@pytest.fixture
def look():
    """Return ``look(office, share)``: the next look, which knows what the last one found."""
    last = {}

    def looked(office, share, *, anew=False):
        question = LookIntoFolder(folder=share, before=last.get(share), anew=anew)
        last[share] = office.as_("clerk").ask(question)
        return last[share]

    return looked


@pytest.fixture
def answered(office, county):
    """Return the receipt for what this desk sent."""
    county.enrol(office)
    office.unit()
    county.bring(office)
    (receipt,) = (
        path for path in county.stick.glob("*-to-*.tsb") if b'"kind":"receipt"' in path.read_bytes()
    )
    return receipt


def kinds(seen):
    return [each.kind for each in seen.files]


def test_a_receipt_is_told_once_it_lay_still_and_no_more_once_it_was_taken_in(
    office, clerk, share, look, answered
):
    shutil.copy(answered, share)
    assert kinds(look(office, share)) == [GROWING]
    assert kinds(look(office, share)) == [RECEIPT]
    assert look(office, share).count(RECEIPT) == 1
    clerk.perform(ImportReceipts(path=share))
    assert kinds(look(office, share, anew=True)) == [NOTHING]


def test_looking_takes_nothing_in(office, share, look, answered):
    shutil.copy(answered, share)
    before = travelled(office)
    for _again in range(3):
        look(office, share)
    assert travelled(office) == before
    assert not office.as_("clerk").ask(ListBundles())[0].receipted_at


def test_the_same_news_under_a_new_seal_is_no_news(office, county, clerk, share, look, answered):
    shutil.copy(answered, share)
    clerk.perform(ImportReceipts(path=share))
    county.receive(office)
    again = share / answered.name
    assert answered.read_bytes() != again.read_bytes()
    shutil.copy(answered, again)
    look(office, share)
    assert kinds(look(office, share)) == [NOTHING]


def test_a_file_that_still_grows_is_waited_for(office, share, look, answered):
    whole, lying = answered.read_bytes(), share / answered.name
    for part in (1, 2, 3):
        lying.write_bytes(whole[: len(whole) * part // 3])
        assert kinds(look(office, share)) == [GROWING]
    assert kinds(look(office, share)) == [RECEIPT]


def test_a_copy_that_names_its_size_first_is_waited_for_too(office, share, look, answered):
    whole, lying = answered.read_bytes(), share / answered.name
    lying.write_bytes(bytes(len(whole)))
    for _again in range(3):
        assert kinds(look(office, share)) == [GROWING]
    stamp = lying.stat().st_mtime_ns
    lying.write_bytes(whole)
    os.utime(lying, ns=(stamp, stamp))
    assert kinds(look(office, share)) == [RECEIPT]


def test_a_file_that_stays_broken_is_left_alone_until_it_changes(office, share, look, answered):
    lying = share / answered.name
    lying.write_bytes(answered.read_bytes()[:-1])
    for _again in range(6):
        look(office, share)
    assert kinds(look(office, share)) == [NOTHING]
    shutil.copy(answered, lying)
    look(office, share)
    assert kinds(look(office, share)) == [RECEIPT]


def test_a_share_that_went_is_named_and_what_it_held_is_known_when_it_is_back(
    office, share, look, answered
):
    shutil.copy(answered, share)
    look(office, share)
    away = share.with_name("away")
    share.rename(away)
    seen = look(office, share)
    assert "找不到" in seen.gone
    assert seen.files
    away.rename(share)
    seen = look(office, share)
    assert (seen.gone, kinds(seen)) == ("", [RECEIPT])


def test_what_others_leave_there_is_nothing_to_this_desk(office, clerk, county, share, look):
    county.enrol(office)
    office.unit()
    county.bring(office)
    for path in county.stick.iterdir():
        if path.name.startswith(office.reading().identity.org):
            shutil.copy(path, share)  # our own bundles on their way
    (share / "999901-to-999901001-09-00000000-0000000001-p00.tsb").write_bytes(b"x")
    (share / "notes.txt").write_text("示例")
    (share / "$weird name$.tsb").write_bytes(b"x")
    look(office, share)
    seen = look(office, share)
    assert len(seen.files) >= 3
    assert set(kinds(seen)) == {NOTHING}


def test_a_desk_that_is_not_enrolled_sees_nothing(office, share, look):
    (share / "999901-to-x-0000000001-p00.tsb").write_bytes(b"x")
    look(office, share)
    assert kinds(look(office, share)) == [NOTHING]


def test_a_trust_list_that_came_alone_is_news_until_it_is_taken_in(
    office, county, clerk, share, look
):
    county.enrol(office)
    clerk.perform(ImportTrust(path=county.admit(office)))
    shutil.copy(county.admit(office), share)
    look(office, share)
    assert kinds(look(office, share)) == [NOTHING]
    with county_office.opened(county.folder, PASSPHRASE) as opened:
        opened.ledger.renew_trust("2026-05-12T01:00:00Z")
    shutil.copy(county.admit(office), share)
    look(office, share)
    assert RECEIPT in kinds(look(office, share))
    clerk.perform(ImportReceipts(path=share))
    assert set(kinds(look(office, share, anew=True))) == {NOTHING}


def test_a_neighbours_bundle_is_news_until_it_is_taken_in(township, share, look):
    first, second = township["01"], township["02"]
    first.unit(name="示例东站")
    township.send("01")
    for path in township.stick.glob(f"{first.reading().identity.org}-01-*.tsb"):
        shutil.copy(path, share)
    look(second, share)
    assert look(second, share).count(BUNDLE) == 1
    second.as_("clerk").perform(ImportNeighbours(path=share))
    assert look(second, share, anew=True).count(BUNDLE) == 0
