"""Every trick that was thought of: refused whole, with one sentence, and nothing left behind."""

import io
import os
import random
import tarfile
from dataclasses import replace

import pyrage
import pytest
from backports import zstd

from integrity_desk.errors import BundleRefused, DeskError, MediaUnavailable
from integrity_desk.sync import bag, bundle_reader, seal, tar
from integrity_desk.sync.envelope import ENVELOPE_BYTES, pack
from integrity_desk.sync.keys import DeskKeys
from tests.bundles import attachment, sending_desk
from tests.forging import (
    archive,
    container,
    encrypted,
    rebuilt,
    sealed,
    signed_anew,
    taken_apart,
)

LINES = "data/revisions-0001.jsonl"
PAYLOAD_AT = 10240


@pytest.fixture
def genuine(desk, tmp_path):
    """(path, envelope, members) of an honest volume."""
    lines = [desk.line(number) for number in range(1, 4)]
    (written,) = desk.write(tmp_path / "out", lines, attachments=[attachment()])
    return written.path, *taken_apart(desk, written.path)


@pytest.fixture
def refused(desk, tmp_path):
    """Return ``refused(data)``: the code with which these bytes are refused whole."""

    def judge(data, known=None, secrets=None):
        path = tmp_path / "hostile.tsb"
        path.write_bytes(data)
        staging = tmp_path / "staging"
        with pytest.raises(BundleRefused) as caught:
            bundle_reader.read(
                path,
                secrets or desk.county.age_secrets,
                desk.known if known is None else known,
                staging,
            )
        assert not staging.exists()
        assert caught.value.sentence.endswith("。")
        return caught.value.code

    return judge


def changed(members, name, data):
    return [(each, data if each == name else old) for each, old in members]


def test_the_forge_can_make_an_honest_bundle(desk, genuine, tmp_path):
    _path, envelope, members = genuine
    (tmp_path / "honest.tsb").write_bytes(rebuilt(desk, envelope, members))
    staged = bundle_reader.read(
        tmp_path / "honest.tsb", desk.county.age_secrets, desk.known, tmp_path / "in"
    )
    assert staged.envelope.content == envelope.content


@pytest.mark.parametrize(
    "name",
    [
        "../evil.jsonl", "/etc/passwd", "data/../../evil", "data/revisions-1.jsonl",
        "data/revisions-0001.jsonl.exe", "data/blobs/00/x.jpg", "data\\evil", "con", "data/",
        "data/blobs/ff/" + "00" * 32 + ".jpg", "BAGIT.TXT", "fetch.txt", "data/envelope.json",
    ],
)  # fmt: skip
def test_a_name_that_no_bag_has_is_refused(desk, genuine, refused, name):
    _path, envelope, members = genuine
    spoiled = archive([(name, b"x"), *members])
    members_told = len(members) + 1
    assert refused(sealed(desk, spoiled, envelope, plain_members=members_told)) == "name"


def test_a_name_outside_the_bag_folder_is_refused(desk, genuine, refused):
    _path, envelope, members = genuine
    assert refused(sealed(desk, archive(members, root=""), envelope)) == "name"


@pytest.mark.parametrize("kind", [b"1", b"2", b"3", b"5", b"6", b"7", b"L", b"x", b"g", b"\0"])
def test_links_devices_and_extensions_are_refused(desk, genuine, refused, kind):
    _path, envelope, members = genuine
    block = bytearray(tar.header("bag/" + bag.BAGIT, 0))
    block[156:157] = kind
    block[157:168] = b"/etc/passwd"
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    assert refused(sealed(desk, bytes(block) + archive(members), envelope)) == "tar"


