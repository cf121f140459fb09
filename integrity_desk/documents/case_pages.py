"""The pages of a case file that the program writes: cover, contents, sheets, dividers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from integrity_desk.documents.blocks import ASCENT, write_centred, write_paragraph
from integrity_desk.documents.fonts import Role
from integrity_desk.documents.lines import set_paragraph
from integrity_desk.documents.page import MARGIN_LEFT, MARGIN_RIGHT, MM, Flow, PdfFile
from integrity_desk.documents.pens import BLACK, GREY, RED
from integrity_desk.documents.reports import write_sections
from integrity_desk.documents.tables import TableStyle, write_table
from integrity_desk.domain.case_files import CaseFile, Sheet
from integrity_desk.domain.reports import Lines, Section
from integrity_desk.domain.sheets import Align, Column, Row
from integrity_desk.wording import _

SIDE = 10 * MM
FRAME_TOP = 16 * MM
"""What enclosures leave free: at three sides, and at the top for page number and name."""


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What stands at the head of every page: the case, what is shown, page and pages."""

    pdf: PdfFile
    file: CaseFile
    total: int

    def furnish(self, shown: str = "") -> None:
        """Write the page number at the upper right, where case files have it; the case left."""
        pdf = self.pdf
        y = pdf.height - 9.5 * MM
        place = _("第{page}页　共{total}页").format(page=pdf.page_number, total=self.total)
        pen, small = pdf.pen(Role.BODY, 9.5), pdf.pen(Role.BODY, 8, GREY)
        pdf.write(pen.right(pdf.width - SIDE, y, place))
        words = "　".join(filter(None, (self.file.title, self.file.number, shown)))
        room = pdf.width - 2 * SIDE - pen.width(place) - 12
        while small.width(words) > room:
            words = words.removesuffix("…")[:-1] + "…"
        pdf.write(small.text(SIDE, y, words))

    def flow(self, *, top: float = 30 * MM) -> Flow:
        """Return a flow over pages of A4 with these marks."""
        pdf = self.pdf
        return Flow(
            pdf, x=MARGIN_LEFT, width=pdf.width - MARGIN_LEFT - MARGIN_RIGHT,
            top=pdf.height - top, bottom=22 * MM, furnish=self.furnish,
        )  # fmt: skip


def write_cover(marks: Marks, enclosures: int, pieces: int) -> None:
    """Write whose case it is, what it is about, how much is in it and who may read it."""
    pdf, file = marks.pdf, marks.file
    flow = marks.flow(top=44 * MM)
    pdf.bookmark(_("封面"))
    write_centred(flow, pdf.pen(Role.BODY, 18), file.issuer, 30)
    flow.y -= 10 * MM
    write_centred(flow, pdf.pen(Role.TITLE, 44), _spaced(file.title), 66)
    flow.y -= 12 * MM
    counted = _("共{pieces}件（其中附件{enclosures}件），{pages}页")
    counted = counted.format(pieces=pieces, enclosures=enclosures, pages=marks.total)
    for label, value in (
        (_("案卷题名"), file.subject), (_("编号"), file.number), *file.lines, (_("卷内"), counted),
    ):  # fmt: skip
        if value:
            _write_ruled(flow, label, value)
    flow.y = min(flow.y - 3 * MM, flow.bottom + 40 * MM)
    if file.note:
        _write_boxed(flow, file.note, _NOTE_SIZE)
    small = pdf.pen(Role.BODY, 9, GREY)
    pdf.write(small.centred(pdf.width / 2, flow.bottom, file.footer))
    pdf.end_page()


def write_contents(marks: Marks, rows: Sequence[tuple[str, ...]]) -> None:
    """Write the list of pieces, in the columns of case files."""
    pdf = marks.pdf
    flow = marks.flow()
    pdf.bookmark(_("卷内目录"))
    write_centred(flow, pdf.pen(Role.TITLE, 22), _("卷内目录"), 40)
    flow.y -= 4
    columns = (
        Column(heading=_("顺序号"), width=1.4, align=Align.CENTER),
        Column(heading=_("文号"), width=3.8),
        Column(heading=_("责任者"), width=2.6),
        Column(heading=_("题名"), width=5.0),
        Column(heading=_("日期"), width=2.3, align=Align.CENTER),
        Column(heading=_("页号"), width=1.2, align=Align.CENTER),
        Column(heading=_("备注"), width=1.9, align=Align.CENTER),
    )
    told = tuple(Row(cells=cells, place=cells[3]) for cells in rows)
    write_table(flow, columns, told, _TABLE)
    pdf.end_page()


