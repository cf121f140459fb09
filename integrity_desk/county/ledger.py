"""The county's ledger: streams, volumes, revisions byte for byte, current records, verdicts.

The second and last home of SQL. Statements stand here once; ``ledger_sqlite`` and
``ledger_postgres`` do what the two databases do differently.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from integrity_desk.county.sql import Claimed, Line, RecordRow, Sql
from integrity_desk.domain.merging import Merged
from integrity_desk.domain.profile_values import Shown
from integrity_desk.domain.revisions import Revision
from integrity_desk.sync import canonical
from integrity_desk.sync.bundle_reader import StagedBlob
from integrity_desk.sync.envelope import FIRST_PREV, Envelope
from integrity_desk.sync.receipt import BundleVerdict, RevisionVerdict
from integrity_desk.sync.streams import Stream, Volume
from integrity_desk.sync.trust import TrustedKey, by_stream

APPLIED, HELD, QUARANTINED = "applied", "held", "quarantined"

_BATCH = 2_000
"""How many lines are stored at once."""


@dataclass(frozen=True, kw_only=True)
class StreamView:
    """How far one desk's stream has come, for people."""

    stream: str
    name: str
    through_seq: int
    held: tuple[int, ...]
    missing: tuple[str, ...]
    quarantined: int
    revoked_after: int | None


@dataclass(frozen=True)
class Issued:
    """A bundle the county sent, as it must be written if it is sent again."""

    seq: int
    content: str
    prev: str
    created: str
    document: dict[str, Any]