def test_gnu_and_pax_archives_are_refused(desk, genuine, refused):
    _path, envelope, members = genuine
    for form in (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        made = io.BytesIO()
        with tarfile.open(fileobj=made, mode="w", format=form) as inner:
            for name, data in members:
                told = tarfile.TarInfo(bag.ROOT + name)
                told.size, told.mtime = len(data), 1.5
                inner.addfile(told, io.BytesIO(data))
        assert refused(sealed(desk, made.getvalue(), envelope)) == "tar"


def test_a_file_given_twice_is_refused(desk, genuine, refused):
    _path, envelope, members = genuine
    spoiled = archive([members[0], *members])
    data = sealed(desk, spoiled, envelope, plain_members=len(members) + 1)
    assert refused(data) == "duplicate"


def test_more_files_than_told_are_refused(desk, genuine, refused):
    _path, envelope, members = genuine
    assert refused(sealed(desk, archive(members), envelope, plain_members=3)) == "size"


def test_a_missing_file_is_refused(desk, genuine, refused):
    _path, envelope, members = genuine
    for name, _data in members:
        left = [each for each in members if each[0] != name]
        data = sealed(desk, archive(left), envelope, plain_members=len(left))
        assert refused(data) in {"bag", "manifest", "sender", "blob", "count"}


def test_an_undeclared_file_is_refused(desk, genuine, refused):
    _path, envelope, members = genuine
    more = [("data/revisions-0002.jsonl", b""), *members]
    data = sealed(desk, archive(more), envelope, plain_members=len(more))
    assert refused(data) == "manifest"


def test_a_file_whose_digest_is_wrong_is_refused(desk, genuine, refused):
    _path, envelope, members = genuine
    for name, old in members:
        data = sealed(desk, archive(changed(members, name, old + b" ")), envelope)
        assert refused(data) in {"manifest", "bag", "content", "sender"}


def test_contents_other_than_signed_are_refused_though_all_manifests_fit(desk, genuine, refused):
    _path, envelope, members = genuine
    spoiled = signed_anew(changed(members, LINES, desk.line(9) + b"\n"))
    assert refused(sealed(desk, archive(spoiled), envelope)) == "content"


@pytest.mark.parametrize(
    "change",
    [
        {"audience": "990000"}, {"created": "2026-01-01T00:00:00Z"}, {"seq": 7},
        {"kind": "snapshot"}, {"prev": "0" * 64}, {"part": 1, "parts": 2},
    ],
)  # fmt: skip
def test_an_envelope_put_around_older_contents_is_refused(desk, genuine, refused, change):
    _path, envelope, members = genuine
    known = {key: replace(each, audiences=("*",)) for key, each in desk.known.items()}
    told = replace(envelope, **change)
    assert refused(sealed(desk, archive(members), told), known) == "sender"


def test_contents_stripped_and_signed_by_another_desk_are_refused(desk, genuine, refused):
    _path, envelope, members = genuine
    thief = replace(sending_desk(), county=desk.county)
    trusted = replace(thief.trusted, streams=("*",))
    told = replace(envelope, key=thief.keys.signer.key)
    data = sealed(desk, archive(members), told, keys=thief.keys)
    assert refused(data, {trusted.key: trusted}) == "sender"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda good: good[:-1],
        lambda good: good + b"\n",
        lambda good: good.replace(b"{", b"{ ", 1),
        lambda good: good.replace(b'"n":1', b'"n":1.0', 1),
        lambda good: good.replace(b'"n":1', b'"n":01', 1),
        lambda good: good.replace(b'"n":1', b'"n":9007199254740992', 1),
        lambda good: good.replace(b'"n":1', b'"n":NaN', 1),
        lambda good: good.replace(b'{"by"', b'{"by":"x","by"', 1),
        lambda good: good.replace("示".encode(), b"\xff\xfe", 1),
        lambda good: good.replace("示".encode(), b"\\ud800", 1),
        lambda good: good.replace("示".encode(), b"\0", 1),
        lambda good: good.replace(b"unit@1", b"../../x", 1),
        lambda good: b"[" * 100_000 + b"\n" + good,
        lambda good: good.replace("示".encode(), b"x" * 300_000, 1),
        lambda good: b"\xef\xbb\xbf" + good,
        lambda good: good.replace(b"\n", b"\r\n"),
    ],
)
def test_a_line_that_is_not_canonical_is_refused(desk, genuine, refused, spoil):
    _path, envelope, members = genuine
    good = dict(members)[LINES]
    assert spoil(good) != good
    assert refused(rebuilt(desk, envelope, changed(members, LINES, spoil(good)))) == "line"


