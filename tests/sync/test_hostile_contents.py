"""Tricks inside the seal, by somebody who holds a key: refused whole, with one sentence."""

import io
import tarfile
from dataclasses import replace

import pytest

from integrity_desk.sync import bag, bundle_reader, tar
from tests.bundles import sending_desk
from tests.forging import archive, rebuilt, sealed, signed_anew

LINES = "data/revisions-0001.jsonl"


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
