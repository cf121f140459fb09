"""How long a bundle may wait for its receipt, as ``resources/rules/delivery.toml`` has it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from integrity_desk.domain.times import china_day
from integrity_desk.paths import resource


@dataclass(frozen=True, kw_only=True)
class ReceiptRule:
    """After ``days`` without a receipt the county should be asked."""

    days: int
    clause: str
    effective_from: date


@lru_cache(maxsize=1)
def receipt_rule() -> ReceiptRule:
    """Read the one rule there is."""
    with resource("rules/delivery.toml").open("rb") as file:
        return ReceiptRule(**tomllib.load(file)["receipt"])


def receipt_days() -> int:
    """Return after how many days without a receipt the county should be asked."""
    return receipt_rule().days


def days_without_receipt(waits_since: datetime | None, now: datetime) -> int:
    """Return the days a bundle that was carried has waited; 0 unless they are too many."""
    if waits_since is None:
        return 0
    days = (china_day(now) - china_day(waits_since)).days
    return days if days > receipt_days() else 0
