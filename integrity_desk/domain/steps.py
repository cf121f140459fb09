"""Taking a step: the one place where a state changes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from integrity_desk.domain.accounts import Actor
from integrity_desk.domain.records import Id, Record, type_of, with_values
from integrity_desk.domain.secrecy import refuse_state_secrets
from integrity_desk.domain.time_rules import TimeRules, published_rules
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.wording import _

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a rule may know besides the record itself."""

    today: date
    actor: Actor
    touched_by: frozenset[Id] = frozenset()
    """Accounts that entered or amended the record; a second person is none of them."""
    rules: TimeRules = dataclasses.field(default_factory=published_rules)
    """By what this desk counts time limits."""


def advance(record: R, act: str, facts: Facts, given: Mapping[str, Any] | None = None) -> R:
    """Take one step; return the record in its next state with the ``given`` fields set.

    Raises StepRefused when the state, the second-person rule or the guard forbids it, and
    InvalidInput when a needed field is missing.
    """
    life = type_of(record).life
    if life is None:
        raise KeyError(f"{type_of(record).name} has no life cycle")
    step = life.step(act)
    if record.state not in step.of:
        raise StepRefused(
            _("当前状态为“{state}”，不能“{act}”。").format(
                state=_(life.state(record.state).label), act=_(step.label)
            )
        )
    if step.second_person and facts.actor.account_id in facts.touched_by:
        raise StepRefused(
            _("“{act}”须由登记人以外的人员办理，请换人复核。").format(act=_(step.label))
        )
    cleared = {name: type_of(record).field(name).empty for name in step.clears}
    moved = with_values(record, {**cleared, **dict(given or {}), "state": step.to})
    require(moved, step.needs)
    check(moved)
    if step.guard is not None:
        step.guard(moved, facts)
    return moved


def check(record: Record) -> None:
    """Raise InvalidInput unless the record may be kept: complete, consistent, no state secret.

    Every record passes here when it is entered, amended or takes a step.
    """
    declared = type_of(record)
    require(record, declared.required_names)
    _fits(record)
    refuse_state_secrets(record)
    for each in declared.checks:
        each(record)


def _fits(record: Record) -> None:
    values = record.__dict__
    for field in type_of(record).text_fields:
        length = len(values[field.name])
        if length > field.max_length > 0:
            raise InvalidInput(
                field.name,
                _("“{field}”有{length}字，最多{most}字。请删减，原文可作为附件上传。").format(
                    field=_(field.label), length=length, most=field.max_length
                ),
            )


def derived(record: R, rules: TimeRules) -> R:
    """Return the record with the fields that follow from the others; called before it is kept."""
    derive = type_of(record).derive
    return derive(record, rules) if derive is not None else record  # type: ignore[return-value]


def require(record: Record, names: tuple[str, ...]) -> None:
    """Raise InvalidInput for the first of ``names`` that is not filled in."""
    declared = type_of(record)
    for name in names:
        field = declared.field(name)
        if getattr(record, name) == field.empty:
            raise InvalidInput(name, _("请填写“{field}”。").format(field=_(field.label)))
