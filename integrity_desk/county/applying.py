"""Applying one bundle: lines stored, records merged, verdicts reached, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from integrity_desk.county.examining import REJECTED, examine, superseded, taken
from integrity_desk.county.ledger import APPLIED
from integrity_desk.county.office import Office
from integrity_desk.domain.merging import Merged, merged
from integrity_desk.domain.revisions import Revision
from integrity_desk.sync import age
from integrity_desk.sync.bundle_reader import Staged, StagedBlob
from integrity_desk.sync.files import Files, sentences, settle, temporary_name
from integrity_desk.sync.receipt import BundleVerdict, RevisionVerdict

_BATCH = 500
"""How many records are read and written at once."""


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


def _store(
    office: Office, parts: Iterable[Staged], verdicts: list[RevisionVerdict]
) -> Mapping[str, set[str]]:
    """Store all lines; return the records touched, each with the dots that are new to it."""
    touched: dict[str, set[str]] = {}
    for part in parts:
        envelope = part.envelope
        lines = office.ledger.add_revisions(envelope.stream, envelope.seq, part.revisions())
        for revision, kept in lines:
            if kept:
                touched.setdefault(revision.rec, set()).add(revision.dot)
            else:
                verdicts.append(taken(revision))
    return touched


def _merge_all(
    office: Office,
    touched: Mapping[str, set[str]],
    verdicts: list[RevisionVerdict],
    stream: str,
) -> set[tuple[str, int]]:
    """Write what the touched records show now; return the other bundles whose desks must hear."""
    refs = office.ledger.claim(touched)
    told_to: set[tuple[str, int]] = set()
    rest = iter(touched)
    while batch := list(islice(rest, _BATCH)):
        shown = []
        for rec, revisions in office.ledger.revisions_of(batch).items():
            now = merged(revisions)
            shown.append((rec, _newest(revisions).type_name, now))
            verdicts += examine([e for e in revisions if e.dot in touched[rec]], now, refs[rec])
            _want_blob(office, revisions, now, stream)
            told_to |= _supersede(office, revisions, touched[rec], now, refs[rec])
        office.ledger.put_records(shown)
    return told_to


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


def _want_blob(office: Office, revisions: Sequence[Revision], shown: Merged, stream: str) -> None:
    sha256 = shown.values.get("sha256")
    if _newest(revisions).type_name == "attachment" and isinstance(sha256, str) and not shown.void:
        office.ledger.want_blob(sha256, stream)


def _newest(revisions: Sequence[Revision]) -> Revision:
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
