"""Last year's list of commitments as this year's drafts, each knowing the one it continues.

What was promised and who answers is copied; amounts, basis documents, publication and outcome are
of their year and are not. Days move on by a year, for a person to put right before registering.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from integrity_desk.domain.clocks import months_after
from integrity_desk.domain.commitments import Commitment, CommitmentKind
from integrity_desk.domain.fields import Id
from integrity_desk.domain.plain import to_plain
from integrity_desk.domain.records import type_of
from integrity_desk.errors import InvalidInput
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.counting import read_all
from integrity_desk.services.records import enter_record
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.records import Selection
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _

_COPIED = (
    "subject", "kind", "service_area", "key_area", "content", "target", "beneficiary",
    "unit_id", "person_id", "stand_in_id", "first_asked_id",
)  # fmt: skip
_DAYS = ("made_on", "due_on")
_NEVER = frozenset({"draft", "withdrawn"})


@dataclass(frozen=True, kw_only=True)
class CountLastYear(Question["dict[CommitmentKind, int]"]):
    """How many commitments of each kind, made last year, have no draft of this year yet."""


@dataclass(frozen=True, kw_only=True)
class CarryOver(Command["tuple[Id, ...]"]):
    """Enter a draft for every commitment of a kind made last year that has none yet."""

    kind: CommitmentKind


@answers(CountLastYear)
def count_last_year(question: CountLastYear, reader: Reader) -> dict[CommitmentKind, int]:
    """Count what ``CarryOver`` would copy."""
    return dict(Counter(each.kind for each in _last_year(reader) if each.kind is not None))


@performs(CarryOver)
def carry_over(command: CarryOver, work: UnitOfWork) -> tuple[Id, ...]:
    """Copy each, all in one act."""
    found = [each for each in _last_year(work) if each.kind is command.kind]
    if not found:
        kind = _(command.kind.label)
        sentence = _("上年没有可以结转的“{kind}”，或者都已经结转过了。")
        raise InvalidInput("kind", sentence.format(kind=kind))
    return tuple(enter_record("commitment", _continued(each), work).id for each in found)


def _last_year(reader: Reader) -> list[Commitment]:
    year = reader.today.year - 1
    days = (date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat())
    chosen = Selection(type="commitment", ranges={"made_on": days}, descending=False)
    continued = {
        each.last_year_id
        for each in read_all(Selection(type="commitment"), reader, only=frozenset({"last_year_id"}))
        if isinstance(each, Commitment)
    }
    return [
        each
        for each in read_all(chosen, reader)
        if isinstance(each, Commitment) and each.state not in _NEVER and each.id not in continued
    ]


def _continued(before: Commitment) -> dict[str, Any]:
    declared = type_of(before)
    values: dict[str, Any] = {name: getattr(before, name) for name in _COPIED}
    for name in _DAYS:
        day = getattr(before, name)
        values[name] = months_after(day, 12) if day else None
    values["last_year_id"] = before.id
    return {name: to_plain(declared.field(name), value) for name, value in values.items()}
