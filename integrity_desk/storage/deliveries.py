"""What became of each revision on its way to the county."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from integrity_desk.domain.fields import Id
from integrity_desk.storage.columns import quoted
from integrity_desk.storage.database import Database
from integrity_desk.wording import N_

OVERTAKEN = "overtaken"
"""State of a bundle whose contents went again, before any receipt, in one that repeats all."""

EXPORTED, CARRIED, ACCEPTED, WARNING, REJECTED, SUPERSEDED, PENDING, ELSEWHERE = (
    "exported", "carried", "accepted", "warning", "rejected", "superseded", "pending", "elsewhere",
)  # fmt: skip

LABELS = {
    PENDING: N_("未上报"),
    EXPORTED: N_("已封包，未带走"),
    CARRIED: N_("已带走，待回执"),
    ACCEPTED: N_("县级已接收"),
    WARNING: N_("已接收，有提示"),
    REJECTED: N_("县级已退回"),
    SUPERSEDED: N_("县级显示另一登记点的内容"),
    ELSEWHERE: N_("由登记的点上报"),
}
TONES = {PENDING: "grey", EXPORTED: "amber", CARRIED: "amber", ACCEPTED: "green",
         WARNING: "amber", REJECTED: "red", SUPERSEDED: "amber", ELSEWHERE: "grey"}  # fmt: skip

_GRAVEST_FIRST = (REJECTED, PENDING, EXPORTED, CARRIED, WARNING, ACCEPTED, SUPERSEDED)


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """The state of one record at the county: the gravest among its revisions."""

    state: str
    note: str = ""

    @property
    def label(self) -> str:
        """The state in words."""
        return LABELS[self.state]

    @property
    def tone(self) -> str:
        """The colour family of its badge."""
        return TONES[self.state]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the county said of one revision."""

    dot: str
    state: str
    code: str = ""
    field: str = ""
    message: str = ""
    county_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """One sealed bundle of this desk's stream; immutable once written."""

    seq: int
    stream: str
    content: str
    prev: str
    files: tuple[str, ...]
    revisions: int
    state: str
    created_at: datetime
    carried_at: datetime | None = None
    receipted_at: datetime | None = None
    profile: str = ""
    """Name and version of the county's reporting profile it was sealed by."""

    @property
    def awaits_receipt(self) -> bool:
        """Whether the county's word on it is still to come."""
        return self.receipted_at is None and self.state != OVERTAKEN

    @property
    def waits_since(self) -> datetime | None:
        """When it was carried, while there is no receipt."""
        return self.carried_at if self.awaits_receipt else None


def of_record(database: Database, rec: Id) -> Delivery:
    """Return what became of a record; a rejection that was corrected since no longer counts.

    Nor does another desk's word that stood above ours, once anybody wrote to the record again.
    """
    rows = database.conn.execute(
        "SELECT COALESCE(delivery.state, ?), COALESCE(delivery.message, ''),"
        " revision.position IN (SELECT position FROM arrival) FROM revision"
        " LEFT JOIN delivery ON delivery.dot = revision.replica || '-' || revision.n"
        " WHERE revision.rec = ? ORDER BY revision.position",
        (PENDING, rec),
    ).fetchall()
    ours = [(state, note) for state, note, foreign in rows if not foreign]
    if not ours:
        return Delivery(state=ELSEWHERE)
    stands_above = rows[-1][:2] if rows[-1][0] == SUPERSEDED and not rows[-1][2] else None
    last_rejection = max((i for i, row in enumerate(ours) if row[0] == REJECTED), default=-1)
    if 0 <= last_rejection < len(ours) - 1:
        ours = ours[last_rejection + 1 :]
    state, note = min(ours, key=lambda row: _GRAVEST_FIRST.index(row[0]))
    if stands_above and state in (WARNING, ACCEPTED, SUPERSEDED):
        state, note = stands_above
    return Delivery(state=state, note=note)


def is_sealed(database: Database, dot: str) -> bool:
    """Whether a revision lies in a sealed bundle."""
    found = database.conn.execute("SELECT 1 FROM delivery WHERE dot = ?", (dot,)).fetchone()
    return found is not None


