"""Official letters on A4, on the grid of GB/T 9704-2012: 22 lines of 28 characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

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
_MOST_LINES = 25
"""So many lines a page at most, where that saves a page."""
_TITLE_CHARACTERS = 18
"""So many of a title surely stand on a line."""


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
        leading = _leading_for(letter, fonts)
        _write_letter(pdf, letter, leading, outlined=len(letters) > 1)
    return pdf.to_bytes()


_TITLE_SIZE, _TITLE_LEADING = 22.0, 34.0
_ISSUER_SIZE = 34.0
_PAGE_NUMBER_SIZE = 14.0
"""No. 4 type; the number's upper edge is 7 mm below the text block."""
_TABLE = TableStyle(size=10.5, leading=16, padding=4, careful=True)
_RULED_SHARE = 0.55
"""How much of the line a blank and its label take."""


def _leading_for(letter: Letter, fonts: Fonts) -> float:
    """Return the grid's leading, or a closer one where that saves a page of a line or two.

    GB/T 9704-2012, 7.3.5.4: where what is left of the page does not hold the seal, the lines
    are brought closer, rather than a seal put on a page of its own.
    """
    if not letter.sealed or _surely_one_page(letter):  # pledges by the thousand are set once
        return BODY_LEADING
    pages = _pages_at(BODY_LEADING, letter, fonts)
    for lines in range(LINES + 1, _MOST_LINES + 1) if pages > 1 else ():
        leading = LINES * BODY_LEADING / lines
        if _pages_at(leading, letter, fonts) < pages:
            return leading
    return BODY_LEADING


