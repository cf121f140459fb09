"""Answers that are due on a day somebody set, and by a clock where nobody set one.

Proposals and questions have both: whoever assigns may name an earlier day; the clock fills in
its own where none was named, and no day may be later than it allows.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from integrity_desk.domain.checks import label_of
from integrity_desk.domain.clocks import DueDate
from integrity_desk.domain.records import Record
from integrity_desk.domain.steps import Facts
from integrity_desk.domain.time_rules import TimeRules
from integrity_desk.errors import InvalidInput
from integrity_desk.wording import _

START = "assigned_on"
"""The field with the day the clock counts from."""


def filled_in_by(clock: str) -> Callable[[Any, TimeRules], Record]:
    """Return a ``derive`` that sets ``due_on`` by the clock while it is empty."""

    def derive(record: Any, rules: TimeRules) -> Record:
        limit = _limit(clock, record, rules, longest=False) if record.due_on is None else None
        made: Record = dataclasses.replace(record, due_on=limit.due) if limit else record
        return made

    return derive


def within(clock: str, *, longest: bool = False) -> Callable[[Any, Facts], None]:
    """Return a guard that refuses a day later than the clock, with its extension if ``longest``."""

    def guard(record: Any, facts: Facts) -> None:
        limit = _limit(clock, record, facts.rules, longest=longest)
        if limit is not None and record.due_on is not None and record.due_on > limit.due:
            raise InvalidInput(
                "due_on",
                _("“{field}”不能晚于{day}（{clause}）。").format(
                    field=label_of(record, "due_on"), day=limit.due, clause=_(limit.clause)
                ),
            )

    return guard


def _limit(clock: str, record: Any, rules: TimeRules, *, longest: bool) -> DueDate | None:
    start = getattr(record, START)
    if start is None:
        return None
    plain = rules.count(clock, start)
    if plain is None or not longest:
        return plain
    return rules.count(clock, start, extension_days=plain.clock.extension)