def await_sending(database: Database, position: int, type_name: str, rec: Id) -> None:
    """Note that the revision at ``position`` of the log has not been put into a bundle yet."""
    database.conn.execute(
        "INSERT OR IGNORE INTO unsent (position, type, rec) VALUES (?, ?, ?)",
        (position, type_name, rec),
    )


@dataclass(frozen=True, kw_only=True)
class Hold:
    """Keeps back what the link ``column`` leads to in ``type``: in ``states``, or always (None).

    The states are those of ``field``, as a rule of the field that is called so.
    """

    column: str
    type: str
    states: tuple[str, ...] | None
    field: str = "state"


def sendable(database: Database, type_name: str, holds: Iterable[Hold]) -> list[tuple[int, Id]]:
    """Return (position, rec) of the revisions of one type that wait and may leave."""
    return _sendable(database, "unsent.position, unsent.rec", type_name, holds)


def sendable_count(database: Database, type_name: str, holds: Iterable[Hold]) -> int:
    """Return how many records of one type have something to send."""
    found = _sendable(database, "count(DISTINCT unsent.rec)", type_name, holds)
    return int(found[0][0])


def _sendable(
    database: Database, columns: str, type_name: str, holds: Iterable[Hold]
) -> list[tuple[Any, ...]]:
    conditions, values = ["unsent.type = ?"], [type_name]
    for hold in holds:
        condition, named = _held(hold)
        conditions.append(condition)
        values += named
    return database.conn.execute(
        f"SELECT {columns} FROM unsent JOIN {quoted(type_name)} AS this ON this.id = unsent.rec"
        f" WHERE {' AND '.join(conditions)}",
        values,
    ).fetchall()


def _held(hold: Hold) -> tuple[str, tuple[str, ...]]:
    """The condition that no held record stands behind the link."""
    states = hold.states or ()
    narrowed = (
        f" AND held.{quoted(hold.field)} IN ({', '.join('?' * len(states))})" if states else ""
    )
    condition = (
        f"NOT EXISTS (SELECT 1 FROM {quoted(hold.type)} AS held"
        f" WHERE held.id = this.{quoted(hold.column)}{narrowed})"
    )
    return condition, states


def held(database: Database, type_name: str, holds: Iterable[Hold]) -> frozenset[Id]:
    """Return the records of one type that any of these holds keeps back."""
    found: set[Id] = set()
    for hold in holds:
        condition, values = _held(hold)
        rows = database.conn.execute(
            f"SELECT id FROM {quoted(type_name)} AS this WHERE NOT {condition}", values
        )
        found |= {rec for (rec,) in rows}
    return frozenset(found)


def add_bundle(database: Database, bundle: Bundle, sent: Iterable[tuple[int, Id]]) -> None:
    """Record a sealed bundle and the (position, rec) of the revisions in it.

    One that was in an earlier bundle, and is not answered yet, is answered with this one.
    """
    database.conn.execute(
        "INSERT INTO bundle (seq, stream, content, prev, files, revisions, state, created_at,"
        " profile) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (bundle.seq, bundle.stream, bundle.content, bundle.prev, "\n".join(bundle.files),
         bundle.revisions, bundle.state, bundle.created_at.isoformat(), bundle.profile),
    )  # fmt: skip
    for position, rec in sent:
        database.conn.execute(
            "INSERT INTO delivery (dot, rec, stream, seq, state)"
            " SELECT replica || '-' || n, ?, ?, ?, ? FROM revision WHERE position = ?"
            " ON CONFLICT (dot) DO UPDATE SET stream = excluded.stream, seq = excluded.seq,"
            f" state = excluded.state WHERE state IN ('{EXPORTED}', '{CARRIED}')",
            (rec, bundle.stream, bundle.seq, bundle.state, position),
        )
        database.conn.execute("DELETE FROM unsent WHERE position = ?", (position,))


def overtake(database: Database, bundle: Bundle) -> None:
    """Note that this bundle repeats all that earlier ones said, of this incarnation or another."""
    database.conn.execute(
        "UPDATE bundle SET state = ? WHERE receipted_at IS NULL AND NOT (stream = ? AND seq = ?)",
        (OVERTAKEN, bundle.stream, bundle.seq),
    )


