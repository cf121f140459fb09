import itertools
import os
import random
import shutil

import pytest

from integrity_desk.county import inbox
from integrity_desk.county.applying import blob_path
from integrity_desk.errors import MediaUnavailable
from tests import hostile
from tests.bundles import PHOTO, attachment, rec


def bundles(desk, stick, count=3):
    """Write ``count`` bundles that amend the same record."""
    written = []
    for number in range(count):
        pred = {"name": [f"{desk.replica}-{desk.n}"]} if number else {}
        told = {} if number else {"kind": "township"}
        line = desk.line(1, pred=pred, name=f"示例镇{number}", **told)
        written += desk.write(stick, [line])
    return [each.path for each in written]


def acts(report):
    return [line.act for line in report.lines]


def test_a_bundle_is_applied_and_receipted(county, tmp_path):
    desk = county.enrolled()
    bundles(desk, tmp_path / "stick", 1)
    report = county.receive(tmp_path / "stick")
    assert (acts(report), report.bundles, report.revisions) == (["apply"], 1, 1)
    told = county.receipt_for(desk, report)
    assert (told.through_seq, told.content_through) == (1, desk.prev)
    assert [(each.seq, each.state) for each in told.bundles] == [(1, "accepted")]
    assert told.revisions == ()
    lines, records = county.kept()
    assert len(lines) == 1
    assert records == [
        (rec(1), "unit", {"name": "示例镇0", "kind": "township"}, {}, False)
    ]  # fmt: skip


def test_receiving_twice_changes_nothing_and_says_the_same(county, tmp_path):
    desk = county.enrolled()
    bundles(desk, tmp_path / "stick")
    first = county.receive(tmp_path / "stick")
    kept = county.kept()
    second = county.receive(tmp_path / "stick")
    assert acts(second) == ["duplicate"] * 3
    assert county.kept() == kept
    assert county.receipt_for(desk, second) == county.receipt_for(desk, first)
    assert [path.name for path in second.sent] == [path.name for path in first.sent]


def test_any_order_of_arrival_gives_the_same_ledger(county, tmp_path):
    desk = county.enrolled()
    paths = bundles(desk, tmp_path / "all")
    for index, path in enumerate((paths[2], paths[0], paths[1])):
        stick = tmp_path / f"stick{index}"
        stick.mkdir()
        shutil.copy(path, stick / "renamed by a browser (1).tsb")
        report = county.receive(stick)
        told = county.receipt_for(desk, report)
        if index == 0:
            assert acts(report) == ["held"]
            assert (told.held, told.missing, told.bundles[0].state) == ((3,), ("1", "2"), "held")
    assert (told.through_seq, told.held, told.missing) == (3, (), ())
    assert [each.seq for each in told.bundles] == [2, 3]
    assert county.kept()[1][0][2]["name"] == "示例镇2"
    assert os.listdir(county.folder / "held") == []


@pytest.mark.parametrize("early", ["held", "late"])
def test_what_a_snapshot_repeats_is_neither_waited_for_nor_an_alarm_when_it_comes(
    county, tmp_path, early
):
    desk = county.enrolled()
    first, second = bundles(desk, tmp_path / "lost", 2)
    desk.write(tmp_path / "stick", [desk.line(2)], facts={"kind": "snapshot"})
    if early == "held":
        shutil.copy(second, tmp_path / "stick" / "a.tsb")
    county.receive(tmp_path / "stick")
    assert county.status().streams[0].through_seq == 3
    assert os.listdir(county.folder / "held") == []
    report = county.receive(tmp_path / "lost")
    assert acts(report) == ["overtaken", "overtaken"]
    told = county.receipt_for(desk, report)
    assert [(each.seq, each.state, each.code) for each in told.bundles] == [
        (1, "accepted", "overtaken"), (2, "accepted", "overtaken"),
    ]  # fmt: skip
    assert first.exists()


