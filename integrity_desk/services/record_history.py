"""A record's history in words: who did what on which desk, and what each field said before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from integrity_desk.domain.display import words
from integrity_desk.domain.fields import Field, Kind
from integrity_desk.domain.plain import from_plain
from integrity_desk.domain.records import RecordType, record_types, type_named
from integrity_desk.domain.revisions import VOID, Clock, Revision, Value
from integrity_desk.domain.times import from_epoch_ms
from integrity_desk.domain.undoing import UNDO
from integrity_desk.errors import InvalidInput
from integrity_desk.services.authorship import author_name
from integrity_desk.storage import foreign, records
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _


@dataclass(frozen=True)
class FieldChange:
    """What one field says since, and what it said before: "" for nothing, or for long texts."""

    label: str
    now: str
    before: str = ""

    @property
    def words(self) -> str:
        """The new words, after the old ones where there are any."""
        return f"{self.before} → {self.now}" if self.before else self.now


@dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """One act: when, who, on which desk, what was done, and the fields it wrote."""

    at: datetime
    by: str
    desk: str
    act: str
    changes: tuple[FieldChange, ...]
    foreign: bool


def history_of(revisions: Iterable[Revision], reader: Reader) -> tuple[HistoryEntry, ...]:
    """Put a record's revisions, oldest first, into words, newest first."""
    told: list[HistoryEntry] = []
    before: dict[str, Value] = {}
    for each in revisions:
        told.append(_entry(each, before, reader))
        before.update(each.set)
    return tuple(reversed(told))


def author_of(revision: Revision, reader: Reader) -> str:
    """Return who wrote a revision: a name of this desk, or the one another desk sent along."""
    here = records.titles(reader.database, (revision.by,)).get(revision.by)
    return here or author_name(revision.by, reader) or _("（外部人员）")


def desk_of(revision: Revision, reader: Reader) -> str:
    """Return the desk ("999901001-02") on which a revision was written."""
    came_from = foreign.desk_of(reader.database, revision.replica, revision.n)
    return came_from or f"{reader.identity.org}-{reader.identity.desk}"


def written_words(field: Field | None, value: Value, reader: Reader) -> str:
    """Return a value as a revision holds it in words; of an undeclared field as it stands."""
    if field is None:
        return str(value)
    if value is None:
        return _("（清空）")
    linked = value if isinstance(value, list) else [str(value)] if field.is_link else []
    titles = records.titles(reader.database, linked) if field.is_link else {}
    try:
        return words(field, from_plain(field, value), titles) or _("（清空）")
    except InvalidInput:
        return str(value)


def _entry(revision: Revision, before: dict[str, Value], reader: Reader) -> HistoryEntry:
    declared = type_named(revision.type_name)
    return HistoryEntry(
        at=from_epoch_ms(Clock.at(revision.hlc).ms),
        by=author_of(revision, reader),
        desk=desk_of(revision, reader),
        act=_act_label(revision, declared),
        changes=tuple(_changes(revision, declared, before, reader)),
        foreign=revision.replica != reader.identity.replica,
    )


def _changes(
    revision: Revision, declared: RecordType, before: dict[str, Value], reader: Reader
) -> Iterator[FieldChange]:
    for name, value in revision.set.items():
        if not declared.has(name) or declared.field(name).managed:
            continue
        field, old = declared.field(name), before.get(name)
        told = old not in (None, "", [], False, value) and field.kind is not Kind.LONG_TEXT
        yield FieldChange(
            label=field.label,
            now=written_words(field, value, reader),
            before=written_words(field, old, reader) if told else "",
        )


def _act_label(revision: Revision, declared: RecordType) -> str:
    of, _dot, act = revision.cmd.partition(".")
    life = next((each.life for each in record_types() if act and each.name == of), None)
    if life is not None:
        return next((step.label for step in life.steps if step.act == act), act)
    if VOID in revision.set:
        return _("删除")
    if revision.cmd == UNDO:
        return _("撤销操作")
    if "entered_by" not in revision.set:
        counted = all(declared.field(name).managed for name in revision.set if declared.has(name))
        return _("重新计算期限") if counted and "due_on" in revision.set else _("修改")
    return _("录入草稿") if revision.set.get("state") in _private_states(declared) else _("登记")


def _private_states(declared: RecordType) -> set[str]:
    states = declared.life.states if declared.life else ()
    return {state.code for state in states if state.private}
