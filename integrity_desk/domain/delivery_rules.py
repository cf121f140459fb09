"""How long a bundle may wait for its receipt, as ``resources/rules/delivery.toml`` has it."""

from __future__ import annotations

import tomllib
from datetime import datetime
from functools import lru_cache

from integrity_desk.domain.times import china_day
from integrity_desk.paths import resource


@lru_cache(maxsize=1)
def receipt_days() -> int:
    """Return after how many days without a receipt the county should be asked."""
    with resource("rules/delivery.toml").open("rb") as file:
        return int(tomllib.load(file)["receipt"]["days"])


def days_without_receipt(
    carried_at: datetime | None, receipted_at: datetime | None, now: datetime
) -> int:
    """Return the days since a bundle was carried; 0 unless it has waited too long."""
    if carried_at is None or receipted_at is not None:
        return 0
    days = (china_day(now) - china_day(carried_at)).days
    return days if days > receipt_days() else 0
