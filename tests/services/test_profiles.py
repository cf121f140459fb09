"""A county's reporting profile at the desk: shown, obeyed, changed later, and never a loss."""

from __future__ import annotations

import json
import shutil

import pytest

from integrity_desk.county import profiles
from integrity_desk.domain.profiles import national_text
from integrity_desk.errors import BundleRefused
from integrity_desk.services.attachments import AttachFile
from integrity_desk.services.county_trust import ImportTrust, ShowTrust
from integrity_desk.services.exchange import CarryBundles, SealBundle
from integrity_desk.services.repeating import RepeatEverything
from integrity_desk.services.workbench import ShowWorkbench
from integrity_desk.sync.seal import INTERNATIONAL
from tests.exchanging import lines_in, outbox, shown, travelled
from tests.services.conftest import PASSPHRASE

NAME = "孙密报示例"


@pytest.fixture
def ask_for(county):
    """Return what makes the county ask for less or more, and tells these desks so."""

    def changed(*offices, withheld=(), reporters=False, version="2"):
        text = national_text().replace("withheld = []", f"withheld = {json.dumps(list(withheld))}")
        text = text.replace("reporters = false", f"reporters = {json.dumps(reporters)}")
        path = county.root / "changed.toml"
        path.write_text(text.replace('"2026.1"', f'"{version}"'), encoding="utf-8")
        profiles.take(county.folder, path, passphrase=PASSPHRASE, now=offices[0].now())
        for office in offices:
            office.as_("clerk").perform(ImportTrust(path=county.admit(office)))

    return changed


@pytest.fixture
def enrolled(office, county):
    """Return a desk that the county knows."""
    county.enrol(office)
    return office


@pytest.fixture
def sent(county, unpack):
    """Return what a desk's next bundle carries: its lines, and how its data package maps them."""

    def sealed(office):
        bundle = office.as_("clerk").perform(SealBundle()).value
        if bundle is None:
            return b"", {}
        opened = unpack(office, outbox(office, bundle))
        package = json.loads((opened / "datapackage.json").read_bytes())
        return lines_in(opened), package["mapping"]

    return sealed


def trainings(lines):
    return lines.count(b'"type":"training@')


def test_the_cover_and_the_window_name_profile_and_cryptography(enrolled, county, ask_for):
    ask_for(enrolled, version="7b")
    assert enrolled.as_("clerk").ask(ShowTrust()).profile == "通用报送方案（7b版）"
    assert enrolled.as_("clerk").ask(ShowTrust()).suite == INTERNATIONAL.name
    enrolled.unit()
    clerk = enrolled.as_("clerk")
    clerk.perform(SealBundle())
    clerk.perform(CarryBundles(folder=county.stick))
    (cover,) = county.stick.glob("*.txt")
    words = cover.read_text("utf-8-sig")
    assert "报送方案：通用报送方案（7b版）" in words
    assert f"密码算法：{INTERNATIONAL.name}" in words


def test_the_data_package_says_what_the_catalogue_calls_the_fields(enrolled, sent):
    enrolled.unit()
    _lines, mapping = sent(enrolled)
    assert (mapping["code"], mapping["version"]) == ("national", "2026.1")
    penalty = next(each for each in mapping["items"] if each["name"] == "行政处罚")
    codes = {each["field"]: each["code"] for each in penalty["elements"]}
    assert (penalty["type"], codes["document_number"]) == ("integrity_record", "CF_WSH")


def test_what_the_county_does_not_ask_for_waits_at_the_desk_until_it_does(
    enrolled, county, ask_for, sent
):
    ask_for(enrolled, withheld=["training"], reporters=True)
    told = enrolled.as_("clerk").ask(ShowTrust())
    assert (told.withheld, told.reporters) == (("诚信教育",), True)
    unit, training = enrolled.unit(), enrolled.enter("training")
    path = county.root / "plan.txt"
    path.write_text("示例教育方案", encoding="utf-8")
    enrolled.as_("clerk").perform(AttachFile(owner_id=training, path=path))
    lines, _mapping = sent(enrolled)
    assert unit.encode() in lines
    assert training.encode() not in lines
    assert enrolled.as_("clerk").ask(ShowWorkbench()).unsent == 0
    assert sent(enrolled)[0] == b""
    assert enrolled.view(training).delivery == "县级不要求上报"
    ask_for(enrolled, version="3")
    lines, _mapping = sent(enrolled)
    assert trainings(lines) == 1
    assert b'"type":"attachment@' in lines


