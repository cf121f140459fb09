"""Official letters on A4, on the grid of GB/T 9704-2012: 22 lines of 28 characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from integrity_desk.documents.blocks import (
    ASCENT,
    balanced,
    fitting_size,
    write_paragraph,
)
from integrity_desk.documents.fonts import Fonts, Role
from integrity_desk.documents.page import (
    A4,
    BODY_LEADING,
    BODY_SIZE,
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MARGIN_RIGHT,
    MARGIN_TOP,
    MM,
    Flow,
    PdfFile,
)
from integrity_desk.documents.pens import BLACK, GREY, RED
from integrity_desk.documents.report_ending import ending_height, write_ending
from integrity_desk.documents.tables import TableStyle, write_table
from integrity_desk.domain.letters import BlankLine, Heading, Letter, LetterBlock, letter_proof
from integrity_desk.domain.reports import Paragraph, Table
from integrity_desk.wording import _

LINES, CHARACTERS = 22, 28
"""The grid."""


def render_letter(letter: Letter, fonts: Fonts) -> bytes:
    """Return one letter as a PDF; MissingCharacter names the place."""
    return render_letters((letter,), fonts)


def render_letters(letters: Sequence[Letter], fonts: Fonts) -> bytes:
    """Return letters as one PDF, each on pages of its own, numbered from one."""
    first = letters[0]
    fonts.check(text for letter in letters for text in _texts(letter))
    pdf = PdfFile(
        fonts, title=first.title, subject=first.number, author=first.issuer,
        made_on=first.issued_on, size=A4,
    )  # fmt: skip
    for letter in letters:
        _write_letter(pdf, letter, outlined=len(letters) > 1)
    return pdf.to_bytes()


_TITLE_SIZE, _TITLE_LEADING = 22.0, 34.0
_ISSUER_SIZE = 34.0
_PAGE_NUMBER_SIZE = 14.0
"""No. 4 type; the number's upper edge is 7 mm below the text block."""
_TABLE = TableStyle(size=10.5, leading=16, padding=4, careful=True)
_RULED_SHARE = 0.55
"""How much of the line a blank and its label take."""


def _write_letter(pdf: PdfFile, letter: Letter, *, outlined: bool) -> None:
    first_page = pdf.page_number
    flow = Flow(
        pdf, x=MARGIN_LEFT, width=pdf.width - MARGIN_LEFT - MARGIN_RIGHT,
        top=pdf.height - MARGIN_TOP, bottom=pdf.height - MARGIN_TOP - LINES * BODY_LEADING,
        furnish=lambda: _furnish(pdf, letter, pdf.page_number - first_page + 1),
    )  # fmt: skip
    name = _("{title}　{place}").format(title=letter.title, place=letter.place)
    pdf.bookmark(name if outlined else letter.title)
    if letter.letterhead:
        _write_letterhead(flow, letter)
    _write_title(flow, letter)
    if letter.addressee:
        pen = pdf.pen(Role.BODY, BODY_SIZE)
        line = _("{addressee}：").format(addressee=letter.addressee)
        write_paragraph(flow, pen, line, BODY_LEADING, indent_em=0)
    left = len(letter.blocks)
    seal = ending_height(letter.ending) if letter.sealed else 0.0
    for block in letter.blocks:
        left -= 1
        if isinstance(block, Heading):
            keep = 3 * BODY_LEADING + seal if left == 1 else 2 * BODY_LEADING
        else:
            keep = 0.0 if left else seal
        _write_block(flow, block, keep)
    if letter.sealed:
        flow.y -= 0.4 * BODY_LEADING
        write_ending(flow, letter.ending, letter_proof(letter), BODY_SIZE)
    pdf.end_page()


def _write_letterhead(flow: Flow, letter: Letter) -> None:
    """Issuer in red over a double rule, the number at its right: four lines of the grid."""
    pdf = flow.pdf
    size = fitting_size(pdf, Role.TITLE, letter.issuer, flow.width * 0.96, _ISSUER_SIZE)
    middle, right = flow.x + flow.width / 2, flow.x + flow.width
    pdf.write(pdf.pen(Role.TITLE, size, RED).centred(middle, flow.y - 36, letter.issuer))
    pdf.line(flow.x, flow.y - 54, right, flow.y - 54, 2.4, RED)
    pdf.line(flow.x, flow.y - 57.4, right, flow.y - 57.4, 0.8, RED)
    number = letter.number or _("（打印时编号）")
    y = flow.y - 2 * BODY_LEADING - (BODY_LEADING - BODY_SIZE) / 2 - ASCENT * BODY_SIZE
    pdf.write(pdf.pen(Role.BODY, BODY_SIZE).right(right, y - 4, number))
    flow.y -= 3 * BODY_LEADING


