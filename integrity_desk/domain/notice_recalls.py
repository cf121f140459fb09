"""What hangs in public and is no longer right: by when it comes down, or is put right.

行政处罚法 48, 85: a published decision that is changed or revoked is taken back within three
working days, and why is told. Other records of bad faith follow by analogy.
"""

from __future__ import annotations

from integrity_desk.domain.deadline_lines import Deadline, Run
from integrity_desk.domain.due_days import derive_due_day
from integrity_desk.wording import N_

RECALLED_AFTER = ("revoke", "correct", "repair", "delist")
"""Acts on an integrity record after which it may not go on hanging."""

RECALLED_IN = frozenset({"revoked", "corrected", "repaired", "delisted"})
"""The states those acts lead to."""

_POSTED = frozenset({"posted"})

DEADLINE = Deadline(
    type="notice", states=_POSTED, label=N_("撤下或更正"), field="recall_by_on",
    runs=(Run(clock="penalty_withdrawal", start="recall_from_on", states=_POSTED),),
)  # fmt: skip
"""It is met when the notice is taken down, or the announcement about that record is posted."""

with_recall_day = derive_due_day(DEADLINE)
