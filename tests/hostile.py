"""The hostile set: files that must be refused whole, and the sentence each is refused with.

python -m tests.hostile --out DIR     writes the set into DIR and prints file, code and sentence
                        --within MIB  allows the reader so much more memory than an honest bundle

An honest bundle lies beside them; it is the only one that is taken. The seconds of processor time
that the slowest took are printed last.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pyrage
from backports import zstd

from integrity_desk.errors import BundleRefused
from integrity_desk.sync import bag, bundle_reader, tar
from integrity_desk.sync.envelope import Envelope, pack
from integrity_desk.sync.keys import DeskKeys
from integrity_desk.sync.trust import TrustedKey
from tests.bundles import SendingDesk, attachment, sending_desk
from tests.forging import Members, archive, container, rebuilt, sealed, signed_anew, taken_apart

HONEST = "honest"
LINES = "data/revisions-0001.jsonl"
REVOKED_AFTER = 100
"""The last number that counts under the desk's key."""

_MiB = 1 << 20


@dataclass(frozen=True)
class Genuine:
    """An honest volume taken apart, and who wrote it."""

    desk: SendingDesk
    data: bytes
    envelope: Envelope
    members: Members

    @property
    def lines(self) -> bytes:
        """Its revision lines."""
        return dict(self.members)[LINES]

    def sealed(self, plain: bytes, **how: object) -> bytes:
        """Return a volume with this archive in it, properly sealed and signed."""
        return sealed(self.desk, plain, self.envelope, **how)

    def with_file(self, name: str, data: bytes = b"x") -> bytes:
        """Return a volume with one more file in the bag."""
        plain = archive([(name, data), *self.members])
        return self.sealed(plain, plain_members=len(self.members) + 1)

    def with_lines(self, lines: bytes) -> bytes:
        """Return a volume with other lines, every manifest made to fit."""
        changed = [(name, lines if name == LINES else data) for name, data in self.members]
        return rebuilt(self.desk, self.envelope, changed)

    def with_envelope(self, **lies: object) -> bytes:
        """Return a volume whose signed envelope tells lies."""
        return sealed(self.desk, archive(self.members), replace(self.envelope, **lies))

    def with_words(self, old: str, new: str) -> bytes:
        """Return a volume whose signed envelope has other words in it."""
        packed = pack(self.envelope).replace(old.encode(), new.encode())
        packed = packed.rstrip().ljust(len(pack(self.envelope)))
        return container(packed, self.desk.keys.signer.sign(packed), b"payload")

    def with_header(self, kind: bytes, target: bytes = b"/etc/passwd") -> bytes:
        """Return a volume whose archive begins with an entry of another kind."""
        block = bytearray(tar.header("bag/" + bag.BAGIT, 0))
        block[156:157] = kind
        block[157 : 157 + len(target)] = target
        return self.sealed(_summed(block) + archive(self.members))

    def with_raw_name(self, name: bytes) -> bytes:
        """Return a volume whose archive begins with a file under a name that is no ASCII."""
        block = bytearray(tar.header("bag/" + bag.BAGIT, 0))
        block[:100] = (b"bag/" + name).ljust(100, b"\0")
        return self.sealed(_summed(block) + archive(self.members))

    def with_signature(self, signature: bytes) -> bytes:
        """Return a volume under another signature."""
        return container(pack(self.envelope), signature, b"payload")


Build = Callable[[Genuine], bytes]

