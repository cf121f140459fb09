"""What is due is read from the days, never from a state."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.clock_rules import clocks
from integrity_desk.domain.deadlines import (
    DEADLINES,
    SOON,
    due_day,
    due_tone,
    main_deadline,
    urgency,
)
from integrity_desk.domain.fields import Kind
from integrity_desk.domain.records import type_named

TODAY = date(2026, 5, 12)
DAY = timedelta(days=1)


@pytest.fixture(params=DEADLINES, ids=lambda each: f"{each.type}.{each.field}")
def deadline(request):
    return request.param


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


def test_the_table_names_declared_days_people_and_states(deadline):
    declared = type_named(deadline.type)
    known = {state.code for state in declared.life.states} if declared.life else {""}
    assert declared.field(deadline.field).kind is Kind.DAY
    assert deadline.follows in {"", *clocks()}
    if deadline.owner_states:
        owner = type_named(declared.part_of).life
        assert deadline.owner_states <= {state.code for state in owner.states}
    assert deadline.states | deadline.paused_in <= known
    assert not deadline.states & deadline.paused_in
    if deadline.person:
        assert "person" in declared.field(deadline.person).to
    if declared.life:
        final = {state.code for state in declared.life.states if state.final}
        assert not final & deadline.states


def test_a_day_that_follows_from_a_clock_is_declared_with_all_it_needs(filled, deadline):
    declared = type_named(deadline.type)
    for run in deadline.runs:
        assert run.clock in clocks()
        assert isinstance(getattr(filled(deadline.type), run.start), date)
        assert run.states <= deadline.states
        assert all(hasattr(declared.cls, name) for name in run.only)
    if deadline.runs:
        assert declared.derive is not None
        assert declared.field(deadline.field).managed or deadline.given
        assert declared.field("due_rule").managed
        assert declared.field("due_provisional").managed


def _late(deadline, filled, state):
    owing = dict(zip(deadline.less or (), (0, 100), strict=False))
    chosen = {
        name: None if None in codes else type_named(deadline.type).field(name).choices(codes[0])
        for name, codes in deadline.only.items()
    }
    day = {deadline.field: TODAY - DAY}
    return filled(deadline.type, state=state, **day, **owing, **chosen)


def test_a_record_is_due_in_its_open_states_only(deadline, filled):
    life = type_named(deadline.type).life
    for state in [each.code for each in life.states] if life else [""]:
        late = _late(deadline, filled, state)
        assert deadline.day(late) == (TODAY - DAY if state in deadline.states else None)


def test_of_a_type_with_several_deadlines_the_first_is_its_own(filled):
    for declared in TYPES:
        deadline = main_deadline(declared.name)
        of_type = [each for each in DEADLINES if each.type == declared.name]
        assert deadline is (of_type[0] if of_type else None)
        if deadline is not None:
            late = _late(deadline, filled, min(deadline.states))
            assert (due_day(late), due_tone(late, TODAY)) == (TODAY - DAY, "red")
        else:
            assert due_day(filled(declared)) is None


def test_without_a_day_nothing_is_due(deadline, filled):
    late = filled(deadline.type, state=min(deadline.states), **{deadline.field: None})
    assert deadline.day(late) is None


def test_what_is_paid_is_not_due(filled):
    whole = {"due_on": TODAY - DAY, "amount_fen": 100, "paid_fen": 100, "state": ""}
    assert due_day(filled("instalment", **whole)) is None
    assert due_day(filled("instalment", **{**whole, "paid_fen": 99})) == TODAY - DAY


def test_a_suspended_complaint_is_not_late(filled):
    assert due_day(filled("complaint", state="suspended", due_on=TODAY - DAY)) is None
