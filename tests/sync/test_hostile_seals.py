"""Tricks with the container, the seal and the signature: refused whole, with one sentence."""

import os
import random
from dataclasses import replace

import pyrage
import pytest
from backports import zstd

from integrity_desk.errors import BundleRefused, DeskError, MediaUnavailable
from integrity_desk.sync import bag, bundle_reader, seal, tar
from integrity_desk.sync.envelope import ENVELOPE_BYTES, pack
from integrity_desk.sync.keys import DeskKeys
from tests.forging import archive, container, encrypted, sealed

PAYLOAD_AT = 10240


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
