"""Letters: offered for a record as it stands, previewed, printed once with a number, kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from integrity_desk.domain.fields import Id
from integrity_desk.domain.inquiries import Inquiry
from integrity_desk.domain.letter_templates import LetterTemplate
from integrity_desk.domain.letters import Letter, WrittenLetter, letter_code
from integrity_desk.domain.records import Record, type_of
from integrity_desk.errors import InvalidInput, NotPermitted, StepRefused
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.inquiries import ReadReport, read_report
from integrity_desk.services.letter_content import compose_letter
from integrity_desk.services.letter_keeping import (
    bytes_of,
    draw_letters,
    earlier_letters,
    keep_letter,
    note_printing,
    numbered,
)
from integrity_desk.services.letter_templates import bundled, template_in_force
from integrity_desk.services.visibility import may_see
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import N_, _, in_chinese

CREDIT_REPORT = "credit_report"
"""What answers an inquiry is written by ``AnswerInquiry``; here it is printed again."""
_CREDIT_REPORT_TITLE = N_("信用报告")
_MOST_TOGETHER = 2_000


@dataclass(frozen=True, kw_only=True)
class LetterOffer:
    """A letter that fits a record as it stands."""

    template: str
    title: str


@dataclass(frozen=True, kw_only=True)
class WrittenLine:
    """A letter written before; ``note`` says its number, version and day."""

    id: Id
    title: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Letters:
    """What may be written for a record, and what has been, newest first."""

    offered: tuple[LetterOffer, ...] = ()
    written: tuple[WrittenLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ListLetters(Question[Letters]):
    """The letters of one record."""

    record_id: Id


@dataclass(frozen=True, kw_only=True)
class PreviewLetter(Question[bytes]):
    """The PDF as it would be printed now; refused with a sentence while fields are missing."""

    permission: ClassVar[str] = "print"
    record_id: Id
    template: str
    bundled_fonts: bool = False


@dataclass(frozen=True, kw_only=True)
class ReadLetter(Question[bytes]):
    """A written letter, byte for byte."""

    permission: ClassVar[str] = "print"
    id: Id


@dataclass(frozen=True, kw_only=True)
class PrintLetter(Command["PrintedLetters"]):
    """Write the letter of one record: numbered, kept; the same content is the same version."""

    permission: ClassVar[str] = "print"
    record_id: Id
    template: str
    copies: int = 1
    bundled_fonts: bool = False


@dataclass(frozen=True, kw_only=True)
class PrintLetterAgain(Command["PrintedLetters"]):
    """Note that a written letter goes to the printer once more, unchanged."""

    permission: ClassVar[str] = "print"
    id: Id
    copies: int = 1


@dataclass(frozen=True, kw_only=True)
class PrintLetters(Command["PrintedLetters"]):
    """Write the letters of many records into one file, each beginning on a page of its own."""

    permission: ClassVar[str] = "print"
    record_ids: tuple[Id, ...]
    bundled_fonts: bool = False


@dataclass(frozen=True, kw_only=True)
class PreviewLetters(Question[bytes]):
    """What ``PrintLetters`` would print; nothing is written."""

    permission: ClassVar[str] = "print"
    record_ids: tuple[Id, ...]
    bundled_fonts: bool = False


@dataclass(frozen=True, kw_only=True)
class PrintedLetters:
    """What was printed; ``number`` is that of the first."""

    pdf: bytes
    number: str
    version: int
    code: str
    count: int = 1


@answers(ListLetters)
def list_letters(question: ListLetters, reader: Reader) -> Letters:
    """Look at the record's type, state and fields."""
    record = reader.load_any(question.record_id)
    if not may_see(record, reader) or not reader.actor.may("print"):
        return Letters()
    written = reader.find(WrittenLetter, record_id=record.id)
    return Letters(
        offered=tuple(_offers(record, reader)),
        written=tuple(_line(each) for each in reversed(written)),
    )


@answers(PreviewLetter)
def preview_letter(question: PreviewLetter, reader: Reader) -> bytes:
    """Draw what would be printed; a letter not yet written shows no number and proves nothing."""
    record = _of_reader(question.record_id, reader)
    if question.template == CREDIT_REPORT:
        return read_report(ReadReport(inquiry_id=record.id), reader)
    with in_chinese():
        letter, kept = _to_print(record, question.template, reader)
        return (
            bytes_of(kept, reader) if kept else draw_letters((letter,), question.bundled_fonts)[0]
        )


@answers(ReadLetter)
def read_letter(question: ReadLetter, reader: Reader) -> bytes:
    """Put the kept bytes together."""
    letter = reader.load(WrittenLetter, question.id)
    _of_reader(letter.record_id, reader)
    return bytes_of(letter, reader)


@performs(PrintLetter)
def print_letter(command: PrintLetter, work: UnitOfWork) -> PrintedLetters:
    """Number, draw, keep and note; unchanged content is printed from what was kept."""
    record = _of_reader(command.record_id, work)
    if command.template == CREDIT_REPORT:
        pdf = read_report(ReadReport(inquiry_id=record.id), work)
        note_printing(record, _(_CREDIT_REPORT_TITLE), record.number, pdf, command.copies, work)
        return PrintedLetters(pdf=pdf, number=record.number, version=1, code="")
    with in_chinese():
        letter, kept = _to_print(record, command.template, work)
        if kept is not None:
            return _again(kept, record, command.copies, work)
        letter = numbered(letter, record, command.template, work)
        pdf, fonts = draw_letters((letter,), command.bundled_fonts)
    keep_letter(letter, record, command.template, pdf, fonts, 1, work)
    note_printing(record, letter.title, letter.number, pdf, command.copies, work)
    return _printed(letter, pdf)


