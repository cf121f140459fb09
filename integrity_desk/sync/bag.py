"""The BagIt bag inside a volume: its names, manifests and descriptor (RFC 8493).

Every name is one of nine patterns; nothing else may stand in a bag.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from integrity_desk.sync import canonical, schema
from integrity_desk.sync.envelope import Envelope, Facts

ROOT = "bag/"
BAGIT, INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
DESCRIPTOR, BLOB_LIST = "data/datapackage.json", "data/blobs.jsonl"
TAGS = (BAGIT, INFO, MANIFEST)

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

MAX_FILE_BYTES = 16 << 20
MAX_BLOB_BYTES = 256 << 20
MAX_DOCUMENT_BYTES = 64 << 20

_REVISIONS = re.compile(r"data/revisions-[0-9]{4}\.jsonl").fullmatch
_DOCUMENT = re.compile(r"data/(receipt|trust)\.json").fullmatch
_BLOB = re.compile(r"data/blobs/([0-9a-f]{2})/(\1[0-9a-f]{62})\.[a-z0-9]{1,8}").fullmatch
_EXTENSION = re.compile(r"[a-z0-9]{1,8}").fullmatch


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file that travels along: hex sha256, bytes, "jpg", "image/jpeg", and its contents.

    ``chunks`` opens it anew at every call and yields its bytes in pieces of any size.
    """

    sha256: str
    size: int
    extension: str
    media_type: str
    chunks: Callable[[], Iterator[bytes]]


def revisions_name(number: int) -> str:
    """Return the name of the ``number``-th file of revisions, from 1."""
    return f"data/revisions-{number:04d}.jsonl"


def document_name(kind: str) -> str:
    """Return the name of the one document of a bundle of that kind."""
    return f"data/{kind}.json"


def blob_name(sha256: str, extension: str) -> str:
    """Return the name of an attachment; an unusual extension becomes "bin"."""
    return f"data/blobs/{sha256[:2]}/{sha256}.{extension if _EXTENSION(extension) else 'bin'}"


def is_revisions(name: str) -> bool:
    """Whether the file of this name holds revision lines."""
    return _REVISIONS(name) is not None


def is_document(name: str) -> bool:
    """Whether the file of this name is the document of a receipt or trust bundle."""
    return _DOCUMENT(name) is not None


def blob_of(name: str) -> str:
    """Return the sha256 an attachment's name promises, or "" for any other name."""
    found = _BLOB(name)
    return found[2] if found else ""


def limit_bytes(name: str) -> int:
    """Return how long the file of this name may be; 0 for a name that no bag may hold."""
    if name in (*TAGS, TAG_MANIFEST, DESCRIPTOR, BLOB_LIST) or is_revisions(name):
        return MAX_FILE_BYTES
    if blob_of(name):
        return MAX_BLOB_BYTES
    return MAX_DOCUMENT_BYTES if _DOCUMENT(name) else 0


def info(facts: Facts, key: str, part: int, payload_bytes: int, payload_files: int) -> bytes:
    """Return bag-info.txt: the sender's facts once more, inside the seal."""
    lines = {
        "Source-Organization": facts.org,
        "Bagging-Date": facts.created[:10],
        "Payload-Oxum": f"{payload_bytes}.{payload_files}",
        "TSB-Audience": facts.audience,
        "TSB-Created": facts.created,
        "TSB-Key": key,
        "TSB-Kind": facts.kind,
        "TSB-Part": str(part),
        "TSB-Prev": facts.prev or "-",
        "TSB-Seq": str(facts.seq),
        "TSB-Stream": facts.stream,
    }
    return "".join(f"{label}: {value}\n" for label, value in lines.items()).encode()


def info_of(envelope: Envelope, payload_bytes: int, payload_files: int) -> bytes:
    """Return the only bag-info.txt that fits this envelope."""
    return info(envelope, envelope.key, envelope.part, payload_bytes, payload_files)


def manifest(digests: Mapping[str, str]) -> bytes:
    """Return a manifest of name → hex sha256, sorted by name."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()


def blob_line(name: str, size: int, media_type: str) -> bytes:
    """Return an attachment's line of blobs.jsonl."""
    sha256, _dot, extension = name.rpartition("/")[2].partition(".")
    told = {"extension": extension, "media_type": media_type, "sha256": sha256, "size": size}
    return canonical.dumps(told) + b"\n"


def descriptor(
    facts: Facts, names: Iterable[str], mapping: Mapping[str, Any] | None = None
) -> bytes:
    """Return the Frictionless descriptor of the tables among ``names`` (all under data/).

    ``mapping`` says what the county's catalogue calls the fields of the revisions.
    """
    resources: list[dict[str, Any]] = []
    for name in sorted(names):
        if is_revisions(name):
            resources.append(_table(name, schema.revision_table()))
        elif name == BLOB_LIST:
            resources.append(_table(name, schema.blob_table()))
        elif _DOCUMENT(name):
            inner = name.removeprefix("data/")
            resources.append(
                {
                    "name": inner.removesuffix(".json"),
                    "path": inner,
                    "mediatype": "application/json",
                }
            )
    told = {"created": facts.created, "name": facts.bundle.lower(), "resources": resources}
    return canonical.dumps({**told, "mapping": mapping} if mapping else told)


def _table(name: str, table: Mapping[str, Any]) -> dict[str, Any]:
    inner = name.removeprefix("data/")
    return {
        "encoding": "utf-8",
        "format": "jsonl",
        "mediatype": "application/x-ndjson",
        "name": inner.removesuffix(".jsonl"),
        "path": inner,
        "schema": table,
    }
