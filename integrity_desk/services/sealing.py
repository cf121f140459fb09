"""Sealing: the next bundle of this desk's stream, with everything due that is in none yet."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from integrity_desk.domain.attachments import Attachment
from integrity_desk.domain.fields import Id
from integrity_desk.errors import StepRefused
from integrity_desk.services import sending
from integrity_desk.services.authorship import write_authors
from integrity_desk.services.county_trust import (
    county_of,
    county_profile,
    kept_trust,
    own_stream,
    revoked,
    stamp,
)
from integrity_desk.services.desk_keys import desk_keys
from integrity_desk.services.neighbours import recipients
from integrity_desk.storage import attachments, deliveries, meta, records, revisions
from integrity_desk.storage.deliveries import Bundle
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.sync import bundle_writer
from integrity_desk.sync.bag import Attachment as Enclosure
from integrity_desk.sync.envelope import FIRST_PREV, Facts
from integrity_desk.sync.trust import TrustedKey
from integrity_desk.sync.volume import Written
from integrity_desk.wording import _, in_chinese

_RESEND = "resend_blobs"
_EVERYTHING = "everything_wanted"
_ANSWERED = "everything_answered"
_MOST_ANSWERED = 100
_READERS = "neighbours_sealed_to"

Due = list[tuple[int, Id]]
"""(position in the log, record) of revisions."""


def seal_next(work: UnitOfWork) -> Bundle | None:
    """Write the next bundle into the outbox; None when nothing is due.

    StepRefused until the desk is enrolled at its county, and once its key is revoked there.
    """
    county, whole = county_of(work), is_everything_wanted(work)
    if sending.count(work) or whole:
        write_authors(work)
    due, again = sending.sendable(work), _to_resend(work)
    if whole:
        due = sorted({*due, *sending.sent_before(work)})
        sending.await_asking(work)
    if not due and not again:
        return None
    if refusal := revoked(work):
        raise StepRefused(refusal)
    facts = _facts(county, work, kind="snapshot" if whole else "delta")
    written = _write(facts, county, due, again, work)
    bundle = Bundle(
        seq=facts.seq,
        stream=facts.stream,
        content=written[-1].envelope.content,
        prev=facts.prev,
        files=tuple(each.path.name for each in written),
        revisions=len(due),
        state=deliveries.EXPORTED,
        created_at=work.now,
        profile=_profile_label(work),
    )
    deliveries.add_bundle(work.database, bundle, due)
    if whole:
        deliveries.overtake(work.database, bundle)
    meta.put(work.database, _RESEND, b"[]")
    meta.put(work.database, _EVERYTHING, b"")
    meta.put(work.database, _READERS, json.dumps(sorted(_neighbours(work))).encode())
    work.touch("bundles")
    return bundle


def want_everything(work: UnitOfWork) -> None:
    """Make the next bundle a snapshot: everything this desk ever sent, and what is due."""
    meta.put(work.database, _EVERYTHING, b"1")
    work.touch("bundles")


def answer_for_everything(asked: str, work: UnitOfWork) -> bool:
    """Make the next bundle a snapshot because the county asked; False if it was answered before.

    ``asked`` names the request, so that its receipt may come any number of times, in any order.
    """
    answered = json.loads(meta.get(work.database, _ANSWERED) or b"[]")
    if not asked or asked in answered:
        return False
    meta.put(work.database, _ANSWERED, json.dumps([*answered, asked][-_MOST_ANSWERED:]).encode())
    meta.put(work.database, _EVERYTHING, asked.encode())
    return True


def everything_asked(reader: Reader) -> datetime | None:
    """Return when the county asked for everything, until it has been sealed."""
    kept = (meta.get(reader.database, _EVERYTHING) or b"").decode()
    return datetime.fromisoformat(kept) if kept.endswith("Z") else None


def is_everything_wanted(reader: Reader) -> bool:
    """Whether the next bundle is a snapshot: asked for, or there is a neighbour who lacks it all.

    Only desks that have sent something before have anything to repeat.
    """
    if meta.get(reader.database, _EVERYTHING):
        return True
    kept = meta.get(reader.database, _READERS)
    return kept is not None and not set(_neighbours(reader)) <= set(json.loads(kept))


def ask_again(blobs: Iterable[str], work: UnitOfWork) -> None:
    """Note the attachments (sha256) that the county asks for again."""
    wanted = sorted(_to_resend(work) | set(blobs))
    meta.put(work.database, _RESEND, json.dumps(wanted).encode())


def _neighbours(reader: Reader) -> tuple[str, ...]:
    trust = kept_trust(reader)
    return recipients(trust, reader) if trust else ()


def _facts(county: TrustedKey, work: UnitOfWork, *, kind: str) -> Facts:
    stream = own_stream(work)
    known = deliveries.bundles(work.database, stream)
    return Facts(
        audience=county.org,
        created=stamp(work),
        kind=kind,
        org=work.identity.org,
        prev=known[0].content if known else FIRST_PREV,
        seq=known[0].seq + 1 if known else 1,
        stream=stream,
    )


def _profile_label(reader: Reader) -> str:
    with in_chinese():  # as the county calls it, on covers and slips of any later day
        return county_profile(reader).label


def _write(
    facts: Facts, county: TrustedKey, due: Due, again: frozenset[str], work: UnitOfWork
) -> tuple[Written, ...]:
    own = desk_keys(work)
    work.outbox.mkdir(exist_ok=True)
    _clear_strays(work.outbox, deliveries.bundles(work.database))
    return bundle_writer.write(
        work.outbox,
        facts,
        signer=own.signer,
        recipients=(county.age, own.recipient, *_neighbours(work)),
        revisions=_lines(due, work),
        attachments=_enclosures(due, again, work),
        mapping=county_profile(work).mapping(),
        step=lambda done: work.progress.step(done, 0, _("封包")),
    )


def _lines(due: Due, work: UnitOfWork) -> Iterator[bytes]:
    for position, _rec in due:
        yield revisions.line_at(work.database, position)


def _enclosures(due: Due, again: frozenset[str], work: UnitOfWork) -> Iterator[Enclosure]:
    """The contents of attachments that are new in this bundle, or asked for again."""
    for rec in dict.fromkeys(rec for _position, rec in due):
        if records.type_of_id(work.database, rec) == "attachment":
            yield _enclosure(work.load(Attachment, rec), work)
    for name in again:
        for attachment in work.find(Attachment, sha256=name)[:1]:
            yield _enclosure(attachment, work)


def _enclosure(attachment: Attachment, work: UnitOfWork) -> Enclosure:
    extension = Path(attachment.file_name).suffix.lstrip(".").lower()
    return Enclosure(
        sha256=attachment.sha256,
        size=attachment.size_bytes or 0,
        extension=extension or (mimetypes.guess_extension(attachment.media_type) or ".bin")[1:],
        media_type=attachment.media_type,
        chunks=partial(attachments.chunks, work.database, attachment.sha256),
    )


def _clear_strays(outbox: Path, known: list[Bundle]) -> None:
    """Remove what an interrupted sealing left; it was never noted and never carried."""
    kept = {name for bundle in known for name in bundle.files}
    for path in outbox.iterdir():
        if path.name not in kept:
            path.unlink()


def _to_resend(reader: Reader) -> frozenset[str]:
    kept = meta.get(reader.database, _RESEND)
    return frozenset(json.loads(kept)) if kept else frozenset()