@performs(PrintLetterAgain)
def print_letter_again(command: PrintLetterAgain, work: UnitOfWork) -> PrintedLetters:
    """Read what was kept and note it."""
    letter = work.load(WrittenLetter, command.id)
    return _again(letter, _of_reader(letter.record_id, work), command.copies, work)


@answers(PreviewLetters)
def preview_letters(question: PreviewLetters, reader: Reader) -> bytes:
    """Draw them all, unnumbered unless they bear their record's number."""
    with in_chinese():
        letters = [each[0] for each in _composed(question.record_ids, reader)]
        return draw_letters(letters, question.bundled_fonts)[0]


@performs(PrintLetters)
def print_letters(command: PrintLetters, work: UnitOfWork) -> PrintedLetters:
    """Write one after another; of each record the first letter that fits it."""
    with in_chinese():
        written = [
            (numbered(letter, record, template, work), record, template)
            for letter, record, template in _composed(command.record_ids, work)
        ]
        pdf, fonts = draw_letters([each[0] for each in written], command.bundled_fonts)
    for letter, record, template in written:
        keep_letter(letter, record, template, pdf, fonts, len(written), work)
    letter, record, _template = written[0]
    note_printing(record, letter.title, letter.number, pdf, 1, work, rows=len(written))
    return dataclasses.replace(_printed(letter, pdf), count=len(written))


def _composed(record_ids: tuple[Id, ...], reader: Reader) -> Iterator[tuple[Letter, Record, str]]:
    """Yield the first letter that fits each record; refused when one has none."""
    if not record_ids:
        raise InvalidInput("record_ids", _("请先在列表中选择要打印的登记。"))
    if len(record_ids) > _MOST_TOGETHER:
        raise InvalidInput(
            "record_ids", _("一次最多打印{most}份，请分批选择。").format(most=f"{_MOST_TOGETHER:,}")
        )
    for done, record_id in enumerate(dict.fromkeys(record_ids), start=1):
        record = _of_reader(record_id, reader)
        template = _first_offer(record, reader)
        yield compose_letter(template_in_force(template, reader), record, reader), record, template
        reader.progress.step(done, len(record_ids), _("拟写文书"))


def fits(template: LetterTemplate, record: Record) -> bool:
    """Whether a letter may be written for a record as it stands."""
    declared = type_of(record)
    if declared.name not in template.types:
        return False
    if template.states and record.state not in template.states:
        return False
    if any(getattr(record, name) == declared.field(name).empty for name in template.filled):
        return False
    return all(str(getattr(record, name)) in codes for name, codes in template.when.items())


def _offers(record: Record, reader: Reader) -> list[LetterOffer]:
    life = type_of(record).life
    if life is not None and life.state(record.state).private:
        return []
    offers = [
        LetterOffer(template=each.id, title=template_in_force(each.id, reader).title)
        for each in bundled().values()
        if fits(each, record)
    ]
    if isinstance(record, Inquiry):
        offers.append(LetterOffer(template=CREDIT_REPORT, title=_(_CREDIT_REPORT_TITLE)))
    return sorted(offers, key=lambda offer: offer.template in _GENERAL)


_GENERAL = frozenset({"contents", "handover"})
"""Papers of every file stand behind those of the record's own state."""


def _first_offer(record: Record, reader: Reader) -> str:
    for offer in _offers(record, reader):
        if offer.template != CREDIT_REPORT:
            return offer.template
    raise StepRefused(
        _("“{record}”在当前状态下没有可以打印的文书，请从选择中去掉。").format(
            record=type_of(record).title_of(record)
        )
    )


def _of_reader(record_id: Id, reader: Reader) -> Record:
    record = reader.load_any(record_id)
    if not may_see(record, reader):
        raise NotPermitted(_("这条内容只对经办人和复核员开放。"))
    return record


def _to_print(
    record: Record, template_id: str, reader: Reader
) -> tuple[Letter, WrittenLetter | None]:
    """Return the letter, unnumbered if new; and the kept one when it says the same."""
    template = template_in_force(template_id, reader)
    if not fits(template, record):
        raise StepRefused(
            _("“{record}”在当前状态下不能打印“{title}”。").format(
                record=type_of(record).title_of(record), title=template.title
            )
        )
    for kept in reversed(earlier_letters(record, template_id, reader)):
        again = compose_letter(
            template, record, reader, number=kept.number, version=kept.version or 0,
            issued_on=kept.issued_on,
        )  # fmt: skip
        if letter_code(again) == kept.code and kept.together == 1:
            return again, kept
    return compose_letter(template, record, reader), None


def _again(kept: WrittenLetter, record: Record, copies: int, work: UnitOfWork) -> PrintedLetters:
    pdf = bytes_of(kept, work)
    note_printing(record, kept.title, kept.number, pdf, copies, work)
    return PrintedLetters(pdf=pdf, number=kept.number, version=kept.version or 1, code=kept.code)


def _printed(letter: Letter, pdf: bytes) -> PrintedLetters:
    return PrintedLetters(
        pdf=pdf, number=letter.number, version=letter.version, code=letter_code(letter)
    )


def _line(letter: WrittenLetter) -> WrittenLine:
    day: date | None = letter.issued_on
    note = _("{number} · 第{version}版 · {day}").format(
        number=letter.number, version=letter.version, day=day or ""
    )
    return WrittenLine(id=letter.id, title=letter.title, note=note)
