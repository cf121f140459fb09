"""A strict ustar: headers we write, and a walker that takes nothing else.

Only plain files, octal sizes, one whitelist of names; no links, no extensions, no repairs.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from typing import NamedTuple, Protocol

from integrity_desk.errors import BundleRefused
from integrity_desk.wording import _

BLOCK_BYTES = 512
END = bytes(2 * BLOCK_BYTES)

_OCTAL = re.compile(rb"[0-7]{11}\0").fullmatch
_ASCII = re.compile(rb"[!-~]{1,100}").fullmatch

Feed = Generator[None, bytes, None]
"""A walk that takes its bytes by ``send``, a chunk at a time."""


class Member(NamedTuple):
    """One file of an archive."""

    name: str
    size: int


class Sink(Protocol):
    """Where the walker's files go; any method may refuse by raising."""

    def begin(self, member: Member) -> None:
        """A file begins."""

    def data(self, chunk: memoryview) -> None:
        """Some of its bytes."""

    def end(self) -> None:
        """All its bytes were given."""

    def close(self) -> None:
        """The archive ended as it should."""


def header(name: str, size: int) -> bytes:
    """Return the 512 bytes before a plain file: mode 0644, owner 0, time 0."""
    block = bytearray(BLOCK_BYTES)
    block[0 : len(name)] = name.encode("ascii")
    block[100:148] = b"0000644\0" + b"0000000\0" * 2 + b"%011o\0" % size + b"%011o\0" % 0
    block[148:156] = b" " * 8
    block[156:157] = b"0"
    block[257:265] = b"ustar\00000"
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def padding(size: int) -> bytes:
    """Return the zeros that fill a file's last block."""
    return bytes(-size % BLOCK_BYTES)


def parse(block: bytes) -> Member:
    """Return the file a header announces; BundleRefused ``tar`` unless we could have written it."""
    name = block[:100].rstrip(b"\0")
    if len(block) != BLOCK_BYTES or not _ASCII(name) or not _OCTAL(block[124:136]):
        raise not_a_tar()
    member = Member(name.decode("ascii"), int(block[124:135], 8))
    if header(member.name, member.size) != block:
        raise not_a_tar()
    return member


def walk(sink: Sink) -> Feed:
    """Walk an archive sent in chunks, handing its files to ``sink``; ends after two zero blocks.

    Whatever is sent after the end is refused, so an archive has no second, hidden part.
    """
    buffer = bytearray()
    while True:
        while len(buffer) < BLOCK_BYTES:
            buffer += yield
        block = bytes(buffer[:BLOCK_BYTES])
        del buffer[:BLOCK_BYTES]
        if not any(block):
            break
        buffer = yield from _one_file(parse(block), buffer, sink)
    while len(buffer) < BLOCK_BYTES:
        buffer += yield
    if bytes(buffer) != bytes(BLOCK_BYTES):
        raise not_a_tar()
    sink.close()
    while True:
        if (yield):
            raise not_a_tar()


def _one_file(member: Member, buffer: bytearray, sink: Sink) -> Generator[None, bytes, bytearray]:
    sink.begin(member)
    left = member.size
    chunk = memoryview(bytes(buffer))
    while True:
        sink.data(chunk[:left])
        if len(chunk) >= left:
            break
        left -= len(chunk)
        chunk = memoryview((yield))
    sink.end()
    rest = bytearray(chunk[left:])
    pad = -member.size % BLOCK_BYTES
    while len(rest) < pad:
        rest += yield
    if any(rest[:pad]):
        raise not_a_tar()
    del rest[:pad]
    return rest


def not_a_tar() -> BundleRefused:
    """The refusal for a container that is not exactly what the format says."""
    return BundleRefused("tar", _("同步文件的结构不对或不完整，已整份拒收。请重新拷贝或重新导出。"))