def test_a_bundle_in_volumes_is_applied_when_the_last_volume_is_there(county, tmp_path):
    desk = county.enrolled()
    photos = [attachment(random.Random(number).randbytes(200_000)) for number in range(3)]
    volumes = desk.write(tmp_path / "all", [desk.line(1)], attachments=photos, part_bytes=250_000)
    assert len(volumes) == 3
    for index in (2, 0, 1):
        stick = tmp_path / f"stick{index}"
        stick.mkdir()
        shutil.copy(volumes[index].path, stick)
        report = county.receive(stick)
        assert acts(report) == ["apply" if index == 1 else "held"]
    assert county.receipt_for(desk, report).through_seq == 1
    for photo in photos:
        assert county.blob(photo.sha256) == b"".join(photo.chunks())


def test_two_contents_under_one_number_are_a_fork(county, tmp_path):
    desk = county.enrolled()
    bundles(desk, tmp_path / "stick", 1)
    county.receive(tmp_path / "stick")
    kept = county.kept()
    desk.seq, desk.prev = 0, ""
    desk.write(tmp_path / "second", [desk.line(2)])
    report = county.receive(tmp_path / "second")
    told = county.receipt_for(desk, report)
    assert acts(report) == ["fork"]
    assert [(each.state, each.code) for each in told.bundles] == [("quarantined", "fork")]
    assert county.kept() == kept
    assert county.status().streams[0].quarantined == 1
    assert acts(county.receive(tmp_path / "second")) == ["fork"]


@pytest.mark.parametrize("arrives_early", [False, True])
def test_a_bundle_that_does_not_hang_on_the_last_one_is_quarantined(
    county, tmp_path, arrives_early
):
    desk = county.enrolled()
    first = bundles(desk, tmp_path / "first", 1)[0]
    good_prev = desk.prev
    desk.prev = "0" * 64
    desk.write(tmp_path / "second", [desk.line(2)])
    sticks = [tmp_path / "first", tmp_path / "second"]
    reports = [county.receive(stick) for stick in sticks[:: -1 if arrives_early else 1]]
    assert "chain" in acts(reports[-1])
    assert first.exists()
    assert county.status().streams[0].through_seq == 1
    desk.seq, desk.prev = 1, good_prev
    desk.write(tmp_path / "third", [desk.line(2)])
    assert acts(county.receive(tmp_path / "third")) == ["apply"]


def test_a_stranger_and_a_damaged_file_are_refused_and_stop_nothing_else(county, tmp_path):
    desk, stick = county.enrolled(), tmp_path / "stick"
    bundles(desk, stick, 1)
    stranger = county.enrolled("d09", "9" * 16)
    stranger.__dict__["keys"] = type(desk.keys).generate()
    bundles(stranger, stick, 1)
    (stick / "a.tsb").write_bytes(b"rubbish")
    report = county.receive(stick)
    assert sorted((line.act, line.code) for line in report.lines) == [
        ("apply", ""), ("refused", "signer"), ("refused", "tar"),
    ]  # fmt: skip
    assert all(line.sentence.endswith("。") for line in report.lines)


def test_a_desk_may_not_send_another_desks_stream_or_a_receipt(county, tmp_path):
    desk, other = county.enrolled(), county.enrolled("d09", "9" * 16)
    desk.write(tmp_path / "a", [desk.line(1)], facts={"stream": other.stream})
    desk.write(tmp_path / "b", facts={"kind": "trust"}, document={})
    desk.write(tmp_path / "c", [desk.line(1)], facts={"audience": "990000"})
    codes = [
        county.receive(tmp_path / stick).lines[0].code for stick in ("a", "b", "c")
    ]  # fmt: skip
    assert codes == ["stream", "kind", "audience"]


def test_receipts_lying_on_the_same_stick_are_passed_over(county, tmp_path):
    desk, stick = county.enrolled(), tmp_path / "stick"
    bundles(desk, stick, 1)
    for path in county.receive(stick).sent:
        shutil.copy(path, stick)
    assert acts(county.receive(tmp_path / "stick")) == ["duplicate"]


