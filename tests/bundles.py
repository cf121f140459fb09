"""An invented desk that writes bundles, and the county it writes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from integrity_desk.domain.revisions import Clock, Revision, Value, encode
from integrity_desk.sync import bundle_writer
from integrity_desk.sync.bag import Attachment
from integrity_desk.sync.envelope import FIRST_PREV, Facts
from integrity_desk.sync.keys import DeskKeys, stream_of
from integrity_desk.sync.trust import TrustedKey
from integrity_desk.sync.volume import Written

ORG, COUNTY = "440000001", "440000"
CREATED = "2026-11-20T02:00:00Z"
NOW_MS = 1_795_000_000_000
PHOTO = b"\xff\xd8\xff" + bytes(range(256)) * 40


def rec(number: int) -> str:
    """Return the id of the invented record ``number``."""
    return f"{number:032x}"


def attachment(content: bytes = PHOTO, **changes: Any) -> Attachment:
    """Return a photograph, or whatever ``changes`` make of it."""
    told = {
        "sha256": sha256(content).hexdigest(), "size": len(content), "extension": "jpg",
        "media_type": "image/jpeg", "chunks": lambda: iter((content[:100], content[100:])),
    }  # fmt: skip
    return Attachment(**{**told, **changes})


@dataclass
class SendingDesk:
    """One incarnation of a desk with its keys, its clock and its stream."""

    county: DeskKeys
    desk: str = "d02"
    replica: str = "7f3a" * 4
    n: int = 0
    seq: int = 0
    prev: str = FIRST_PREV

    @cached_property
    def keys(self) -> DeskKeys:
        """The desk's own keys."""
        return DeskKeys.generate()

    @property
    def stream(self) -> str:
        """The stream it sends."""
        return stream_of(ORG, self.desk, self.replica)

    @property
    def trusted(self) -> TrustedKey:
        """The county's entry for it."""
        return TrustedKey(
            sign=self.keys.signer.public.hex(), age=self.keys.recipient, org=ORG,
            name="示例镇便民服务中心", streams=(self.stream,), audiences=(COUNTY,),
        )  # fmt: skip

    @property
    def known(self) -> dict[str, TrustedKey]:
        """A trust list with nobody but this desk."""
        return {self.trusted.key: self.trusted}

    def line(
        self, record: int, *, of: str = "unit@1", pred: Mapping[str, list[str]] | None = None,
        **written: Value,
    ) -> bytes:  # fmt: skip
        """Return the next revision line of this desk."""
        self.n += 1
        return encode(
            Revision(
                by="c" * 32, cmd="AmendRecord", hlc=Clock(NOW_MS + self.n).stamp, n=self.n,
                pred=pred or {}, rec=rec(record), replica=self.replica,
                set=written or {"name": f"示例单位{self.n}", "kind": "township"}, type=of,
            )
        )  # fmt: skip

    def facts(self, **changes: Any) -> Facts:
        """Return the facts of the bundle to write next."""
        told = {
            "audience": COUNTY, "created": CREATED, "kind": "delta", "org": ORG,
            "prev": self.prev, "seq": self.seq + 1, "stream": self.stream,
        }  # fmt: skip
        return Facts(**{**told, **changes})

    def write(
        self, folder: Path, revisions: Iterable[bytes] = (), *,
        attachments: Iterable[Attachment] = (), keys: DeskKeys | None = None,
        facts: Mapping[str, Any] | None = None, **options: Any,
    ) -> tuple[Written, ...]:  # fmt: skip
        """Write the next bundle of the stream into ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        written = bundle_writer.write(
            folder, self.facts(**(facts or {})), signer=(keys or self.keys).signer,
            recipients=[self.county.recipient, self.keys.recipient], revisions=revisions,
            attachments=attachments, **options,
        )  # fmt: skip
        self.seq, self.prev = self.seq + 1, written[-1].envelope.content
        return written


def sending_desk(**which: str) -> SendingDesk:
    """Return a desk that writes to a county of its own."""
    return SendingDesk(county=DeskKeys.generate(), **which)


def chunks_of(content: bytes, size: int) -> Iterator[bytes]:
    """Yield ``content`` in pieces."""
    for at in range(0, len(content), size):
        yield content[at : at + size]
