"""One volume while it is written: ustar → zstd → age, then the envelope, signed, in front."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from backports.zstd import ZstdCompressor

from integrity_desk.errors import StoreUnavailable
from integrity_desk.sync import age, bag, tar
from integrity_desk.sync.bag import Attachment
from integrity_desk.sync.envelope import (
    ENVELOPE_BYTES,
    ENVELOPE_NAME,
    PAYLOAD_NAME,
    Envelope,
    Facts,
    Payload,
    pack,
    volume_name,
)
from integrity_desk.sync.files import Files, settle, temporary_name
from integrity_desk.sync.seal import Signer
from integrity_desk.wording import _

_PART_MEMBERS = 50_000
_LEVEL = 3


@dataclass(frozen=True, kw_only=True)
class Written:
    """One finished volume."""

    path: Path
    envelope: Envelope


@dataclass(frozen=True)
class Item:
    """One file to come: its name and size are known before its bytes are."""

    name: str
    size: int
    chunks: Callable[[], Iterable[bytes]]
    revisions: int = 0
    attachment: Attachment | None = None


class Queue:
    """The items to come, with the next one in sight."""

    def __init__(self, items: Iterator[Item]) -> None:
        self._items = items
        self.next = next(items, None)

    def take(self) -> Item:
        """Return the next item and look at the one after it."""
        item = self.next
        assert item is not None
        self.next = next(self._items, None)
        return item


class Volume:
    """One volume while it is being written."""

    def __init__(
        self, folder: Path, facts: Facts, part: int, prev: str, signer: Signer, files: Files,
        mapping: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        self._facts = replace(facts, prev=prev)
        self._mapping = mapping
        self._part, self._key, self._files = part, signer.key, files
        self._final = folder / volume_name(facts.bundle, part)
        self._temporary = temporary_name(self._final)
        self._placed = False
        self._head_bytes = len(_head(bytes(ENVELOPE_BYTES), signer, bytes(signer.size_bytes), 0))
        self._digests: dict[str, str] = {}
        self._blobs: list[bytes] = []
        self._payload_bytes = self._revisions = self._members = 0
        self._sealed = _Sealed()
        self.plain_bytes = 0
        self.content = ""

    def fill(
        self, items: Queue, part_bytes: int, recipients: Sequence[str], step: Callable[[int], None]
    ) -> None:
        """Stream items into the payload until the volume is full."""
        with self._files.create(self._temporary) as file:
            file.write(bytes(self._head_bytes))
            self._sealed.file = file
            squeezed = _Squeezed(self._plain(items, part_bytes, step))
            age.encrypt(squeezed, self._sealed, recipients)
            file.write(tar.padding(self._sealed.size) + tar.END)

    def seal(self, parts: int, signer: Signer) -> Written:
        """Fill in the envelope, sign it, and give the file its name."""
        envelope = Envelope(
            **asdict(self._facts), content=self.content, key=self._key,
            part=self._part, parts=parts, revisions=self._revisions,
            payload=Payload(
                bytes=self._sealed.size, sha256=self._sealed.digest.hexdigest(),
                plain_bytes=self.plain_bytes, plain_members=self._members,
            ),
        )  # fmt: skip
        if envelope.payload.too_dense:
            raise StoreUnavailable(
                _("附件多为空白图像，压缩后对方会按异常文件拒收。请把附件另存为PDF或JPEG再导出。")
            )
        packed = pack(envelope)
        with self._files.extend(self._temporary) as file:
            file.write(_head(packed, signer, signer.sign(packed), envelope.payload.bytes))
        settle(self._files, self._temporary, self._final)
        self._placed = True
        return Written(path=self._final, envelope=envelope)

    def discard(self) -> None:
        """Leave nothing behind."""
        self._temporary.unlink(missing_ok=True)
        if self._placed:
            self._final.unlink(missing_ok=True)

    def _plain(self, items: Queue, part_bytes: int, step: Callable[[int], None]) -> Iterator[bytes]:
        while items.next is not None and self._has_room(items.next, part_bytes):
            item = items.take()
            yield from self._member(item.name, item.size, item.chunks())
            self._revisions += item.revisions
            if item.attachment is not None:
                self._check(item.attachment)
            step(self.plain_bytes)
        yield from self._closing_members()
        self.plain_bytes += len(tar.END)
        yield tar.END

    def _has_room(self, item: Item, part_bytes: int) -> bool:
        if not self._members:
            return True
        return self.plain_bytes + item.size <= part_bytes and self._members < _PART_MEMBERS

    def _member(self, name: str, size: int, chunks: Iterable[bytes]) -> Iterator[bytes]:
        digest, seen = sha256(), 0
        yield tar.header(bag.ROOT + name, size)
        for chunk in chunks:
            digest.update(chunk)
            seen += len(chunk)
            yield chunk
        if seen != size:
            raise _not_what_it_was()
        yield tar.padding(size)
        self._digests[name] = digest.hexdigest()
        self._members += 1
        self.plain_bytes += tar.BLOCK_BYTES + size + len(tar.padding(size))
        if name.startswith("data/"):
            self._payload_bytes += size

    def _check(self, attachment: Attachment) -> None:
        name = bag.blob_name(attachment.sha256, attachment.extension)
        if self._digests[name] != attachment.sha256:
            raise _not_what_it_was()
        self._blobs.append(bag.blob_line(name, attachment.size, attachment.media_type))

    def _closing_members(self) -> Iterator[bytes]:
        if self._blobs:
            yield from self._small(bag.BLOB_LIST, b"".join(self._blobs))
        yield from self._small(bag.DESCRIPTOR, self._described())
        payload = {name: each for name, each in self._digests.items() if name.startswith("data/")}
        info = bag.info(self._facts, self._key, self._part, self._payload_bytes, len(payload))
        yield from self._small(bag.BAGIT, bag.DECLARATION)
        yield from self._small(bag.INFO, info)
        yield from self._small(bag.MANIFEST, bag.manifest(payload))
        tags = bag.manifest({name: self._digests[name] for name in bag.TAGS})
        yield from self._small(bag.TAG_MANIFEST, tags)
        self.content = self._digests[bag.TAG_MANIFEST]

    def _described(self) -> bytes:
        return bag.descriptor(self._facts, self._digests, self._mapping)

    def _small(self, name: str, data: bytes) -> Iterator[bytes]:
        return self._member(name, len(data), (data,))


class _Squeezed:
    """What age reads: the plain chunks, compressed."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._compressor = ZstdCompressor(level=_LEVEL)
        self._ready, self._at = b"", 0

    def read(self, size: int) -> bytes:
        """Return up to ``size`` bytes; none at the end."""
        while self._at == len(self._ready) and self._chunks is not _NOTHING:
            self._ready, self._at = self._more(), 0
        taken = self._ready[self._at : self._at + size]
        self._at += len(taken)
        return taken

    def _more(self) -> bytes:
        chunk = next(self._chunks, None)
        if chunk is not None:
            return self._compressor.compress(chunk)
        self._chunks = _NOTHING
        return self._compressor.flush()


_NOTHING: Iterator[bytes] = iter(())


class _Sealed:
    """What age writes to: the file, counted and hashed."""

    file: BinaryIO

    def __init__(self) -> None:
        self.size, self.digest = 0, sha256()

    def write(self, data: bytes) -> int:
        """Take some sealed bytes."""
        self.digest.update(data)
        self.size += len(data)
        return self.file.write(data)

    def flush(self) -> None:
        """Nothing to do: the volume is flushed once, at its end."""


def _head(packed: bytes, signer: Signer, signature: bytes, payload_bytes: int) -> bytes:
    name = ENVELOPE_NAME + signer.suffix
    return b"".join(
        (
            tar.header(ENVELOPE_NAME, len(packed)), packed,
            tar.header(name, len(signature)), signature, tar.padding(len(signature)),
            tar.header(PAYLOAD_NAME, payload_bytes),
        )
    )  # fmt: skip


def _not_what_it_was() -> StoreUnavailable:
    return StoreUnavailable(_("有附件的内容与登记时不一致，可能已损坏。请先检查数据再导出。"))
