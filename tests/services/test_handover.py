"""Handing a stick over: the slip to sign, the cover beside the bundle, everything again."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tarfile

import pytest

from integrity_desk.domain.delivery_rules import receipt_days
from integrity_desk.errors import NotFound, StepRefused
from integrity_desk.services.deliveries import ShowDeliveries
from integrity_desk.services.exchange import CarryBundles, ImportReceipts
from integrity_desk.services.handover import DrawHandoverSlip
from integrity_desk.services.repeating import RepeatEverything
from integrity_desk.services.workbench import ShowWorkbench

pdftotext = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils")


@pytest.fixture
def carry(clerk, county, seal):
    """Return what seals and carries, and gives the bundle back."""

    def carried():
        bundle = seal()
        clerk.perform(CarryBundles(folder=county.stick))
        return bundle

    return carried


def envelope_of(path):
    """Read an envelope with nothing of ours: tar and JSON."""
    with tarfile.open(path) as archive:
        return json.loads(archive.extractfile("envelope.json").read())


def printed(pdf, folder):
    """Return the words of a PDF as another program reads them, without blanks."""
    (folder / "slip.pdf").write_bytes(pdf)
    told = subprocess.run(
        ["pdftotext", "-layout", folder / "slip.pdf", "-"], capture_output=True, check=True
    )
    return "".join(told.stdout.decode().split())


@pdftotext
def test_the_slip_says_what_the_envelope_on_the_stick_says(office, clerk, county, carry, tmp_path):
    office.unit()
    office.registered_commitment()
    bundle = carry()
    pdf = clerk.ask(DrawHandoverSlip(files=bundle.files, bundled_fonts=True))
    words = printed(pdf, tmp_path)
    lying = county.stick / bundle.files[0]
    envelope = envelope_of(lying)
    assert "同步包移交清单" in words
    assert "示例县信用办" in words
    assert f"1份，共{envelope['revisions']}条变更" in words
    assert "首次上报" in words
    digest = hashlib.sha256(lying.read_bytes()).hexdigest()
    assert digest in words
    assert f"{lying.stat().st_size:,}" in words
    for told in ("单位", "公开承诺", "移交人", "接收人"):
        assert told in words


@pdftotext
def test_a_later_slip_tells_since_when(office, clerk, county, carry, tmp_path):
    office.unit()
    first = carry()
    office.now.advance(days=20)
    office.unit(name="示例第二单位")
    second = carry()
    pdf = clerk.ask(DrawHandoverSlip(files=second.files, bundled_fonts=True))
    assert f"上一个同步包（{first.created_at:%Y-%m-%d}" in printed(pdf, tmp_path)


def test_no_slip_for_what_this_desk_did_not_seal(clerk):
    with pytest.raises(NotFound, match="没有本登记点封的"):
        clerk.ask(DrawHandoverSlip(files=("999901002-d01-0000-0000000001-p00.tsb",)))


def test_the_cover_beside_a_bundle_reads_in_any_editor_and_tells_no_content(office, county, carry):
    office.unit(name="示例甲单位")
    bundle = carry()
    (cover,) = county.stick.glob("*.txt")
    data = cover.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    words = data.decode("utf-8-sig")
    assert words.count("\r\n") == words.count("\n")
    envelope = envelope_of(county.stick / bundle.files[0])
    assert f"第{envelope['seq']}号同步包，{envelope['revisions']}条变更" in words
    for told in (envelope["org"], "示例县信用办", "首次上报", bundle.files[0]):
        assert told in words
    for kept_back in ("示例甲单位", "钱经办"):
        assert kept_back not in words


def test_a_cover_that_lies_there_is_left_as_it_is(office, clerk, county, carry):
    office.unit()
    carry()
    (cover,) = county.stick.glob("*.txt")
    cover.write_text("县里的批注", "utf-8")
    clerk.perform(CarryBundles(folder=county.stick))
    assert cover.read_text("utf-8") == "县里的批注"


# No receipt for too long


def test_a_bundle_without_receipt_is_told_after_the_days_of_the_rule(office, clerk, carry):
    office.unit()
    carry()
    office.now.advance(days=receipt_days())
    assert clerk.ask(ShowWorkbench()).unanswered == 0
    assert clerk.ask(ShowDeliveries()).late == 0
    office.now.advance(days=1)
    assert clerk.ask(ShowWorkbench()).unanswered == 1
    told = clerk.ask(ShowDeliveries())
    assert (told.late, told.bundles[0].late_days) == (1, receipt_days() + 1)
    assert told.bundles[0].tone == "red"


def test_a_receipt_takes_it_off_the_workbench(office, clerk, county, carry):
    office.unit()
    carry()
    office.now.advance(days=receipt_days() + 1)
    county.receive(office)
    clerk.perform(ImportReceipts(path=county.stick))
    assert clerk.ask(ShowWorkbench()).unanswered == 0


def test_what_was_sealed_but_never_carried_does_not_count(office, clerk, seal):
    office.unit()
    seal()
    office.now.advance(days=receipt_days() * 2)
    assert clerk.ask(ShowWorkbench()).unanswered == 0


# Everything again


def test_a_county_put_back_from_an_old_copy_gets_everything_again(office, clerk, county):
    office.unit()
    county.round_trip(office)
    kept = county.root / "old copy"
    shutil.copytree(county.folder, kept)
    for name in ("示例第二单位", "示例第三单位"):
        office.unit(name=name)
        county.round_trip(office)
    whole = county.status
    shutil.rmtree(county.folder)
    kept.rename(county.folder)
    for path in county.stick.iterdir():
        path.unlink()
    assert county.status.revisions < whole.revisions
    clerk.perform(RepeatEverything())
    assert clerk.ask(ShowDeliveries()).everything
    told = county.round_trip(office)
    assert (county.status.records, county.status.revisions) == (whole.records, whole.revisions)
    assert told.rejected == 0
    told = clerk.ask(ShowDeliveries())
    assert (told.bundles[0].state, told.everything) == ("accepted", False)
    office.unit(name="示例第四单位")
    county.round_trip(office)
    assert county.status.revisions > whole.revisions


def test_who_has_sent_nothing_has_nothing_to_repeat(clerk):
    with pytest.raises(StepRefused, match="不必重报"):
        clerk.perform(RepeatEverything())
