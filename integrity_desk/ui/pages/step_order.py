"""Which of the offered steps stands first, and whether it is what the record waits for."""

from __future__ import annotations

from integrity_desk.domain.life_cycles import LifeCycle, Step


def in_order(life: LifeCycle, state: str, offered: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps that lead on before those that lead back, else as declared."""
    return tuple(sorted(offered, key=lambda step: not _leads_on(life, state, step)))


def awaited(life: LifeCycle, state: str, ordered: tuple[Step, ...]) -> bool:
    """Whether the first step offered is the usual next one, whoever may take it.

    There is none where a record is at rest: in good standing (green), at its end, or where every
    way on ends it; nor is what only some records have the usual.
    """
    if life.state(state).final:
        return False
    onward = [
        step
        for step in in_order(life, state, life.offered(state))
        if not step.applies and _leads_on(life, state, step)
    ]
    leaving = [step for step in onward if step.to != state]
    if not onward or (life.state(state).tone == "green" and len(leaving) > 1):
        return False
    at_rest = len(onward) > 1 and all(life.state(step.to).final for step in onward)
    return not at_rest and ordered[0] == onward[0]


def _leads_on(life: LifeCycle, state: str, step: Step) -> bool:
    codes = [each.code for each in life.states]
    return step.to in codes and state in codes and codes.index(step.to) >= codes.index(state)
