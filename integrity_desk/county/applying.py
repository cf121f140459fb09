"""Applying one bundle: lines stored, records merged, verdicts reached, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from integrity_desk.county.examining import REJECTED, examine, superseded, taken
from integrity_desk.county.ledger import APPLIED
from integrity_desk.county.office import Office
from integrity_desk.county.sql import Claimed
from integrity_desk.domain.merging import Merged, merged
from integrity_desk.domain.revisions import Revision
from integrity_desk.sync import age
from integrity_desk.sync.bundle_reader import Staged, StagedBlob
from integrity_desk.sync.files import Files, sentences, settle, temporary_name
from integrity_desk.sync.receipt import BundleVerdict, RevisionVerdict

_BATCH = 2_000
"""How many records are read and written at once."""

_AT_HAND = 50_000
"""Up to how many revisions of one bundle are kept in memory instead of being read again."""


@dataclass(frozen=True, kw_only=True)
class Applied:
    """What a bundle brought; ``told_to`` are the (stream, seq) whose desks must hear of it."""

    revisions: int
    told_to: frozenset[tuple[str, int]]


def apply(office: Office, parts: Sequence[Staged], at: str) -> Applied:
    """Apply the volumes of one bundle in one transaction."""
    last = parts[-1].envelope
    told_to = {(last.stream, last.seq)}
    for part in parts:
        _keep_blobs(office, part.blobs())
    with office.ledger.transaction():
        verdicts: list[RevisionVerdict] = []
        touched = _store(office, parts, verdicts)
        for part in parts:
            for blob in part.blobs():
                office.ledger.add_blob(blob)
            office.ledger.note_volume(part.envelope, APPLIED, "", at)
        told_to |= _merge_all(office, touched, verdicts, last.stream)
        revisions = sum(part.envelope.revisions for part in parts)
        outcome = BundleVerdict(
            seq=last.seq, content=last.content, state=_state(verdicts, revisions)
        )
        office.ledger.note_bundle(last.stream, outcome)
        office.ledger.note_verdicts(last.stream, last.seq, verdicts)
    return Applied(revisions=revisions, told_to=frozenset(told_to))


def blob_path(folder: Path, sha256: str) -> Path:
    """Return where the county keeps an attachment, encrypted to itself."""
    return folder / "attachments" / sha256[:2] / f"{sha256}.age"


@dataclass
class _Arrival:
    """What came for one record: the dots new to it and, while few came, their revisions."""

    dots: set[str] = field(default_factory=set)
    revisions: list[Revision] = field(default_factory=list)


def _store(
    office: Office, parts: Sequence[Staged], verdicts: list[RevisionVerdict]
) -> Mapping[str, _Arrival]:
    """Store all lines; return what came for each record touched."""
    at_hand = sum(part.envelope.revisions for part in parts) <= _AT_HAND
    touched: dict[str, _Arrival] = {}
    for part in parts:
        envelope = part.envelope
        lines = office.ledger.add_revisions(envelope.stream, envelope.seq, part.revisions())
        for revision, kept in lines:
            if not kept:
                verdicts.append(taken(revision))
                continue
            arrival = touched.setdefault(revision.rec, _Arrival())
            arrival.dots.add(revision.dot)
            if at_hand:
                arrival.revisions.append(revision)
    return touched


def _merge_all(
    office: Office,
    touched: Mapping[str, _Arrival],
    verdicts: list[RevisionVerdict],
    stream: str,
) -> set[tuple[str, int]]:
    """Write what the touched records show now; return the other bundles whose desks must hear."""
    claimed = office.ledger.claim(touched)
    told_to: set[tuple[str, int]] = set()
    rest = iter(touched)
    while batch := list(islice(rest, _BATCH)):
        shown = []
        for rec, revisions in _revisions_of(office, batch, touched, claimed):
            now, new = merged(revisions), touched[rec].dots
            county_ref = f"{claimed[rec].ref:08d}"
            kind = _newest(revisions).type_name
            shown.append((rec, kind, now))
            verdicts += examine([each for each in revisions if each.dot in new], now, county_ref)
            if kind == "attachment":
                _want_blob(office, now, stream)
            told_to |= _supersede(office, revisions, new, now, county_ref)
        office.ledger.put_records(shown)
    return told_to


def _revisions_of(
    office: Office,
    batch: Sequence[str],
    touched: Mapping[str, _Arrival],
    claimed: Mapping[str, Claimed],
) -> Iterator[tuple[str, list[Revision]]]:
    """Yield each record with all that was ever said of it; what is new is at hand already."""
    known = [rec for rec in batch if not (claimed[rec].is_new and touched[rec].revisions)]
    looked_up = office.ledger.revisions_of(known) if known else {}
    for rec in batch:
        yield rec, looked_up.get(rec) or touched[rec].revisions


def _supersede(
    office: Office, revisions: Sequence[Revision], new: set[str], shown: Merged, county_ref: str
) -> set[tuple[str, int]]:
    """Change the verdict on earlier writes that others now stand above; return whom to tell."""
    found: set[tuple[str, int]] = set()
    for each in revisions if shown.conflicts else ():
        verdict = None if each.dot in new else superseded(each, shown, county_ref)
        told_to = office.ledger.change_verdict(each, verdict) if verdict else None
        found |= {told_to} if told_to else set()
    return found


def _want_blob(office: Office, shown: Merged, stream: str) -> None:
    sha256 = shown.values.get("sha256")
    if isinstance(sha256, str) and not shown.void:
        office.ledger.want_blob(sha256, stream)


def _newest(revisions: Sequence[Revision]) -> Revision:
    if len(revisions) == 1:
        return revisions[0]
    return max(revisions, key=lambda each: (each.schema, each.hlc, each.dot))


def _state(verdicts: Iterable[RevisionVerdict], revisions: int) -> str:
    rejected = sum(each.state == REJECTED for each in verdicts)
    if not rejected:
        return "accepted"
    return "rejected" if rejected == revisions else "partly"


def _keep_blobs(office: Office, blobs: Iterator[StagedBlob]) -> None:
    """Encrypt attachments into the county's folder before the ledger speaks of them."""
    for blob in blobs:
        final = blob_path(office.folder, blob.sha256)
        if final.exists():
            continue
        with sentences(office.folder):
            final.parent.mkdir(mode=0o700, exist_ok=True)
            temporary = temporary_name(final)
            with blob.path.open("rb") as source, temporary.open("wb") as target:
                age.encrypt(source, target, (office.keys.recipient,))
            settle(Files(), temporary, final)
