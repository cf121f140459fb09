"""From the desk to the county and back: what leaves, what never leaves, and what a receipt does."""

from __future__ import annotations

import errno
import shutil

import pytest

from integrity_desk.county import enrolment
from integrity_desk.errors import (
    BundleRefused,
    Cancelled,
    DeskError,
    InvalidInput,
    MediaUnavailable,
    StepRefused,
)
from integrity_desk.services.attachments import AttachFile
from integrity_desk.services.county_trust import ImportTrust, ShowTrust, WriteEnrolment
from integrity_desk.services.deliveries import ListRejected, ShowDeliveries
from integrity_desk.services.exchange import (
    CarryBundles,
    ImportReceipts,
    InspectBundle,
    ListBundles,
    SealBundle,
)
from integrity_desk.services.inspecting import inspect_without_store
from integrity_desk.storage import deliveries
from integrity_desk.sync import media
from integrity_desk.sync.files import Files
from integrity_desk.sync.receipt import BundleVerdict, Receipt, RevisionVerdict

SECRET, PHONE, LETTER = "孙密报示例", "13800000003", "示例举报信原文"


@pytest.fixture
def clerk(office, county):
    """Return the clerk's desk, enrolled at the county."""
    county.enrol(office)
    return office.as_("clerk")


@pytest.fixture
def seal(clerk):
    """Return ``seal()``: seals the next bundle."""
    return lambda: clerk.perform(SealBundle()).value


@pytest.fixture
def take(clerk, county):
    """Return ``take(path)``: takes in a receipt, or those on the stick."""
    return lambda path=county.stick: clerk.perform(ImportReceipts(path=path)).value


class Stop:
    """A person who presses Stop at once."""

    def step(self, done, total, label=""):
        raise Cancelled


def delivered(office, rec):
    return deliveries.of_record(office.store.database, rec)


def everything_in(folder):
    return b"".join(
        path.name.encode() + path.read_bytes() for path in folder.rglob("*") if path.is_file()
    )


def lines_in(opened):
    return b"".join(path.read_bytes() for path in sorted(opened.glob("revisions-*.jsonl")))


def only_receipt(county, office):
    stream = office.as_("clerk").ask(ShowTrust()).stream
    (path,) = [each for each in county.stick.glob(f"*-to-{stream}-*") if "receipt" in _kind(each)]
    return path


def _kind(path):
    return inspect_without_store(path).envelope.kind


# Being let in


def test_nothing_is_sealed_before_the_county_let_the_desk_in(office):
    office.unit()
    with pytest.raises(StepRefused, match="尚未在县级开通"):
        office.as_("clerk").perform(SealBundle())


def test_the_county_refuses_a_code_read_out_wrongly(office, county):
    said = office.as_("clerk").perform(WriteEnrolment(folder=county.stick)).value
    with pytest.raises(InvalidInput, match="校验码与开通文件不符"):
        enrolment.enrol(
            county.folder, said, county.stick, passphrase="示例县级口令一二三",
            code="0000 0000", now=office.now(),
        )  # fmt: skip


@pytest.mark.parametrize("code", ["", "0000 0000 0000", "not a code"])
def test_the_desk_refuses_a_county_whose_code_does_not_match(office, county, code):
    clerk, trust = office.as_("clerk"), county.admit(office)
    with pytest.raises(StepRefused, match="县级校验码不符"):
        clerk.perform(ImportTrust(path=trust, county_code=code))
    assert clerk.ask(ShowTrust()).county == ""


def test_with_the_right_code_the_county_is_known_by_name(office, county):
    county.enrol(office)
    told = office.as_("viewer").ask(ShowTrust())
    assert (told.county, told.county_code) == ("示例县信用办", county.status.code)
    assert told.desk_code


def test_the_code_is_asked_for_once(office, county):
    county.enrol(office)
    again = county.admit(office)
    assert office.as_("clerk").perform(ImportTrust(path=again)).value == "示例县信用办"


def test_a_bundle_is_no_trust_list(office, county, clerk):
    office.unit()
    clerk.perform(SealBundle())
    (bundle,) = clerk.perform(CarryBundles(folder=county.stick)).value
    with pytest.raises(DeskError):
        clerk.perform(ImportTrust(path=bundle))


def test_a_medium_that_is_gone_takes_no_enrolment(office, tmp_path):
    with pytest.raises(MediaUnavailable, match="可能已拔出"):
        office.as_("clerk").perform(WriteEnrolment(folder=tmp_path / "gone"))


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
    opened = unpack(office, office.folder / "outbox" / bundle.files[0])
    assert "尚未决定的承诺".encode() not in everything_in(opened)
    assert delivered(office, draft).state == "pending"
    office.step(draft, "register")
    later = unpack(office, office.folder / "outbox" / seal().files[0])
    assert "尚未决定的承诺".encode() in lines_in(later)


