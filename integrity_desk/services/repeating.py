"""Sending everything again: for a county, or a neighbour, that lost what it had received."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from integrity_desk.errors import StepRefused
from integrity_desk.services.acts import Command, performs
from integrity_desk.services.county_trust import county_of
from integrity_desk.services.sealing import want_everything
from integrity_desk.storage import deliveries
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _


@dataclass(frozen=True, kw_only=True)
class RepeatEverything(Command[None]):
    """Put everything this desk ever sent into its next bundle, beside what is due."""

    permission: ClassVar[str] = "exchange"


@performs(RepeatEverything)
def repeat_everything(command: RepeatEverything, work: UnitOfWork) -> None:
    """Note it; the next sealing makes a snapshot, which is taken in whatever is missing before."""
    county_of(work)
    if not deliveries.bundles(work.database):
        raise StepRefused(_("本登记点还没有封过同步包，不必重报。直接封包上报即可。"))
    want_everything(work)