CASES: dict[str, Build] = {
    HONEST: lambda it: it.data,
    "path-up": lambda it: it.with_file("../evil.jsonl"),
    "path-absolute": lambda it: it.with_file("/etc/passwd"),
    "path-backslash": lambda it: it.with_file("data\\evil"),
    "path-device": lambda it: it.with_file("con"),
    "name-look-alike": lambda it: it.with_file("data/revisions-0001.jsonl.exe"),
    "name-other-case": lambda it: it.with_file("BAGIT.TXT"),
    "name-in-other-letters": lambda it: it.with_raw_name("bаgit.txt".encode()),
    "name-with-a-hidden-turn": lambda it: it.with_raw_name("data/\u202etxt.jsonl".encode()),
    "stream-in-other-digits": lambda it: it.with_words("-d02-", "-d０2-"),
    "day-in-other-digits": lambda it: it.with_words('"2026-', '"２026-'),
    "link-symbolic": lambda it: it.with_header(b"2"),
    "link-hard": lambda it: it.with_header(b"1"),
    "device": lambda it: it.with_header(b"3"),
    "long-name-extension": lambda it: it.with_header(b"L"),
    "pax-extension": lambda it: it.with_header(b"x"),
    "bomb": lambda it: it.sealed(bytes(64 * _MiB)),
    "bomb-that-lies": lambda it: it.sealed(
        archive([(bag.BAGIT, bytes(8 * _MiB)), *it.members]), plain_bytes=100_000
    ),
    "bomb-second-frame": lambda it: it.sealed(
        archive(it.members), squeeze=lambda plain: zstd.compress(plain) + zstd.compress(bytes(_MiB))
    ),
    "file-given-twice": lambda it: it.sealed(
        archive([it.members[0], *it.members]), plain_members=len(it.members) + 1
    ),
    "file-undeclared": lambda it: it.with_file("data/revisions-0002.jsonl", b""),
    "file-missing": lambda it: it.sealed(
        archive(it.members[1:]), plain_members=len(it.members) - 1
    ),
    "digest-wrong": lambda it: it.sealed(
        archive([(n, d + b" " if n == LINES else d) for n, d in it.members])
    ),
    "content-not-as-signed": lambda it: it.sealed(
        archive(signed_anew([(n, b"" if n == LINES else d) for n, d in it.members]))
    ),
    "payload-changed": lambda it: it.data[:10_300] + b"\0\0\0\0" + it.data[10_304:],
    "cut-in-the-envelope": lambda it: it.data[:5_000],
    "cut-in-the-signature": lambda it: it.data[:9_300],
    "cut-in-the-payload": lambda it: it.data[:11_000],
    "more-behind-the-end": lambda it: it.data + b"x",
    "signer-unknown": lambda it: _by_a_stranger(it),
    "signer-revoked": lambda it: it.with_envelope(seq=REVOKED_AFTER + 1),
    "signature-missing": lambda it: it.with_signature(b""),
    "signature-of-other-text": lambda it: it.with_signature(it.desk.keys.signer.sign(b"text")),
    "signature-for-another-use": lambda it: it.with_signature(
        it.desk.keys.signer.sign(pack(it.envelope), "file")
    ),
    "stream-of-another": lambda it: it.with_envelope(stream="440000001-d99-00000000"),
    "audience-another-county": lambda it: it.with_envelope(audience="990000"),
    "replay-under-a-new-number": lambda it: it.with_envelope(seq=7),
    "reordered-before-another": lambda it: it.with_envelope(prev="0" * 64),
    "seal-by-passphrase": lambda it: it.sealed(
        archive(it.members), encrypt=lambda data: pyrage.passphrase.encrypt(data, "guess")
    ),
    "seal-damaged": lambda it: it.sealed(
        archive(it.members), encrypt=lambda data: random.Random(3).randbytes(len(data))
    ),
    "line-oversize": lambda it: it.with_lines(it.lines.replace("示".encode(), b"x" * 300_000, 1)),
    "line-huge-number": lambda it: it.with_lines(
        it.lines.replace(b'"n":1', b'"n":9007199254740992', 1)
    ),
    "line-no-whole-number": lambda it: it.with_lines(it.lines.replace(b'"n":1', b'"n":1.0', 1)),
    "line-number-of-many-digits": lambda it: it.with_lines(
        it.lines.replace(b'"n":1', b'"n":' + b"9" * 200_000, 1)
    ),
    "line-deeply-nested": lambda it: it.with_lines(b"[" * 100_000 + b"\n" + it.lines),
    "line-bad-utf8": lambda it: it.with_lines(it.lines.replace("示".encode(), b"\xff\xfe", 1)),
    "line-lone-surrogate": lambda it: it.with_lines(it.lines.replace("示".encode(), b"\\ud800", 1)),
    "line-key-twice": lambda it: it.with_lines(it.lines.replace(b'{"by"', b'{"by":"x","by"', 1)),
    "line-with-spaces": lambda it: it.with_lines(it.lines.replace(b"{", b"{ ", 1)),
    "line-type-a-path": lambda it: it.with_lines(it.lines.replace(b"unit@1", b"../../x", 1)),
    "not-a-bundle": lambda it: b"PK\x03\x04" + bytes(20_000),
    "empty": lambda it: b"",
}


def genuine(folder: Path, desk: SendingDesk | None = None) -> Genuine:
    """Return an honest volume of an invented desk, or of the one given."""
    desk = desk or sending_desk()
    lines = [desk.line(number) for number in range(1, 4)]
    (written,) = desk.write(folder, lines, attachments=[attachment()])
    data = written.path.read_bytes()
    envelope, members = taken_apart(desk, written.path)
    written.path.unlink()
    return Genuine(desk, data, envelope, members)


def judged(path: Path, desk: SendingDesk, staging: Path) -> BundleRefused | None:
    """Return how the reader refuses a file; None when it takes it."""
    try:
        bundle_reader.read(path, desk.county.age_secrets, known(desk), staging).discard()
    except BundleRefused as refusal:
        return refusal
    return None


def known(desk: SendingDesk) -> dict[str, TrustedKey]:
    """Return a trust list with this desk, whose key is believed up to a number."""
    return {desk.trusted.key: replace(desk.trusted, revoked_after=REVOKED_AFTER)}


def _summed(block: bytearray) -> bytes:
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def _by_a_stranger(it: Genuine) -> bytes:
    stranger = DeskKeys.generate()
    envelope = replace(it.envelope, key=stranger.signer.key)
    return sealed(it.desk, archive(it.members), envelope, keys=stranger)


def main() -> int:
    """Write the set and print what becomes of it; 1 when anything hostile is taken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--within", type=int, default=0, metavar="MIB")
    arguments = parser.parse_args()
    it = written(arguments.out)
    judged(
        arguments.out / f"{HONEST}.tsb", it.desk, arguments.out / "staging"
    )  # loads what it needs
    if arguments.within:
        _allow(arguments.within)
    taken, slowest = [], 0.0
    for name in CASES:
        begun = time.process_time()
        refusal = judged(arguments.out / f"{name}.tsb", it.desk, arguments.out / "staging")
        slowest = max(slowest, time.process_time() - begun)
        said = f"{refusal.code}\t{refusal.sentence}" if refusal else "taken whole"
        print(f"{name}.tsb\t{said}")
        taken += [] if refusal else [name]
    print(f"{slowest:.2f}")
    return 0 if taken == [HONEST] else 1


def written(folder: Path, desk: SendingDesk | None = None) -> Genuine:
    """Write the whole set into a folder; return the honest one that it was made from."""
    folder.mkdir(parents=True, exist_ok=True)
    it = genuine(folder, desk)
    for name, build in CASES.items():
        (folder / f"{name}.tsb").write_bytes(build(it))
    return it


def _allow(mebibytes: int) -> None:
    """Let this process grow by so much and no more (Linux)."""
    with open("/proc/self/statm") as file:
        pages = int(file.read().split()[0])
    most = pages * resource.getpagesize() + mebibytes * _MiB
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    sys.exit(main())