class Ledger:
    """An open ledger; every write happens inside ``transaction``."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql
        self.transaction = sql.transaction
        self.alone = sql.alone

    def trust_serial(self) -> tuple[int, str]:
        """Return the serial and moment of the trust list as it stands."""
        serial, issued = self._sql.execute("SELECT serial, issued FROM trust").fetchone()
        return serial, issued

    def renew_trust(self, issued: str, *entries: TrustedKey, ahead: int = 1) -> None:
        """Put these keys in, or in the place of their old entries, under the next serial."""
        with self.transaction():
            done = self._sql.execute(
                "UPDATE trust SET serial = serial + ?, issued = ?", (ahead, issued)
            )
            if not done.rowcount:
                self._sql.execute("INSERT INTO trust VALUES (1, ?)", (issued,))
            for each in entries:
                self._sql.execute(
                    "INSERT INTO trusted VALUES (?, ?)"
                    " ON CONFLICT (sign) DO UPDATE SET entry = excluded.entry",
                    (each.sign, json.dumps(asdict(each), ensure_ascii=False)),
                )

    def noted(self, name: str) -> str:
        """Return what was noted under a name; "" for nothing."""
        found = self._sql.execute("SELECT value FROM noted WHERE name = ?", (name,)).fetchone()
        return found[0] if found else ""

    def note(self, name: str, value: str) -> None:
        """Note a small thing in the place of what was noted before."""
        self._sql.execute(
            "INSERT INTO noted VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
        )

    def trusted(self) -> tuple[TrustedKey, ...]:
        """Return the keys of all desks, the revoked ones included, in a fixed order."""
        rows = self._sql.execute("SELECT entry FROM trusted ORDER BY sign")
        return tuple(_trusted(json.loads(entry)) for (entry,) in rows.fetchall())

    def stream(self, name: str) -> Stream:
        """Return what is known of a stream."""
        rows = self._sql.execute(
            "SELECT seq, part, parts, prev, content FROM volume WHERE stream = ? AND state != ?",
            (name, QUARANTINED),
        )
        keys = ("seq", "part", "parts", "prev", "content")
        volumes = [Volume(**dict(zip(keys, row, strict=True))) for row in rows.fetchall()]
        last = self._sql.execute(
            "SELECT seq, content FROM bundle WHERE stream = ? ORDER BY seq DESC LIMIT 1", (name,)
        ).fetchone()
        return Stream(
            through_seq=last[0] if last else 0,
            content_through=last[1] if last else FIRST_PREV,
            volumes={each.place: each for each in volumes},
        )

    def note_volume(self, envelope: Envelope, state: str, code: str, at: str) -> None:
        """Write where a volume stands; its earlier state is replaced, unless it was applied."""
        self._sql.execute(
            "INSERT INTO volume VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (stream, seq, part, content) DO UPDATE SET parts = excluded.parts,"
            " prev = excluded.prev, name = excluded.name, state = excluded.state,"
            " code = excluded.code, received_at = excluded.received_at"
            " WHERE volume.state <> ?",
            (
                envelope.stream, envelope.seq, envelope.part, envelope.parts, envelope.prev,
                envelope.content, envelope.file_name, state, code, at, APPLIED,
            ),
        )  # fmt: skip

    def forget_volume(self, stream: str, volume: Volume) -> None:
        """A held volume can no longer be read: it must come again."""
        self._sql.execute(
            "DELETE FROM volume WHERE stream = ? AND seq = ? AND part = ? AND state = ?",
            (stream, volume.seq, volume.part, HELD),
        )

    def note_bundle(self, stream: str, bundle: BundleVerdict) -> None:
        """Write that a bundle is applied, and how it fared."""
        self._sql.execute(
            "INSERT INTO bundle VALUES (?, ?, ?, ?)",
            (stream, bundle.seq, bundle.content, bundle.state),
        )

    def add_revisions(
        self, stream: str, seq: int, lines: Iterable[bytes]
    ) -> Iterator[tuple[Revision, bool]]:
        """Store lines byte for byte; yield each revision and whether it is the one kept.

        Not kept is one whose dot was known with other bytes.
        """
        rest = iter(lines)
        while batch := [(_decoded(line), line) for line in islice(rest, _BATCH)]:
            stored = self._sql.add_lines(
                [Line(each.replica, each.n, each.rec, line, stream, seq) for each, line in batch]
            )
            for each, line in batch:
                yield each, (each.replica, each.n) in stored or self._is_kept(each, line)

    def claim(self, records: Iterable[str]) -> Mapping[str, Claimed]:
        """Hold these records until the transaction ends; say which were never heard of before."""
        return self._sql.claim(records)

    def revisions_of(self, records: Sequence[str]) -> dict[str, list[Revision]]:
        """Return all revisions of each of these records."""
        marks = ", ".join("?" * len(records))
        rows = self._sql.execute(
            f"SELECT rec, line FROM revision WHERE rec IN ({marks}) ORDER BY replica, n", records
        )
        found: dict[str, list[Revision]] = {rec: [] for rec in records}
        for rec, line in rows.fetchall():
            found[rec].append(_decoded(line))
        return found

    def lines(self) -> Iterator[bytes]:
        """Yield every revision line kept, by replica and number."""
        rows = self._sql.execute("SELECT line FROM revision ORDER BY replica, n")
        return (bytes(line) for (line,) in rows.fetchall())

    def put_records(self, shown: Iterable[tuple[str, str, Merged]]) -> None:
        """Write what claimed records show now: (id, type, merged)."""
        self._sql.put_shown(
            [
                RecordRow(rec, kind, _json(each.values), _json(_values_of(each)), int(each.void))
                for rec, kind, each in shown
            ]
        )

    def records(self) -> list[tuple[str, str, dict[str, Any], dict[str, Any], bool]]:
        """Return (rec, type, values, conflicts, void) of all records, by id."""
        rows = self._sql.execute(
            "SELECT rec, type, field_values, conflicts, void FROM record ORDER BY rec"
        )
        return [(a, b, json.loads(c), json.loads(d), bool(e)) for a, b, c, d, e in rows.fetchall()]

    def shown(self) -> Iterator[tuple[Shown, bool]]:
        """Yield every record that is not void, by its number, and whether desks disagree on it."""
        after = 0
        while rows := self._sql.execute(
            f"SELECT {_SHOWN}, conflicts, void FROM record WHERE county_ref > ?"
            " ORDER BY county_ref LIMIT ?",
            (after, _BATCH),
        ).fetchall():
            after = rows[-1][0]
            yield from ((_shown(row), row[4] != "{}") for row in rows if not row[5])

    def shown_record(self, rec: str) -> Shown | None:
        """Return one record; None for one that is not here, or void."""
        row = self._sql.execute(
            f"SELECT {_SHOWN} FROM record WHERE rec = ? AND void = 0 AND type != ''", (rec,)
        ).fetchone()
        return _shown(row) if row else None

    def note_verdicts(self, stream: str, seq: int, verdicts: Iterable[RevisionVerdict]) -> None:
        """Keep the verdicts of a bundle, to be said again when its receipt was lost."""
        self._sql.executemany(
            "INSERT INTO verdict VALUES (?, ?, ?, ?)",
            ((stream, seq, each.dot, _json(vars(each))) for each in verdicts),
        )

    def change_verdict(
        self, revision: Revision, verdict: RevisionVerdict
    ) -> tuple[str, int] | None:
        """Put a later verdict in place of acceptance; return the (stream, seq) to tell it to."""
        told_to = self._sql.execute(
            "SELECT stream, seq FROM revision WHERE replica = ? AND n = ?",
            (revision.replica, revision.n),
        ).fetchone()
        done = self._sql.execute(
            "INSERT INTO verdict VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (*told_to, verdict.dot, _json(vars(verdict))),
        )
        return told_to if done.rowcount else None

    def bundle(self, stream: str, seq: int) -> tuple[BundleVerdict, tuple[RevisionVerdict, ...]]:
        """Return how an applied bundle fared, and the verdicts that are not plain acceptance."""
        content, state = self._sql.execute(
            "SELECT content, state FROM bundle WHERE stream = ? AND seq = ?", (stream, seq)
        ).fetchone()
        rows = self._sql.execute(
            "SELECT verdict FROM verdict WHERE stream = ? AND seq = ? ORDER BY dot", (stream, seq)
        )
        verdicts = tuple(RevisionVerdict(**json.loads(each)) for (each,) in rows.fetchall())
        return BundleVerdict(seq=seq, content=content, state=state), verdicts

    def add_blob(self, blob: StagedBlob) -> bool:
        """Note an attachment that is here; whether it is new."""
        self._sql.execute("DELETE FROM wanted_blob WHERE sha256 = ?", (blob.sha256,))
        done = self._sql.execute(
            "INSERT INTO blob VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (blob.sha256, blob.size, blob.extension, blob.media_type),
        )
        return bool(done.rowcount)

    def want_blob(self, sha256: str, stream: str) -> None:
        """Note an attachment that a record names; it is wanted unless it is here."""
        self._sql.execute(
            "INSERT INTO wanted_blob SELECT CAST(? AS text), CAST(? AS text)"
            " WHERE NOT EXISTS (SELECT 1 FROM blob WHERE sha256 = ?) ON CONFLICT DO NOTHING",
            (sha256, stream, sha256),
        )

    def wanted_blobs(self, stream: str) -> tuple[str, ...]:
        """Return the attachments this stream named and never brought."""
        rows = self._sql.execute(
            "SELECT sha256 FROM wanted_blob WHERE stream = ? ORDER BY sha256", (stream,)
        )
        return tuple(name for (name,) in rows.fetchall())

    def last_issued(self, stream: str, kind: str = "%") -> Issued | None:
        """Return the last bundle (of that kind) the county sent on a stream of its own."""
        found = self._sql.execute(
            "SELECT seq, content, prev, created, document FROM issued"
            " WHERE stream = ? AND kind LIKE ? ORDER BY seq DESC LIMIT 1",
            (stream, kind),
        ).fetchone()
        if found is None:
            return None
        seq, content, prev, created, document = found
        return Issued(seq, content, prev, created, json.loads(document))

    def note_issued(self, envelope: Envelope, document: Mapping[str, Any]) -> None:
        """Write that the county sent a bundle; sending the same one again changes nothing."""
        with self.transaction():
            self._sql.execute(
                "INSERT INTO issued VALUES (?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (stream, seq) DO UPDATE SET kind = excluded.kind,"
                " content = excluded.content, prev = excluded.prev, created = excluded.created,"
                " document = excluded.document",
                (
                    envelope.stream, envelope.seq, envelope.kind, envelope.content, envelope.prev,
                    envelope.created, _json(document),
                ),
            )  # fmt: skip

    def volumes(self, stream: str) -> list[tuple[int, int, int, str, str, str]]:
        """Return (seq, part, parts, state, code, received at) of all volumes, newest first."""
        rows = self._sql.execute(
            "SELECT seq, part, parts, state, code, received_at FROM volume WHERE stream = ?"
            " ORDER BY seq DESC, part",
            (stream,),
        )
        return [tuple(row) for row in rows.fetchall()]

    def bundle_states(self, stream: str) -> dict[int, str]:
        """Return the number of every applied bundle of a stream, and how it fared."""
        rows = self._sql.execute("SELECT seq, state FROM bundle WHERE stream = ?", (stream,))
        return dict(rows.fetchall())

    def verdicts(self) -> Iterator[tuple[str, int, RevisionVerdict]]:
        """Yield (stream, seq, verdict) of everything that is not plain acceptance."""
        rows = self._sql.execute(
            "SELECT stream, seq, verdict FROM verdict ORDER BY stream, seq, dot"
        )
        for stream, seq, verdict in rows.fetchall():
            yield stream, seq, RevisionVerdict(**json.loads(verdict))

    def counts(self) -> tuple[int, int]:
        """Return how many revisions and records there are."""
        row = self._sql.execute(
            "SELECT (SELECT count(*) FROM revision), (SELECT count(*) FROM record)"
        ).fetchone()
        return row[0], row[1]

    def streams(self) -> tuple[StreamView, ...]:
        """Return every stream of every enrolled desk, under the newest of its keys."""
        newest = by_stream(self.trusted())
        return tuple(self._view(newest[name], name) for name in sorted(newest))

    def _view(self, key: TrustedKey, name: str) -> StreamView:
        stream = self.stream(name)
        quarantined = self._sql.execute(
            "SELECT count(*) FROM volume WHERE stream = ? AND state = ?", (name, QUARANTINED)
        ).fetchone()[0]
        return StreamView(
            stream=name, name=key.name, through_seq=stream.through_seq, held=stream.held,
            missing=stream.missing, quarantined=quarantined, revoked_after=key.revoked_after,
        )  # fmt: skip

    def _is_kept(self, revision: Revision, line: bytes) -> bool:
        row = self._sql.execute(
            "SELECT line FROM revision WHERE replica = ? AND n = ?", (revision.replica, revision.n)
        ).fetchone()
        return bool(bytes(row[0]) == line)


_SHOWN = "county_ref, rec, type, field_values"


def _shown(row: Sequence[Any]) -> Shown:
    return Shown(ref=f"{row[0]:08d}", id=row[1], type=row[2], values=json.loads(row[3]))


def _trusted(entry: Mapping[str, Any]) -> TrustedKey:
    lists = {name: tuple(entry[name]) for name in ("streams", "audiences")}
    return TrustedKey(**{**entry, **lists})


def _values_of(merged: Merged) -> dict[str, list[Any]]:
    return {field: [each.value for each in some] for field, some in merged.conflicts.items()}


def _decoded(line: bytes) -> Revision:
    """Return the revision of a line that was proved when it came."""
    return Revision(**canonical.loads_proved(line))


def _json(value: Any) -> str:
    return canonical.dumps(value).decode()
