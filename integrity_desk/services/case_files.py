"""Case files on paper: looked at, taken, noted; who complained only for a reason that is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import ClassVar

from integrity_desk.domain.access import Access, Handout
from integrity_desk.domain.case_files import FOLLOWED
from integrity_desk.domain.fields import Id
from integrity_desk.domain.records import Record, record_types, type_of
from integrity_desk.domain.steps import check
from integrity_desk.errors import InvalidInput, NotFound, NotPermitted
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.case_file_content import case_file, case_of, reporters_of
from integrity_desk.services.visibility import may_see
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _, in_chinese


@dataclass(frozen=True, kw_only=True)
class DrawCaseFile(Question[bytes]):
    """The case file as a PDF without who complained; to be looked at, nothing is written down."""

    permission: ClassVar[str] = "print"
    record_id: Id
    bundled_fonts: bool = False


@dataclass(frozen=True, kw_only=True)
class TakeCaseFile(Command["TakenCaseFile"]):
    """The same PDF to be printed or kept, noted like an export.

    ``with_reporter`` adds who complained, for those who may see them and say why.
    """

    permission: ClassVar[str] = "print"
    record_id: Id
    copies: int = 1
    with_reporter: bool = False
    reason: str = ""
    bundled_fonts: bool = False

    @property
    def needs(self) -> str:
        """Showing private values is a permission of its own."""
        return "reveal" if self.with_reporter else self.permission


@dataclass(frozen=True, kw_only=True)
class FindCase(Question[Id]):
    """The record of a number about which there may be a case file; NotFound without one."""

    number: str


@dataclass(frozen=True, kw_only=True)
class TakenCaseFile:
    """What was taken."""

    pdf: bytes
    number: str
    pages: int


@answers(DrawCaseFile)
def draw_case_file(question: DrawCaseFile, reader: Reader) -> bytes:
    """Gather and draw."""
    root = _seen(question.record_id, reader)
    return _drawn(root, reader, with_reporter=False, bundled_fonts=question.bundled_fonts)


@performs(TakeCaseFile)
def take_case_file(command: TakeCaseFile, work: UnitOfWork) -> TakenCaseFile:
    """Draw, and keep the digest of what was taken along with who took it, and why."""
    from integrity_desk.documents.preview import page_count  # noqa: PLC0415  (lazy: pdfium)

    root = _seen(command.record_id, work)
    if command.with_reporter:
        _note_reporters(root, command.reason.strip(), work)
    pdf = _drawn(
        root, work, with_reporter=command.with_reporter, bundled_fonts=command.bundled_fonts
    )
    noted = Handout(
        register=type_of(root).name,
        narrowed=_("卷宗 {number}").format(number=root.number or type_of(root).title_of(root))[
            :200
        ],
        rows=1,
        digest=hashlib.sha256(pdf).hexdigest(),
        handed_by=work.actor.account_id,
        in_full=command.with_reporter,
        reason=command.reason.strip() or _("打印卷宗，{copies}份").format(copies=command.copies),
    )
    check(noted)
    work.add(noted)
    return TakenCaseFile(pdf=pdf, number=root.number, pages=page_count(pdf))


@answers(FindCase)
def find_case(question: FindCase, reader: Reader) -> Id:
    """Look in every register that makes cases."""
    number = question.number.strip()
    for declared in record_types():
        if declared.name in FOLLOWED and declared.prefix:
            for record in reader.find(declared.cls, number=number)[:1]:
                return record.id
    raise NotFound(_("没有编号为“{number}”的登记，请核对编号。").format(number=number))


def _seen(record_id: Id, reader: Reader) -> Record:
    record = reader.load_any(record_id)
    if not may_see(record, reader):
        raise NotPermitted(_("这条内容只对经办人和复核员开放。"))
    return record


def _note_reporters(root: Record, reason: str, work: UnitOfWork) -> None:
    """Note who looked at whom and why, value by value, as every unmasking is noted."""
    if not reason:
        raise InvalidInput("reason", _("卷宗要含投诉举报人信息的，请写明理由。"))
    found = reporters_of(case_of(root, work), work)
    if not found:
        raise InvalidInput("", _("本卷没有登记投诉举报人。"))
    for reporter in found:
        for field in type_of(reporter).typed_fields:
            if field.sensitive and getattr(reporter, field.name):
                access = Access(
                    record_id=reporter.id, field=field.name, reason=reason,
                    seen_by=work.actor.account_id,
                )  # fmt: skip
                check(access)
                work.add(access)


def _drawn(root: Record, reader: Reader, *, with_reporter: bool, bundled_fonts: bool) -> bytes:
    from integrity_desk.documents.case_files import render_case_file  # noqa: PLC0415  (lazy)
    from integrity_desk.documents.fonts import Fonts  # noqa: PLC0415

    with in_chinese():
        content = case_file(root, reader, with_reporter=with_reporter)
        return render_case_file(content, Fonts(bundled_only=bundled_fonts), reader.progress)
