"""Inquiries: asked, answered and logged in one act; kept as the rule says; checked from paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, ClassVar

from integrity_desk.domain.fields import Id
from integrity_desk.domain.inquiries import (
    RETENTION_CLOCK,
    CreditReport,
    Inquiry,
    InquiryResult,
    Purpose,
)
from integrity_desk.domain.records import made
from integrity_desk.domain.reports import Report, report_code, report_qr_text
from integrity_desk.domain.steps import check
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.credit_reports import credit_report
from integrity_desk.services.personal_data import personal_data_report
from integrity_desk.services.standing import Standing, standing_of
from integrity_desk.storage import attachments
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _, in_chinese


@dataclass(frozen=True, kw_only=True)
class AnswerInquiry(Command["Answer"]):
    """Look the subjects up, answer with a numbered report, and log it: one act."""

    permission: ClassVar[str] = "print"
    asked_by: str
    purpose: Purpose
    subject_ids: tuple[Id, ...]
    authority: str = ""
    purpose_note: str = ""
    bundled_fonts: bool = False


@dataclass(frozen=True, kw_only=True)
class ShowOwnData(Command["Answer"]):
    """Print for a person everything that is held on them (个人信息保护法 45); logged as well."""

    permission: ClassVar[str] = "print"
    person_id: Id
    bundled_fonts: bool = False


@dataclass(frozen=True, kw_only=True)
class PreviewStandings(Question["tuple[Standing, ...]"]):
    """How subjects stand, before anybody is told; nothing is logged, so nothing is printed."""

    subject_ids: tuple[Id, ...]


@dataclass(frozen=True, kw_only=True)
class ReadReport(Question[bytes]):
    """The newest printed answer of an inquiry, byte for byte."""

    permission: ClassVar[str] = "print"
    inquiry_id: Id


@dataclass(frozen=True, kw_only=True)
class DeleteInquiry(Command[None]):
    """Take an inquiry out of the log when its time is over; refused before, with the clause."""

    permission: ClassVar[str] = "approve"
    id: Id


@dataclass(frozen=True, kw_only=True)
class CountPast(Question[int]):
    """How many inquiries have been kept as long as the rule says."""

    permission: ClassVar[str] = "approve"


@dataclass(frozen=True, kw_only=True)
class DeletePast(Command[int]):
    """Take all of those out of the log; the outcome is how many."""

    permission: ClassVar[str] = "approve"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was answered."""

    inquiry_id: Id
    number: str
    code: str
    qr_text: str
    pdf: bytes


@performs(AnswerInquiry)
def answer_inquiry(command: AnswerInquiry, work: UnitOfWork) -> Answer:
    """Log who asked, look up, draw, keep the bytes."""
    if not command.subject_ids:
        raise InvalidInput("subject_ids", _("请至少选择一个查询对象。"))
    inquiry = _logged(
        command.asked_by, command.purpose, command.subject_ids, work,
        authority=command.authority.strip(), purpose_note=command.purpose_note.strip(),
    )  # fmt: skip
    standings = _standings(inquiry.subject_ids, work)
    for each in standings:
        work.add(_result(inquiry, each))
    with in_chinese():
        report = credit_report(inquiry, standings, 1, work)
        return _print(inquiry, report, command.bundled_fonts, work)


@performs(ShowOwnData)
def show_own_data(command: ShowOwnData, work: UnitOfWork) -> Answer:
    """Log that the person looked, then print what is held, this look included."""
    person: Any = work.load_any(command.person_id)
    inquiry = _logged(person.name, Purpose.OWN, (person.id,), work)
    work.add(_result(inquiry, standing_of(person, work)))
    with in_chinese():
        report = personal_data_report(inquiry, person, work)
        return _print(inquiry, report, command.bundled_fonts, work)


@answers(PreviewStandings)
def preview_standings(question: PreviewStandings, reader: Reader) -> tuple[Standing, ...]:
    """Look them up."""
    return _standings(question.subject_ids, reader)


@answers(ReadReport)
def read_report(question: ReadReport, reader: Reader) -> bytes:
    """Put the kept bytes together."""
    printed = reader.find(CreditReport, inquiry_id=question.inquiry_id)
    if not printed:
        raise StepRefused(_("这次查询没有出具报告。"))
    return b"".join(attachments.chunks(reader.database, printed[-1].sha256))


