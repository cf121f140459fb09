"""One record opened: its values, parts, offered acts, history and what the county said of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from integrity_desk.domain.accounts import Account
from integrity_desk.domain.display import words
from integrity_desk.domain.fields import Id
from integrity_desk.domain.life_cycles import Step
from integrity_desk.domain.merging import merged
from integrity_desk.domain.plain import to_plain
from integrity_desk.domain.records import (
    Record,
    RecordType,
    by_section,
    links_of,
    parts_of,
    type_of,
)
from integrity_desk.errors import NotPermitted
from integrity_desk.services.acts import Question, answers
from integrity_desk.services.archive_lines import ARCHIVE, archive_lines
from integrity_desk.services.case_dates import LATEST, CaseDate, limits_of
from integrity_desk.services.case_lines import (
    BESIDE_THE_CLOCK,
    lines_beside,
    warning_of,
    within_the_firewall,
)
from integrity_desk.services.chains import ChainCard, chain_of
from integrity_desk.services.deliveries import delivery_words
from integrity_desk.services.record_history import HistoryEntry, history_of
from integrity_desk.services.repayment_lines import REPAYMENT, repayment_lines
from integrity_desk.services.reporter_traces import trace_warning
from integrity_desk.services.suggestions import Suggestion, suggestions
from integrity_desk.services.undoing import may_undo
from integrity_desk.services.visibility import may_amend, may_see, shown
from integrity_desk.storage import deliveries, records
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import N_, _

_LIMIT, _RULE = N_("办理期限"), N_("怎样算的")


@dataclass(frozen=True, kw_only=True)
class OpenRecord(Question["RecordView"]):
    """Everything about one record that this account may see."""

    id: Id


@dataclass(frozen=True, kw_only=True)
class ReadValues(Question["dict[str, Any]"]):
    """A record's plain values for its form; private ones masked, and unmasked only by a reveal."""

    id: Id


@dataclass(frozen=True, kw_only=True)
class Line:
    """One filled-in field as people read it; ``link`` is the record behind it, if one."""

    name: str
    label: str
    words: str
    sensitive: bool = False
    link: Id = ""


@dataclass(frozen=True, kw_only=True)
class PartRow:
    """One sub-record: its listed cells."""

    id: Id
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """The sub-records of one type; ``hidden`` when this account may not see them."""

    type: str
    label: str
    heads: tuple[str, ...]
    rows: tuple[PartRow, ...]
    hidden: bool = False


@dataclass(frozen=True, kw_only=True)
class RecordView:
    """An opened record. ``offered`` are the steps this state and role allow."""

    id: Id
    type: str
    number: str
    title: str
    state: str
    state_label: str
    tone: str
    sections: tuple[tuple[str, tuple[Line, ...]], ...]
    parts: tuple[Part, ...]
    offered: tuple[Step, ...]
    amendable: bool
    discardable: bool
    history: tuple[HistoryEntry, ...]
    backlinks: tuple[tuple[str, Id, str], ...]
    """(label of the type, id, title) of records that point at this one."""
    conflicts: tuple[str, ...]
    delivery: str
    """What became of it at the county, as one short word; "" when it does not travel."""
    delivery_tone: str
    delivery_note: str
    chain: tuple[ChainCard, ...] = ()
    """The records it belongs together with, itself among them; () when it stands alone."""
    chain_goes_on: bool = False
    """Whether more belongs together than ``chain`` holds."""
    warning: str = ""
    """What is wrong with who deals with it, or that this account may not."""
    betrays: str = ""
    """Which of its texts tell who complained, for those who may know."""
    undoable: bool = False
    """Whether this account may take back the last act."""
    suggested: tuple[Suggestion, ...] = ()
    """What this state offers to enter next."""


@answers(OpenRecord)
def open_record(question: OpenRecord, reader: Reader) -> RecordView:
    """Load the record and everything shown around it."""
    record = _visible(question.id, reader)
    declared = type_of(record)
    life = declared.life
    state = life.state(record.state) if life else None
    revisions = reader.history(record.id)
    delivery = deliveries.of_record(reader.database, record.id)
    chain = chain_of(record, reader)
    return RecordView(
        id=record.id,
        type=declared.name,
        number=record.number,
        title=declared.title_of(record),
        state=record.state,
        state_label=state.label if state else "",
        tone=state.tone if state else "grey",
        sections=_all_sections(record, declared, reader),
        parts=tuple(_part(each, record, reader) for each in parts_of(declared.name)),
        offered=_offered(record, declared, reader),
        amendable=may_amend(record, reader),
        discardable=reader.actor.may("edit") and bool(state and state.private),
        history=history_of(revisions, reader),
        backlinks=_backlinks(record, reader),
        conflicts=tuple(_label(declared, name) for name in merged(revisions).conflicts),
        delivery=delivery_words(declared, delivery, reader),
        delivery_tone=delivery.tone,
        delivery_note=delivery.note,
        chain=chain.cards,
        chain_goes_on=chain.goes_on,
        warning=warning_of(record, reader),
        betrays=trace_warning(record, reader),
        undoable=may_undo(record, reader),
        suggested=suggestions(record, reader),
    )


