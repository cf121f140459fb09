"""Sealing and carrying: what leaves the desk, what never does, and when it is noted."""

from __future__ import annotations

import errno
import shutil

import pytest

from integrity_desk.errors import (
    Cancelled,
    DeskError,
    MediaUnavailable,
    StepRefused,
)
from integrity_desk.services.attachments import AttachFile
from integrity_desk.services.county_trust import ShowTrust, WriteEnrolment
from integrity_desk.services.exchange import (
    CarryBundles,
    ImportReceipts,
    InspectBundle,
    ListBundles,
    SealBundle,
)
from integrity_desk.sync import media
from integrity_desk.sync.files import Files
from integrity_desk.sync.receipt import Receipt
from tests.exchanging import delivered, everything_in, lines_in, outbox

SECRET, PHONE, LETTER = "孙密报示例", "13800000003", "示例举报信原文"


# What leaves


def test_what_was_sealed_is_not_sealed_again(office, seal):
    office.unit()
    first = seal()
    assert (first.seq, first.state) == (1, "exported")
    assert seal() is None
    office.unit(name="示例第二单位")
    second = seal()
    assert (second.seq, second.prev, second.revisions) == (2, first.content, 1)


def test_a_draft_waits_until_it_is_registered(office, seal, unpack):
    draft = office.commitment(subject="尚未决定的承诺")
    bundle = seal()
    opened = unpack(office, outbox(office, bundle))
    assert "尚未决定的承诺".encode() not in everything_in(opened)
    assert delivered(office, draft).state == "pending"
    office.step(draft, "register")
    later = unpack(office, outbox(office, seal()))
    assert "尚未决定的承诺".encode() in lines_in(later)


def test_a_record_under_review_waits_for_the_second_person(office, seal, unpack):
    record = office.integrity_record(subject="待审的事项")
    office.step(record, "submit")
    first = unpack(office, outbox(office, seal()))
    assert "待审的事项".encode() not in everything_in(first)
    office.step(record, "approve")
    second = unpack(office, outbox(office, seal()))
    assert "待审的事项".encode() in lines_in(second)


def test_parts_and_files_wait_for_what_they_belong_to(office, seal, unpack, tmp_path):
    draft = office.commitment()
    office.enter("instalment", commitment_id=draft, note="示例分期说明")
    evidence = tmp_path / "示例证据.txt"
    evidence.write_text("示例证据内容", "utf-8")
    office.as_("clerk").perform(AttachFile(owner_id=draft, path=evidence))
    bundle = seal()
    first = everything_in(unpack(office, outbox(office, bundle)))
    assert "示例分期说明".encode() not in first
    assert "示例证据内容".encode() not in first
    office.step(draft, "register")
    second = everything_in(unpack(office, outbox(office, seal())))
    assert "示例分期说明".encode() in second
    assert "示例证据内容".encode() in second


def test_who_complained_never_leaves(office, clerk, seal, unpack, tmp_path):
    case = office.complaint(reporter={"name": SECRET, "phone": PHONE, "address": "示例密址"})
    (part,) = [each for each in office.view(case).parts if each.type == "reporter"]
    letter = tmp_path / "举报信.txt"
    letter.write_text(LETTER, "utf-8")
    clerk.perform(AttachFile(owner_id=part.rows[0].id, path=letter, note="示例信封"))
    office.walk(case, "accept")
    data = unpack(office, outbox(office, seal()))
    whole = everything_in(data.parent)
    assert "反映示例工程款逾期未付".encode() in whole
    for secret in (SECRET, PHONE, "示例密址", LETTER, "举报信.txt", "示例信封", "reporter"):
        assert secret.encode() not in whole, secret


@pytest.mark.parametrize("type_name", ["account", "access", "handout", "rule_change"])
def test_the_desks_own_affairs_stay_at_home(office, seal, unpack, type_name):
    office.unit()
    opened = unpack(office, outbox(office, seal()))
    assert f'"type":"{type_name}@'.encode() not in lines_in(opened)


def test_a_file_travels_once_and_again_when_it_is_asked_for(
    office, county, clerk, seal, take, unpack, tmp_path
):
    unit = office.unit()
    evidence = tmp_path / "示例.txt"
    evidence.write_text("示例证据内容", "utf-8")
    clerk.perform(AttachFile(owner_id=unit, path=evidence))
    blobs = [path.name for path in _blobs(unpack(office, outbox(office, seal())))]
    assert len(blobs) == 1
    office.amend(unit, contact="示例联系人")
    bundle = seal()
    assert _blobs(unpack(office, outbox(office, bundle))) == []
    wanted = blobs[0].split(".")[0]
    stream = clerk.ask(ShowTrust()).stream
    told = Receipt(
        stream=stream, through_seq=0, content_through="", missing_blobs=(wanted, "0" * 64)
    )
    take(county.say(office, told))
    again = seal()
    assert again.revisions == 0
    assert [path.name for path in _blobs(unpack(office, outbox(office, again)))] == blobs
    assert seal() is None


def _blobs(data):
    return [path for path in (data / "blobs").rglob("*") if path.is_file()]