@performs(DeleteInquiry)
def delete_inquiry(command: DeleteInquiry, work: UnitOfWork) -> None:
    """Void the inquiry with its results once the rule allows it; the chained log stays whole."""
    inquiry = work.load(Inquiry, command.id)
    if not _kept_long_enough(inquiry, work):
        raise StepRefused(
            _("查询记录应保存到{day}（{clause}），现在不能删除。").format(
                day=inquiry.keep_until, clause=_(inquiry.keep_rule)
            )
        )
    _take_out(inquiry, work)


@answers(CountPast)
def count_past(question: CountPast, reader: Reader) -> int:
    """Count them."""
    return len(_past(reader))


@performs(DeletePast)
def delete_past(command: DeletePast, work: UnitOfWork) -> int:
    """Take each out as one would by itself."""
    past = _past(work)
    for each in past:
        _take_out(each, work)
    return len(past)


def _past(reader: Reader) -> list[Inquiry]:
    """Those whose time is known and over; one without a rule is deleted by hand only."""
    found = reader.find(Inquiry)
    return [each for each in found if each.keep_until and _kept_long_enough(each, reader)]


def _kept_long_enough(inquiry: Inquiry, reader: Reader) -> bool:
    return inquiry.keep_until is None or reader.today > inquiry.keep_until


def _take_out(inquiry: Inquiry, work: UnitOfWork) -> None:
    for cls in (InquiryResult, CreditReport):
        for each in work.find(cls, inquiry_id=inquiry.id):
            work.void(each)
    work.void(inquiry)


def _logged(
    asked_by: str, purpose: Purpose, subject_ids: Sequence[Id], work: UnitOfWork, **more: str
) -> Inquiry:
    until, clause = _retention(work.today, work)
    inquiry = made(
        Inquiry,
        number="",
        asked_by=asked_by.strip(),
        purpose=purpose,
        asked_on=work.today,
        subject_ids=tuple(dict.fromkeys(subject_ids)),
        keep_until=until,
        keep_rule=clause,
        **more,
    )
    check(inquiry)
    numbered = made(Inquiry, **{**inquiry.__dict__, "number": work.next_number("查")})
    return work.add(numbered)


def _retention(asked_on: date, reader: Reader) -> tuple[date | None, str]:
    """Return until when an inquiry made on this day must be kept, and the clause that says so."""
    counted = reader.rules.count(RETENTION_CLOCK, asked_on)
    return (counted.due, counted.clause) if counted else (None, "")


def _standings(subject_ids: Sequence[Id], reader: Reader) -> tuple[Standing, ...]:
    return tuple(standing_of(reader.load_any(each), reader) for each in subject_ids)


def _result(inquiry: Inquiry, standing: Standing) -> InquiryResult:
    return made(
        InquiryResult,
        inquiry_id=inquiry.id,
        subject_id=standing.subject.id,
        subject_name=standing.name,
        in_force=len(standing.in_force),
        disputed=standing.disputed_in_force,
        ended=len(standing.ended),
        trustworthy=len(standing.trustworthy),
        told=standing.told(),
    )


def _print(inquiry: Inquiry, report: Report, bundled_fonts: bool, work: UnitOfWork) -> Answer:
    from integrity_desk.documents.fonts import Fonts  # noqa: PLC0415  (lazy: reportlab)
    from integrity_desk.documents.preview import page_count  # noqa: PLC0415  (lazy: pdfium)
    from integrity_desk.documents.reports import render_report  # noqa: PLC0415

    pdf = render_report(report, Fonts(bundled_only=bundled_fonts))
    sha256, _size = work.put_blob(BytesIO(pdf))
    printed = made(
        CreditReport,
        inquiry_id=inquiry.id,
        version=report.version,
        code=report_code(report),
        pages=page_count(pdf),
        sha256=sha256,
        printed_by=work.actor.account_id,
        printed_at=work.now.replace(microsecond=0),
    )
    check(printed)
    work.add(printed)
    return Answer(
        inquiry_id=inquiry.id,
        number=inquiry.number,
        code=report_code(report),
        qr_text=report_qr_text(report),
        pdf=pdf,
    )
