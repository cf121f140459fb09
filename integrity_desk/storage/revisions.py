"""The append-only log: audit trail, history, undo and sync feed in one.

Every line is kept byte for byte in the transaction that writes its record;
``hash = sha256(previous hash of this replica ‖ line)``, so nothing can be taken out or
changed unnoticed. Triggers refuse UPDATE and DELETE.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice, takewhile

from integrity_desk.domain.fields import Id
from integrity_desk.domain.revisions import (
    FIRST_HASH,
    MAX_LINE_BYTES,
    Clock,
    Revision,
    chain_hash,
    decode_trusted,
    encode,
)
from integrity_desk.errors import InvalidInput
from integrity_desk.storage.database import Database, in_words
from integrity_desk.wording import _

_STEP = 10_000
"""Lines between two signs of progress."""

TAIL = 10_000
"""How many of the last revisions are verified at every start (0.03 CPU seconds)."""


@dataclass(frozen=True, kw_only=True)
class Head:
    """The end of one replica's chain."""

    n: int = 0
    hash: bytes = FIRST_HASH
    clock: Clock = Clock()


@dataclass(frozen=True, kw_only=True)
class Break:
    """The first place where a chain does not hold."""

    replica: str
    n: int


def head(database: Database, replica: str) -> Head:
    """Return where the chain of ``replica`` ends."""
    row = database.conn.execute(
        "SELECT n, hash, line FROM revision WHERE replica = ? ORDER BY n DESC LIMIT 1", (replica,)
    ).fetchone()
    if row is None:
        return Head()
    return Head(n=row[0], hash=row[1], clock=Clock.at(decode_trusted(row[2]).hlc))


def append(database: Database, revision: Revision, previous: bytes) -> tuple[int, bytes]:
    """Write one line after ``previous``; return its position in the log and its hash.

    Raises InvalidInput for a line that no other desk would accept.
    """
    line = encode(revision)
    if len(line) > MAX_LINE_BYTES:
        raise InvalidInput("", _("各项内容合计过长，无法保存。请删减，原文可作为附件上传。"))
    chained = chain_hash(previous, line)
    written = database.conn.execute(
        "INSERT INTO revision (replica, n, rec, line, hash) VALUES (?, ?, ?, ?, ?)",
        (revision.replica, revision.n, revision.rec, line, chained),
    )
    assert written.lastrowid is not None
    return written.lastrowid, chained


def of_record(database: Database, rec: Id) -> list[Revision]:
    """Return all revisions of one record in order of arrival."""
    rows = database.conn.execute(
        "SELECT line FROM revision WHERE rec = ? ORDER BY position", (rec,)
    )
    return [decode_trusted(line) for (line,) in rows]


def neighbours(database: Database, replica: str, n: int) -> list[Revision]:
    """Return the lines directly before and after the one numbered ``n`` of a replica."""
    rows = database.conn.execute(
        "SELECT line FROM revision WHERE replica = ? AND n IN (?, ?)", (replica, n - 1, n + 1)
    )
    return [decode_trusted(line) for (line,) in rows]


def of_act(database: Database, line: Revision) -> list[Revision]:
    """Return what the act that wrote ``line`` wrote after it: one command, one moment."""
    rows = database.conn.execute(
        "SELECT line FROM revision WHERE replica = ? AND n > ? ORDER BY n", (line.replica, line.n)
    )
    moment = Clock.at(line.hlc).ms
    found = (decode_trusted(each) for (each,) in rows)
    return list(
        takewhile(lambda each: each.cmd == line.cmd and Clock.at(each.hlc).ms == moment, found)
    )


def latest_dots(database: Database, recs: Iterable[Id]) -> dict[Id, str]:
    """Return the name ("replica-n") of the write that arrived last for each of these records."""
    wanted = tuple(recs)
    marks = ", ".join("?" * len(wanted))
    found = database.conn.execute(
        f"SELECT rec, replica, n, max(position) FROM revision WHERE rec IN ({marks}) GROUP BY rec",
        wanted,
    )
    return {rec: f"{replica}-{n}" for rec, replica, n, _position in found}