def _write_title(flow: Flow, letter: Letter) -> None:
    """The title in the middle of two lines more than it has; the text begins on a line."""
    pdf = flow.pdf
    pen = pdf.pen(Role.TITLE, _TITLE_SIZE)
    lines = balanced(pen, letter.title, flow.width)
    taken = (len(lines) + 2) * BODY_LEADING
    y = flow.y - (taken - len(lines) * _TITLE_LEADING) / 2
    for line in lines:
        y -= _TITLE_LEADING
        pdf.write(pen.centred(flow.x + flow.width / 2, y + 0.3 * _TITLE_SIZE, line))
    flow.y -= taken
    if not letter.letterhead and letter.number:
        small = pdf.pen(Role.BODY, 10.5)
        number = _("编号：{number}").format(number=letter.number)
        pdf.write(small.right(flow.x + flow.width, flow.y + BODY_LEADING * 0.25, number))


def _write_block(flow: Flow, block: LetterBlock, keep: float) -> None:
    """Write one block; ``keep`` is the height that must follow it on its page."""
    pdf = flow.pdf
    body = pdf.pen(Role.BODY, BODY_SIZE)
    if isinstance(block, Heading):
        head = pdf.pen(Role.HEAD, BODY_SIZE)
        write_paragraph(flow, head, block.text, BODY_LEADING, keep=keep)
    elif isinstance(block, Paragraph):
        indent = 2.0 if block.indented else 0.0
        write_paragraph(flow, body, block.text, BODY_LEADING, indent_em=indent, keep=keep)
    elif isinstance(block, BlankLine):
        _write_blank(flow, block, keep)
    elif block.rows or not block.empty:
        _write_table(flow, block)
    else:
        write_paragraph(flow, body, block.empty, BODY_LEADING)


def _write_blank(flow: Flow, block: BlankLine, keep: float) -> None:
    """A label at the right half of the line and a rule up to its end."""
    pdf = flow.pdf
    flow.need(BODY_LEADING + keep)
    pen = pdf.pen(Role.BODY, BODY_SIZE)
    y = flow.y - (BODY_LEADING - BODY_SIZE) / 2 - ASCENT * BODY_SIZE
    left = flow.x + flow.width * (1 - _RULED_SHARE)
    pdf.write(pen.text(left, y, block.label))
    pdf.line(left + pen.width(block.label), y - 3, flow.x + flow.width, y - 3, 0.6, BLACK)
    flow.y -= BODY_LEADING


def _write_table(flow: Flow, block: Table) -> None:
    """A table has its own measure; what follows it stands on the grid again."""
    flow.y -= 0.3 * BODY_LEADING
    write_table(flow, block.columns, block.rows, _TABLE)
    flow.y -= 0.3 * BODY_LEADING
    gone = (flow.top - flow.y) / BODY_LEADING
    flow.y = flow.top - BODY_LEADING * -(-gone // 1)


def _furnish(pdf: PdfFile, letter: Letter, page: int) -> None:
    """Page number — n — outside, right on odd pages and left on even ones; the number inside."""
    number = f"— {page} —"
    pen, small = pdf.pen(Role.BODY, _PAGE_NUMBER_SIZE), pdf.pen(Role.BODY, 8, GREY)
    y = MARGIN_BOTTOM - 7 * MM - _PAGE_NUMBER_SIZE
    left, right = MARGIN_LEFT + _PAGE_NUMBER_SIZE, pdf.width - MARGIN_RIGHT - _PAGE_NUMBER_SIZE
    if page % 2:
        pdf.write(pen.right(right, y, number))
        if page > 1:
            pdf.write(small.text(MARGIN_LEFT, y, letter.number))
    else:
        pdf.write(pen.text(left, y, number))
        pdf.write(small.right(pdf.width - MARGIN_RIGHT, y, letter.number))


def _texts(letter: Letter) -> Iterator[tuple[str, str]]:
    place = _("{title}　{place}").format(title=letter.title, place=letter.place)
    yield place, letter.title + letter.number + letter.addressee + letter.place
    yield _("落款"), letter.issuer
    for block in letter.blocks:
        if isinstance(block, Table):
            yield place, block.empty
            yield from ((place, column.heading) for column in block.columns)
            for row in block.rows:
                yield from ((row.place or place, cell) for cell in row.cells)
        else:
            yield place, block.label if isinstance(block, BlankLine) else block.text
