"""One consistent view of the store: what a question may see, and an act starts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from integrity_desk.domain.accounts import Actor
from integrity_desk.domain.fields import Id
from integrity_desk.domain.progress import Progress
from integrity_desk.domain.records import Record, type_named
from integrity_desk.domain.revisions import Revision
from integrity_desk.domain.steps import Facts
from integrity_desk.domain.time_rules import TimeRules
from integrity_desk.domain.times import china_day
from integrity_desk.storage import foreign, meta, records, revisions, time_rules
from integrity_desk.storage.database import Database
from integrity_desk.storage.search_index import SearchIndex

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Which desk this store is: names it signs its work with."""

    org: str
    """Township code, e.g. "999901001"."""
    desk: str
    """Desk code within the township, e.g. "02"."""
    replica: str
    """16 hex digits, made with the database; a copied database gets a new one."""


class Reader:
    """Reading within one transaction, as one account, at one moment."""

    def __init__(
        self,
        database: Database,
        *,
        identity: Identity,
        index: SearchIndex,
        folder: Path,
        actor: Actor,
        now: datetime,
        progress: Progress,
    ) -> None:
        self.database = database
        self.identity = identity
        self.index = index
        self.folder = folder
        self.actor = actor
        self.now = now
        self.progress = progress
        self._standing: set[tuple[str, Id]] = set()

    @cached_property
    def today(self) -> date:
        """The calendar day in China."""
        return china_day(self.now)

    @property
    def desk_name(self) -> str:
        """The desk's name as people know it."""
        return (meta.get(self.database, "name") or b"").decode()

    @cached_property
    def rules(self) -> TimeRules:
        """By what this desk counts time limits: calendar, region, days without progress."""
        return time_rules.of_store(self.database)

    @property
    def outbox(self) -> Path:
        """The folder of sealed bundles."""
        return self.folder / "outbox"

    def load(self, cls: type[R], rec: Id) -> R:
        """Return one record; NotFound when there is none, or a void one."""
        return records.load(self.database, cls, rec, even_void=False)

    def load_any(self, rec: Id) -> Record:
        """Return one record of whatever type; NotFound when there is none."""
        return self.load(type_named(records.type_of_id(self.database, rec)).cls, rec)

    def find(self, cls: type[R], **equals: Any) -> list[R]:
        """Return the records whose fields equal the given values, oldest first."""
        return records.find(self.database, cls, **equals)

    def stands(self, type_name: str, rec: Id) -> bool:
        """Whether there is a record of that type and id that is not void."""
        if (type_name, rec) not in self._standing:
            if not records.stands(self.database, type_name, rec):
                return False
            self._standing.add((type_name, rec))
        return True

    def history(self, rec: Id) -> list[Revision]:
        """Return a record's revisions in order of arrival."""
        return revisions.of_record(self.database, rec)

    def is_newer(self, rec: Id) -> bool:
        """Whether a newer program has written to the record: it is for reading only here."""
        return foreign.is_newer(self.database, rec)

    def facts(self, record: Record) -> Facts:
        """Return what rules may know about an act on this record."""
        touched = {each.by for each in self.history(record.id) if not _as_second(each)}
        return Facts(
            today=self.today, actor=self.actor, touched_by=frozenset(touched), rules=self.rules
        )


def _as_second(revision: Revision) -> bool:
    """Whether this was written in an act of review, which makes nobody an author."""
    type_name, _dot, act = revision.cmd.partition(".")
    life = type_named(type_name).life if act else None
    return life is not None and any(
        step.act == act and step.permission == "approve" for step in life.steps
    )
