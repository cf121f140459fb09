"""Charts laid out: rectangles, lines and labels, the same for the window and for paper.

Lengths are points, x from the left, y from the top downwards; a label's y is its baseline.
Shades are numbers of series; the drawer has a colour for each. Text widths come from the drawer,
because window and paper have different faces.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from integrity_desk.domain.charts import Chart, ChartKind
from integrity_desk.domain.sheets import Align

Measure = Callable[[str, float], float]
"""Width of a text at a type size, in points."""

SIZE = 9.0
"""Type size of everything but the title."""
TITLE_SIZE = 11.0
SHADES = 6
"""How many series are told apart by shade."""


@dataclass(frozen=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    shade: int


@dataclass(frozen=True)
class Rule:
    """A thin straight line: the axis (strong), or a line of the scale."""

    x: float
    y: float
    x2: float
    y2: float
    strong: bool = False


@dataclass(frozen=True)
class Path:
    """The course of one series."""

    points: tuple[tuple[float, float], ...]
    shade: int


@dataclass(frozen=True)
class Label:
    """One line of text."""

    x: float
    y: float
    text: str
    size: float = SIZE
    align: Align = Align.LEFT
    quiet: bool = False
    """Set in a lighter colour: scale and units."""


Shape = Box | Rule | Path | Label


@dataclass(frozen=True)
class Drawing:
    """A chart ready to be drawn."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def lay_out(chart: Chart, width: float, measure: Measure) -> Drawing:
    """Return the shapes of ``chart`` at this width; the height follows from the content."""
    body = _BODIES[chart.kind](chart, width, measure)
    title = Label(0, TITLE_SIZE, chart.title, TITLE_SIZE)
    return Drawing(width, body.height, (title, *body.shapes))


def scale_end(largest: float, *, whole: bool = True) -> float:
    """Return the end of a scale that holds ``largest`` and falls into four round steps.

    ``whole`` is for what is counted: then no step is a fraction.
    """
    least = largest / _STEPS
    if least <= 1 and whole:
        return float(_STEPS)
    power = 10.0 ** math.floor(math.log10(least)) if least > 0 else 1.0
    steps = (step * power for step in _ROUND_STEPS)
    return next(
        _STEPS * step
        for step in steps
        if step >= least * (1 - 1e-9) and (not whole or step == int(step))
    )


_ROUND_STEPS = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
_HEAD = TITLE_SIZE + 12
_LINE = SIZE * 1.5
_PLOT_HEIGHT = 112.0
_STEPS = 4
_GAP = 6.0


def _bars(chart: Chart, width: float, measure: Measure) -> Drawing:
    """Category, lying bar, number: one line each; several series one after another in one bar."""
    left = min(max((measure(each, SIZE) for each in chart.categories), default=0), width * 0.4)
    rows = list(zip(*(each.values for each in chart.series), strict=True))
    right = max((measure(_told(chart, values), SIZE) for values in rows), default=0)
    room, top = width - left - right - 3 * _GAP, _top_of_bars(chart)
    shapes: list[Shape] = []
    y = _HEAD
    for category, values in zip(chart.categories, rows, strict=True):
        lines = _wrapped(category, left, measure)
        height = len(lines) * _LINE + 2
        middle = y + height / 2
        first = middle - (len(lines) - 1) * _LINE / 2 + SIZE * 0.36
        shapes += [
            Label(left, first + at * _LINE, line, align=Align.RIGHT)
            for at, line in enumerate(lines)
        ]
        x = left + _GAP
        for shade, value in enumerate(values):
            length = room * (value or 0) / top
            shapes.append(Box(x, middle - 5, length, 10, shade))
            x += length
        shapes.append(Label(x + _GAP, middle + SIZE * 0.36, _told(chart, values)))
        y += height
    shapes.append(Rule(left + _GAP, _HEAD, left + _GAP, y, strong=True))
    y += _GAP
    if len(chart.series) > 1:
        legend, y = _legend([each.name for each in chart.series], y, width, measure)
        shapes += legend
    return Drawing(width, y, tuple(shapes))


def _told(chart: Chart, values: Sequence[float | None]) -> str:
    """The number beside a bar; of one in several parts, each part: 3+1件."""
    *parts, last = values
    return "".join(f"{part or 0:.{chart.decimals}f}+" for part in parts) + chart.words(last)


def _top_of_bars(chart: Chart) -> float:
    if chart.top is not None or len(chart.series) == 1:
        return _top(chart)
    wholes = (
        sum(value or 0 for value in row)
        for row in zip(*(each.values for each in chart.series), strict=True)
    )
    return scale_end(max(wholes, default=0), whole=not chart.decimals)


def _grouped(chart: Chart, width: float, measure: Measure) -> Drawing:
    """Upright bars side by side, numbers on top where they fit."""
    plot, shapes = _plot(chart, width, measure)
    slot = plot.width / max(len(chart.categories), 1)
    count = len(chart.series)
    bar = min(slot * 0.76 / count, 34.0)
    for at, _category in enumerate(chart.categories):
        x = plot.x + slot * (at + 0.5) - bar * count / 2
        for shade, each in enumerate(chart.series):
            value = each.values[at]
            y = plot.y_of(value or 0)
            shapes.append(Box(x + bar * 0.06, y, bar * 0.88, plot.bottom - y, shade))
            text = chart.words(value)
            if measure(text, SIZE) <= bar * 1.1:
                shapes.append(Label(x + bar / 2, y - 3, text, align=Align.CENTER))
            x += bar
    return _labelled(chart, plot, shapes, width, measure)