@answers(ReadValues)
def read_values(question: ReadValues, reader: Reader) -> dict[str, Any]:
    """Return the typed fields as plain values."""
    record = _visible(question.id, reader)
    return {
        field.name: to_plain(field, shown(field, getattr(record, field.name)))
        for field in type_of(record).typed_fields
    }


def _visible(rec: Id, reader: Reader) -> Record:
    record = reader.load_any(rec)
    if not may_see(record, reader):
        raise NotPermitted(_("这条内容只对经办人和复核员开放。"))
    return record


def _time_limit(record: Any, reader: Reader) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """The legal time limits a record runs by, with their clauses; nothing where none runs."""
    lines = []
    for each in limits_of(record, reader):
        if each.rule and (each.running or each.paused or each.kind == LATEST):
            lines.append(Line(name="due_on", label=each.name, words=_limit_words(each)))
            if each.summary and each.kind != LATEST:
                lines.append(Line(name="due_rule", label=_RULE, words=each.summary))
    running = any(line.name == "due_rule" for line in lines)
    return ((_LIMIT, tuple(lines)),) if running else ()


def _limit_words(limit: CaseDate) -> str:
    if limit.paused:
        return _("{day}（已中止计时，最早到此日）").format(day=limit.day)
    return _("{day}（暂定）").format(day=limit.day) if limit.provisional else str(limit.day)


def _all_sections(
    record: Record, declared: RecordType, reader: Reader
) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """What follows from the record stands before and after what was filled in."""
    return (
        *_time_limit(record, reader),
        *_section(BESIDE_THE_CLOCK, lines_beside(record, reader)),
        *_sections(record, declared, reader),
        *_section(REPAYMENT, repayment_lines(record, reader)),
        *_section(ARCHIVE, archive_lines(record, reader)),
    )


def _section(
    heading: str, found: Iterable[tuple[str, str, str]]
) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    lines = tuple(Line(name=name, label=label, words=words) for name, label, words in found)
    return ((heading, lines),) if lines else ()


def _sections(
    record: Record, declared: RecordType, reader: Reader
) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    titles = records.titles(reader.database, (linked for _field, linked in links_of(record)))
    filled = []
    for heading, fields in by_section(declared.typed_fields):
        lines = tuple(
            Line(
                name=field.name,
                label=field.label,
                words=shown,
                sensitive=field.sensitive,
                link=getattr(record, field.name) if field.is_link and len(field.to) else "",
            )
            for field in fields
            if (shown := words(field, getattr(record, field.name), titles))
        )
        if lines:
            filled.append((heading, lines))
    return tuple(filled)


def _part(declared: RecordType, owner: Record, reader: Reader) -> Part:
    kept = reader.find(declared.cls, **{f"{type_of(owner).name}_id": owner.id})
    visible = [each for each in kept if may_see(each, reader)]
    fields = declared.listed_fields or declared.typed_fields[1:]
    links = (linked for each in visible for _field, linked in links_of(each))
    titles = records.titles(reader.database, links)
    return Part(
        type=declared.name,
        label=declared.label,
        heads=tuple(field.label for field in fields),
        rows=tuple(
            PartRow(
                id=each.id,
                cells=tuple(words(field, getattr(each, field.name), titles) for field in fields),
            )
            for each in visible
        ),
        hidden=len(visible) < len(kept),
    )


def _offered(record: Record, declared: RecordType, reader: Reader) -> tuple[Step, ...]:
    if declared.life is None or reader.is_newer(record.id):
        return ()
    touched = reader.facts(record).touched_by
    steps = tuple(
        step
        for step in declared.life.offered(record.state)
        if reader.actor.may(step.permission)
        and not (step.second_person and reader.actor.account_id in touched)
        and (step.applies is None or step.applies(record, reader.rules))
    )
    return within_the_firewall(record, steps, reader)


def _backlinks(record: Record, reader: Reader) -> tuple[tuple[str, Id, str], ...]:
    found = records.pointing_at(reader.database, record.id, type_of(record).name)
    shown = []
    for each in found:
        declared = type_of(each)
        if declared.register and may_see(each, reader) and not isinstance(each, Account):
            shown.append((declared.label, each.id, declared.title_of(each)))
    return tuple(shown)


def _label(declared: RecordType, name: str) -> str:
    return declared.field(name).label if declared.has(name) else name
