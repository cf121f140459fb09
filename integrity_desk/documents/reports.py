"""Reports on paper: one renderer for every report that flows over pages.

Margins of the binding edge after GB/T 9704-2012; smaller type than an official letter, because
a report is read at a desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from integrity_desk.documents.blocks import ASCENT, write_centred, write_paragraph
from integrity_desk.documents.charts import chart_height, write_chart
from integrity_desk.documents.fonts import Fonts, Role
from integrity_desk.documents.lines import set_paragraph
from integrity_desk.documents.page import (
    A4,
    A4_LANDSCAPE,
    MARGIN_LEFT,
    MARGIN_RIGHT,
    MM,
    Flow,
    PdfFile,
    total_wording,
)
from integrity_desk.documents.pens import GREY, Pen
from integrity_desk.documents.report_ending import ending_height, write_ending
from integrity_desk.documents.tables import TableStyle, write_table
from integrity_desk.domain.charts import Chart
from integrity_desk.domain.reports import (
    Block,
    Lines,
    Paragraph,
    Report,
    Section,
    Table,
    report_proof,
)
from integrity_desk.wording import _


def render_report(report: Report, fonts: Fonts) -> bytes:
    """Return the report as a PDF; MissingCharacter names the place of a character without glyph."""
    fonts.check(_texts(report))
    size = A4_LANDSCAPE if report.landscape else A4
    pdf = PdfFile(
        fonts, title=report.title, subject=report.number or report.subtitle,
        author=report.author, made_on=report.made_on, size=size,
    )  # fmt: skip
    flow = Flow(
        pdf, x=MARGIN_LEFT, width=pdf.width - MARGIN_LEFT - MARGIN_RIGHT,
        top=pdf.height - _TOP, bottom=_BOTTOM, furnish=lambda: _furnish(pdf, report),
    )  # fmt: skip
    _write_title(flow, report)
    write_sections(flow, report.sections, ending_height(report.ending) if report.ending else 0.0)
    if report.ending is not None:
        write_ending(flow, report.ending, report_proof(report))
    pdf.end_page()
    return pdf.to_bytes()


def write_sections(flow: Flow, sections: Sequence[Section], keep: float = 0.0) -> None:
    """Write chapters with what stands under them; ``keep`` is what must follow the last words."""
    for left, section in zip(reversed(range(len(sections))), sections, strict=True):
        _write_section(flow, section, 0.0 if left else keep)


def texts_of(sections: Iterable[Section], title: str) -> Iterator[tuple[str, str]]:
    """Yield (place, text) of all that is said, for ``Fonts.check``."""
    for section in sections:
        place = section.heading or title
        yield place, section.heading
        for block in section.blocks:
            yield from _texts_of(block, place)


_TOP, _BOTTOM = 30 * MM, 27 * MM
_SIZE, _LEADING = 12.0, 20.0
_AFTER = 6.0
"""Room after a block."""
_TABLE = TableStyle(size=9.5, leading=14, padding=3.5, careful=True)
_HEADING_SIZES = (14.0, 12.5)
_LABEL_SHARE = 0.34
"""Most of the width that the labels of ``Lines`` may take."""


def _write_title(flow: Flow, report: Report) -> None:
    pdf = flow.pdf
    pdf.bookmark(report.title)
    write_centred(flow, pdf.pen(Role.TITLE, 20), report.title, 30)
    pen = pdf.pen(Role.BODY, 11)
    for text in filter(None, (report.subtitle, report.number)):
        write_centred(flow, pen, text, 18)
    flow.y -= 8


def _write_section(flow: Flow, section: Section, keep: float) -> None:
    pdf = flow.pdf
    if section.new_page and flow.y < flow.top:
        flow.next_page()
    if section.heading:
        level = min(section.level, len(_HEADING_SIZES) - 1)
        pen = pdf.pen(Role.HEAD, _HEADING_SIZES[level])
        first = section.blocks[0] if section.blocks else None
        kept = chart_height(flow, first) if isinstance(first, Chart) else 0.0
        flow.need(_LEADING * 2 + max(kept, _LEADING * 2))
        if flow.y < flow.top:
            flow.y -= 8
        pdf.bookmark(section.heading, level + 1)
        write_paragraph(flow, pen, section.heading, _LEADING * 1.1, indent_em=0)
    for left, block in zip(reversed(range(len(section.blocks))), section.blocks, strict=True):
        _write_block(flow, block, 0.0 if left else keep + _AFTER)
        flow.y -= _AFTER


def _write_block(flow: Flow, block: Block, keep: float) -> None:
    pdf = flow.pdf
    if isinstance(block, Chart):
        write_chart(flow, block)
    elif isinstance(block, Paragraph):
        _write_text(flow, block.text, indent_em=2.0 if block.indented else 0.0, keep=keep)
    elif isinstance(block, Lines):
        _write_lines(flow, block)
    elif block.rows or not block.empty:
        write_table(flow, block.columns, block.rows, _TABLE)
    else:
        _write_text(flow, block.empty, indent_em=2.0, pen=pdf.pen(Role.BODY, _SIZE, GREY))


def _write_text(
    flow: Flow, text: str, *, indent_em: float, pen: Pen | None = None, keep: float = 0.0
) -> None:
    used = pen or flow.pdf.pen(Role.BODY, _SIZE)
    parts = [each for each in text.split("\n") if each]
    for left, each in zip(reversed(range(len(parts))), parts, strict=True):
        kept = 0.0 if left else keep
        write_paragraph(flow, used, each, _LEADING, indent_em=indent_em, keep=kept)


def _write_lines(flow: Flow, block: Lines) -> None:
    """Labels in one column, values beside them; a long value goes on below itself."""
    pdf = flow.pdf
    label_pen, pen = pdf.pen(Role.HEAD, _SIZE), pdf.pen(Role.BODY, _SIZE)
    items = [(label, value) for label, value in block.items if value]
    widest = max((label_pen.width(label) for label, _value in items), default=0.0)
    column = min(widest, flow.width * _LABEL_SHARE) + _SIZE
    for label, value in items:
        _write_line(flow, label_pen, pen, label, value, column)


def _write_line(
    flow: Flow, label_pen: Pen, pen: Pen, label: str, value: str, column: float
) -> None:
    labels = set_paragraph(
        label, label_pen.typeface, (column - _SIZE / 2) / _SIZE * 1000, ragged=True
    )
    measure = (flow.width - column) / _SIZE * 1000
    values = [
        line for part in value.split("\n") for line in set_paragraph(part, pen.typeface, measure)
    ]
    for at in range(max(len(labels), len(values))):
        flow.need(_LEADING)
        y = flow.y - (_LEADING - _SIZE) / 2 - ASCENT * _SIZE
        if at < len(labels):
            flow.pdf.write(label_pen.at(flow.x, y, label_pen.show_line(labels[at])))
        if at < len(values):
            flow.pdf.write(pen.at(flow.x + column, y, pen.show_line(values[at])))
        flow.y -= _LEADING


def _furnish(pdf: PdfFile, report: Report) -> None:
    """Number and footer at the left, page and pages in the middle; from page 2 on the title."""
    small = pdf.pen(Role.BODY, 8, GREY)
    y = _BOTTOM - 10 * MM
    left = "　".join(filter(None, (report.number, report.footer)))
    page = _("第{page}页").format(page=pdf.page_number) + "　"
    right = pdf.width - MARGIN_RIGHT - small.width(total_wording(1000))
    pdf.write(small.text(MARGIN_LEFT, y, left))
    pdf.write(small.right(right, y, page))
    pdf.total_pages(small, right, y, total_wording)
    if pdf.page_number > 1:
        pdf.write(small.text(MARGIN_LEFT, pdf.height - _TOP + 6 * MM, report.title))


def _texts(report: Report) -> Iterator[tuple[str, str]]:
    yield _("标题"), report.title
    yield _("副标题"), report.subtitle
    yield _("编号"), report.number
    yield _("页脚"), report.footer
    if report.ending is not None:
        yield _("落款"), report.ending.issuer
    yield from texts_of(report.sections, report.title)


def _texts_of(block: Block, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(block, Paragraph):
        yield place, block.text
    elif isinstance(block, Lines):
        for label, value in block.items:
            yield f"{place}“{label}”", label + value
    elif isinstance(block, Table):
        yield place, block.empty
        yield from ((place, column.heading) for column in block.columns)
        for row in block.rows:
            named = zip(block.columns, row.cells, strict=True)
            yield from ((f"{row.place or place}“{c.heading}”", text) for c, text in named)
    else:
        yield place, block.title
        yield from ((block.title, text) for text in (*block.categories, block.unit))
        yield from ((block.title, each.name) for each in block.series)
