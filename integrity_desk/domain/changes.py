"""What a command touched: screens compare it with what they show, and refresh."""

from __future__ import annotations

from dataclasses import dataclass, field

from integrity_desk.domain.fields import Id


@dataclass(frozen=True, kw_only=True)
class Changes:
    """The record types and records that one command wrote, and other parts of the store."""

    types: frozenset[str] = field(default_factory=frozenset)
    records: frozenset[Id] = field(default_factory=frozenset)
    parts: frozenset[str] = field(default_factory=frozenset)
    """Other parts written: "bundles", "settings", "accounts"."""

    def touches(self, *types: str) -> bool:
        """Whether any of the named record types was written."""
        return not self.types.isdisjoint(types)
