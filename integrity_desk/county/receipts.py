"""What the county sends: receipts and trust lists, each on a stream of its own to one desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from integrity_desk.county.office import Office, stamp
from integrity_desk.errors import NotFound
from integrity_desk.sync import bundle_writer, canonical
from integrity_desk.sync.envelope import FIRST_PREV, Facts
from integrity_desk.sync.receipt import BundleVerdict, Receipt
from integrity_desk.sync.trust import TrustedKey, by_stream
from integrity_desk.wording import _


def write_receipt(
    office: Office,
    stream: str,
    applied: Iterable[int],
    quarantined: Iterable[BundleVerdict],
    out: Path,
    *,
    now: datetime,
) -> Path:
    """Tell a desk how its ``applied`` bundles fared, what waits and what is missing.

    The same news again is the same bundle under a new seal, so polling a stick adds nothing.
    """
    known, ledger = office.ledger.stream(stream), office.ledger
    told = [ledger.bundle(stream, seq) for seq in sorted(applied)]
    held = tuple(
        BundleVerdict(seq=each.seq, content=each.content, state="held")
        for each in sorted(known.volumes.values(), key=lambda each: each.place)
        if each.seq in known.held and each.part == each.parts - 1
    )
    receipt = Receipt(
        stream=stream,
        through_seq=known.through_seq,
        content_through=known.content_through,
        held=known.held,
        missing=known.missing,
        bundles=(*(bundle for bundle, _verdicts in told), *held, *quarantined),
        revisions=tuple(verdict for _bundle, verdicts in told for verdict in verdicts),
        missing_blobs=ledger.wanted_blobs(stream),
        trust_serial=ledger.trust_serial()[0],
        everything_asked=ledger.noted(asked_under(stream)),
    )
    return _send(office, stream, "receipt", receipt.document(), out, now)


def asked_under(stream: str) -> str:
    """Return what the moment is noted under at which everything was asked for again."""
    return f"everything {stream}"


def write_trust(
    office: Office, stream: str, out: Path, *, now: datetime, again: bool
) -> Path | None:
    """Send a desk the trust list as it stands; None when it was sent before and not ``again``."""
    last = office.ledger.last_issued(_stream_to(office, stream), "trust")
    if not again and last is not None and last.document["serial"] == office.trust.serial:
        return None
    return send_trust(office, stream, out, now=now)


def send_trust(office: Office, stream: str, out: Path, *, now: datetime) -> Path:
    """Send a desk the trust list as it stands, again if need be."""
    return _send(office, stream, "trust", office.trust.document(), out, now)


def keys_of(office: Office, stream: str) -> list[TrustedKey]:
    """Return every key a stream has had; NotFound if nobody was enrolled for it."""
    known = [each for each in office.ledger.trusted() if stream in each.streams]
    if not known:
        raise NotFound(_("没有开通过序列“{stream}”的登记点。").format(stream=stream))
    return known


def desk_of(office: Office, stream: str) -> TrustedKey:
    """Return who sends a stream, by the newest key; see ``keys_of``."""
    return by_stream(keys_of(office, stream))[stream]


def _send(
    office: Office, stream: str, kind: str, document: Mapping[str, Any], out: Path, now: datetime
) -> Path:
    document = canonical.loads(canonical.dumps(document))
    facts = _facts(office, stream, kind, document, now)
    (written,) = bundle_writer.write(
        out, facts, signer=office.keys.signer, document=document,
        recipients=(desk_of(office, stream).age, office.keys.recipient),
    )  # fmt: skip
    office.ledger.note_issued(written.envelope, document)
    return written.path


def _facts(
    office: Office, stream: str, kind: str, document: Mapping[str, Any], now: datetime
) -> Facts:
    own = _stream_to(office, stream)
    same = office.ledger.last_issued(own, kind)
    if same is not None and same.document == document:
        seq, prev, created = same.seq, same.prev, same.created
    else:
        last = office.ledger.last_issued(own)
        seq, prev = (last.seq + 1, last.content) if last else (1, FIRST_PREV)
        created = stamp(now)
    return Facts(
        audience=stream, created=created, kind=kind, org=office.code, prev=prev, seq=seq, stream=own
    )


def _stream_to(office: Office, stream: str) -> str:
    return f"{office.code}-to-{stream}"
