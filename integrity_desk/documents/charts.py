"""Charts on paper: the shapes of ``domain/chart_shapes`` as vectors, in the document's faces.

The shades differ in lightness too, so that they stay apart on a black-and-white printer.
"""

from __future__ import annotations

from integrity_desk.documents.fonts import Role
from integrity_desk.documents.page import Flow, PdfFile
from integrity_desk.documents.pens import BLACK, GREY, Colour
from integrity_desk.domain.chart_shapes import (
    TITLE_SIZE,
    Box,
    Drawing,
    Label,
    Path,
    Rule,
    Shape,
    lay_out,
)
from integrity_desk.domain.charts import Chart
from integrity_desk.domain.sheets import Align


def write_chart(flow: Flow, chart: Chart) -> None:
    """Draw a chart at full width; it is not divided between pages."""
    drawing = _laid_out(flow, chart)
    flow.need(drawing.height)
    draw(flow.pdf, drawing, flow.x, flow.y)
    flow.y -= drawing.height


def chart_height(flow: Flow, chart: Chart) -> float:
    """Return the height that a chart will take."""
    return _laid_out(flow, chart).height


def draw(pdf: PdfFile, drawing: Drawing, x: float, top: float) -> None:
    """Draw the shapes with the drawing's upper left corner at (x, top)."""
    for shape in drawing.shapes:
        _draw_one(pdf, shape, x, top)


_SHADES: tuple[Colour, ...] = (
    (0.10, 0.33, 0.60), (0.86, 0.55, 0.16), (0.45, 0.67, 0.84), (0.35, 0.35, 0.38),
    (0.94, 0.80, 0.48), (0.76, 0.77, 0.79),
)  # fmt: skip
_SCALE: Colour = (0.82, 0.82, 0.84)


def _laid_out(flow: Flow, chart: Chart) -> Drawing:
    typeface = flow.pdf.fonts.typeface(Role.BODY)
    return lay_out(chart, flow.width, lambda text, size: typeface.width(text) * size / 1000)


def _draw_one(pdf: PdfFile, shape: Shape, x: float, top: float) -> None:
    if isinstance(shape, Box):
        pdf.write(
            f"q {_parts(_shade(shape.shade))} rg {x + shape.x:.2f}"
            f" {top - shape.y - shape.height:.2f} {shape.width:.2f} {shape.height:.2f} re f Q"
        )
    elif isinstance(shape, Rule):
        width, colour = (0.8, BLACK) if shape.strong else (0.4, _SCALE)
        pdf.line(x + shape.x, top - shape.y, x + shape.x2, top - shape.y2, width, colour)
    elif isinstance(shape, Path):
        steps = " ".join(
            f"{x + px:.2f} {top - py:.2f} {'l' if at else 'm'}"
            for at, (px, py) in enumerate(shape.points)
        )
        pdf.write(f"q {_parts(_shade(shape.shade))} RG 1.6 w 1 j {steps} S Q")
    else:
        _write_label(pdf, shape, x, top)


def _write_label(pdf: PdfFile, label: Label, x: float, top: float) -> None:
    role = Role.HEAD if label.size == TITLE_SIZE else Role.BODY
    pen = pdf.pen(role, label.size, GREY if label.quiet else BLACK)
    place = {Align.LEFT: pen.text, Align.CENTER: pen.centred, Align.RIGHT: pen.right}[label.align]
    pdf.write(place(x + label.x, top - label.y, label.text))


def _shade(number: int) -> Colour:
    return _SHADES[number % len(_SHADES)]


def _parts(colour: Colour) -> str:
    return " ".join(f"{part:g}" for part in colour)
