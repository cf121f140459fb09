"""The envelope: what anyone who finds the file may know, and what the signature covers.

8,192 bytes of canonical JSON, filled up with spaces. It holds no personal data: who sends to
whom, number, time, counts, sizes, and the hashes of the sealed and of the opened contents.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from integrity_desk.errors import BundleRefused
from integrity_desk.sync import canonical
from integrity_desk.wording import _

FORMAT = "TSB/1"
LAYERS = ("age", "zstd", "ustar", "bagit")
ENVELOPE_BYTES = 8192
ENVELOPE_NAME = "envelope.json"
PAYLOAD_NAME = "payload.age"
MAX_PARTS = 100

FIRST_PREV = ""
"""``prev`` of the first volume of a stream."""

MAX_VOLUME_BYTES = 512 << 20
"""No volume is longer, neither sealed nor opened."""

DOCUMENT_KINDS = ("receipt", "trust")
KINDS = ("delta", "snapshot", *DOCUMENT_KINDS)

_SHAPE: dict[str, type | tuple[type, ...]] = {
    "audience": str, "bundle": str, "content": str, "created": str, "format": str, "key": str,
    "kind": str, "org": str, "part": int, "parts": int, "payload": dict, "prev": str,
    "revisions": int, "seq": int, "stream": str,
}  # fmt: skip
_PAYLOAD_SHAPE: dict[str, type | tuple[type, ...]] = {
    "bytes": int, "layers": list, "name": str, "plain_bytes": int, "plain_members": int,
    "sha256": str,
}  # fmt: skip
MOMENT_PATTERN = r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z"
_PATTERNS = {
    "audience": r"[A-Za-z0-9]+(-[A-Za-z0-9]+){0,7}",
    "content": r"[0-9a-f]{64}",
    "created": MOMENT_PATTERN,
    "key": r"SHA256:[A-Za-z0-9+/]{43}",
    "org": r"[A-Za-z0-9]{1,24}",
    "prev": r"([0-9a-f]{64})?",
    "stream": r"[A-Za-z0-9]+(-[A-Za-z0-9]+){1,7}",
}
_MAX_NAME = 100
_MAX_SEQ = 10**10
_TOO_BIG = 2**53
_FREE_BYTES = 16 << 20
_MAX_RATIO = 60


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the sender says of a bundle before it is written.

    ``created`` is "YYYY-MM-DDTHH:MM:SSZ"; ``prev`` is the ``content`` of the last volume of
    the bundle before it in the stream, or FIRST_PREV.
    """

    audience: str
    created: str
    kind: str
    org: str
    prev: str
    seq: int
    stream: str

    @property
    def bundle(self) -> str:
        """The bundle's name, the same for all its volumes."""
        return bundle_name(self.stream, self.seq)


@dataclass(frozen=True, kw_only=True)
class Payload:
    """The sealed contents: size and hash as they lie in the file, and what comes out."""

    bytes: int
    plain_bytes: int
    plain_members: int
    sha256: str
    layers: tuple[str, ...] = LAYERS
    name: str = PAYLOAD_NAME

    @property
    def too_dense(self) -> bool:
        """Whether it would blow up beyond all honest contents (a decompression bomb)."""
        return self.plain_bytes > max(_FREE_BYTES, _MAX_RATIO * self.bytes)


@dataclass(frozen=True, kw_only=True)
class Envelope(Facts):
    """One volume's envelope; ``content`` is the sha256 of its tagmanifest-sha256.txt."""

    content: str
    key: str
    part: int
    parts: int
    revisions: int
    payload: Payload

    @property
    def file_name(self) -> str:
        """The volume's file name."""
        return volume_name(self.bundle, self.part)


def bundle_name(stream: str, seq: int) -> str:
    """Return the name that all volumes of a bundle share."""
    return f"{stream}-{seq:010d}"


def volume_name(bundle: str, part: int) -> str:
    """Return the file name of one volume of a bundle, e.g. "…-0000000007-p00.tsb"."""
    return f"{bundle}-p{part:02d}.tsb"


def pack(envelope: Envelope) -> bytes:
    """Return the 8,192 bytes that are signed."""
    content = {**asdict(envelope), "bundle": envelope.bundle, "format": FORMAT}
    packed = canonical.dumps(content).ljust(ENVELOPE_BYTES, b" ")
    unpack(packed)
    return packed


def unpack(data: bytes) -> Envelope:
    """Return the envelope in these bytes; BundleRefused ``envelope``, ``json`` or ``format``."""
    if len(data) != ENVELOPE_BYTES:
        raise _wrong()
    value = canonical.loads(data.rstrip(b" "))
    if value.get("format") != FORMAT:
        raise BundleRefused(
            "format", _("这份同步文件的格式版本本程序不认识，已拒收。请先升级程序。")
        )
    if not canonical.fitting(value, _SHAPE):
        raise _wrong()
    envelope = _built(value)
    if not _sound(envelope) or value["bundle"] != envelope.bundle:
        raise _wrong()
    return envelope


def _built(value: dict[str, Any]) -> Envelope:
    payload = value["payload"]
    if not canonical.fitting(payload, _PAYLOAD_SHAPE):
        raise _wrong()
    inner = Payload(**{**payload, "layers": tuple(payload["layers"])})
    known = {name: each for name, each in value.items() if name not in ("bundle", "format")}
    return Envelope(**{**known, "payload": inner})


def _sound(envelope: Envelope) -> bool:
    payload = envelope.payload
    return (
        all(
            len(getattr(envelope, name)) <= _MAX_NAME
            and re.fullmatch(pattern, getattr(envelope, name))
            for name, pattern in _PATTERNS.items()
        )
        and envelope.kind in KINDS
        and 0 < envelope.seq < _MAX_SEQ
        and 0 <= envelope.part < envelope.parts <= MAX_PARTS
        and 0 <= envelope.revisions < _TOO_BIG
        and payload.layers == LAYERS
        and payload.name == PAYLOAD_NAME
        and re.fullmatch(_PATTERNS["content"], payload.sha256) is not None
        and all(0 < size <= MAX_VOLUME_BYTES for size in _sizes(payload))
    )


def _sizes(payload: Payload) -> tuple[int, ...]:
    return payload.bytes, payload.plain_bytes, payload.plain_members


def _wrong() -> BundleRefused:
    return BundleRefused("envelope", _("同步文件的封面不合规定，已整份拒收。请对方重新导出。"))