def test_attachments_named_and_not_brought_are_asked_for_until_they_come(county, tmp_path):
    desk = county.enrolled()
    photo = attachment()
    line = desk.line(
        7, of="attachment@1", owner_id=rec(1), file_name="示例.jpg", media_type="image/jpeg",
        size_bytes=photo.size, sha256=photo.sha256,
    )  # fmt: skip
    desk.write(tmp_path / "a", [line])
    assert county.receipt_for(desk, county.receive(tmp_path / "a")).missing_blobs == (photo.sha256,)
    desk.write(tmp_path / "b", attachments=[photo])
    assert county.receipt_for(desk, county.receive(tmp_path / "b")).missing_blobs == ()
    assert PHOTO[:50] not in blob_path(county.folder, photo.sha256).read_bytes()
    assert county.blob(photo.sha256) == PHOTO


def test_a_stick_that_is_not_there_is_told(county, tmp_path):
    with pytest.raises(MediaUnavailable):
        county.receive(tmp_path / "gone")


def test_what_is_kept_is_not_readable_without_the_key(county, tmp_path):
    desk = county.enrolled()
    bundles(desk, tmp_path / "stick", 1)
    county.receive(tmp_path / "stick")
    for path in county.folder.rglob("*"):
        assert not path.is_file() or "示例镇0".encode() not in path.read_bytes()


def test_several_desks_in_any_order_end_in_the_same_records(county, tmp_path):
    one, two = county.enrolled(), county.enrolled("d09", "9" * 16)
    bundles(one, tmp_path / "one", 2)
    two.write(tmp_path / "two", [two.line(1, name="另一写法", kind="township")])
    ends = []
    for number, order in enumerate(itertools.permutations(["one", "two"])):
        other = type(county)(tmp_path / f"again{number}")
        shutil.copytree(county.folder, other.folder)
        for stick in order:
            other.receive(tmp_path / stick)
        ends.append(other.kept()[1])
    assert ends[0] == ends[1]
    assert ends[0][0][3] == {"name": ["另一写法", "示例镇1"]}


def test_a_run_that_broke_off_before_applying_is_made_good_by_the_next(
    county, tmp_path, monkeypatch
):
    desk = county.enrolled()
    bundles(desk, tmp_path / "stick", 1)

    def pulled(office, parts, at):
        raise MediaUnavailable("断电")

    with monkeypatch.context() as broken:
        broken.setattr(inbox, "apply", pulled)
        with pytest.raises(MediaUnavailable):
            county.receive(tmp_path / "stick")
    assert county.kept() == ([], [])
    report = county.receive(tmp_path / "stick")
    assert (acts(report), report.bundles) == (["duplicate"], 1)
    assert county.receipt_for(desk, report).through_seq == 1


def test_a_bundle_that_was_held_and_is_gone_is_asked_for_again(county, tmp_path):
    desk = county.enrolled()
    first, second, *_rest = bundles(desk, tmp_path / "all")
    for name, path in (("late", second), ("early", first)):
        (tmp_path / name).mkdir()
        shutil.copy(path, tmp_path / name)
    county.receive(tmp_path / "late")
    for path in (county.folder / "held").iterdir():
        path.unlink()
    report = county.receive(tmp_path / "early")
    assert [(line.act, line.code) for line in report.lines] == [("apply", ""), ("refused", "file")]
    told = county.receipt_for(desk, report)
    assert (told.through_seq, told.held) == (1, ())
    assert acts(county.receive(tmp_path / "late")) == ["apply"]


def test_a_stick_full_of_hostile_files_leaves_nothing_but_the_honest_bundle(county, tmp_path):
    hostile.written(tmp_path / "stick", county.enrolled())
    report = county.receive(tmp_path / "stick")
    assert set(acts(report)) == {"apply", "duplicate", "fork", "refused"}
    (applied,) = [line.file for line in report.lines if line.act == "apply"]
    assert applied == f"{hostile.HONEST}.tsb"
    assert len(county.kept()[0]) == 3
    for path in (tmp_path / "stick").iterdir():
        if path.name != f"{hostile.HONEST}.tsb":
            path.unlink()
    assert acts(county.receive(tmp_path / "stick")) == ["duplicate"]
    assert os.listdir(county.folder / "held") == []
    assert not list(county.folder.glob("tmp*"))
