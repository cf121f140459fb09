"""Last year's list of commitments as this year's drafts, each knowing the one it continues.

What was promised and who answers is copied; amounts, basis documents, publication and outcome are
of their year and are not. Days move on by a year, for a person to put right before registering.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from integrity_desk.domain.clocks import months_after
from integrity_desk.domain.commitments import LIFE, Commitment
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
_PROMISED = tuple(each.code for each in LIFE.states if each.code not in ("draft", "withdrawn"))


@dataclass(frozen=True, kw_only=True)
class ShowLastYear(Question["LastYear"]):
    """What was promised last year, and what of it has been carried over."""


@dataclass(frozen=True, kw_only=True)
class LastYear:
    """The days whose promises may be carried over, in which states, and what was already."""

    first: date
    last: date
    states: tuple[str, ...]
    count: int
    carried: frozenset[Id]


@dataclass(frozen=True, kw_only=True)
class CarryOver(Command["tuple[Id, ...]"]):
    """Enter a draft for each of these commitments of last year, all in one act."""

    ids: tuple[Id, ...]


@answers(ShowLastYear)
def show_last_year(question: ShowLastYear, reader: Reader) -> LastYear:
    """Read the year, and look through all commitments for what they continue."""
    first, last = _days(reader)
    chosen = Selection(
        type="commitment", equals={"state": _PROMISED},
        ranges={"made_on": (first.isoformat(), last.isoformat())},
    )  # fmt: skip
    promised = frozenset(each.id for each in read_all(chosen, reader, only=frozenset({"state"})))
    return LastYear(
        first=first, last=last, states=_PROMISED, count=len(promised),
        carried=promised & _carried(reader),
    )  # fmt: skip


@performs(CarryOver)
def carry_over(command: CarryOver, work: UnitOfWork) -> tuple[Id, ...]:
    """Copy each; one that was carried over meanwhile, or is not of last year, stops them all."""
    if not command.ids:
        raise InvalidInput("ids", _("请先选上要结转的承诺。"))
    carried = _carried(work)
    made = []
    for rec in dict.fromkeys(command.ids):
        before = work.load(Commitment, rec)
        _require_of_last_year(before, carried, work)
        made.append(enter_record("commitment", _continued(before), work).id)
    return tuple(made)


def _days(reader: Reader) -> tuple[date, date]:
    year = reader.today.year - 1
    return date(year, 1, 1), date(year, 12, 31)


def _carried(reader: Reader) -> frozenset[Id]:
    every = read_all(Selection(type="commitment"), reader, only=frozenset({"last_year_id"}))
    found = {each.last_year_id for each in every if isinstance(each, Commitment)}
    return frozenset(found - {""})


def _require_of_last_year(before: Commitment, carried: frozenset[Id], reader: Reader) -> None:
    first, last = _days(reader)
    if before.id in carried:
        sentence = _("“{subject}”已经结转过了，请取消选择。")
    elif before.state not in _PROMISED or not before.made_on or not first <= before.made_on <= last:
        sentence = _("“{subject}”不是上年作出的承诺，不能结转。")
    else:
        return
    raise InvalidInput("ids", sentence.format(subject=before.subject))


def _continued(before: Commitment) -> dict[str, Any]:
    declared = type_of(before)
    values: dict[str, Any] = {name: getattr(before, name) for name in _COPIED}
    for name in _DAYS:
        day = getattr(before, name)
        values[name] = months_after(day, 12) if day else None
    values["last_year_id"] = before.id
    return {name: to_plain(declared.field(name), value) for name, value in values.items()}
