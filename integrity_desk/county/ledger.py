"""The county's ledger: streams, volumes, revisions byte for byte, current records, verdicts.

The second and last home of SQL, encrypted with SQLCipher under the county's ledger key.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from integrity_desk.domain.merging import Merged
from integrity_desk.domain.revisions import Revision, decode_trusted
from integrity_desk.errors import StoreUnavailable
from integrity_desk.sync.bundle_reader import StagedBlob
from integrity_desk.sync.envelope import FIRST_PREV, Envelope
from integrity_desk.sync.receipt import BundleVerdict, RevisionVerdict
from integrity_desk.sync.streams import Stream, Volume
from integrity_desk.sync.trust import TrustedKey
from integrity_desk.wording import _

APPLIED, HELD, QUARANTINED = "applied", "held", "quarantined"

_SCHEMA = """
CREATE TABLE trust (serial INTEGER NOT NULL, issued TEXT NOT NULL) STRICT;
CREATE TABLE trusted (sign TEXT PRIMARY KEY, entry TEXT NOT NULL) STRICT;
CREATE TABLE volume (
    stream TEXT NOT NULL, seq INTEGER NOT NULL, part INTEGER NOT NULL, parts INTEGER NOT NULL,
    prev TEXT NOT NULL, content TEXT NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL,
    code TEXT NOT NULL, received_at TEXT NOT NULL,
    PRIMARY KEY (stream, seq, part, content)
) STRICT;
CREATE TABLE bundle (
    stream TEXT NOT NULL, seq INTEGER NOT NULL, content TEXT NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (stream, seq)
) STRICT;
CREATE TABLE revision (
    replica TEXT NOT NULL, n INTEGER NOT NULL, rec TEXT NOT NULL, line BLOB NOT NULL,
    stream TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (replica, n)
) STRICT;
CREATE INDEX revision_of_record ON revision (rec);
CREATE TRIGGER revision_stays BEFORE UPDATE ON revision
BEGIN SELECT RAISE(ABORT, 'revisions are never changed'); END;
CREATE TRIGGER revision_is_kept BEFORE DELETE ON revision
BEGIN SELECT RAISE(ABORT, 'revisions are never deleted'); END;
CREATE TABLE record (
    county_ref INTEGER PRIMARY KEY, rec TEXT NOT NULL UNIQUE, type TEXT NOT NULL,
    field_values TEXT NOT NULL, conflicts TEXT NOT NULL, void INTEGER NOT NULL
) STRICT;
CREATE TABLE verdict (
    stream TEXT NOT NULL, seq INTEGER NOT NULL, dot TEXT NOT NULL, verdict TEXT NOT NULL,
    PRIMARY KEY (stream, seq, dot)
) STRICT;
CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, extension TEXT NOT NULL,
    media_type TEXT NOT NULL
) STRICT;
CREATE TABLE wanted_blob (
    sha256 TEXT NOT NULL, stream TEXT NOT NULL, PRIMARY KEY (sha256, stream)
) STRICT;
CREATE TABLE issued (
    stream TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, content TEXT NOT NULL,
    prev TEXT NOT NULL, created TEXT NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (stream, seq)
) STRICT;
"""


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

    def __init__(self, connection: Any) -> None:
        self._sql = connection

    @classmethod
    @contextmanager
    def open(cls, path: Path, key: bytes, *, create: bool = False) -> Iterator[Ledger]:
        """Open the ledger with its 32-byte key; StoreUnavailable with a sentence."""
        mode = "rwc" if create else "rw"
        try:
            connection = driver.connect(
                f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None
            )
            try:
                connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
                connection.executescript(
                    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                    "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;"
                )
                if create:
                    connection.executescript(_SCHEMA)
                yield cls(connection)
            finally:
                connection.close()
        except (driver.IntegrityError, driver.ProgrammingError):
            raise  # ours, not the disk's
        except driver.Error as error:
            raise StoreUnavailable(
                _("县级台账读写失败，可能是磁盘已满、文件被占用或已损坏。请检查磁盘后再试一次。")
            ) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that the block writes, or nothing of it."""
        self._sql.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._sql.execute("COMMIT")
        except BaseException:
            if self._sql.in_transaction:
                self._sql.execute("ROLLBACK")
            raise

    def trust_serial(self) -> tuple[int, str]:
        """Return the serial and moment of the trust list as it stands."""
        serial, issued = self._sql.execute("SELECT serial, issued FROM trust").fetchone()
        return serial, issued

    def renew_trust(self, issued: str, *entries: TrustedKey) -> None:
        """Put these keys in, or in the place of their old entries, under the next serial."""
        with self.transaction():
            found = self._sql.execute("SELECT serial FROM trust").fetchone()
            self._sql.execute("DELETE FROM trust")
            self._sql.execute(
                "INSERT INTO trust VALUES (?, ?)", (found[0] + 1 if found else 1, issued)
            )
            for each in entries:
                self._sql.execute(
                    "INSERT OR REPLACE INTO trusted VALUES (?, ?)",
                    (each.sign, json.dumps(asdict(each), ensure_ascii=False)),
                )

    def trusted(self) -> tuple[TrustedKey, ...]:
        """Return the keys of all desks, the revoked ones included, in a fixed order."""
        rows = self._sql.execute("SELECT entry FROM trusted ORDER BY sign")
        return tuple(_trusted(json.loads(entry)) for (entry,) in rows)

    def stream(self, name: str) -> Stream:
        """Return what is known of a stream."""
        rows = self._sql.execute(
            "SELECT seq, part, parts, prev, content FROM volume WHERE stream = ? AND state != ?",
            (name, QUARANTINED),
        )
        keys = ("seq", "part", "parts", "prev", "content")
        volumes = [Volume(**dict(zip(keys, row, strict=True))) for row in rows]
        last = self._sql.execute(
            "SELECT seq, content FROM bundle WHERE stream = ? ORDER BY seq DESC LIMIT 1", (name,)
        ).fetchone()
        return Stream(
            through_seq=last[0] if last else 0,
            content_through=last[1] if last else FIRST_PREV,
            volumes={each.place: each for each in volumes},
        )

    def note_volume(self, envelope: Envelope, state: str, code: str, at: str) -> None:
        """Write where a volume stands; its earlier state is replaced."""
        self._sql.execute(
            "INSERT OR REPLACE INTO volume VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                envelope.stream, envelope.seq, envelope.part, envelope.parts, envelope.prev,
                envelope.content, envelope.file_name, state, code, at,
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
        for line in lines:
            revision = decode_trusted(line)
            done = self._sql.execute(
                "INSERT OR IGNORE INTO revision VALUES (?, ?, ?, ?, ?, ?)",
                (revision.replica, revision.n, revision.rec, line, stream, seq),
            )
            yield revision, done.rowcount == 1 or self._is_kept(revision, line)

    def revisions_of(self, rec: str) -> list[Revision]:
        """Return all revisions of a record."""
        rows = self._sql.execute(
            "SELECT line FROM revision WHERE rec = ? ORDER BY replica, n", (rec,)
        )
        return [decode_trusted(line) for (line,) in rows]

    def lines(self) -> Iterator[bytes]:
        """Yield every revision line kept, by replica and number."""
        rows = self._sql.execute("SELECT line FROM revision ORDER BY replica, n")
        return (line for (line,) in rows)

    def put_record(self, rec: str, kind: str, merged: Merged) -> str:
        """Write what a record shows now; return the county's number for it."""
        conflicts = {
            field: [each.value for each in some] for field, some in merged.conflicts.items()
        }
        row = self._sql.execute(
            "INSERT INTO record (rec, type, field_values, conflicts, void) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (rec) DO UPDATE SET type = excluded.type,"
            " field_values = excluded.field_values, conflicts = excluded.conflicts,"
            " void = excluded.void RETURNING county_ref",
            (rec, kind, _json(merged.values), _json(conflicts), int(merged.void)),
        ).fetchone()
        return f"{row[0]:08d}"

    def records(self) -> list[tuple[str, str, dict[str, Any], dict[str, Any], bool]]:
        """Return (rec, type, values, conflicts, void) of all records, by id."""
        rows = self._sql.execute(
            "SELECT rec, type, field_values, conflicts, void FROM record ORDER BY rec"
        )
        return [(a, b, json.loads(c), json.loads(d), bool(e)) for a, b, c, d, e in rows]

    def note_verdicts(self, stream: str, seq: int, verdicts: Iterable[RevisionVerdict]) -> None:
        """Keep the verdicts of a bundle, to be said again when its receipt was lost."""
        self._sql.executemany(
            "INSERT INTO verdict VALUES (?, ?, ?, ?)",
            ((stream, seq, each.dot, _json(asdict(each))) for each in verdicts),
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
            "INSERT OR IGNORE INTO verdict VALUES (?, ?, ?, ?)",
            (*told_to, verdict.dot, _json(asdict(verdict))),
        )
        return told_to if done.rowcount else None

    def bundle(self, stream: str, seq: int) -> tuple[BundleVerdict, tuple[RevisionVerdict, ...]]:
        """Return how an applied bundle fared, and the verdicts that are not plain acceptance."""
        content, state = self._sql.execute(
            "SELECT content, state FROM bundle WHERE stream = ? AND seq = ?", (stream, seq)
        ).fetchone()
        rows = self._sql.execute(
            "SELECT verdict FROM verdict WHERE stream = ? AND seq = ? ORDER BY rowid", (stream, seq)
        )
        verdicts = tuple(RevisionVerdict(**json.loads(each)) for (each,) in rows)
        return BundleVerdict(seq=seq, content=content, state=state), verdicts

    def add_blob(self, blob: StagedBlob) -> bool:
        """Note an attachment that is here; whether it is new."""
        self._sql.execute("DELETE FROM wanted_blob WHERE sha256 = ?", (blob.sha256,))
        done = self._sql.execute(
            "INSERT OR IGNORE INTO blob VALUES (?, ?, ?, ?)",
            (blob.sha256, blob.size, blob.extension, blob.media_type),
        )
        return bool(done.rowcount)

    def want_blob(self, sha256: str, stream: str) -> None:
        """Note an attachment that a record names; it is wanted unless it is here."""
        self._sql.execute(
            "INSERT OR IGNORE INTO wanted_blob SELECT ?1, ?2"
            " WHERE NOT EXISTS (SELECT 1 FROM blob WHERE sha256 = ?1)",
            (sha256, stream),
        )

    def wanted_blobs(self, stream: str) -> tuple[str, ...]:
        """Return the attachments this stream named and never brought."""
        rows = self._sql.execute(
            "SELECT sha256 FROM wanted_blob WHERE stream = ? ORDER BY sha256", (stream,)
        )
        return tuple(name for (name,) in rows)

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
                "INSERT OR REPLACE INTO issued VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    envelope.stream, envelope.seq, envelope.kind, envelope.content, envelope.prev,
                    envelope.created, _json(document),
                ),
            )  # fmt: skip

    def counts(self) -> tuple[int, int]:
        """Return how many revisions and records there are."""
        row = self._sql.execute(
            "SELECT (SELECT count(*) FROM revision), (SELECT count(*) FROM record)"
        ).fetchone()
        return row[0], row[1]

    def streams(self) -> tuple[StreamView, ...]:
        """Return every stream of every enrolled desk."""
        return tuple(self._view(key, name) for key in self.trusted() for name in key.streams)

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
        return bool(row[0] == line)


def _trusted(entry: Mapping[str, Any]) -> TrustedKey:
    lists = {name: tuple(entry[name]) for name in ("streams", "audiences")}
    return TrustedKey(**{**entry, **lists})


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
