"""Which legal clock a complaint runs by now, and the day it must be answered.

The clock follows from the procedure, chosen or implied by channel and matter: a hotline order
runs from the day it came; a petition and a small enterprise's claim have one clock for acceptance
and one for handling; a named report to the discipline organ one for acceptance and one for
feedback. An approved extension names the day itself. A clock that the law stops does not run
while the case is suspended. What another organ passed on and is not ours goes back within a clock
of its own.
"""

from __future__ import annotations

from typing import Any

from integrity_desk.domain.deadline_lines import Deadline, Run
from integrity_desk.domain.due_days import derive_due_day
from integrity_desk.domain.fields import Choice
from integrity_desk.domain.pauses import days_not_counted, pauses_kept
from integrity_desk.domain.records import Record, with_values
from integrity_desk.domain.time_rules import TimeRules
from integrity_desk.wording import N_


class Procedure(Choice):
    """By which rules a clue is dealt with; each has clocks of its own."""

    HOTLINE = "hotline", "热线工单"
    PETITION = "petition", "信访事项"
    SMALL_ENTERPRISE = "small_enterprise", "中小企业款项投诉"
    DISCIPLINE = "discipline", "实名检举控告"


_HOTLINES = frozenset({"hotline_12345", "hotline_12350"})
_FOUND = frozenset({"substantiated", "partly", "unsubstantiated", "rectifying"})
_RUNNING = _FOUND | {"accepted", "verifying", "joined"}
_RECEIVED = frozenset({"received"})


def procedure_of(record: Any) -> Procedure:
    """Return the procedure chosen, or the one that channel and matter imply.

    12345 and 12350 send orders; arrears named in talks with private enterprises are claims under
    保障中小企业款项支付条例 25; everything else is a petition. That a report is a named one under
    检举控告规则 only a person can say: the case does not know who made it.
    """
    if record.procedure is not None:
        chosen: Procedure = record.procedure
        return chosen
    if record.channel in _HOTLINES:
        return Procedure.HOTLINE
    if record.channel == "private_enterprise" and record.matter == "arrears":
        return Procedure.SMALL_ENTERPRISE
    return Procedure.PETITION


def _runs(procedure: Procedure, *clocks: tuple[str, str, frozenset[str]]) -> tuple[Run, ...]:
    only = {"procedure_in_force": frozenset({procedure})}
    return tuple(
        Run(clock=clock, start=start, states=states, only=only) for clock, start, states in clocks
    )


DEADLINE = Deadline(
    type="complaint",
    states=_RUNNING | _RECEIVED,
    label=N_("办理期限"),
    person="handler_id",
    runs=(
        *_runs(Procedure.HOTLINE, ("hotline_order", "round_began_on", _RUNNING | _RECEIVED)),
        *_runs(
            Procedure.SMALL_ENTERPRISE,
            ("sme_complaint_forward", "received_on", _RECEIVED),
            ("sme_complaint_result", "accepted_on", _RUNNING),
        ),
        *_runs(
            Procedure.DISCIPLINE,
            ("named_report_acceptance", "received_on", _RECEIVED),
            ("named_report_feedback", "found_on", _FOUND),
        ),
        *_runs(
            Procedure.PETITION,
            ("petition_acceptance", "received_on", _RECEIVED),
            ("petition_handling", "accepted_on", _RUNNING),
        ),
    ),
    paused_in=frozenset({"suspended"}),
    paused_since="suspended_on",
    pauses=days_not_counted,
    extended="extended_to",
)  # fmt: skip

RETURN_CLOCK = "petition_return"

RETURN = Deadline(
    type="complaint",
    states=_RECEIVED,
    label=N_("不属本单位职权的退回"),
    field="return_by_on",
    person="first_asked_id",
    follows=RETURN_CLOCK,
)
"""What another organ passed on and is not ours goes back by this day."""

_due_day = derive_due_day(DEADLINE)


def with_dates(record: Any, rules: TimeRules) -> Record:
    """Fill in what follows: the pauses so far, the day it is due, the day it must go back by."""
    passed_on = record.referred_by and record.received_on and record.state in _RECEIVED
    back = rules.count(RETURN_CLOCK, record.received_on) if passed_on else None
    kept = {"pauses": pauses_kept(record), "return_by_on": back.due if back else None}
    derived = with_values(record, kept)
    return _due_day(derived, rules)