def _surely_one_page(letter: Letter) -> bool:
    """Whether a sealed letter fits however its lines break."""
    if any(isinstance(block, Table) for block in letter.blocks):
        return False
    texts = [each.text for each in letter.blocks if not isinstance(each, BlankLine | Table)]
    lines = sum(
        -(-(len(part) + 4) // (CHARACTERS - 1)) for text in texts for part in text.split("\n")
    )
    blanks = sum(isinstance(each, BlankLine) for each in letter.blocks)
    seal = ending_height(letter.ending) / BODY_LEADING + 0.4
    title = -(-len(letter.title) // _TITLE_CHARACTERS) + 2
    head = title + (3 if letter.letterhead else 0) + bool(letter.addressee)
    return lines + blanks + seal + head <= LINES


def _pages_at(leading: float, letter: Letter, fonts: Fonts) -> int:
    scratch = PdfFile(fonts, title="", subject="", author="", made_on=letter.issued_on, size=A4)
    _write_letter(scratch, letter, leading, outlined=False)
    return scratch.page_number - 1


def _write_letter(pdf: PdfFile, letter: Letter, leading: float, *, outlined: bool) -> None:
    first_page = pdf.page_number
    flow = Flow(
        pdf, x=MARGIN_LEFT, width=pdf.width - MARGIN_LEFT - MARGIN_RIGHT,
        top=pdf.height - MARGIN_TOP, bottom=pdf.height - MARGIN_TOP - LINES * BODY_LEADING,
        furnish=lambda: _furnish(pdf, letter, pdf.page_number - first_page + 1),
    )  # fmt: skip
    name = _("{title}　{place}").format(title=letter.title, place=letter.place)
    pdf.bookmark(name if outlined else letter.title)
    if letter.letterhead:
        _write_letterhead(flow, letter, leading)
    _write_title(flow, letter, leading)
    if letter.addressee:
        pen = pdf.pen(Role.BODY, BODY_SIZE)
        line = _("{addressee}：").format(addressee=letter.addressee)
        write_paragraph(flow, pen, line, leading, indent_em=0)
    for at, block in enumerate(letter.blocks):
        _write_block(flow, block, leading, _kept_after(letter, at, leading))
    if letter.sealed:
        flow.y -= 0.4 * leading
        write_ending(flow, letter.ending, letter_proof(letter), BODY_SIZE)
    pdf.end_page()


def _kept_after(letter: Letter, at: int, leading: float) -> float:
    """Return the height that must follow a block on its page: lines to sign, and the seal."""
    block, following = letter.blocks[at], letter.blocks[at + 1 :]
    seal = ending_height(letter.ending) if letter.sealed else 0.0
    blanks = sum(1 for _each in takewhile(lambda each: isinstance(each, BlankLine), following))
    if blanks == len(following):
        return blanks * leading + seal
    if isinstance(block, Heading) and not blanks:
        return 3 * leading + seal if len(following) == 1 else 2 * leading
    return blanks * leading if isinstance(block, Heading | BlankLine) else 0.0


def _write_letterhead(flow: Flow, letter: Letter, leading: float) -> None:
    """Issuer in red over a double rule, the number at its right: four lines of the grid."""
    pdf = flow.pdf
    size = fitting_size(pdf, Role.TITLE, letter.issuer, flow.width * 0.96, _ISSUER_SIZE)
    middle, right = flow.x + flow.width / 2, flow.x + flow.width
    pdf.write(pdf.pen(Role.TITLE, size, RED).centred(middle, flow.y - 36, letter.issuer))
    pdf.line(flow.x, flow.y - 54, right, flow.y - 54, 2.4, RED)
    pdf.line(flow.x, flow.y - 57.4, right, flow.y - 57.4, 0.8, RED)
    number = letter.number or _("（打印时编号）")
    y = flow.y - 2 * leading - (leading - BODY_SIZE) / 2 - ASCENT * BODY_SIZE
    pdf.write(pdf.pen(Role.BODY, BODY_SIZE).right(right, y - 4, number))
    flow.y -= 3 * leading


def _write_title(flow: Flow, letter: Letter, leading: float) -> None:
    """The title in the middle of two lines more than it has; the text begins on a line."""
    pdf = flow.pdf
    pen = pdf.pen(Role.TITLE, _TITLE_SIZE)
    lines = balanced(pen, letter.title, flow.width)
    taken = (len(lines) + 2) * leading
    y = flow.y - (taken - len(lines) * _TITLE_LEADING) / 2
    for line in lines:
        y -= _TITLE_LEADING
        pdf.write(pen.centred(flow.x + flow.width / 2, y + 0.3 * _TITLE_SIZE, line))
    flow.y -= taken
    if not letter.letterhead and letter.number:
        small = pdf.pen(Role.BODY, 10.5)
        number = _("编号：{number}").format(number=letter.number)
        pdf.write(small.right(flow.x + flow.width, flow.y + leading * 0.25, number))


def _write_block(flow: Flow, block: LetterBlock, leading: float, keep: float) -> None:
    """Write one block; ``keep`` is the height that must follow it on its page."""
    pdf = flow.pdf
    body = pdf.pen(Role.BODY, BODY_SIZE)
    if isinstance(block, Heading):
        head = pdf.pen(Role.HEAD, BODY_SIZE)
        write_paragraph(flow, head, block.text, leading, keep=keep)
    elif isinstance(block, Paragraph):
        indent = 2.0 if block.indented else 0.0
        write_paragraph(flow, body, block.text, leading, indent_em=indent, keep=keep)
    elif isinstance(block, BlankLine):
        _write_blank(flow, block, leading, keep)
    elif block.rows or not block.empty:
        _write_table(flow, block, leading)
    else:
        write_paragraph(flow, body, block.empty, leading)


def _write_blank(flow: Flow, block: BlankLine, leading: float, keep: float) -> None:
    """A label at the right half of the line and a rule up to its end."""
    pdf = flow.pdf
    flow.need(leading + keep)
    pen = pdf.pen(Role.BODY, BODY_SIZE)
    y = flow.y - (leading - BODY_SIZE) / 2 - ASCENT * BODY_SIZE
    left = flow.x + flow.width * (1 - _RULED_SHARE)
    pdf.write(pen.text(left, y, block.label))
    pdf.line(left + pen.width(block.label), y - 3, flow.x + flow.width, y - 3, 0.6, BLACK)
    flow.y -= leading


def _write_table(flow: Flow, block: Table, leading: float) -> None:
    """A table has its own measure; what follows it stands on the grid again."""
    flow.y -= 0.3 * leading
    write_table(flow, block.columns, block.rows, _TABLE)
    flow.y -= 0.3 * leading
    gone = (flow.top - flow.y) / leading
    flow.y = flow.top - leading * -(-gone // 1)


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
