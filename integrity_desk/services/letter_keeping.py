"""How letters are drawn, numbered, kept byte for byte, and noted."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from io import BytesIO

from integrity_desk.domain.letters import Letter, WrittenLetter, letter_code
from integrity_desk.domain.records import Record, made, type_of
from integrity_desk.domain.steps import check
from integrity_desk.services.handing_out import note_handout
from integrity_desk.services.letter_templates import bundled
from integrity_desk.storage import attachments
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _


def earlier_letters(record: Record, template_id: str, reader: Reader) -> list[WrittenLetter]:
    """Return the versions of a letter that were written of a record, oldest first."""
    return reader.find(WrittenLetter, record_id=record.id, template=template_id)


def numbered(letter: Letter, record: Record, template_id: str, work: UnitOfWork) -> Letter:
    """Give the letter its number, or that of its earlier versions, and the next version."""
    earlier = earlier_letters(record, template_id, work)
    if earlier:
        number, version = earlier[-1].number, max(each.version or 0 for each in earlier) + 1
        same = dataclasses.replace(letter, number=number, version=version - 1)
        if letter_code(same) == earlier[-1].code:  # printed before, in one file with others
            version -= 1
    else:
        own = bundled()[template_id].own_number and record.number
        number = record.number if own else work.next_number(type_of(WrittenLetter).prefix)
        version = 1
    return dataclasses.replace(letter, number=number, version=version)


def keep_letter(
    letter: Letter, record: Record, template: str, pdf: bytes, fonts: str, together: int,
    work: UnitOfWork,
) -> None:  # fmt: skip
    """Keep a letter with the file it stands in, ``together`` letters in all."""
    sha256, _size = work.put_blob(BytesIO(pdf))
    written = made(
        WrittenLetter,
        number=letter.number,
        record_id=record.id,
        template=template,
        title=letter.title,
        version=letter.version,
        code=letter_code(letter),
        issued_on=letter.issued_on,
        pages=_pages(pdf) if together == 1 else None,
        together=together,
        fonts=fonts,
        printed_by=work.actor.account_id,
        printed_at=work.now.replace(microsecond=0),
        sha256=sha256,
    )
    check(written)
    work.add(written)


def note_printing(
    record: Record, title: str, number: str, pdf: bytes, copies: int, work: UnitOfWork,
    rows: int = 1,
) -> None:  # fmt: skip
    """Note who printed what, as exports are noted."""
    note_handout(
        work,
        register=type_of(record).name,
        narrowed=_("{title} {number}").format(title=title, number=number),
        rows=rows,
        digest=hashlib.sha256(pdf).hexdigest(),
        reason=_("打印文书，{copies}份").format(copies=copies),
    )


def bytes_of(letter: WrittenLetter, reader: Reader) -> bytes:
    """Return the file a letter was printed from."""
    return b"".join(attachments.chunks(reader.database, letter.sha256))


def draw_letters(letters: Sequence[Letter], bundled_fonts: bool) -> tuple[bytes, str]:
    """Return the PDF, and the faces it was set in."""
    from integrity_desk.documents.fonts import Fonts  # noqa: PLC0415  (lazy: reportlab)
    from integrity_desk.documents.letters import render_letters  # noqa: PLC0415

    fonts = Fonts(bundled_only=bundled_fonts)
    pdf = render_letters(letters, fonts)
    return pdf, "；".join(f"{role}：{face}" for role, face in fonts.faces().items())


def _pages(pdf: bytes) -> int:
    from integrity_desk.documents.preview import page_count  # noqa: PLC0415  (lazy: pdfium)

    return page_count(pdf)
