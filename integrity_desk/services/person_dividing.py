"""One registration that is two people becomes two: what belongs to the other goes to the other.

A reviewer enters the other person and says which of the records that name the one belong to the
other, in one act; what was said and asked at a time stays, as in ``person_merging``. Nothing is
lost: merging the other person back points everything where it pointed before.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from integrity_desk.domain.fields import Field, Id
from integrity_desk.domain.file_chapters import CHAPTERS
from integrity_desk.domain.identifiers import citizen_forms
from integrity_desk.domain.people import LIFE, Person
from integrity_desk.domain.records import Record, type_of, with_values
from integrity_desk.domain.steps import check
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.person_merging import naming, pointed
from integrity_desk.services.records import enter_record
from integrity_desk.services.registers import hit_at_owner, hit_of
from integrity_desk.services.visibility import may_see
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _

DIVIDE = "divide"
OTHER_PERSON = ("name", "citizen_id", "kind", "unit_id", "post", "phone", "citizen_id_note")
"""The fields of the other person that are asked for; the rest is filled in later."""

Tied = tuple[Id, str]
"""A record, and the field of it that names the person."""


@dataclass(frozen=True, kw_only=True)
class ShowTies(Question["tuple[Tie, ...]"]):
    """Everything that names a person and could belong to another."""

    permission: ClassVar[str] = "approve"
    person_id: Id


@dataclass(frozen=True, kw_only=True)
class Tie:
    """One record that names the person; ``role`` says as what."""

    key: Tied
    register: str
    role: str
    number: str
    title: str
    state_label: str
    tone: str


@dataclass(frozen=True, kw_only=True)
class DividePerson(Command[Id]):
    """Make two persons of one; the outcome carries the id of the one who was entered.

    ``values`` are plain values of the other person. An identity number that stands at the one and
    is given to the other goes along.
    """

    permission: ClassVar[str] = LIFE.step(DIVIDE).permission
    person_id: Id
    values: Mapping[str, Any]
    reason: str
    ties: tuple[Tied, ...]

    @property
    def recorded_as(self) -> str:
        """The act's name in the log."""
        return f"{type_of(Person).name}.{DIVIDE}"


@answers(ShowTies)
def show_ties(question: ShowTies, reader: Reader) -> tuple[Tie, ...]:
    """Name each record, a part with what it hangs on; what stands in the file comes first."""
    found = _ties(question.person_id, reader).values()
    places = {chapter.type: place for place, chapter in enumerate(CHAPTERS)}
    sorted_ = sorted(found, key=lambda tie: places.get(type_of(tie[0]).name, len(places)))
    return tuple(_tie(record, field, reader) for record, field in sorted_)


@performs(DividePerson)
def divide_person(command: DividePerson, work: UnitOfWork) -> Id:
    """Enter the other person, point at it what was chosen, and leave a trace at both."""
    one = work.load(Person, command.person_id)
    if one.state == "merged":
        raise StepRefused(_("已并入他人的登记不能拆分，请拆分保留的那一份。"))
    if not command.ties:
        raise InvalidInput("", _("请选出属于另一人的登记；没有的，直接登记另一人就可以。"))
    ties = _ties(one.id, work)
    if any(each not in ties for each in command.ties):
        raise InvalidInput("", _("所选的登记已经变动，请关闭后重新选择。"))
    taken = _taken(one, command.values)
    if taken:
        one = work.save(with_values(one, taken))
    entered = enter_record("person", command.values, work)
    other = dataclasses.replace(
        work.load(Person, entered.id), divided_from_id=one.id, divide_reason=command.reason.strip()
    )
    _check_reason(other)
    work.save(other)
    for key in command.ties:
        record, field = ties[key]
        work.save(pointed(work.load_any(record.id), field, one.id, other.id))
    told = {"divided_into_ids": (*one.divided_into_ids, other.id)}
    work.save(with_values(one, told))
    return other.id


def _ties(person_id: Id, reader: Reader) -> dict[Tied, tuple[Record, Field]]:
    return {
        (record.id, field.name): (record, field)
        for record, field in naming(person_id, reader)
        if may_see(record, reader)
    }


def _tie(record: Record, field: Field, reader: Reader) -> Tie:
    declared = type_of(record)
    hit = hit_of(record) if declared.part_of == "person" else hit_at_owner(record, reader)
    return Tie(
        key=(record.id, field.name),
        register=declared.label,
        role=field.label,
        number=hit.number,
        title=hit.title,
        state_label=hit.state_label,
        tone=hit.tone,
    )


def _taken(one: Person, values: Mapping[str, Any]) -> dict[str, str]:
    """Return the identity number emptied, where it was the other person's."""
    same = one.citizen_id and one.citizen_id in citizen_forms(str(values.get("citizen_id") or ""))
    return dict.fromkeys(("citizen_id", "citizen_id_note"), "") if same else {}


def _check_reason(other: Person) -> None:
    if not other.divide_reason:
        raise InvalidInput("divide_reason", _("请写明凭什么认定为两个人。"))
    check(other)