def write_sheet(marks: Marks, sheet: Sheet) -> None:
    """Write what the registers say, on pages of its own."""
    pdf = marks.pdf
    flow = marks.flow()
    write_centred(flow, pdf.pen(Role.TITLE, 20), sheet.title, 32)
    if sheet.number:
        write_centred(flow, pdf.pen(Role.BODY, 11), sheet.number, 18)
    flow.y -= 8
    write_sections(flow, sheet.sections)
    pdf.end_page()


def write_divider(
    marks: Marks, title: str, facts: Sequence[tuple[str, str]], why: str, *, pages: int, number: int
) -> None:
    """Write the page before an enclosure: its number, its name, its facts; why it is not there."""
    pdf = marks.pdf
    flow = marks.flow(top=78 * MM)
    pdf.line(flow.x, flow.y + 8 * MM, flow.x + flow.width, flow.y + 8 * MM, 1.2, BLACK)
    heading = _("附件{number}").format(number=number) if number else _("卷内文件")
    write_centred(flow, pdf.pen(Role.HEAD, 34), heading, 58)
    write_centred(flow, pdf.pen(Role.TITLE, 20), title, 32)
    flow.y -= 6 * MM
    pdf.line(flow.x, flow.y, flow.x + flow.width, flow.y, 1.2, BLACK)
    flow.y -= 10 * MM
    first = pdf.page_number + 1
    place = _("第{first}页").format(first=first)
    if pages > 1:
        place = _("第{first}—{last}页").format(first=first, last=first + pages - 1)
    shown = (*facts, (_("卷内页号"), place)) if pages else tuple(facts)
    write_sections(flow, (Section(blocks=(Lines(items=shown),)),))
    if why:
        flow.y -= 4 * MM
        _write_boxed(flow, why, 13)
    pdf.end_page()


_TABLE = TableStyle(size=10.5, leading=15, padding=4, careful=True)
_COVER_SIZE, _COVER_LEADING = 14.0, 22.0
_LABEL_WIDTH = 30 * MM
_NOTE_SIZE = 12.0


def _write_ruled(flow: Flow, label: str, value: str) -> None:
    """A label and a value over a rule, as on the covers of case files."""
    pdf = flow.pdf
    head, pen = pdf.pen(Role.HEAD, _COVER_SIZE), pdf.pen(Role.BODY, _COVER_SIZE)
    left = flow.x + _LABEL_WIDTH
    measure = (flow.width - _LABEL_WIDTH) / pen.size * 1000
    for at, line in enumerate(set_paragraph(value, pen.typeface, measure, ragged=True)):
        flow.need(_COVER_LEADING)
        y = flow.y - (_COVER_LEADING - pen.size) / 2 - ASCENT * pen.size
        if not at:
            pdf.write(head.text(flow.x, y, label))
        pdf.write(pen.at(left, y, pen.show_line(line)))
        flow.y -= _COVER_LEADING
    pdf.line(left, flow.y, flow.x + flow.width, flow.y, 0.6, GREY)
    flow.y -= 5


def _write_boxed(flow: Flow, words: str, size: float) -> None:
    """A sentence that must not be overlooked, in a box."""
    pdf = flow.pdf
    pen = pdf.pen(Role.BODY, size)
    leading, inset = size * 1.6, 4 * MM
    inner = Flow(
        pdf, x=flow.x + inset, width=flow.width - 2 * inset, top=flow.y - inset * 0.6,
        bottom=flow.bottom, furnish=lambda: None,
    )  # fmt: skip
    write_paragraph(inner, pen, words, leading, indent_em=0)
    bottom = inner.y - inset * 0.6
    pdf.frame(flow.x, bottom, flow.width, flow.y - bottom, 1.0, RED)
    flow.y = bottom - inset


def _spaced(title: str) -> str:
    return "\u2002".join(title) if len(title) <= 6 else title