def test_more_or_fewer_lines_than_told_are_refused(desk, genuine, refused):
    _path, envelope, members = genuine
    assert refused(rebuilt(desk, envelope, members, revisions=2)) == "count"
    assert refused(rebuilt(desk, envelope, members, revisions=4)) == "count"


def test_an_attachment_under_a_false_name_is_refused(desk, genuine, refused):
    _path, envelope, members = genuine
    name = next(name for name, _data in members if bag.blob_of(name))
    assert refused(rebuilt(desk, envelope, changed(members, name, b"else"))) == "blob"


@pytest.mark.parametrize(
    "lines", [b"", b"{}\n", b"not json\n", b'{"extension":"jpg","media_type":1}\n']
)
def test_a_list_of_attachments_that_does_not_fit_is_refused(desk, genuine, refused, lines):
    _path, envelope, members = genuine
    data = rebuilt(desk, envelope, changed(members, bag.BLOB_LIST, lines))
    assert refused(data) in {"blob", "json"}


def test_a_document_where_none_belongs_is_refused(desk, genuine, refused):
    _path, envelope, members = genuine
    data = rebuilt(desk, envelope, [("data/trust.json", b"{}"), *members])
    assert refused(data) == "document"


def test_a_receipt_without_its_document_is_refused(desk, genuine, refused):
    _path, envelope, members = genuine
    assert refused(rebuilt(desk, envelope, members, kind="receipt")) == "document"


def test_a_bomb_is_refused_before_it_is_opened(desk, genuine, refused):
    _path, envelope, _members = genuine
    assert refused(sealed(desk, bytes(64 << 20), envelope)) == "ratio"


def test_a_bomb_that_lies_about_its_size_stops_at_the_size_it_told(desk, genuine, refused):
    _path, envelope, members = genuine
    bomb = archive([(bag.BAGIT, bytes(8 << 20)), *members])
    assert refused(sealed(desk, bomb, envelope, plain_bytes=100_000)) == "size"


def test_a_file_longer_than_its_kind_may_be_is_refused(desk, genuine, refused):
    _path, envelope, members = genuine
    block = tar.header("bag/" + bag.BAGIT, bag.MAX_FILE_BYTES + 1)
    assert refused(sealed(desk, block + archive(members), envelope)) == "too_big"


def test_contents_shorter_than_told_are_refused(desk, genuine, refused):
    _path, envelope, members = genuine
    plain = archive(members)
    assert refused(sealed(desk, plain, envelope, plain_bytes=len(plain) + 512)) == "size"
    assert refused(sealed(desk, plain[:-512], envelope)) == "tar"
    assert refused(sealed(desk, plain[:-1024], envelope)) == "tar"


def test_anything_after_the_archive_is_refused(desk, genuine, refused):
    _path, envelope, members = genuine
    plain = archive(members)
    assert refused(sealed(desk, plain + bytes(512), envelope)) == "tar"
    assert refused(sealed(desk, plain + archive([("evil", b"x")]), envelope)) == "tar"


@pytest.mark.parametrize(
    ("squeeze", "code"),
    [
        (lambda plain: zstd.compress(plain) + zstd.compress(b"hidden"), "trailing"),
        (lambda plain: zstd.compress(plain) + b"hidden", "trailing"),
        (lambda plain: zstd.compress(plain)[:-5], "size"),
        (lambda plain: plain, "zstd"),
        (
            lambda plain: zstd.compress(
                plain + random.Random(1).randbytes(1 << 20),
                options={zstd.CompressionParameter.window_log: 27},
            ),
            "zstd",
        ),
    ],
)
def test_compression_tricks_are_refused(desk, genuine, refused, squeeze, code):
    _path, envelope, members = genuine
    found = refused(sealed(desk, archive(members), envelope, squeeze=squeeze))
    assert found in {code, "size"}