def test_a_record_under_review_waits_for_the_second_person(office, seal, unpack):
    record = office.integrity_record(subject="待审的事项")
    office.step(record, "submit")
    first = unpack(office, office.folder / "outbox" / seal().files[0])
    assert "待审的事项".encode() not in everything_in(first)
    office.step(record, "approve")
    second = unpack(office, office.folder / "outbox" / seal().files[0])
    assert "待审的事项".encode() in lines_in(second)


def test_parts_and_files_wait_for_what_they_belong_to(office, seal, unpack, tmp_path):
    draft = office.commitment()
    office.enter("instalment", commitment_id=draft, note="示例分期说明")
    evidence = tmp_path / "示例证据.txt"
    evidence.write_text("示例证据内容", "utf-8")
    office.as_("clerk").perform(AttachFile(owner_id=draft, path=evidence))
    bundle = seal()
    first = everything_in(unpack(office, office.folder / "outbox" / bundle.files[0]))
    assert "示例分期说明".encode() not in first
    assert "示例证据内容".encode() not in first
    office.step(draft, "register")
    second = everything_in(unpack(office, office.folder / "outbox" / seal().files[0]))
    assert "示例分期说明".encode() in second
    assert "示例证据内容".encode() in second


def test_who_complained_never_leaves(office, clerk, seal, unpack, tmp_path):
    case = office.complaint(reporter={"name": SECRET, "phone": PHONE, "address": "示例密址"})
    (part,) = [each for each in office.view(case).parts if each.type == "reporter"]
    letter = tmp_path / "举报信.txt"
    letter.write_text(LETTER, "utf-8")
    clerk.perform(AttachFile(owner_id=part.rows[0].id, path=letter, note="示例信封"))
    office.walk(case, "accept")
    data = unpack(office, office.folder / "outbox" / seal().files[0])
    whole = everything_in(data.parent)
    assert "反映示例工程款逾期未付".encode() in whole
    for secret in (SECRET, PHONE, "示例密址", LETTER, "举报信.txt", "示例信封", "reporter"):
        assert secret.encode() not in whole, secret


@pytest.mark.parametrize("type_name", ["account", "access", "handout"])
def test_the_desks_own_affairs_stay_at_home(office, seal, unpack, type_name):
    office.unit()
    opened = unpack(office, office.folder / "outbox" / seal().files[0])
    assert f'"type":"{type_name}@'.encode() not in lines_in(opened)


def test_a_file_travels_once_and_again_when_it_is_asked_for(
    office, county, clerk, seal, take, unpack, tmp_path
):
    unit = office.unit()
    evidence = tmp_path / "示例.txt"
    evidence.write_text("示例证据内容", "utf-8")
    clerk.perform(AttachFile(owner_id=unit, path=evidence))
    blobs = [path.name for path in _blobs(unpack(office, _outbox(office, seal())))]
    assert len(blobs) == 1
    office.amend(unit, contact="示例联系人")
    bundle = seal()
    assert _blobs(unpack(office, _outbox(office, bundle))) == []
    wanted = blobs[0].split(".")[0]
    stream = clerk.ask(ShowTrust()).stream
    told = Receipt(
        stream=stream, through_seq=0, content_through="", missing_blobs=(wanted, "0" * 64)
    )
    take(county.say(office, told))
    again = seal()
    assert again.revisions == 0
    assert [path.name for path in _blobs(unpack(office, _outbox(office, again)))] == blobs
    assert seal() is None


def _outbox(office, bundle):
    return office.folder / "outbox" / bundle.files[0]


def _blobs(data):
    return [path for path in (data / "blobs").rglob("*") if path.is_file()]


def test_stopping_while_sealing_leaves_everything_to_be_sealed(office, clerk, seal):
    unit = office.unit()
    with pytest.raises(Cancelled):
        clerk.perform(SealBundle(), Stop())
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
    assert carried.read_bytes() == (office.folder / "outbox" / bundle.files[0]).read_bytes()
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


def test_stopping_while_carrying_notes_nothing(office, county, clerk, seal):
    office.unit()
    seal()
    with pytest.raises(Cancelled):
        clerk.perform(CarryBundles(folder=county.stick), Stop())
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


# Receipts


