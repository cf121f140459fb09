"""One form for every benchmark's figures, so that one table shows them all.

Each module ``bench_*.py`` has ``rows(scale) -> list[Row]``: ``scale`` 1.0 is the full size, a
small one a quick look. Ours and its peer are measured in the same run on the same content, so
the ratio means something on a noisy machine where the seconds do not.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter, process_time


@dataclass(frozen=True, kw_only=True)
class Row:
    """One measured thing: ours and its peer in ``unit``; ``goal`` is the ratio not to exceed."""

    name: str
    ours: float
    peer: float = math.nan
    against: str = ""
    unit: str = "s"
    goal: float = math.nan

    @property
    def ratio(self) -> float:
        """How many times the peer's time ours takes."""
        return self.ours / self.peer if self.peer else math.nan

    @property
    def missed(self) -> bool:
        """Whether a goal was set and not met."""
        return self.ratio > self.goal


def table(rows: Iterable[Row]) -> str:
    """Return the rows as text columns."""
    lines = [("", "ours", "peer", "ratio", "goal", "peer is")]
    for row in rows:
        lines.append(
            (
                row.name,
                f"{_figure(row.ours)} {row.unit}",
                f"{_figure(row.peer)} {row.unit}" if row.peer == row.peer else "",
                f"{_figure(row.ratio)}{' !' if row.missed else ''}" if row.peer == row.peer else "",
                f"≤ {row.goal:g}" if row.goal == row.goal else "",
                row.against,
            )
        )
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(_padded, line, widths)).rstrip() for line in lines)


def seconds(act: Callable[[], object]) -> float:
    """Return how long an act takes."""
    begun = perf_counter()
    act()
    return perf_counter() - begun


def cpu_seconds(act: Callable[[], object]) -> float:
    """Return the processor time of an act."""
    begun = process_time()
    act()
    return process_time() - begun


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value that ``share`` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


def _figure(value: float) -> str:
    if value >= 100 or value == 0:
        return f"{value:,.0f}"
    return f"{value:.{max(0, 2 - math.floor(math.log10(abs(value))))}f}"


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
