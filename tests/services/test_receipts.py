"""What a receipt does to what was sent: whatever the order, however often."""

from __future__ import annotations

import pytest

from integrity_desk.errors import (
    BundleRefused,
    DeskError,
    StepRefused,
)
from integrity_desk.services.county_trust import ShowTrust
from integrity_desk.services.deliveries import ListRejected, ShowDeliveries
from integrity_desk.services.exchange import (
    CarryBundles,
    ImportReceipts,
    ListBundles,
    SealBundle,
)
from integrity_desk.services.inspecting import inspect_without_store
from integrity_desk.services.workbench import ShowWorkbench
from integrity_desk.sync.receipt import BundleVerdict, Receipt, RevisionVerdict
from tests.exchanging import delivered, lines_in, outbox


def only_receipt(county, office):
    stream = office.as_("clerk").ask(ShowTrust()).stream
    (path,) = [each for each in county.stick.glob(f"*-to-{stream}-*") if "receipt" in _kind(each)]
    return path


def _kind(path):
    return inspect_without_store(path).envelope.kind


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
    assert clerk.ask(ShowWorkbench()).rejected == 1
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
    assert clerk.ask(ShowWorkbench()).rejected == 0
    assert delivered(office, unit).state == "pending"
    bundle = seal()
    assert "示例改正单位".encode() in lines_in(unpack(office, outbox(office, bundle)))
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
    office.unit(name="示例别的单位")
    (shown,) = clerk.ask(ListRejected())
    assert (shown.id, shown.superseded) == (unit, True)
    assert shown.reason == "另一登记点同时修改了同一字段。"
    assert office.view(unit).delivery == "县级显示另一登记点的内容"
    assert clerk.ask(ShowWorkbench()).rejected == 0
    office.amend(unit, name="示例核对后单位")
    assert clerk.ask(ListRejected()) == ()
    assert delivered(office, unit).state == "pending"


def test_what_is_superseded_is_seen_though_other_changes_of_it_were_accepted(
    office, county, clerk, seal, take
):
    unit = office.unit()
    office.amend(unit, short_name="示例简称")
    bundle = seal()
    verdict = RevisionVerdict(
        dot=dots_of(office, unit)[-1], rec=unit, state="superseded", code="conflict",
        field="short_name", message_zh="另一登记点同时修改了同一字段。",
    )  # fmt: skip
    told = Receipt(
        stream=bundle.stream, through_seq=1, content_through=bundle.content,
        bundles=(BundleVerdict(seq=1, content=bundle.content, state="accepted"),),
        revisions=(verdict,),
    )  # fmt: skip
    take(county.say(office, told))
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
        take(outbox(office, bundle))
