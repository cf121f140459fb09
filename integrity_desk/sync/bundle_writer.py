"""Writing bundles: revisions and attachments stream through ustar, zstd and age into volumes.

Nothing is held in memory but the revision file being filled (4 MiB) and the names of what was
written. The envelope stands first in the file and is filled in last, when counts and hashes
are known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from integrity_desk.sync import bag, canonical
from integrity_desk.sync.bag import Attachment
from integrity_desk.sync.envelope import MAX_VOLUME_BYTES, Facts
from integrity_desk.sync.files import Files, sentences
from integrity_desk.sync.seal import Signer
from integrity_desk.sync.volume import Item, Queue, Volume, Written

REVISION_FILE_BYTES = 4 << 20
PART_BYTES = MAX_VOLUME_BYTES - (16 << 20)


def write(
    folder: Path,
    facts: Facts,
    *,
    signer: Signer,
    recipients: Sequence[str],
    revisions: Iterable[bytes] = (),
    attachments: Iterable[Attachment] = (),
    document: Mapping[str, Any] | None = None,
    mapping: Mapping[str, Any] | None = None,
    step: Callable[[int], None] = lambda plain_bytes: None,
    part_bytes: int = PART_BYTES,
    files: Files | None = None,
) -> tuple[Written, ...]:
    """Write one bundle into ``folder`` as volumes of at most ``part_bytes`` of contents.

    ``revisions`` are canonical lines without line ends, ``document`` the contents of a receipt
    or trust bundle, ``mapping`` what the county's catalogue calls the fields, ``recipients``
    "age1…" addresses. ``step`` hears the bytes taken in so far and may raise to stop. Either all
    volumes stand there whole, or none.
    Raises MediaUnavailable (disk), StoreUnavailable (an attachment is not what it was).
    """
    items = Queue(_items(facts, revisions, attachments, document))
    layer = files or Files()
    volumes: list[Volume] = []
    prev, done = facts.prev, 0
    with sentences(folder):
        try:
            while not volumes or items.next is not None:
                volumes.append(Volume(folder, facts, len(volumes), prev, signer, layer, mapping))
                volumes[-1].fill(items, part_bytes, recipients, partial(_further, step, done))
                prev, done = volumes[-1].content, done + volumes[-1].plain_bytes
            return tuple(each.seal(len(volumes), signer) for each in volumes)
        except BaseException:
            for each in volumes:
                each.discard()
            raise


def _items(
    facts: Facts,
    revisions: Iterable[bytes],
    attachments: Iterable[Attachment],
    document: Mapping[str, Any] | None,
) -> Iterator[Item]:
    if document is not None:
        written = canonical.dumps(document)
        yield Item(bag.document_name(facts.kind), len(written), partial(_only, written))
    for number, (block, count) in enumerate(_revision_files(revisions), 1):
        yield Item(bag.revisions_name(number), len(block), partial(_only, block), count)
    sent: set[str] = set()
    for each in attachments:
        if each.sha256 in sent:
            continue
        sent.add(each.sha256)
        name = bag.blob_name(each.sha256, each.extension)
        yield Item(name, each.size, each.chunks, attachment=each)


def _only(block: bytes) -> tuple[bytes]:
    return (block,)


def _further(step: Callable[[int], None], before: int, more: int) -> None:
    step(before + more)


def _revision_files(lines: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    """Gather lines into files of at most REVISION_FILE_BYTES."""
    block, count = bytearray(), 0
    for line in lines:
        if block and len(block) + len(line) >= REVISION_FILE_BYTES:
            yield bytes(block), count
            block, count = bytearray(), 0
        block += line
        block += b"\n"
        count += 1
    if count:
        yield bytes(block), count
