"""The private staging of one volume: where opened contents lie until all of it is proved.

Names come from nine patterns, so nothing can leave the folder; every file is hashed as it is
written, in a thread behind the one that decrypts, for both let go of the interpreter; manifests,
list of attachments and sender's facts are not parsed but made again from what arrived and
compared byte for byte.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from integrity_desk.domain import revisions
from integrity_desk.errors import BundleRefused
from integrity_desk.sync import bag, canonical
from integrity_desk.sync.envelope import DOCUMENT_KINDS, Envelope
from integrity_desk.sync.files import sentences
from integrity_desk.sync.tar import Member
from integrity_desk.wording import _

_BLOB_SHAPE: dict[str, type | tuple[type, ...]] = {
    "extension": str, "media_type": str, "sha256": str, "size": int,
}  # fmt: skip


_AT_ONCE, _MOST_WAITING = 4, 4
"""How many pieces, each at most a quarter of a MiB, are handed over, and how often ahead."""


class Staging:
    """Takes the files of one bag, then proves that they are what the envelope says."""

    def __init__(self, folder: Path, envelope: Envelope) -> None:
        self._folder, self._envelope = folder, envelope
        self._name = ""
        self._file: BinaryIO | None = None
        self._behind = ThreadPoolExecutor(1)
        self._waiting: deque[Future[None]] = deque()
        self._pieces: list[memoryview] = []
        self._sizes: dict[str, int] = {}
        self._digests: dict[str, str] = {}
        self.complete = False

    def begin(self, member: Member) -> None:
        """Open the file of a member that may stand in a bag."""
        name = member.name.removeprefix(bag.ROOT)
        limit = bag.limit_bytes(name) if member.name.startswith(bag.ROOT) else 0
        if not limit:
            raise BundleRefused("name", _("同步文件里有不该有的文件，已整份拒收。请核对来源。"))
        if member.size > limit:
            raise BundleRefused("too_big", _("同步文件里有超过规定大小的文件，已整份拒收。"))
        if name in self._sizes:
            raise BundleRefused("duplicate", _("同步文件里有重名的文件，已整份拒收。请核对来源。"))
        if len(self._sizes) == self._envelope.payload.plain_members:
            raise wrong_size()
        self._name, self._sizes[name], self._digest = name, member.size, sha256()
        path = self._folder / name
        with sentences(self._folder):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("xb")

    def data(self, chunk: memoryview) -> None:
        """Have some bytes written and hashed soon."""
        self._pieces.append(chunk)
        if len(self._pieces) == _AT_ONCE:
            self._hand_over()

    def end(self) -> None:
        """The file is whole, once the thread behind has come so far."""
        self._hand_over()
        self._soon(self._finish, self._name, self._file, self._digest)
        self._file = None

    def close(self) -> None:
        """The archive ended as it should; wait for the last of it to be written."""
        while self._waiting:
            self._waiting.popleft().result()
        self.complete = True

    def abandon(self) -> None:
        """Close whatever is open, once what was handed over is dealt with."""
        self._behind.shutdown()
        if self._file is not None:
            self._file.close()

    def prove(self) -> None:
        """Refuse the volume unless everything that arrived is what was signed."""
        payload = {name: each for name, each in self._digests.items() if name.startswith("data/")}
        tags = {name: self._digests.get(name, "") for name in bag.TAGS}
        total = sum(self._sizes[name] for name in payload)
        self._same(bag.BAGIT, bag.DECLARATION, "bag")
        self._same(bag.MANIFEST, bag.manifest(payload), "manifest")
        self._same(bag.TAG_MANIFEST, bag.manifest(tags), "manifest")
        if self._digests[bag.TAG_MANIFEST] != self._envelope.content:
            raise _not_as_signed("content")
        self._same(bag.INFO, bag.info_of(self._envelope, total, len(payload)), "sender")
        if (
            len(self._sizes) != self._envelope.payload.plain_members
            or bag.DESCRIPTOR not in payload
        ):
            raise _not_as_signed("bag")
        self._prove_blobs()
        self._prove_document()
        self._prove_revisions()

    def _hand_over(self) -> None:
        self._soon(self._take, self._file, self._digest, self._pieces)
        self._pieces = []

    def _soon(self, act: Callable[..., None], *values: Any) -> None:
        if len(self._waiting) == _MOST_WAITING:
            self._waiting.popleft().result()
        self._waiting.append(self._behind.submit(act, *values))

    def _take(self, file: BinaryIO, digest: Any, pieces: list[memoryview]) -> None:
        for each in pieces:
            digest.update(each)
            with sentences(self._folder):
                file.write(each)

    def _finish(self, name: str, file: BinaryIO, digest: Any) -> None:
        with sentences(self._folder):
            file.close()
        self._digests[name] = digest.hexdigest()

    def _same(self, name: str, expected: bytes, code: str) -> None:
        if self._digests.get(name) != sha256(expected).hexdigest():
            raise _not_as_signed(code)

    def _prove_blobs(self) -> None:
        arrived = {name for name in self._digests if bag.blob_of(name)}
        listed = set()
        for told in blob_lines(self._folder):
            name = bag.blob_name(told["sha256"], told["extension"])
            if name in listed or self._digests.get(name) != told["sha256"]:
                raise _not_as_signed("blob")
            if self._sizes[name] != told["size"]:
                raise _not_as_signed("blob")
            listed.add(name)
        if listed != arrived:
            raise _not_as_signed("blob")

    def _prove_document(self) -> None:
        kind = self._envelope.kind
        expected = {bag.document_name(kind)} if kind in DOCUMENT_KINDS else set()
        if {name for name in self._digests if bag.is_document(name)} != expected:
            raise _not_as_signed("document")
        if expected:
            read_document(self._folder, kind)

    def _prove_revisions(self) -> None:
        count = sum(1 for _line in checked_lines(self._folder))
        if count != self._envelope.revisions:
            raise _not_as_signed("count")


def revision_lines(folder: Path) -> Iterator[bytes]:
    """Yield the revision lines of an opened bag in order, without line ends."""
    for path in sorted((folder / "data").glob("revisions-*.jsonl")):
        with path.open("rb") as file:
            while line := file.readline(revisions.MAX_LINE_BYTES + 2):
                if not line.endswith(b"\n"):
                    raise _bad_line()
                yield line[:-1]


def checked_lines(folder: Path) -> Iterator[bytes]:
    """Yield the revision lines; BundleRefused ``line`` for one that is not canonical."""
    for line in revision_lines(folder):
        try:
            read = orjson.loads(line)
            if orjson.dumps(read, option=orjson.OPT_SORT_KEYS) != line:
                raise _bad_line()
            revisions.check(read)
        except (orjson.JSONDecodeError, TypeError, revisions.NotARevision) as error:
            raise _bad_line() from error
        yield line


def blob_lines(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield what blobs.jsonl tells of each attachment: extension, media_type, sha256, size."""
    path = folder / bag.BLOB_LIST
    if not path.exists():
        return
    with path.open("rb") as file:
        while line := file.readline(revisions.MAX_LINE_BYTES):
            told = canonical.loads(line.removesuffix(b"\n"))
            if not line.endswith(b"\n") or not canonical.fitting(told, _BLOB_SHAPE):
                raise _not_as_signed("blob")
            yield told


def read_document(folder: Path, kind: str) -> dict[str, Any]:
    """Return the contents of a receipt or trust bundle."""
    return canonical.loads((folder / bag.document_name(kind)).read_bytes())


def wrong_size() -> BundleRefused:
    """The refusal for contents that are longer or more than the envelope says."""
    return BundleRefused(
        "size", _("同步文件展开后与封面上的大小或件数不符，已整份拒收。请对方重新导出。")
    )


def _bad_line() -> BundleRefused:
    return BundleRefused(
        "line", _("同步文件里有一行登记内容格式不对，已整份拒收。请对方重新导出。")
    )


def _not_as_signed(code: str) -> BundleRefused:
    return BundleRefused(code, _("同步文件里的清单与内容对不上，已整份拒收。请对方重新导出。"))