def test_a_round_trip_leaves_everything_accepted(office, county, clerk):
    unit = office.unit()
    report = county.round_trip(office)
    assert (report.files, report.bundles, report.rejected, report.missing) == (1, 1, 0, ())
    assert report.accepted > 0
    assert delivered(office, unit).state == "accepted"
    shown = clerk.ask(ShowDeliveries())
    assert (shown.waiting, shown.awaiting, shown.last_receipt) == (0, 0, office.now.today)
    assert [each.state_label for each in shown.bundles] == ["县级已接收"]


def test_the_same_receipt_again_changes_nothing(office, county, take):
    office.unit()
    county.round_trip(office)
    before = everything_delivered(office)
    again = take()
    assert (again.accepted, again.warned, again.rejected, again.superseded) == (0, 0, 0, 0)
    assert everything_delivered(office) == before


def everything_delivered(office):
    return office.store.database.conn.execute(
        "SELECT * FROM delivery ORDER BY dot"
    ).fetchall(), office.store.database.conn.execute("SELECT * FROM bundle").fetchall()


def accepting(bundle, *, seq=1):
    return Receipt(
        stream=bundle.stream, through_seq=seq, content_through=bundle.content,
        bundles=(BundleVerdict(seq=seq, content=bundle.content, state="accepted"),),
    )  # fmt: skip


def rejecting(office, clerk, dot, rec, *, seq=1, state="partly", word="“名称”必须填写。"):
    bundle = next(each for each in clerk.ask(ListBundles()) if each.seq == seq)
    verdict = RevisionVerdict(
        dot=dot, rec=rec, state="rejected", code="field.required", field="name", message_zh=word,
        county_ref="县2026-1",
    )  # fmt: skip
    return Receipt(
        stream=bundle.stream, through_seq=seq, content_through=bundle.content,
        bundles=(BundleVerdict(seq=seq, content=bundle.content, state=state),),
        revisions=(verdict,),
    )  # fmt: skip


def dots_of(office, rec):
    return [each.dot for each in office.reading().history(rec)]


def test_a_rejection_names_the_record_and_the_reason(office, county, clerk, seal, take):
    unit, other = office.unit(name="示例甲单位"), office.unit(name="示例乙单位")
    seal()
    report = take(county.say(office, rejecting(office, clerk, dots_of(office, unit)[0], unit)))
    assert report.rejected == 1
    assert (delivered(office, unit).state, delivered(office, unit).note) == (
        "rejected", "“名称”必须填写。",
    )  # fmt: skip
    assert delivered(office, other).state == "accepted"
    (shown,) = clerk.ask(ListRejected())
    assert (shown.id, shown.title, shown.reason) == (unit, "示例甲单位", "“名称”必须填写。")
    assert office.view(unit).delivery == "县级已退回"
    assert office.view(unit).delivery_note == "“名称”必须填写。"


def test_what_was_sent_back_and_corrected_goes_again(office, county, clerk, seal, take, unpack):
    unit = office.unit(name="示例甲单位")
    seal()
    take(county.say(office, rejecting(office, clerk, dots_of(office, unit)[0], unit)))
    assert seal() is None
    office.amend(unit, name="示例改正单位")
    assert clerk.ask(ListRejected()) == ()
    assert delivered(office, unit).state == "pending"
    bundle = seal()
    assert "示例改正单位".encode() in lines_in(unpack(office, _outbox(office, bundle)))
    told = accepting(bundle, seq=2)
    take(county.say(office, told))
    assert delivered(office, unit).state == "accepted"


def test_a_bundle_rejected_whole_rejects_all_that_was_in_it(office, county, clerk, seal, take):
    unit, other = office.unit(name="示例甲单位"), office.unit(name="示例乙单位")
    seal()
    dot = dots_of(office, unit)[0]
    take(county.say(office, rejecting(office, clerk, dot, unit, state="rejected")))
    assert {delivered(office, each).state for each in (unit, other)} == {"rejected"}
    assert [each.state_label for each in clerk.ask(ShowDeliveries()).bundles] == ["整包退回"]


def test_another_desks_later_word_is_told_as_superseded(office, county, clerk, seal, take):
    unit = office.unit()
    bundle = seal()
    verdict = RevisionVerdict(
        dot=dots_of(office, unit)[0], rec=unit, state="superseded", code="conflict",
        field="name", message_zh="另一登记点同时修改了同一字段。",
    )  # fmt: skip
    told = Receipt(
        stream=bundle.stream, through_seq=1, content_through=bundle.content,
        bundles=(BundleVerdict(seq=1, content=bundle.content, state="accepted"),),
        revisions=(verdict,),
    )  # fmt: skip
    assert take(county.say(office, told)).superseded == 1
    assert delivered(office, unit).state == "superseded"


