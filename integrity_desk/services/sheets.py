"""Printed sheets: preview, print with a code, print again, and check a sheet from the wall."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from io import BytesIO
from typing import ClassVar

from integrity_desk.domain.display import local_minute
from integrity_desk.domain.fields import Id
from integrity_desk.domain.notices import Notice, PrintedSheet, PrintReason
from integrity_desk.domain.records import type_of
from integrity_desk.domain.sheets import (
    NoticeSheet,
    Paper,
    parse_qr_text,
    sheet_code,
    sheet_qr_text,
)
from integrity_desk.domain.steps import check
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.notice_content import compose
from integrity_desk.services.notices_about import about_it, standing_sentence
from integrity_desk.services.report_checks import verify_other
from integrity_desk.services.sheet_verdicts import SheetVerdict, bare
from integrity_desk.storage import attachments
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _, in_chinese

PRINTABLE = frozenset({"approved", "posted"})
"""States of a notice in which its sheet may go to the printer."""


@dataclass(frozen=True, kw_only=True)
class PreviewSheet(Question[bytes]):
    """The PDF of a notice as it would be printed now; nothing is recorded."""

    notice_id: Id
    paper: Paper = Paper.A4
    bundled_fonts: bool = False


@dataclass(frozen=True, kw_only=True)
class PrintSheet(Command["PrintedPdf"]):
    """Make the sheet that goes to the printer: numbered version, code, kept byte for byte."""

    permission: ClassVar[str] = "print"
    notice_id: Id
    paper: Paper = Paper.A4
    copies: int = 1
    bundled_fonts: bool = False
    reason: PrintReason | None = None
    """Why it is printed again; the first printing needs none."""


@dataclass(frozen=True, kw_only=True)
class VerifySheet(Question["SheetVerdict"]):
    """Whether a sheet is genuine: the text of its QR code, or its number and code."""

    qr_text: str = ""
    number: str = ""
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class ReadPrinted(Question[bytes]):
    """The PDF of one printing, byte for byte as it left; to look at, never to print again."""

    id: Id


@dataclass(frozen=True, kw_only=True)
class PrintedPdf:
    """What was printed."""

    id: Id
    pdf: bytes
    number: str
    version: int
    code: str
    qr_text: str


@answers(PreviewSheet)
def preview_sheet(question: PreviewSheet, reader: Reader) -> bytes:
    """Compose and draw; an unapproved notice shows as such by its missing number."""
    notice = reader.load(Notice, question.notice_id)
    with in_chinese():
        sheet, _reprint = _sheet_to_print(notice, reader)
        return _draw(sheet, question.paper, question.bundled_fonts)[0]


@performs(PrintSheet)
def print_sheet(command: PrintSheet, work: UnitOfWork) -> PrintedPdf:
    """Draw the sheet, keep its bytes, and log the printing; the same content, the same version."""
    notice = work.load(Notice, command.notice_id)
    if notice.state not in PRINTABLE:
        raise StepRefused(_("公示单经批准后才能打印，请先提交审核。"))
    with in_chinese():
        sheet, reprint = _sheet_to_print(notice, work)
        pdf, fonts = _kept(reprint, command.paper, work) or _draw(
            sheet, command.paper, command.bundled_fonts
        )
    sha256, _size = work.put_blob(BytesIO(pdf))
    printed = PrintedSheet(
        notice_id=notice.id,
        version=sheet.version,
        code=sheet_code(sheet),
        paper=command.paper,
        pages=_pages(pdf),
        copies=command.copies,
        reason=command.reason or (PrintReason.MORE if reprint else PrintReason.FIRST),
        fonts=fonts,
        printed_by=work.actor.account_id,
        printed_at=work.now.replace(microsecond=0),
        sha256=sha256,
    )
    check(printed)
    kept = work.add(printed)
    return PrintedPdf(
        id=kept.id,
        pdf=pdf,
        number=sheet.number,
        version=sheet.version,
        code=sheet_code(sheet),
        qr_text=sheet_qr_text(sheet),
    )


@answers(ReadPrinted)
def read_printed(question: ReadPrinted, reader: Reader) -> bytes:
    """Read what was kept."""
    printed = reader.load(PrintedSheet, question.id)
    return b"".join(attachments.chunks(reader.database, printed.sha256))


@answers(VerifySheet)
def verify_sheet(question: VerifySheet, reader: Reader) -> SheetVerdict:
    """Hold number and code against every version this desk has printed; no network is needed."""
    number, code = question.number.strip(), bare(question.code)
    if question.qr_text.strip():
        mark = parse_qr_text(question.qr_text)
        number, code = mark.number, bare(mark.code)
    if not number or not code:
        raise InvalidInput("code", _("请输入公示单的编号和校验码，或扫描二维码。"))
    notices = reader.find(Notice, number=number)
    if not notices:
        return verify_other(number, code, reader) or SheetVerdict(
            genuine=False,
            standing="unknown_number",
            sentence=_("本登记点没有编号为“{number}”的公示，此单不是本登记点印发的。").format(
                number=number
            ),
        )
    return _standing(notices[0], code, reader)


def _standing(notice: Notice, code: str, reader: Reader) -> SheetVerdict:
    printed = reader.find(PrintedSheet, notice_id=notice.id)
    matching = [each for each in printed if bare(each.code) == code]
    if not matching:
        sentence = _("编号“{number}”存在，但校验码不符：此单内容被改动过，或不是本登记点印发的。")
        return _verdict(notice, False, "wrong_code", sentence.format(number=notice.number))
    newest = max(each.version or 0 for each in printed)
    when = local_minute(matching[-1].printed_at) if matching[-1].printed_at else ""
    about = about_it(notice, reader)
    standing = "current"
    if notice.state in ("withdrawn", "taken_down"):
        standing = notice.state
    elif about is not None or (matching[-1].version or 0) < newest:
        standing = "superseded"
    return _verdict(notice, True, standing, standing_sentence(standing, when, about))


def _verdict(notice: Notice, genuine: bool, standing: str, sentence: str) -> SheetVerdict:
    return SheetVerdict(
        genuine=genuine,
        standing=standing,
        sentence=sentence,
        notice_id=notice.id,
        title=type_of(notice).title_of(notice),
    )


def _sheet_to_print(notice: Notice, reader: Reader) -> tuple[NoticeSheet, tuple[PrintedSheet, ...]]:
    """Return the sheet, and the earlier printings whose content it repeats."""
    printed = reader.find(PrintedSheet, notice_id=notice.id)
    newest = max((each.version or 0 for each in printed), default=0)
    latest = compose(notice, newest, reader)
    same = tuple(each for each in printed if newest and each.code == sheet_code(latest))
    return (latest, same) if same else (dataclasses.replace(latest, version=newest + 1), ())


def _kept(same: tuple[PrintedSheet, ...], paper: Paper, reader: Reader) -> tuple[bytes, str] | None:
    """The bytes of an earlier printing of this content on this paper, with its fonts."""
    for each in same:
        if each.paper is paper:
            return b"".join(attachments.chunks(reader.database, each.sha256)), each.fonts
    return None


def _draw(sheet: NoticeSheet, paper: Paper, bundled_fonts: bool) -> tuple[bytes, str]:
    from integrity_desk.documents.fonts import Fonts  # noqa: PLC0415  (lazy: reportlab)
    from integrity_desk.documents.notice_sheets import render_notice  # noqa: PLC0415

    fonts = Fonts(bundled_only=bundled_fonts)
    pdf = render_notice(sheet, paper, fonts)
    return pdf, "；".join(f"{role}：{face}" for role, face in fonts.faces().items())


def _pages(pdf: bytes) -> int:
    from integrity_desk.documents.preview import page_count  # noqa: PLC0415  (lazy: pdfium)

    return page_count(pdf)
