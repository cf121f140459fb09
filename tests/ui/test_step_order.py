"""Which button is the blue one."""

from __future__ import annotations

import pytest

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.records import type_named
from integrity_desk.ui.pages.step_order import awaited, in_order


def first(type_name: str, state: str) -> tuple[str, bool]:
    life = type_named(type_name).life
    ordered = in_order(life, state, life.offered(state))
    return ordered[0].act, awaited(life, state, ordered)


@pytest.mark.parametrize(
    ("type_name", "state", "act"),
    [
        ("commitment", "draft", "register"),
        ("commitment", "in_progress", "report_fulfilled"),
        ("integrity_record", "in_review", "approve"),
        ("complaint", "received", "accept"),
        ("complaint", "answered", "close"),
        ("sealed_item", "handed_over", "confirm_receipt"),
    ],
)
def test_the_usual_next_step_stands_first(type_name, state, act):
    assert first(type_name, state) == (act, True)


@pytest.mark.parametrize(
    ("type_name", "state"),
    [
        ("person", "in_post"),
        ("integrity_record", "effective"),
        ("integrity_record", "expired"),
        ("measure", "ended"),
        ("commitment", "fulfilled"),
        ("complaint", "closed"),
    ],
)
def test_a_record_at_rest_urges_nobody(type_name, state):
    assert not first(type_name, state)[1]


@pytest.mark.parametrize(
    ("type_name", "state", "act"),
    [("integrity_record", "effective", "expire"), ("notice", "in_review", "withdraw")],
)
def test_what_is_left_to_a_clerk_is_not_the_usual_step(type_name, state, act):
    life = type_named(type_name).life
    assert not awaited(life, state, (life.step(act),))


def test_no_step_is_lost():
    for declared in TYPES:
        for state in declared.life.states if declared.life else ():
            offered = declared.life.offered(state.code)
            assert set(in_order(declared.life, state.code, offered)) == set(offered)