def test_a_receipt_before_carrying_was_noted_still_counts(office, county, clerk, seal, take):
    unit = office.unit()
    bundle = seal()
    told = accepting(bundle)
    take(county.say(office, told))
    assert delivered(office, unit).state == "accepted"
    with pytest.raises(StepRefused):
        clerk.perform(CarryBundles(folder=county.stick))


def test_a_receipt_for_other_contents_of_that_number_changes_nothing(
    office, county, clerk, seal, take
):
    unit = office.unit()
    bundle = seal()
    told = Receipt(
        stream=bundle.stream, through_seq=1, content_through="0" * 64,
        bundles=(BundleVerdict(seq=1, content="0" * 64, state="accepted"),),
    )  # fmt: skip
    assert take(county.say(office, told)).accepted == 0
    assert delivered(office, unit).state == "exported"


def test_an_old_receipt_that_turns_up_late_does_not_undo_a_newer_word(
    office, county, clerk, seal, take, tmp_path
):
    unit = office.unit()
    bundle = seal()
    dot = dots_of(office, unit)[0]
    accepted = accepting(bundle)
    older = county.say(office, accepted)
    newer = county.say(office, rejecting(office, clerk, dot, unit))
    assert older.name < newer.name
    take(newer)
    assert delivered(office, unit).state == "rejected"
    take(older)
    assert delivered(office, unit).state == "rejected"


def test_receipts_in_any_order_come_to_the_same(office, county, clerk, seal, take):
    first, second = office.unit(name="示例甲单位"), None
    one = seal()
    second = office.unit(name="示例乙单位")
    two = seal()
    told = [county.say(office, accepting(each, seq=each.seq)) for each in (one, two)]
    take(told[1])
    assert (delivered(office, first).state, delivered(office, second).state) == (
        "exported", "accepted",
    )  # fmt: skip
    take(told[0])
    assert delivered(office, first).state == "accepted"


def test_what_is_missing_at_the_county_is_named(office, county, clerk, take):
    stream = clerk.ask(ShowTrust()).stream
    told = Receipt(stream=stream, through_seq=0, content_through="", held=(3,), missing=("1", "2"))
    assert take(county.say(office, told)).missing == ("1", "2")


def test_a_receipt_for_another_desk_is_refused(office, another_office, county, clerk):
    other = another_office(desk="02")
    county.enrol(other)
    other.unit()
    county.bring(other)
    with pytest.raises(BundleRefused, match="不是加密给本机的"):
        clerk.perform(ImportReceipts(path=only_receipt(county, other)))


def test_on_a_shared_stick_each_desk_finds_its_own_receipts(office, another_office, county, clerk):
    other = another_office(desk="02")
    county.enrol(other)
    office.unit()
    other.unit(name="示例他镇单位")
    for each in (office, other):
        each.as_("clerk").perform(SealBundle())
        each.as_("clerk").perform(CarryBundles(folder=county.stick))
    county.receive(office)
    assert clerk.perform(ImportReceipts(path=county.stick)).value.files == 1
    assert other.as_("clerk").perform(ImportReceipts(path=county.stick)).value.files == 1


def test_a_stick_without_receipts_is_told(county, clerk):
    with pytest.raises(StepRefused, match="没有发给本登记点的回执"):
        clerk.perform(ImportReceipts(path=county.stick))


def test_somebody_elses_damaged_file_on_the_stick_does_not_stand_in_the_way(
    office, county, clerk, take
):
    office.unit()
    county.bring(office)
    (county.stick / "999902001-01-abcd-0000000001-p00.tsb").write_bytes(b"not a bundle")
    assert take().files == 1


@pytest.mark.parametrize("place", [0.1, 0.5, 0.99])
def test_a_tampered_receipt_is_refused_and_changes_nothing(office, county, clerk, take, place):
    office.unit()
    county.bring(office)
    path = only_receipt(county, office)
    data = bytearray(path.read_bytes())
    data[int(len(data) * place)] ^= 1
    path.write_bytes(data)
    before = everything_delivered(office)
    with pytest.raises(DeskError):
        take(path)
    assert everything_delivered(office) == before


def test_a_receipt_by_nobody_we_know_is_refused(office, county, clerk, take):
    office.unit()
    bundle = clerk.perform(SealBundle()).value
    with pytest.raises(BundleRefused):
        take(_outbox(office, bundle))


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
    found = office.as_("viewer").ask(InspectBundle(path=_outbox(office, seal())))
    assert found.known
    assert "签名有效" in found.sentence
    assert found.envelope.seq == 1