def line_at(database: Database, position: int) -> bytes:
    """Return one line byte for byte."""
    found = database.conn.execute("SELECT line FROM revision WHERE position = ?", (position,))
    return bytes(found.fetchone()[0])


@in_words()
def first_break(
    database: Database,
    *,
    tail: int | None = None,
    step: Callable[[int, int], None] = lambda done, total: None,
) -> Break | None:
    """Verify the chain of every replica, or only its last ``tail`` lines; None when it holds."""
    if tail is None and _holds(database, step):
        return None
    replicas = [
        row[0] for row in database.conn.execute(f"SELECT DISTINCT replica FROM revision{_OWN}")
    ]
    for replica in replicas:
        found = _first_break_of(database, replica, tail, step)
        if found is not None:
            return found
    return _first_break_of_arrivals(database, tail)


def _holds(database: Database, step: Callable[[int, int], None]) -> bool:
    """Whether every chain holds, read in the order of the file: half the cost of its index.

    Lines that lie out of their order say no here; the walk along each chain then decides.
    """
    (total,) = database.conn.execute("SELECT count(*) FROM revision").fetchone()
    rows = database.conn.execute(
        "SELECT iif(arrival.position, '', replica), n, line, hash FROM revision"
        " LEFT JOIN arrival USING (position) ORDER BY revision.position"
    )
    ends: dict[str, tuple[int, bytes]] = {}
    chain, before, previous = _ARRIVALS, 0, FIRST_HASH
    for done in range(0, total, _STEP):
        step(done, total)
        for of, n, line, kept in islice(rows, _STEP):
            if of != chain:
                ends[chain] = before, previous
                chain, (before, previous) = of, ends.get(of, (0, FIRST_HASH))
            if chain_hash(previous, line) != kept or (n != before + 1 and chain):
                return False
            before, previous = n, kept
    return True


def _first_break_of(
    database: Database, replica: str, tail: int | None, step: Callable[[int, int], None]
) -> Break | None:
    (last,) = database.conn.execute(
        f"SELECT max(n) FROM revision{_OWN} AND replica = ?", (replica,)
    ).fetchone()
    begin = max(0, last - tail) if tail else 0
    before = database.conn.execute(
        f"SELECT hash FROM revision{_OWN} AND replica = ? AND n = ?", (replica, begin)
    ).fetchone()
    if begin and before is None:
        return Break(replica=replica, n=begin)
    previous = before[0] if before else FIRST_HASH
    rows = database.conn.execute(
        f"SELECT n, line, hash FROM revision{_OWN} AND replica = ? AND n > ? ORDER BY n",
        (replica, begin),
    )
    for expected, (n, line, kept) in enumerate(rows, begin + 1):
        previous = chain_hash(previous, line)
        if n != expected or previous != kept:
            return Break(replica=replica, n=expected)
        if n % _STEP == 0:
            step(n, last)
    return None


def _first_break_of_arrivals(database: Database, tail: int | None) -> Break | None:
    """Verify the one chain of all that came from elsewhere, in the order of its arrival."""
    rows = database.conn.execute(
        "SELECT replica, n, line, hash FROM arrival LEFT JOIN revision USING (position)"
        " ORDER BY arrival.position DESC LIMIT ?",
        (-1 if tail is None else tail + 1,),
    ).fetchall()
    rows.reverse()
    if any(line is None for _replica, _n, line, _hash in rows):
        return Break(replica=_ARRIVALS, n=0)
    whole = tail is None or len(rows) <= tail
    previous = FIRST_HASH if whole else rows.pop(0)[3]
    for replica, n, line, kept in rows:
        previous = chain_hash(previous, line)
        if previous != kept:
            return Break(replica=replica, n=n)
    return None


_ARRIVALS = ""
"""The name of the chain of all that came from elsewhere; no replica is called so."""
_OWN = " WHERE position NOT IN (SELECT position FROM arrival)"
