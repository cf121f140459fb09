"""Builders for the rules: records filled in by their declaration, and what a rule may know."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from integrity_desk.domain.accounts import Actor, Role
from integrity_desk.domain.commitments import LateInterest
from integrity_desk.domain.complaints import SuspensionGround
from integrity_desk.domain.court_lists import Performance
from integrity_desk.domain.fields import Field, Kind
from integrity_desk.domain.integrity_files import Nature, RecordKind
from integrity_desk.domain.records import Record, RecordType, type_named
from integrity_desk.domain.steps import Facts
from integrity_desk.domain.time_rules import TimeRules

DAY = date(2026, 5, 6)
TODAY = date(2026, 5, 7)

FITTING: dict[str, dict[str, Any]] = {
    "commitment": {"late_interest": LateInterest.AGREED, "agreed_rate": 345},
    "complaint": {"extended_to": date(2026, 5, 15)},
    "objection": {"asks_others": False, "due_rule": "objection@33/2018-01-01"},
    "objection.extend": {"extended_to": date(2026, 5, 15)},
    "objection.suspend": {
        "due_rule": "objection@41/2020-05-01",
        "suspension_ground": SuspensionGround.EXPERT,
    },
    "proposal": {"due_on": date(2026, 5, 20)},
    "notice": {"until_on": date(2026, 5, 20)},
    "evaluation_scheme": {"until_on": date(2026, 5, 5), "from_on": date(2026, 5, 1)},
    "indicator": {"full_at": 100},
    "integrity_record": {
        "nature": Nature.UNTRUSTWORTHY,
        "kind": RecordKind.COURT_LIST,
        "performance": Performance.PERFORMED,
    },
}
"""Values that a guard needs where "the same day everywhere" would not do, of a type or a step."""


def example_id(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()[:32]


def _value(field: Field) -> Any:
    if field.choices is not None:
        first = next(iter(field.choices))
        return (first,) if field.kind is Kind.CHOICES else first
    return {
        Kind.NUMBER: 1,
        Kind.MONEY: 100_00,
        Kind.DAY: DAY,
        Kind.MOMENT: datetime(2026, 5, 6, 1, 30, tzinfo=UTC),
        Kind.FLAG: True,
        Kind.LINK: example_id(field.name),
        Kind.LINKS: (example_id(field.name),),
    }.get(field.kind, f"示例{field.label}")


@pytest.fixture
def filled() -> Callable[..., Any]:
    """Return ``filled(type or name, act, **values)``: a record with every field filled in, as
    the act needs it."""

    def build(of: RecordType | str, act: str = "", **values: Any) -> Record:
        declared = type_named(of) if isinstance(of, str) else of
        every = {field.name: _value(field) for field in declared.fields}
        initial = declared.life.initial if declared.life else ""
        fitting = FITTING.get(declared.name, {}) | FITTING.get(f"{declared.name}.{act}", {})
        return declared.cls(**{**every, "state": initial, **fitting, **values})

    return build


@pytest.fixture
def facts() -> Callable[..., Facts]:
    """Return ``facts(**values)``: today and an actor who has no hand in the record."""

    def build(
        *,
        today: date = TODAY,
        touched: bool = False,
        person_id: str = "",
        unit_id: str = "",
        region: str = "",
    ) -> Facts:
        actor = Actor(
            account_id=example_id("actor"),
            name="示例复核员",
            role=Role.REVIEWER,
            person_id=person_id,
            unit_id=unit_id,
        )
        touched_by = {actor.account_id} if touched else {example_id("somebody else")}
        return Facts(
            today=today,
            actor=actor,
            touched_by=frozenset(touched_by),
            rules=TimeRules(region=region),
        )

    return build