def test_everything_again_leaves_out_what_is_not_asked_for_and_loses_nothing_of_it(
    enrolled, county, ask_for, sent
):
    training = enrolled.enter("training")
    county.round_trip(enrolled)
    ask_for(enrolled, withheld=["training"])
    enrolled.as_("clerk").perform(RepeatEverything())
    lines, _mapping = sent(enrolled)
    assert lines
    assert trainings(lines) == 0
    ask_for(enrolled, version="3")  # the county had lost what it once had of it
    lines, _mapping = sent(enrolled)
    assert trainings(lines) == 1
    assert training.encode() in lines
    assert sent(enrolled)[0] == b""


def test_an_older_list_never_brings_an_older_profile_back(enrolled, county, ask_for):
    old = county.root / "old.tsb"
    shutil.copy(county.admit(enrolled), old)
    ask_for(enrolled, version="7")
    with pytest.raises(BundleRefused) as caught:
        enrolled.as_("clerk").perform(ImportTrust(path=old))
    assert caught.value.code == "trust_serial"
    assert "7版" in enrolled.as_("clerk").ask(ShowTrust()).profile


# Who complained


def test_who_complained_goes_only_where_the_profile_asks(enrolled, ask_for, sent):
    enrolled.complaint(reporter={"name": NAME})
    lines, _mapping = sent(enrolled)
    assert NAME.encode() not in lines
    ask_for(enrolled, reporters=True)
    lines, _mapping = sent(enrolled)
    assert NAME.encode() in lines
    ask_for(enrolled, version="3")
    enrolled.complaint(reporter={"name": "周另报示例"})
    enrolled.as_("clerk").perform(RepeatEverything())
    lines, _mapping = sent(enrolled)
    assert lines
    assert NAME.encode() not in lines
    assert "周另报示例".encode() not in lines


@pytest.mark.parametrize("kind", ["confidential", "anonymous"])
def test_who_wishes_to_stay_unknown_goes_nowhere_whatever_the_profile_asks(
    enrolled, ask_for, sent, kind
):
    ask_for(enrolled, reporters=True)
    case = enrolled.complaint(reporter={"name": NAME, "kind": kind})
    lines, _mapping = sent(enrolled)
    assert case.encode() in lines
    assert NAME.encode() not in lines


def test_who_has_come_to_wish_it_is_not_repeated_either(enrolled, ask_for, sent):
    ask_for(enrolled, reporters=True)
    case = enrolled.complaint(reporter={"name": NAME})
    assert NAME.encode() in sent(enrolled)[0]
    (part,) = [each for each in enrolled.view(case).parts if each.type == "reporter"]
    enrolled.amend(part.rows[0].id, kind="confidential")
    enrolled.as_("clerk").perform(RepeatEverything())
    lines, _mapping = sent(enrolled)
    assert case.encode() in lines
    assert NAME.encode() not in lines


def test_no_neighbour_ever_reads_who_complained(township, ask_for, sent):
    first, second = township["01"], township["02"]
    ask_for(first, second, reporters=True)
    case = first.complaint(reporter={"name": NAME})
    lines, _mapping = sent(first)
    assert case.encode() in lines
    assert NAME.encode() not in lines
    township.exchange()
    assert second.record(case)
    assert not shown(second, "reporter")


def test_desks_that_were_not_asked_for_something_converge_once_they_are(township, ask_for):
    first, second = township["01"], township["02"]
    training = first.enter("training", topic="示例教育")
    township.exchange()
    ask_for(first, second, withheld=["training"])
    first.amend(training, topic="示例教育（第一点改）")
    second.amend(training, hours=3)
    other = second.unit(name="示例东站")
    township.exchange()
    assert first.record(other)
    assert first.record(training).hours != 3
    ask_for(first, second, version="3")
    township.exchange()
    township.exchange()
    assert travelled(first) == travelled(second)
    assert shown(first, "training") == shown(second, "training")
    assert first.record(training).hours == 3
