"""What came from whom, what is missing, what was sent back and why: the ledger, for people.

Nothing here shows what a record says: numbers, states and reasons only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from integrity_desk.county.ledger import APPLIED, Ledger, StreamView
from integrity_desk.sync.receipt import RevisionVerdict

MOST_SHOWN = 500
"""How many bundles or verdicts a page lists."""


@dataclass(frozen=True, kw_only=True)
class StreamLine:
    """One desk's stream, with when it last came and how many of its revisions were remarked on."""

    stream: StreamView
    last_received: str
    rejected: int
    warnings: int
    superseded: int


@dataclass(frozen=True, kw_only=True)
class BundleLine:
    """One bundle: ``state`` accepted, partly, rejected, or that of its volumes while it waits."""

    seq: int
    state: str
    code: str
    volumes: int
    parts: int
    received_at: str


@dataclass(frozen=True, kw_only=True)
class Remark:
    """One verdict that is not plain acceptance, and the bundle it was said of."""

    stream: str
    seq: int
    verdict: RevisionVerdict


@dataclass(frozen=True, kw_only=True)
class Reason:
    """How often one thing was said, and to how many streams."""

    state: str
    code: str
    field: str
    message: str
    count: int
    streams: int


def stream_lines(ledger: Ledger) -> tuple[StreamLine, ...]:
    """Return a line for every stream of every enrolled desk."""
    tally = Counter((stream, verdict.state) for stream, _seq, verdict in ledger.verdicts())
    return tuple(
        StreamLine(
            stream=each,
            last_received=max((row[5] for row in ledger.volumes(each.stream)), default=""),
            rejected=tally[each.stream, "rejected"],
            warnings=tally[each.stream, "warning"],
            superseded=tally[each.stream, "superseded"],
        )
        for each in sorted(ledger.streams(), key=lambda view: view.stream)
    )


def bundle_lines(ledger: Ledger, stream: str) -> tuple[BundleLine, ...]:
    """Return the newest bundles of a stream, those that wait or were set aside included."""
    fared = ledger.bundle_states(stream)
    lines = []
    for (seq, state), some in groupby(ledger.volumes(stream), key=lambda row: (row[0], row[3])):
        rows = list(some)
        lines.append(
            BundleLine(
                seq=seq,
                state=fared.get(seq, state) if state == APPLIED else state,
                code=rows[0][4],
                volumes=len(rows),
                parts=rows[0][2],
                received_at=max(row[5] for row in rows),
            )
        )
    return tuple(lines[:MOST_SHOWN])


def reasons(ledger: Ledger) -> tuple[Reason, ...]:
    """Return what was said of revisions, the most frequent first."""
    counted: dict[tuple[str, str, str, str], Counter[str]] = {}
    for stream, _seq, verdict in ledger.verdicts():
        key = (verdict.state, verdict.code, verdict.field, verdict.message_zh)
        counted.setdefault(key, Counter())[stream] += 1
    found = [
        Reason(
            state=key[0], code=key[1], field=key[2], message=key[3],
            count=streams.total(), streams=len(streams),
        )
        for key, streams in counted.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (-each.count, each.code, each.field)))


def remarks(ledger: Ledger, *, stream: str = "", code: str = "") -> tuple[Remark, ...]:
    """Return the newest verdicts on one stream, or of one code."""
    wanted = (
        Remark(stream=each, seq=seq, verdict=verdict)
        for each, seq, verdict in ledger.verdicts()
        if (not stream or each == stream) and (not code or verdict.code == code)
    )
    return _newest(wanted)


def _newest(found: Iterable[Remark]) -> tuple[Remark, ...]:
    return tuple(sorted(found, key=lambda each: (-each.seq, each.stream)))[:MOST_SHOWN]
