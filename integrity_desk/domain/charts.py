"""Charts as content: what is compared, in which unit; window and paper draw the same shapes.

A chart says nothing of fonts and colours. ``chart_shapes.lay_out`` turns it into rectangles,
lines and labels, which the window paints and the PDF writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class ChartKind(Enum):
    """How the numbers are shown."""

    BAR = "bar"
    """One bar a category, lying, so that long names stay readable."""
    GROUPED = "grouped"
    """Several bars side by side for each category."""
    LINE = "line"
    """A course over time; the categories are its points."""
    SHARE = "share"
    """Parts of a whole: the first series, each category with its share."""


@dataclass(frozen=True, kw_only=True)
class Series:
    """One row of numbers, one for each category; None where there is nothing to count."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What a chart compares; ``unit`` follows every number, ``top`` fixes the scale's end."""

    kind: ChartKind
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    top: float | None = None
    decimals: int = 0

    def __post_init__(self) -> None:
        for each in self.series:
            if len(each.values) != len(self.categories):
                raise ValueError(f"series {each.name!r}: {len(each.values)} values")

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(value is not None for each in self.series for value in each.values)

    def words(self, value: float | None) -> str:
        """Return a value as it stands beside its bar; a dash for nothing to count."""
        return "—" if value is None else f"{value:.{self.decimals}f}{self.unit}"

    def said(self) -> tuple[str, ...]:
        """Return the chart in sentences, for those who hear the window read aloud."""
        return tuple(
            f"{category}，{each.name}：{self.words(value)}"
            for each in self.series
            for category, value in zip(self.categories, each.values, strict=True)
        )