def test_stopping_while_sealing_leaves_everything_to_be_sealed(office, clerk, seal, stop):
    unit = office.unit()
    with pytest.raises(Cancelled):
        clerk.perform(SealBundle(), stop)
    assert clerk.ask(ListBundles()) == ()
    assert delivered(office, unit).state == "pending"
    assert seal().seq == 1


def test_what_an_interrupted_sealing_left_is_cleared_away(office, seal):
    office.unit()
    first = seal()
    stray = office.folder / "outbox" / first.files[0].replace("-0000000001-", "-0000000002-")
    stray.write_bytes(b"half a bundle")
    office.unit(name="示例第二单位")
    second = seal()
    assert second.files[0] == stray.name
    assert stray.read_bytes() != b"half a bundle"


# Carrying


def test_what_is_carried_is_read_back_and_so_noted(office, county, clerk, seal):
    unit = office.unit()
    bundle = seal()
    assert delivered(office, unit).state == "exported"
    (carried,) = clerk.perform(CarryBundles(folder=county.stick)).value
    assert carried.read_bytes() == outbox(office, bundle).read_bytes()
    assert delivered(office, unit).state == "carried"
    (kept,) = clerk.ask(ListBundles())
    assert (kept.state, kept.carried_at) == ("carried", office.now())


def test_every_bundle_without_a_receipt_is_carried_again(office, county, clerk, seal, tmp_path):
    office.unit()
    seal()
    clerk.perform(CarryBundles(folder=county.stick))
    office.unit(name="示例第二单位")
    seal()
    other = tmp_path / "another stick"
    other.mkdir()
    assert len(clerk.perform(CarryBundles(folder=other)).value) == 2


def test_with_nothing_to_carry_the_clerk_is_told(county, clerk):
    with pytest.raises(StepRefused, match="没有需要带走的同步包"):
        clerk.perform(CarryBundles(folder=county.stick))


def test_after_the_receipt_nothing_is_left_to_carry(office, county, clerk):
    office.unit()
    county.round_trip(office)
    with pytest.raises(StepRefused, match="全部已有回执"):
        clerk.perform(CarryBundles(folder=county.stick))


def not_carried(office, clerk):
    assert [each.state for each in clerk.ask(ListBundles())] == ["exported"]
    assert clerk.ask(ListBundles())[0].carried_at is None
    return True


def test_a_pulled_stick_is_told_and_nothing_is_noted(office, county, clerk, seal):
    office.unit()
    seal()
    shutil.rmtree(county.stick)
    with pytest.raises(MediaUnavailable, match="可能已拔出"):
        clerk.perform(CarryBundles(folder=county.stick))
    assert not_carried(office, clerk)


def test_a_write_protected_stick_is_told(office, county, clerk, seal, monkeypatch):
    def refuse(self, path):
        raise OSError(errno.EROFS, "read-only file system", str(path))

    office.unit()
    seal()
    monkeypatch.setattr(Files, "extend", refuse)
    with pytest.raises(MediaUnavailable, match="写保护"):
        clerk.perform(CarryBundles(folder=county.stick))
    assert not_carried(office, clerk)


def test_stopping_while_carrying_notes_nothing(office, county, clerk, seal, stop):
    office.unit()
    seal()
    with pytest.raises(Cancelled):
        clerk.perform(CarryBundles(folder=county.stick), stop)
    assert not_carried(office, clerk)


def test_a_full_stick_is_told(office, county, clerk, seal, monkeypatch):
    office.unit()
    seal()
    monkeypatch.setattr(Files, "free_bytes", lambda self, folder: 1000)
    with pytest.raises(MediaUnavailable, match="空间不足"):
        clerk.perform(CarryBundles(folder=county.stick))
    assert not_carried(office, clerk)


def test_a_stick_that_keeps_other_bytes_is_found_out(office, county, clerk, seal, monkeypatch):
    office.unit()
    bundle = seal()
    (county.stick / bundle.files[0]).write_bytes(b"something else of that name")
    with pytest.raises(MediaUnavailable, match="不一致"):
        clerk.perform(CarryBundles(folder=county.stick))
    assert not_carried(office, clerk)


def test_if_the_second_of_two_fails_none_is_noted(office, county, clerk, seal, monkeypatch):
    office.unit()
    seal()
    office.unit(name="示例第二单位")
    seal()
    carry, done = media.carry, []

    def pulled_after_the_first(source, folder, **options):
        if done:
            raise MediaUnavailable("拔出了。")
        done.append(source)
        return carry(source, folder, **options)

    monkeypatch.setattr(media, "carry", pulled_after_the_first)
    with pytest.raises(MediaUnavailable):
        clerk.perform(CarryBundles(folder=county.stick))
    assert {each.state for each in clerk.ask(ListBundles())} == {"exported"}


def test_a_viewer_carries_nothing(office, county):
    for command in (
        SealBundle(),
        CarryBundles(folder=county.stick),
        ImportReceipts(path=county.stick),
        WriteEnrolment(folder=county.stick),
    ):
        with pytest.raises(DeskError, match="查阅员"):
            office.as_("viewer").perform(command)


def test_a_bundle_is_inspected_with_the_keys_known_here(office, county, clerk, seal):
    office.unit()
    found = office.as_("viewer").ask(InspectBundle(path=outbox(office, seal())))
    assert found.known
    assert "签名有效" in found.sentence
    assert found.envelope.seq == 1
