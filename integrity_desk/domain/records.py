"""Record types are declared once, here registered, and read by every layer.

    @record_type("objection", label="异议", prefix="异", life=LIFE)
    class Objection(Record):
        record_id: Id = link("诚信记录", to="integrity_record", section="异议", required=True)
        reason: str = long_text("异议理由", searched=True)

A field without ``section`` continues the section of the field above it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal, TypeVar, dataclass_transform

from integrity_desk.domain import fields as declare
from integrity_desk.domain.fields import Field, Id, Kind
from integrity_desk.domain.life_cycles import LifeCycle
from integrity_desk.domain.time_rules import TimeRules
from integrity_desk.wording import _

__all__ = ["Id", "Record", "RecordType", "record_type", "record_types", "type_named", "type_of"]


@dataclass(frozen=True, kw_only=True)
class Record:
    """What every record carries; all of it is managed by the program, never typed."""

    id: Id = ""
    number: str = declare.text("编号", managed=True, searched=True, listed=11)
    state: str = declare.text("状态", managed=True, filtered=True)
    entered_by: Id = declare.link("登记人", to="account", managed=True)
    entered_at: datetime | None = declare.moment("登记时间", managed=True)
    desk: str = declare.text("登记点", managed=True)


@dataclass(frozen=True, kw_only=True)
class RecordType:
    """One register: its class, words, life cycle and how far its records may travel."""

    name: str
    label: str
    cls: type[Record]
    fields: tuple[Field, ...]
    prefix: str = ""
    title: str = ""
    life: LifeCycle | None = None
    part_of: str = ""
    companion: bool = False
    restricted: bool = False
    synced: bool = True
    register: bool = True
    handed_out: bool = True
    written_once: bool = False
    schema: int = 1
    numbered_at: Literal["entry", "step"] = "step"
    checks: tuple[Callable[[Any], None], ...] = ()
    derive: Callable[[Any, TimeRules], Record] | None = None

    @cached_property
    def blank(self) -> Record:
        """A record of this type with nothing filled in."""
        return self.cls()

    def field(self, name: str) -> Field:
        """Return the declaration of one field; KeyError for a name that is not declared."""
        return self._by_name[name]

    def has(self, name: str) -> bool:
        """Whether a field of this name is declared."""
        return name in self._by_name

    @property
    def typed_fields(self) -> tuple[Field, ...]:
        """The fields a person fills in, in form order."""
        return tuple(field for field in self.fields if not field.managed)

    @property
    def listed_fields(self) -> tuple[Field, ...]:
        """The fields that stand in lists, in order; the number only where numbers are given."""
        return tuple(
            field
            for field in self.fields
            if field.listed and (self.prefix or field.name != "number")
        )

    @property
    def sections(self) -> tuple[tuple[str, tuple[Field, ...]], ...]:
        """The typed fields grouped as the form shows them: (heading, fields)."""
        return by_section(self.typed_fields)

    def title_of(self, record: Record) -> str:
        """Return the words by which people recognise this record."""
        named = getattr(record, self.title, "") or record.number
        kind = getattr(record, self.told_by.name) if self.told_by else None
        return str(named or _(kind.label if kind else self.label))

    @cached_property
    def told_by(self) -> Field | None:
        """The choice that names a record of a type without a title until it has its number."""
        of_kind = (field for field in self.listed_fields if field.kind is Kind.CHOICE)
        return None if self.title else next(of_kind, None)

    @cached_property
    def entry_fields(self) -> tuple[Field, ...]:
        """The fields filled in when a record is entered; later steps ask for the others."""
        steps = self.life.steps if self.life else ()
        further = [step for step in steps if not step.numbered and not step.anew]
        later = {name for step in further for name in step.needs + step.asks}
        first = {name for step in steps if step.numbered for name in step.needs + step.asks}
        return tuple(
            field
            for field in self.typed_fields
            if field.required or field.name in first or field.name not in later
        )

    @cached_property
    def text_fields(self) -> tuple[Field, ...]:
        """The fields that hold text."""
        return tuple(field for field in self.fields if field.is_text)

    @cached_property
    def required_names(self) -> tuple[str, ...]:
        """The names of the fields without which no record is kept."""
        return tuple(field.name for field in self.fields if field.required)

    @cached_property
    def empty_values(self) -> dict[str, Any]:
        """The value of every field that means "not filled in", by its name."""
        return {field.name: field.empty for field in self.fields}

    @cached_property
    def schema_tag(self) -> str:
        """The type and its schema as revisions name them: person@3."""
        return f"{self.name}@{self.schema}"

    @cached_property
    def secret_fields(self) -> tuple[Field, ...]:
        """The fields with private numbers, which are found by a keyed hash only."""
        return tuple(field for field in self.fields if field.sensitive and field.is_text)

    @cached_property
    def typed_links(self) -> tuple[Field, ...]:
        """The fields by which a person makes a record point at others."""
        return tuple(field for field in self.link_fields if not field.managed)

    @cached_property
    def link_fields(self) -> tuple[Field, ...]:
        """The fields that point at other records."""
        return tuple(field for field in self.fields if field.is_link)

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}


def by_section(fields: Iterable[Field]) -> tuple[tuple[str, tuple[Field, ...]], ...]:
    """Group fields under their section headings, in order: (heading, fields)."""
    groups: dict[str, list[Field]] = {}
    for field in fields:
        groups.setdefault(field.section, []).append(field)
    return tuple((heading, tuple(members)) for heading, members in groups.items())


_REGISTRY: dict[str, RecordType] = {}
_BY_CLASS: dict[type[Record], RecordType] = {}

R = TypeVar("R", bound=Record)


@dataclass_transform(
    frozen_default=True,
    kw_only_default=True,
    field_specifiers=(
        declare.text, declare.long_text, declare.number, declare.money, declare.day,
        declare.moment, declare.flag, declare.choice, declare.choices, declare.link,
        declare.links, declare.citizen_id, declare.credit_code, declare.phone,
    ),
)  # fmt: skip
def record_type(name: str, *, label: str, **options: Any) -> Callable[[type[R]], type[R]]:
    """Declare the class below as the record type ``name``.

    Options: ``prefix`` (of running numbers, "" for none), ``title`` (field shown as the name),
    ``life`` (its LifeCycle), ``part_of`` (owner type of a sub-record, linked by ``<owner>_id``),
    ``companion`` (at most one per owner, filled in inside the owner's form), ``restricted``
    (visible only to the case's handler and reviewers, kept out of general search),
    ``synced`` (travels to the county), ``register`` (has a page of its own), ``schema``,
    ``handed_out`` (may stand in spreadsheets and be searched for),
    ``written_once`` (a log entry, written by a command of its own, never typed nor amended),
    ``numbered_at`` ("entry" when a new record gets its number at once, not at a step),
    ``checks`` (``check(record)`` raises InvalidInput for values that contradict each other),
    ``derive(record, rules)`` (fills in managed fields that follow from the others and from the
    calendar and region counted by, before the record is kept).
    """

    def register(cls: type[R]) -> type[R]:
        made = dataclass(frozen=True, kw_only=True)(cls)
        declared = RecordType(
            name=name, label=label, cls=made, fields=tuple(_declared_fields(made)), **options
        )
        _REGISTRY[name] = declared
        _BY_CLASS[made] = declared
        return made

    return register


def record_types() -> tuple[RecordType, ...]:
    """Return all registered types in order of declaration."""
    return tuple(_REGISTRY.values())


def type_named(name: str) -> RecordType:
    """Return the type of that name; KeyError for an unknown one."""
    return _REGISTRY[name]


def is_type(name: str) -> bool:
    """Whether a type of that name is declared here; a newer program may know more."""
    return name in _REGISTRY


def type_of(record: Record | type[Record]) -> RecordType:
    """Return the declaration of a record or record class."""
    return _BY_CLASS[record if isinstance(record, type) else type(record)]


def parts_of(owner: str) -> tuple[RecordType, ...]:
    """Return the sub-record types of ``owner`` in order of declaration."""
    return tuple(each for each in _REGISTRY.values() if each.part_of == owner)


def _declared_fields(cls: type[Record]) -> Iterator[Field]:
    section = ""
    for member in dataclasses.fields(cls):
        declared: Field | None = member.metadata.get("declared")
        if declared is None:
            continue
        section = declared.section or section
        yield dataclasses.replace(declared, name=member.name, section=section)


def with_values(record: R, values: Mapping[str, Any]) -> R:
    """Return the record with some fields set: ``dataclasses.replace`` at a tenth of its cost.

    Records are frozen, have no ``__post_init__`` and hold nothing but their fields.
    """
    made = object.__new__(type(record))
    made.__dict__.update(record.__dict__)
    made.__dict__.update(values)
    assert len(made.__dict__) == len(record.__dict__), values.keys() - record.__dict__.keys()
    return made


def made(cls: type[R], **values: Any) -> R:
    """Return a new record with these fields filled in, and the others empty."""
    blank = type_of(cls).blank
    assert isinstance(blank, cls)
    return with_values(blank, values)


def changed_fields(before: Record | None, after: Record) -> dict[str, Any]:
    """Return the declared fields whose value differs, with the new value; all filled if new."""
    now, empty = after.__dict__, type_of(after).empty_values
    then = empty if before is None else before.__dict__
    return {name: now[name] for name in empty if now[name] != then[name]}


def links_of(record: Record, fields: Iterable[Field] | None = None) -> Iterator[tuple[Field, Id]]:
    """Yield every (field, id) by which this record, or these fields of it, point at another."""
    for field in type_of(record).link_fields if fields is None else fields:
        linked = getattr(record, field.name)
        if field.kind is Kind.LINKS:
            yield from ((field, each) for each in linked)
        elif linked:
            yield field, linked
