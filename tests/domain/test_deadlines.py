"""What is due is read from the days, never from a state."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.deadlines import DUE_FIELDS, SOON, due_day, due_tone, urgency
from integrity_desk.domain.fields import Kind
from integrity_desk.domain.records import type_named

TODAY = date(2026, 5, 12)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("due", "tone"),
    [
        (None, ""),
        (TODAY - DAY, "red"),
        (TODAY, "amber"),
        (TODAY + SOON, "amber"),
        (TODAY + SOON + DAY, ""),
        (date.max, ""),
        (date.min, "red"),
    ],
)
def test_late_is_red_and_the_coming_week_amber(due, tone):
    assert urgency(due, TODAY) == tone


@pytest.mark.parametrize("name", DUE_FIELDS)
def test_the_table_names_declared_days_and_states(name):
    field, states = DUE_FIELDS[name]
    declared = type_named(name)
    assert declared.life is not None
    assert declared.field(field).kind is Kind.DAY
    assert states <= {state.code for state in declared.life.states}
    assert not [
        state.code for state in declared.life.states if state.final and state.code in states
    ]


@pytest.mark.parametrize("declared", TYPES, ids=lambda each: each.name)
def test_a_record_is_due_in_its_open_states_only(declared, filled):
    field, states = DUE_FIELDS.get(declared.name, ("", frozenset()))
    every = [state.code for state in declared.life.states] if declared.life else [""]
    for state in every:
        late = filled(declared, state=state, **({field: TODAY - DAY} if field else {}))
        assert due_day(late) == (TODAY - DAY if state in states else None)
        assert due_tone(late, TODAY) == ("red" if state in states else "")


@pytest.mark.parametrize("name", DUE_FIELDS)
def test_without_a_day_nothing_is_due(name, filled):
    field, states = DUE_FIELDS[name]
    assert due_tone(filled(name, state=min(states), **{field: None}), TODAY) == ""


def test_a_suspended_complaint_is_not_late(filled):
    assert due_day(filled("complaint", state="suspended", due_on=TODAY - DAY)) is None
