from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.life_cycles import Step
from integrity_desk.domain.records import RecordType
from integrity_desk.domain.steps import advance
from integrity_desk.errors import InvalidInput, StepRefused

LIVING = [declared for declared in TYPES if declared.life is not None]


def _life(declared: RecordType) -> Any:
    assert declared.life is not None
    return declared.life


def _pairs() -> list[Any]:
    return [
        pytest.param(declared, state.code, step, id=f"{declared.name}-{state.code}-{step.act}")
        for declared in LIVING
        for state in _life(declared).states
        for step in _life(declared).steps
    ]


def _steps() -> list[Any]:
    return [
        pytest.param(declared, step, id=f"{declared.name}-{step.act}")
        for declared in LIVING
        for step in _life(declared).steps
        if step.of  # the others are taken by a command of their own
    ]


def _given(record: Any, step: Step) -> dict[str, Any]:
    return {name: getattr(record, name) for name in (*step.needs, *step.asks)}


@pytest.mark.parametrize(("declared", "state", "step"), _pairs())
def test_a_step_is_taken_from_its_own_states_and_refused_from_every_other(
    filled, facts, declared, state, step
):
    record = filled(declared, step.act, state=state)
    if state in step.of:
        moved = advance(record, step.act, facts(), _given(record, step))
        assert moved.state == step.to
    else:
        with pytest.raises(StepRefused) as refusal:
            advance(record, step.act, facts(), _given(record, step))
        assert _life(declared).state(state).label in refusal.value.sentence


@pytest.mark.parametrize(("declared", "step"), _steps())
def test_a_step_is_refused_while_a_needed_field_is_empty(filled, facts, declared, step):
    for name in step.needs:
        empty = declared.field(name).empty
        record = filled(declared, step.act, state=step.of[0])
        given = {**_given(record, step), name: empty}
        with pytest.raises(InvalidInput) as refusal:
            advance(record, step.act, facts(), given)
        assert refusal.value.field == name
        assert declared.field(name).label in refusal.value.sentence


@pytest.mark.parametrize(
    ("declared", "step"), [each for each in _steps() if each.values[1].second_person]
)
def test_a_second_person_step_is_refused_to_whoever_touched_the_record(
    filled, facts, declared, step
):
    record = filled(declared, step.act, state=step.of[0])
    with pytest.raises(StepRefused, match="须由登记人以外的人员办理"):
        advance(record, step.act, facts(touched=True), _given(record, step))


@pytest.mark.parametrize(("declared", "step"), _steps())
def test_a_step_empties_what_belongs_to_the_round_before(filled, facts, declared, step):
    record = filled(declared, step.act, state=step.of[0])
    moved = advance(record, step.act, facts(), _given(record, step))
    for name in set(step.clears) - {*step.needs, *step.asks}:
        assert getattr(moved, name) == declared.field(name).empty


@pytest.mark.parametrize("declared", LIVING, ids=lambda declared: declared.name)
class TestEveryLifeCycle:
    def test_names_only_declared_states_and_fields(self, declared):
        life = _life(declared)
        codes = {state.code for state in life.states}
        for step in life.steps:
            assert {*step.of, step.to} <= codes
            for name in (*step.needs, *step.asks, *step.clears):
                assert not declared.field(name).managed

    def test_has_distinct_states_and_acts_with_distinct_labels(self, declared):
        life = _life(declared)
        for words in (
            [state.code for state in life.states],
            [state.label for state in life.states],
            [step.act for step in life.steps],
            [step.label for step in life.steps],
        ):
            assert len(words) == len(set(words))

    def test_reaches_every_state_from_the_first(self, declared):
        life = _life(declared)
        reached = {life.initial}
        for _state in life.states:
            reached |= {step.to for step in life.steps if reached & set(step.of)}
        assert reached == {state.code for state in life.states}

    def test_ends_only_in_final_states(self, declared):
        life = _life(declared)
        for state in life.states:
            assert state.final or life.offered(state.code), state.code

    def test_gives_a_number_once_if_it_has_a_prefix(self, declared):
        numbering = [step for step in _life(declared).steps if step.numbered]
        at_entry = declared.numbered_at == "entry"
        assert len(numbering) + at_entry == bool(declared.prefix)

    def test_lets_nobody_but_a_second_person_make_public_or_final_judgements(self, declared):
        for step in _life(declared).steps:
            assert not step.second_person or step.permission == "approve", step.act


def test_an_unlisted_act_is_a_bug_not_a_refusal(filled, facts):
    with pytest.raises(KeyError):
        advance(filled("commitment"), "no_such_act", facts())


def test_a_step_leaves_the_record_it_came_from_as_it_was(filled, facts):
    record = filled("commitment", state="registered")
    before = dataclasses.asdict(record)
    advance(record, "start", facts())
    assert dataclasses.asdict(record) == before