def test_a_passphrase_or_other_key_kind_in_the_seal_is_refused(desk, genuine, refused):
    _path, envelope, members = genuine
    scrypt = sealed(
        desk, archive(members), envelope,
        encrypt=lambda data: pyrage.passphrase.encrypt(data, "guess"),
    )  # fmt: skip
    assert refused(scrypt) == "sealed"


def test_a_seal_for_somebody_else_is_told(desk, genuine, refused):
    path, _envelope, _members = genuine
    assert refused(path.read_bytes(), secrets=DeskKeys.generate().age_secrets) == "recipient"


def test_a_damaged_seal_is_refused(desk, genuine, refused):
    _path, envelope, members = genuine

    def damaged(data):
        whole = bytearray(encrypted(desk, data))
        whole[-20] ^= 1
        return bytes(whole)

    assert refused(sealed(desk, archive(members), envelope, encrypt=damaged)) == "sealed"
    cut = sealed(desk, archive(members), envelope, encrypt=lambda d: encrypted(desk, d)[:-30])
    assert refused(cut) == "sealed"


def test_an_unknown_signer_is_refused(genuine, refused):
    path, _envelope, _members = genuine
    assert refused(path.read_bytes(), {}) == "signer"


def test_a_key_used_for_another_stream_county_time_or_after_its_end_is_refused(
    desk, genuine, refused
):
    data = genuine[0].read_bytes()
    key = desk.trusted
    for code, changed_key in [
        ("stream", replace(key, streams=("440000001-d09-*",))),
        ("stream", replace(key, org="999")),
        ("audience", replace(key, audiences=("990000",))),
        ("revoked", replace(key, revoked_after=0)),
        ("expired", replace(key, valid_to="2026-11-19")),
        ("expired", replace(key, valid_from="2026-11-21")),
    ]:
        assert refused(data, {key.key: changed_key}) == code


def test_a_revoked_key_still_counts_up_to_its_last_number(desk, genuine, tmp_path):
    known = {key: replace(each, revoked_after=1) for key, each in desk.known.items()}
    assert bundle_reader.inspect(genuine[0], known).known


def test_a_changed_envelope_or_signature_is_refused(desk, genuine, refused):
    path, envelope, _members = genuine
    data = path.read_bytes()
    packed, payload = pack(envelope), data[PAYLOAD_AT:-1024]
    good = desk.keys.signer.sign(packed)
    assert refused(data.replace(b'"seq":1,', b'"seq":2,', 1)) == "signature"
    for signature in (
        desk.keys.signer.sign(packed, "file"),
        desk.keys.signer.sign(packed[:-1]),
        good.replace(b"\n", b"\r\n"),
        good + b"\n",
        good[:-40],
        b"",
        b"-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n",
        DeskKeys.generate().signer.sign(packed + b" "),
    ):
        assert refused(container(packed, signature, payload)) in {"signature", "tar"}


