"""Which legal clock a complaint runs by now, and the day it must be answered.

received: the acceptance clock from the day received; afterwards the handling clock from the
day accepted, or the hotline's from the day received; an approved extension names the day
itself. A clock that the law stops does not run while the case is suspended.
"""

from __future__ import annotations

from typing import Any

from integrity_desk.domain.clocks import Suspension
from integrity_desk.domain.due_days import Deadline, Run, pause
from integrity_desk.wording import N_

_HOTLINES = frozenset({"hotline_12345", "hotline_12350"})
_RUNNING = frozenset(
    {"accepted", "verifying", "substantiated", "partly", "unsubstantiated", "rectifying"}
)
_RECEIVED = frozenset({"received"})


def _pauses(record: Any) -> tuple[Suspension, ...]:
    return pause(record.suspended_on, record.resumed_on, record.suspension_ground)


DEADLINE = Deadline(
    type="complaint",
    states=_RUNNING | _RECEIVED,
    label=N_("办理期限"),
    person="handler_id",
    runs=(
        Run(
            clock="hotline_order", start="received_on", states=_RUNNING | _RECEIVED,
            only={"channel": _HOTLINES},
        ),
        Run(clock="petition_acceptance", start="received_on", states=_RECEIVED),
        Run(clock="petition_handling", start="accepted_on", states=_RUNNING),
    ),
    paused_in=frozenset({"suspended"}),
    pauses=_pauses,
    extended="extended_to",
)  # fmt: skip
