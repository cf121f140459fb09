"""Entering, amending and moving records on: the same acts for every register."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from integrity_desk.domain.fields import Id
from integrity_desk.domain.life_cycles import Step
from integrity_desk.domain.plain import from_plain
from integrity_desk.domain.records import (
    Record,
    RecordType,
    links_of,
    parts_of,
    type_named,
    type_of,
    with_values,
)
from integrity_desk.domain.steps import advance, check, derived
from integrity_desk.errors import InvalidInput, NotPermitted, StepRefused
from integrity_desk.services.acts import Command, performs
from integrity_desk.services.following import ENTER, follow
from integrity_desk.services.guarding import guard
from integrity_desk.services.visibility import may_amend, may_see
from integrity_desk.storage import drafts
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _

Values = Mapping[str, Any]
"""Field name -> plain value, as forms, spreadsheets and scripts have them (``domain/plain``)."""

_NOT_TYPED = frozenset({"account", "access", "handout", "import_source", "rule_change", "author"})


@dataclass(frozen=True, kw_only=True)
class EnterRecord(Command[Id]):
    """Enter a new record, with its companion (a complaint's reporter) if it has one.

    The outcome carries the new id. ``draft_key`` names the kept draft that this fulfils.
    """

    type: str
    values: Values
    companions: Mapping[str, Values] = field(default_factory=dict)
    draft_key: str = ""


@dataclass(frozen=True, kw_only=True)
class AmendRecord(Command[Id]):
    """Change fields of a record that is still open to amendment."""

    id: Id
    values: Values
    companions: Mapping[str, Values] = field(default_factory=dict)
    draft_key: str = ""


@dataclass(frozen=True, kw_only=True)
class TakeStep(Command[Id]):
    """Take one step of a record's life cycle, giving the fields that the step asks for."""

    type: str
    id: Id
    act: str
    values: Values = field(default_factory=dict)

    @property
    def needs(self) -> str:
        """The permission of the step."""
        life = type_named(self.type).life
        return life.step(self.act).permission if life else "edit"

    @property
    def recorded_as(self) -> str:
        """The act's name in the log: complaint.accept."""
        return f"{self.type}.{self.act}"


@dataclass(frozen=True, kw_only=True)
class DiscardRecord(Command[None]):
    """Throw away a record that never left the desk; its history stays in the log."""

    id: Id


@performs(EnterRecord)
def enter(command: EnterRecord, work: UnitOfWork) -> Id:
    """Check, number and write a new record and its companions."""
    declared = type_named(command.type)
    _require_open(declared)
    refuse_untimely(declared.blank, _typed(declared, command.values))
    entered = enter_record(command.type, command.values, work)
    write_companions(entered, command.companions, work)
    _done_with(command.draft_key, work)
    return entered.id


@performs(AmendRecord)
def amend(command: AmendRecord, work: UnitOfWork) -> Id:
    """Check and write changed fields; a record in a final state is corrected by steps only."""
    record = work.load_any(command.id)
    require_amendable(record, work)
    changed = amended(record, command.values, work)
    work.save(changed)
    write_companions(changed, command.companions, work)
    _done_with(command.draft_key, work)
    return record.id


@performs(TakeStep)
def take_step(command: TakeStep, work: UnitOfWork) -> Id:
    """Load, decide, save."""
    record = work.load(type_named(command.type).cls, command.id)
    move(record, command.act, command.values, work)
    return record.id


@performs(DiscardRecord)
def discard(command: DiscardRecord, work: UnitOfWork) -> None:
    """Take a private record (a draft) and its parts out of the lists."""
    record = work.load_any(command.id)
    life = type_of(record).life
    if life is None or not life.state(record.state).private:
        raise StepRefused(_("只有草稿可以删除；已登记的内容请按程序更正或撤销。"))
    for part in parts_of(type_of(record).name):
        for each in work.find(part.cls, **{f"{type_of(record).name}_id": record.id}):
            work.void(each)
    work.void(record)


def enter_record(type_name: str, values: Values, work: UnitOfWork) -> Record:
    """Check, number and write one new record; the shared ground of entry, import and sample."""
    declared = type_named(type_name)
    record = fresh_record(type_name, values)
    _check(record, work)
    guard(None, record, work)
    if declared.numbered_at == "entry":
        record = with_values(record, {"number": work.next_number(declared.prefix)})
    entered = work.add(derived(record, work.rules))
    follow(entered, ENTER, work)
    return entered


def require_amendable(record: Record, reader: Reader) -> None:
    """Refuse an amendment whatever it changes: a final state, or one that is for others."""
    _require_open(type_of(record))
    _require_visible(record, reader)
    life = type_of(record).life
    if life is not None and life.state(record.state).final:
        raise StepRefused(
            _("该记录已办结（{state}），不能直接修改。").format(
                state=_(life.state(record.state).label)
            )
        )
    if not may_amend(record, reader):
        raise NotPermitted(_("该记录已经复核，只能由登记人以外的复核员修改。"))


def amended(record: Record, values: Values, reader: Reader) -> Record:
    """Return the record with plain values taken in, after every rule of an amendment by hand."""
    given = _typed(type_of(record), values)
    refuse_untimely(record, given)
    changed = with_values(record, given)
    guard(record, changed, reader)
    _check(changed, reader)
    return derived(changed, reader.rules)


def fresh_record(type_name: str, values: Values) -> Record:
    """Return a new record of plain values in its first state, not yet checked."""
    declared = type_named(type_name)
    if declared.written_once:
        _require_open(declared)
    state = declared.life.initial if declared.life is not None else ""
    return with_values(declared.blank, {**_typed(declared, values), "state": state})


def check_links(record: Record, work: Reader) -> None:
    """Refuse a link that leads nowhere, or to a record of another type."""
    for field_, linked in links_of(record, type_of(record).typed_links):
        if not any(work.stands(each, linked) for each in field_.to):
            raise InvalidInput(
                field_.name,
                _("“{field}”指向的记录不对，请重新选择。").format(field=_(field_.label)),
            )


def move(record: Record, act: str, values: Values, work: UnitOfWork) -> Record:
    """Take one step of a loaded record and save it."""
    declared = type_of(record)
    _require_visible(record, work)
    assert declared.life is not None
    step = declared.life.step(act)
    given = _typed(declared, values)
    _refuse_beside(step, given, record)
    moved = advance(record, act, work.facts(record), given)
    if step.numbered and not moved.number:
        moved = with_values(moved, {"number": work.next_number(declared.prefix)})
    check_links(moved, work)
    guard(record, moved, work, act)
    kept = work.save(derived(moved, work.rules))
    follow(kept, act, work)
    return kept


def _typed(declared: RecordType, values: Values) -> dict[str, Any]:
    """Turn plain values into field values; only fields that a person fills in are taken."""
    typed = {}
    for name, plain in values.items():
        if not declared.has(name) or (field_ := declared.field(name)).managed:
            raise InvalidInput(name, _("没有名为“{name}”的项目。").format(name=name))
        value = from_plain(field_, plain)
        typed[name] = value.strip() if type(value) is str else value
    return typed


def refuse_untimely(record: Record, given: Mapping[str, Any]) -> None:
    """What a later step asks for cannot be written ahead of that step.

    A draft may be completed piece by piece with what its submission will ask for.
    """
    declared = type_of(record)
    timely = {field_.name for field_ in declared.entry_fields} | _asked_of_draft(record)
    for name, value in given.items():
        field_ = declared.field(name)
        filled = getattr(record, name) != field_.empty
        if value != field_.empty and not filled and name not in timely:
            raise InvalidInput(
                name, _("“{field}”要在办理相应步骤时填写。").format(field=_(field_.label))
            )


def _asked_of_draft(record: Record) -> set[str]:
    """What the step from draft to review asks for, while the record is new or a draft."""
    life = type_of(record).life
    if life is None or record.state not in ("", life.initial):
        return set()
    submissions = (step for step in life.offered(life.initial) if life.state(step.to).private)
    return {name for step in submissions for name in step.needs + step.asks}


def _refuse_beside(step: Step, given: Mapping[str, Any], record: Record) -> None:
    """A step writes what it asks for; anything else would be an amendment nobody judged."""
    for name, value in given.items():
        if name not in step.needs + step.asks and value != getattr(record, name):
            raise InvalidInput(
                name,
                _("办理“{act}”时不能修改“{field}”。").format(
                    act=_(step.label), field=_(type_of(record).field(name).label)
                ),
            )


def _require_open(declared: RecordType) -> None:
    """Accounts have commands of their own; what the desk notes by itself nobody rewrites."""
    if declared.name in _NOT_TYPED or declared.written_once:
        raise NotPermitted(_("“{type}”不能直接登记或修改。").format(type=_(declared.label)))


def _check(record: Record, work: Reader) -> None:
    check(record)
    check_links(record, work)


def write_companions(owner: Record, companions: Mapping[str, Values], work: UnitOfWork) -> None:
    """Write what is filled in inside the owner's form: a complaint's reporter."""
    owner_type = type_of(owner).name
    for type_name, values in companions.items():
        declared = type_named(type_name)
        link_name = f"{owner_type}_id"
        kept = work.find(declared.cls, **{link_name: owner.id})
        if kept:
            _require_visible(kept[0], work)
            changed = dataclasses.replace(kept[0], **_typed(declared, values))
            check(changed)
            work.save(changed)
        elif any(value not in (None, "", [], False) for value in values.values()):
            enter_record(type_name, {**values, link_name: owner.id}, work)


def _require_visible(record: Record, work: Reader) -> None:
    if not may_see(record, work):
        raise NotPermitted(_("这条内容只对经办人和复核员开放。"))


def _done_with(draft_key: str, work: UnitOfWork) -> None:
    if draft_key:
        drafts.discard(work.database, draft_key, work.actor.account_id)