def test_an_envelope_signed_by_a_key_other_than_it_names_is_refused(desk, genuine, refused):
    _path, envelope, members = genuine
    assert refused(sealed(desk, archive(members), envelope, keys=DeskKeys.generate())) == "key"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda packed: packed.replace(b'"TSB/1"', b'"TSB/2"'), "format"),
        (lambda packed: packed.replace(b'"delta"', b'"other"'), "envelope"),
        (lambda packed: packed.replace(b'"parts":1', b'"parts":0'), "envelope"),
        (lambda packed: packed.replace(b'"parts":1', b'"parts":true').rstrip() + b" " * 3, "json"),
        (lambda packed: packed.replace(b'"seq":1', b'"seq":-1'), "envelope"),
        (lambda packed: packed.replace(b'"org":"440000001"', b'"org":"../../../"'), "envelope"),
        (lambda packed: packed.replace(b'"prev":""', b'"prev":0 '), "json"),
        (lambda packed: packed.replace(b"{", b" {", 1), "json"),
        (lambda packed: b"\0" * len(packed), "json"),
    ],
)
def test_a_signed_envelope_that_is_not_sound_is_refused(desk, genuine, refused, spoil, code):
    path, envelope, _members = genuine
    packed = spoil(pack(envelope))[:ENVELOPE_BYTES].ljust(ENVELOPE_BYTES)
    payload = path.read_bytes()[PAYLOAD_AT:-1024]
    data = container(packed, desk.keys.signer.sign(packed), payload)
    assert refused(data) in {code, "envelope"}


def test_a_changed_payload_is_refused(genuine, refused):
    data = bytearray(genuine[0].read_bytes())
    data[PAYLOAD_AT + 50] ^= 1
    assert refused(bytes(data)) == "payload"


def test_a_volume_cut_off_anywhere_is_refused(genuine, refused):
    data = genuine[0].read_bytes()
    for length in (0, 1, 511, 512, 8000, 8704, 9216, 9728, 10240, len(data) - 1024, len(data) - 1):
        assert refused(data[:length]) == "tar"


def test_anything_after_the_container_is_refused(genuine, refused):
    data = genuine[0].read_bytes()
    for more in (b"x", bytes(512), archive([("evil", b"x")])):
        assert refused(data + more) == "tar"
    assert refused(data[:-1024] + b"\1" + data[-1023:]) == "tar"


def test_no_flipped_bit_anywhere_gets_through(desk, genuine, tmp_path):
    whole = genuine[0].read_bytes()
    chance = random.Random(7)
    path = tmp_path / "mutant.tsb"
    for _round in range(120):
        data = bytearray(whole)
        for _flip in range(chance.randint(1, 3)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        with pytest.raises(DeskError):
            bundle_reader.read(path, desk.county.age_secrets, desk.known, tmp_path / "staging")
    assert sorted(os.listdir(tmp_path)) == ["mutant.tsb", "out"]


def test_no_changed_byte_of_the_bag_gets_through_though_sealed_and_signed(desk, genuine, tmp_path):
    _path, envelope, members = genuine
    plain, chance = archive(members), random.Random(11)
    path = tmp_path / "mutant.tsb"
    for _round in range(120):
        data = bytearray(plain)
        data[chance.randrange(len(data))] = chance.randrange(256)
        if bytes(data) == plain:
            continue
        path.write_bytes(sealed(desk, bytes(data), envelope))
        with pytest.raises(BundleRefused):
            bundle_reader.read(path, desk.county.age_secrets, desk.known, tmp_path / "staging")
    assert sorted(os.listdir(tmp_path)) == ["mutant.tsb", "out"]


def test_a_link_a_folder_or_a_pipe_is_not_read(desk, genuine, tmp_path):
    (tmp_path / "link.tsb").symlink_to(genuine[0])
    (tmp_path / "folder.tsb").mkdir()
    os.mkfifo(tmp_path / "pipe.tsb")
    for name in ("link.tsb", "folder.tsb", "pipe.tsb"):
        with pytest.raises((BundleRefused, MediaUnavailable)):
            bundle_reader.inspect(tmp_path / name, desk.known)


def test_a_signature_for_another_purpose_does_not_count(desk):
    signature = desk.keys.signer.sign(b"text", seal.ENROL_NAMESPACE)
    assert seal.verify(signature, b"text", seal.ENROL_NAMESPACE) == desk.keys.signer.public
    with pytest.raises(BundleRefused):
        seal.verify(signature, b"text")
