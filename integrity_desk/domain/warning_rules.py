"""When commitments are warned of early: days, as ``resources/rules/warnings.toml`` has them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from integrity_desk.paths import resource


@dataclass(frozen=True, kw_only=True)
class WarningRules:
    """Days without progress, and days before a due day, after which a warning is given."""

    clause: str
    effective_from: date
    idle_days: int
    soon_days: int


@lru_cache(maxsize=1)
def commitment_warnings() -> WarningRules:
    """Return the rules for commitments; a desk may choose its own ``idle_days``."""
    with resource("rules/warnings.toml").open("rb") as file:
        return WarningRules(**tomllib.load(file)["commitment"])