def ever_sent(database: Database) -> list[tuple[int, Id, str]]:
    """Return (position, rec, type) of every revision that was in a bundle, in order of the log."""
    rows = database.conn.execute(
        "SELECT revision.position, revision.rec, record.type FROM revision"
        " JOIN delivery ON delivery.dot = revision.replica || '-' || revision.n"
        " JOIN record ON record.id = revision.rec ORDER BY revision.position"
    )
    return [(position, rec, type_name) for position, rec, type_name in rows]


def bundles(database: Database, stream: str = "") -> list[Bundle]:
    """Return all bundles sealed in this store, or those of one stream, newest first."""
    rows = database.conn.execute(
        "SELECT seq, stream, content, prev, files, revisions, state, created_at, carried_at,"
        " receipted_at, profile FROM bundle WHERE ?1 IN ('', stream) ORDER BY rowid DESC",
        (stream,),
    )
    return [
        Bundle(
            seq=row[0], stream=row[1], content=row[2], prev=row[3],
            files=tuple(row[4].split("\n")), revisions=row[5], state=row[6],
            created_at=datetime.fromisoformat(row[7]), carried_at=_moment(row[8]),
            receipted_at=_moment(row[9]), profile=row[10],
        )
        for row in rows
    ]  # fmt: skip


def mark_carried(database: Database, bundle: Bundle, at: datetime) -> None:
    """Note that a bundle was read back from the medium; a receipt already in hand stays."""
    named = (bundle.stream, bundle.seq, EXPORTED)
    database.conn.execute(
        "UPDATE bundle SET state = ?, carried_at = ? WHERE stream = ? AND seq = ? AND state = ?",
        (CARRIED, at.isoformat(), *named),
    )
    database.conn.execute(
        "UPDATE delivery SET state = ? WHERE stream = ? AND seq = ? AND state = ?",
        (CARRIED, *named),
    )


def mark_receipted(database: Database, bundle: Bundle, state: str, at: datetime) -> None:
    """Note the county's verdict on a whole bundle."""
    database.conn.execute(
        "UPDATE bundle SET state = ?, receipted_at = COALESCE(receipted_at, ?)"
        " WHERE stream = ? AND seq = ?",
        (state, at.isoformat(), bundle.stream, bundle.seq),
    )


def apply(database: Database, verdicts: Iterable[Verdict], *, late: bool = False) -> dict[str, int]:
    """Write the county's verdicts; return per state how many revisions changed.

    ``late`` verdicts are overtaken by newer ones: they count only where none was given.
    """
    changed: dict[str, int] = {}
    unanswered = f" AND state IN ('{EXPORTED}', '{CARRIED}')" if late else ""
    for each in verdicts:
        cursor = database.conn.execute(
            "UPDATE delivery SET state = ?1, code = ?2, field = ?3, message = ?4, county_ref = ?5"
            " WHERE dot = ?6 AND (state, code, field, message, county_ref)"
            f" IS NOT (?1, ?2, ?3, ?4, ?5){unanswered}",
            (each.state, each.code, each.field, each.message, each.county_ref, each.dot),
        )
        if cursor.rowcount:
            changed[each.state] = changed.get(each.state, 0) + 1
    return changed


def dots_of(database: Database, bundle: Bundle) -> list[str]:
    """Return the revisions in one bundle."""
    rows = database.conn.execute(
        "SELECT dot FROM delivery WHERE stream = ? AND seq = ?", (bundle.stream, bundle.seq)
    )
    return [dot for (dot,) in rows]


def contents(database: Database, bundle: Bundle) -> list[tuple[str, int, int]]:
    """Return (type, records, revisions) of what went out for the first time in a bundle."""
    rows = database.conn.execute(
        "SELECT record.type, count(DISTINCT delivery.rec), count(*) FROM delivery"
        " JOIN record ON record.id = delivery.rec WHERE stream = ? AND seq = ?"
        " GROUP BY record.type ORDER BY record.type",
        (bundle.stream, bundle.seq),
    )
    return rows.fetchall()


def sent_back(database: Database) -> list[Id]:
    """Return the records with a revision rejected or superseded, whatever came after it.

    The newest come first.
    """
    rows = database.conn.execute(
        "SELECT rec FROM delivery WHERE state IN (?, ?) GROUP BY rec ORDER BY max(seq) DESC",
        (REJECTED, SUPERSEDED),
    )
    return [rec for (rec,) in rows]


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