def _course(chart: Chart, width: float, measure: Measure) -> Drawing:
    """One line a series over the categories; a gap where there is nothing to count."""
    plot, shapes = _plot(chart, width, measure)
    slot = plot.width / max(len(chart.categories), 1)
    ends: list[tuple[tuple[float, float], str]] = []
    for shade, each in enumerate(chart.series):
        run: list[tuple[float, float]] = []
        for at, value in enumerate((*each.values, None)):
            if value is not None:
                point = plot.x + slot * (at + 0.5), plot.y_of(value)
                run.append(point)
                shapes.append(Box(point[0] - 2.4, point[1] - 2.4, 4.8, 4.8, shade))
                if len(chart.series) == 1:
                    text = chart.words(value)
                    shapes.append(Label(point[0], point[1] - 6, text, align=Align.CENTER))
                elif at == len(each.values) - 1:
                    ends.append((point, chart.words(value)))
            elif run:
                shapes.append(Path(tuple(run), shade))
                run = []
    shapes += _apart(ends, plot.bottom)
    return _labelled(chart, plot, shapes, width, measure)


def _apart(ends: list[tuple[tuple[float, float], str]], bottom: float) -> Iterator[Label]:
    """The last number of each course at its right, none upon another, none below the field."""
    highest = bottom - (len(ends) - 1) * (SIZE + 1)
    above = -math.inf
    for (x, y), text in sorted(ends, key=lambda each: each[0][1]):
        above = max(min(y, highest), above + SIZE + 1)
        highest += SIZE + 1
        yield Label(x + _GAP, above + SIZE * 0.36, text)


def _shares(chart: Chart, width: float, measure: Measure) -> Drawing:
    """One long bar cut into its parts, and under it each part with number and share."""
    values = [max(value or 0.0, 0.0) for value in chart.series[0].values]
    whole = sum(values) or 1.0
    shapes: list[Shape] = []
    x = 0.0
    for shade, value in enumerate(values):
        shapes.append(Box(x, _HEAD, width * value / whole, 18, shade))
        x += width * value / whole
    legend = [
        f"{category} {chart.words(value)}（{value * 100 / whole:.0f}%）"
        for category, value in zip(chart.categories, values, strict=True)
    ]
    more, bottom = _legend(legend, _HEAD + 18 + _GAP, width, measure)
    return Drawing(width, bottom, (*shapes, *more))


_BODIES = {
    ChartKind.BAR: _bars,
    ChartKind.GROUPED: _grouped,
    ChartKind.LINE: _course,
    ChartKind.SHARE: _shares,
}


@dataclass(frozen=True)
class _Plot:
    """The field between the axes."""

    x: float
    y: float
    width: float
    bottom: float
    top: float

    def y_of(self, value: float) -> float:
        """Return where a value stands."""
        return self.bottom - (self.bottom - self.y) * value / self.top


def _plot(chart: Chart, width: float, measure: Measure) -> tuple[_Plot, list[Shape]]:
    """Return the field, with the lines of the scale and their numbers."""
    top = _top(chart)
    ticks = [(top * at / _STEPS, f"{top * at / _STEPS:g}") for at in range(_STEPS + 1)]
    left = max(measure(text + chart.unit, SIZE) for _value, text in ticks) + _GAP
    y = _HEAD + SIZE
    plot = _Plot(left, y, width - left, y + _PLOT_HEIGHT, top)
    shapes: list[Shape] = []
    for value, text in ticks:
        line = plot.y_of(value)
        shapes.append(Rule(left, line, width, line, strong=not value))
        shapes.append(
            Label(left - _GAP, line + SIZE * 0.36, text + chart.unit, align=Align.RIGHT, quiet=True)
        )
    return plot, shapes


def _labelled(
    chart: Chart, plot: _Plot, shapes: list[Shape], width: float, measure: Measure
) -> Drawing:
    """Add the categories under the field and, for several series, the legend."""
    slot = plot.width / max(len(chart.categories), 1)
    deepest = 0
    for at, category in enumerate(chart.categories):
        lines = _wrapped(category, slot - 2, measure)
        deepest = max(deepest, len(lines))
        for line, text in enumerate(lines):
            y = plot.bottom + SIZE * 1.4 + line * _LINE
            shapes.append(Label(plot.x + slot * (at + 0.5), y, text, align=Align.CENTER))
    bottom = plot.bottom + deepest * _LINE + _GAP
    if len(chart.series) > 1:
        names = [each.name for each in chart.series]
        legend, bottom = _legend(names, bottom + 2, width, measure)
        shapes += legend
    return Drawing(width, bottom, tuple(shapes))


def _legend(
    names: list[str], top: float, width: float, measure: Measure
) -> tuple[list[Shape], float]:
    shapes: list[Shape] = []
    x, y = 0.0, top
    for shade, name in enumerate(names):
        needed = 14 + measure(name, SIZE)
        if x and x + needed > width:
            x, y = 0.0, y + _LINE
        shapes.append(Box(x, y + 2, 9, 9, shade))
        shapes.append(Label(x + 13, y + SIZE + 1, name))
        x += needed + 14
    return shapes, y + _LINE + _GAP


def _top(chart: Chart) -> float:
    if chart.top is not None:
        return chart.top
    values = [value for each in chart.series for value in each.values if value is not None]
    return scale_end(max(values, default=0), whole=not chart.decimals)


def _wrapped(text: str, width: float, measure: Measure) -> list[str]:
    return list(_parts(text, max(width, SIZE), measure))


def _parts(text: str, width: float, measure: Measure) -> Iterator[str]:
    line = ""
    for char in text:
        if line and measure(line + char, SIZE) > width:
            yield line
            line = ""
        line += char
    yield line
