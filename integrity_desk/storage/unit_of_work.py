"""One act, one transaction: records, their revisions, search text and numbers.

    with store.unit_of_work(actor=…, command="TakeStep", now=…) as work:
        complaint = work.load(Complaint, complaint_id)
        work.save(advance(complaint, "accept", work.facts(complaint)))

Everything in the block is kept, or nothing is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, BinaryIO, NamedTuple, TypeVar

from integrity_desk.domain.changes import Changes
from integrity_desk.domain.fields import Id
from integrity_desk.domain.ids import RandomBytes, new_id
from integrity_desk.domain.merging import merged, predecessors
from integrity_desk.domain.plain import plain_changes
from integrity_desk.domain.records import Record, changed_fields, type_of, with_values
from integrity_desk.domain.revisions import VOID, Clock, Revision, Value
from integrity_desk.domain.times import epoch_ms
from integrity_desk.errors import StepRefused
from integrity_desk.storage import attachments, deliveries, foreign, meta, records, revisions
from integrity_desk.storage.columns import columns, quoted, shape
from integrity_desk.storage.database import Database
from integrity_desk.storage.keyring import OpenKeyring
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _

R = TypeVar("R", bound=Record)

HEARD = "latest_stamp_heard"
"""Where the store keeps the latest stamp of another desk that was adopted."""


class _Written(NamedTuple):
    """What an act wrote of one record; its search text is still to be written."""

    row: int
    record: Record
    is_new: bool


class UnitOfWork(Reader):
    """The open transaction of one act."""

    def __init__(
        self,
        database: Database,
        *,
        command: str,
        keyring: OpenKeyring,
        random_bytes: RandomBytes,
        **view: Any,
    ) -> None:
        super().__init__(database, **view)
        self.keyring = keyring
        self.command = command
        self._random_bytes = random_bytes
        self._head = _adjusted(revisions.head(database, self.identity.replica), database)
        self._types: set[str] = set()
        self._records: set[Id] = set()
        self._parts: set[str] = set()
        self._written: dict[Id, _Written] = {}
        self._numbers: dict[str, int] = {}
        self._entry = {
            "entered_by": self.actor.account_id,
            "entered_at": self.now.replace(microsecond=0),
            "desk": f"{self.identity.org}-{self.identity.desk}",
        }

    @property
    def changes(self) -> Changes:
        """What has been written so far."""
        return Changes(
            types=frozenset(self._types),
            records=frozenset(self._records),
            parts=frozenset(self._parts),
        )

    def next_number(self, prefix: str) -> str:
        """Return the next running number of a register, unique on this desk: 诺2026-02-0012."""
        year = self.today.year
        counter = f"{prefix}{year}"
        last = self._numbers.get(counter)
        running = 1 + (meta.counted(self.database, counter) if last is None else last)
        self._numbers[counter] = running
        return f"{counter}-{self.identity.desk}-{running:04d}"

    def add(self, record: R) -> R:
        """Write a new record; return it with its id and what the program manages."""
        rec = record.id or new_id(self.now, self._random_bytes)
        made = with_values(record, {"id": rec, **self._entry})
        plain = plain_changes(type_of(made), changed_fields(None, made))
        self._insert(made, plain)
        self._log(made, plain, pred={})
        return made

    def save(self, record: R) -> R:
        """Write the changed fields of a record that exists; nothing when none changed."""
        declared = type_of(record)
        written = self._written.get(record.id)
        before = written.record if written else self.load(type(record), record.id)
        changed = changed_fields(before, record)
        if not changed:
            return record
        self._refuse_newer(record)
        known = revisions.of_record(self.database, record.id)
        plain = plain_changes(declared, changed)
        self._update(record, plain)
        self._log(record, plain, pred=predecessors(known, changed))
        self._flag_anew(record)
        return record

    def void(self, record: Record) -> None:
        """Take a record out of every list; its history stays."""
        self._refuse_newer(record)
        known = revisions.of_record(self.database, record.id)
        self.database.conn.execute(
            f"UPDATE {quoted(type_of(record).name)} SET void = 1 WHERE id = ?", (record.id,)
        )
        self._standing.clear()
        self._unindex(record)
        self._log(record, {VOID: True}, pred=predecessors(known, (VOID,)))
        foreign.flag(self.database, record.id, type_of(record).name, ())

    def decide(self, record: R, written: Mapping[str, Value]) -> R:
        """Write these plain values even where they are shown already: each replaces all survivors.

        ``record`` is what is shown from now on.
        """
        self._refuse_newer(record)
        known = revisions.of_record(self.database, record.id)
        self._log(record, written, pred=predecessors(known, written))
        self.put_merged(record, void=False)
        self._flag_anew(record)
        return record

    def put_merged(self, record: Record, *, void: bool) -> None:
        """Write what a record shows after merging; its lines are in the log already."""
        declared = type_of(record)
        plain = plain_changes(declared, changed_fields(None, record))
        if records.row_of(self.database, record.id) is None:
            self._insert(record, plain)
        else:
            self._update(record, {**dict.fromkeys(declared.empty_values), **plain})
        self.database.conn.execute(
            f"UPDATE {quoted(declared.name)} SET void = ? WHERE id = ?", (int(void), record.id)
        )
        if void:
            self._standing.clear()
            self._unindex(record)
        self._touch_record(record)

    def keep_rules(self, keep: Callable[[Database], None]) -> None:
        """Write what time limits are counted by; from here on this act counts by it too."""
        keep(self.database)
        vars(self).pop("rules", None)

    def put_blob(self, content: BinaryIO) -> tuple[str, int]:
        """Keep a file's content; return (sha256 in hex, size in bytes)."""
        return attachments.put(self.database, content)

    def touch(self, *parts: str) -> None:
        """Say that another part of the store was written ("bundles", "settings")."""
        self._parts.update(parts)

    def finish(self) -> None:
        """Write the last numbers given, and the search text in one go.

        FTS5 flushes its buffers at every other statement.
        """
        for counter, last in self._numbers.items():
            meta.count_to(self.database, counter, last)
        for row, record, is_new in self._written.values():
            self.index.write(row, record, is_new=is_new)

    def settle(self) -> None:
        """Write the search text of what was written so far, so that a long list needs no room."""
        self.finish()
        self._written.clear()

    def _flag_anew(self, record: Record) -> None:
        """Whoever writes a disputed field settles it, for the write has seen all its versions."""
        if foreign.is_unsettled(self.database, record.id):
            left = merged(revisions.of_record(self.database, record.id)).conflicts
            foreign.flag(self.database, record.id, type_of(record).name, left)

    def _refuse_newer(self, record: Record) -> None:
        if foreign.is_newer(self.database, record.id):
            raise StepRefused(
                _("这条登记由更新版本的程序写过，本机只能查看。请先升级本机程序，再修改。")
            )

    def _insert(self, record: Record, plain: Mapping[str, Value]) -> None:
        name = type_of(record).name
        row = self.database.conn.execute(
            "INSERT INTO record (id, type) VALUES (?, ?)", (record.id, name)
        ).lastrowid
        assert row is not None
        values = (row, record.id, *columns(plain).values())
        self.database.conn.execute(shape(name).insert(plain), values)
        self._written[record.id] = _Written(row, record, is_new=True)

    def _update(self, record: Record, plain: Mapping[str, Value]) -> None:
        """Write only what changed, so that only the indexes of those columns are touched."""
        table = shape(type_of(record).name)
        self.database.conn.execute(table.update(plain), (*columns(plain).values(), record.id))
        before = self._written.get(record.id)
        is_new = before is not None and before.is_new
        self._written[record.id] = _Written(self._row(record.id), record, is_new=is_new)

    def _row(self, rec: Id) -> int:
        written = self._written.get(rec)
        row = written.row if written else records.row_of(self.database, rec)
        assert row is not None
        return row

    def _unindex(self, record: Record) -> None:
        written = self._written.pop(record.id, None)
        if written is None or not written.is_new:
            self.index.remove(self._row(record.id))

    def _log(
        self, record: Record, written: Mapping[str, Value], *, pred: Mapping[str, list[str]]
    ) -> None:
        declared = type_of(record)
        clock = self._head.clock.tick(epoch_ms(self.now))
        line = Revision(
            by=self.actor.account_id,
            cmd=self.command,
            hlc=clock.stamp,
            n=self._head.n + 1,
            pred=pred,
            rec=record.id,
            replica=self.identity.replica,
            set=written,
            type=declared.schema_tag,
        )
        position, chained = revisions.append(self.database, line, self._head.hash)
        self._head = revisions.Head(n=line.n, hash=chained, clock=clock)
        if declared.synced or declared.restricted:
            deliveries.await_sending(self.database, position, declared.name, record.id)
        self._touch_record(record)

    def _touch_record(self, record: Record) -> None:
        self._types.add(type_of(record).name)
        self._records.add(record.id)
        self._records.update(_owners(record))


def _adjusted(head: revisions.Head, database: Database) -> revisions.Head:
    """The end of our chain, its clock no earlier than the latest one heard from elsewhere."""
    heard = meta.get(database, HEARD)
    if heard is None:
        return head
    latest = max(head.clock, Clock.at(heard.decode()), key=lambda clock: clock.stamp)
    return revisions.Head(n=head.n, hash=head.hash, clock=latest)


def _owners(record: Record) -> Iterable[Id]:
    owner = type_of(record).part_of
    return (getattr(record, f"{owner}_id"),) if owner else ()
