import os
import random
from hashlib import sha256

import pytest

from integrity_desk.errors import Cancelled, MediaUnavailable, StoreUnavailable
from integrity_desk.sync import bundle_reader, bundle_writer
from tests.bundles import PHOTO, attachment, chunks_of


def opened(desk, written, tmp_path):
    return bundle_reader.read(
        written.path, desk.county.age_secrets, desk.known, tmp_path / f"in{written.envelope.part}"
    )


def test_what_went_in_comes_out(desk, tmp_path):
    lines = [desk.line(number) for number in range(1, 60)]
    (written,) = desk.write(tmp_path / "out", lines, attachments=[attachment()])
    staged = opened(desk, written, tmp_path)
    assert list(staged.revisions()) == lines
    (blob,) = staged.blobs()
    assert blob.path.read_bytes() == PHOTO
    assert (blob.extension, blob.media_type, blob.size) == ("jpg", "image/jpeg", len(PHOTO))
    assert staged.envelope == written.envelope
    assert staged.envelope.revisions == 59
    staged.discard()
    assert os.listdir(tmp_path) == ["out"]


def test_the_file_is_named_by_stream_number_and_part(desk, tmp_path):
    (written,) = desk.write(tmp_path, [desk.line(1)])
    assert written.path.name == "440000001-d02-7f3a7f3a-0000000001-p00.tsb"


def test_the_envelope_tells_nothing_of_the_contents(desk, tmp_path):
    (written,) = desk.write(tmp_path, [desk.line(1, name="示例人员", kind="township")])
    assert "示例人员".encode() not in written.path.read_bytes()


def test_an_empty_bundle_can_be_read(desk, tmp_path):
    (written,) = desk.write(tmp_path / "out")
    assert list(opened(desk, written, tmp_path).revisions()) == []


def test_a_desk_can_open_what_it_sent(desk, tmp_path):
    (written,) = desk.write(tmp_path / "out", [desk.line(1)])
    staged = bundle_reader.read(written.path, desk.keys.age_secrets, desk.known, tmp_path / "mine")
    assert len(list(staged.revisions())) == 1


def test_inspection_needs_no_decryption_key(desk, tmp_path):
    (written,) = desk.write(tmp_path, [desk.line(1)])
    known = bundle_reader.inspect(written.path, desk.known)
    stranger = bundle_reader.inspect(written.path, {})
    assert (known.known, stranger.known) == (True, False)
    assert known.sign == stranger.sign == desk.keys.signer.public.hex()
    assert "示例镇便民服务中心" in known.sentence


def test_a_long_bundle_is_cut_into_volumes_that_hang_together(desk, tmp_path):
    lines = [desk.line(number) for number in range(1, 10)]
    photos = [attachment(random.Random(number).randbytes(300_000)) for number in range(5)]
    volumes = desk.write(tmp_path / "out", lines, attachments=photos, part_bytes=700_000)
    assert [each.envelope.parts for each in volumes] == [3, 3, 3]
    staged = [opened(desk, each, tmp_path) for each in volumes]
    assert [line for each in staged for line in each.revisions()] == lines
    assert {blob.sha256 for each in staged for blob in each.blobs()} == {
        photo.sha256 for photo in photos
    }
    contents = [each.envelope.content for each in volumes]
    assert [each.envelope.prev for each in volumes] == ["", *contents[:-1]]


def test_writing_again_gives_the_same_content_under_a_new_seal(desk, tmp_path):
    lines = [desk.line(1)]
    (first,) = desk.write(tmp_path / "a", lines)
    desk.seq, desk.prev = 0, ""
    (second,) = desk.write(tmp_path / "b", lines)
    assert first.envelope.content == second.envelope.content
    assert first.path.read_bytes() != second.path.read_bytes()


def test_an_attachment_given_twice_travels_once(desk, tmp_path):
    (written,) = desk.write(tmp_path / "out", attachments=[attachment(), attachment()])
    assert len(list(opened(desk, written, tmp_path).blobs())) == 1


@pytest.mark.parametrize("changes", [{"sha256": "0" * 64}, {"size": 5}, {"size": 10**6}])
def test_an_attachment_that_is_not_what_it_was_stops_the_export(desk, tmp_path, changes):
    with pytest.raises(StoreUnavailable):
        desk.write(tmp_path, [desk.line(1)], attachments=[attachment(**changes)])
    assert os.listdir(tmp_path) == []


def test_stopping_an_export_leaves_nothing(desk, tmp_path):
    def stop(done):
        raise Cancelled

    with pytest.raises(Cancelled):
        desk.write(tmp_path, [desk.line(1)], step=stop)
    assert os.listdir(tmp_path) == []


def test_a_folder_that_is_gone_is_told_in_a_sentence(desk, tmp_path):
    with pytest.raises(MediaUnavailable, match="拔出"):
        bundle_writer.write(
            tmp_path / "gone", desk.facts(), signer=desk.keys.signer,
            recipients=[desk.keys.recipient],
        )  # fmt: skip


def test_progress_rises_to_the_size_of_the_contents(desk, tmp_path):
    told = []
    content = random.Random(1).randbytes(600_000)
    photo = attachment(content, chunks=lambda: chunks_of(content, 1000))
    (written,) = desk.write(tmp_path / "out", [desk.line(1)], attachments=[photo], step=told.append)
    assert told == sorted(told)
    heard = []
    bundle_reader.read(
        written.path, desk.county.age_secrets, desk.known, tmp_path / "in", step=heard.append
    )
    assert heard == sorted(heard)
    assert heard[-1] == written.envelope.payload.plain_bytes


def test_a_blank_picture_that_would_look_like_a_bomb_is_refused_at_the_desk(desk, tmp_path):
    size = 32 << 20
    blank = attachment(
        sha256=sha256(bytes(size)).hexdigest(), size=size,
        chunks=lambda: (bytes(1 << 20) for _ in range(32)),
    )  # fmt: skip
    with pytest.raises(StoreUnavailable, match="另存为"):
        desk.write(tmp_path, attachments=[blank])
    assert os.listdir(tmp_path) == []
