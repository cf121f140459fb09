"""Whether a paper that is no notice is genuine: its number and code held against what was kept."""

from __future__ import annotations

from integrity_desk.domain.display import local_minute
from integrity_desk.domain.inquiries import CreditReport, Inquiry
from integrity_desk.domain.letters import WrittenLetter
from integrity_desk.services.sheet_verdicts import SheetVerdict, bare
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _


def verify_other(number: str, code: str, reader: Reader) -> SheetVerdict | None:
    """Return what the store knows of the letter or report of that number; None for neither."""
    return verify_letter(number, code, reader) or verify_report(number, code, reader)


def verify_report(number: str, code: str, reader: Reader) -> SheetVerdict | None:
    """Return what the store knows of a credit report; None when the number is of no inquiry."""
    inquiries = reader.find(Inquiry, number=number)
    if not inquiries:
        return None
    inquiry = inquiries[0]
    title = _("信用报告：{asked_by}").format(asked_by=inquiry.asked_by)
    printed = reader.find(CreditReport, inquiry_id=inquiry.id)
    for each in printed:
        if bare(each.code) == code:
            when = local_minute(each.printed_at) if each.printed_at else ""
            sentence = _("此信用报告属实（{when}出具），所载内容截至出具之日。").format(when=when)
            return SheetVerdict(genuine=True, standing="current", sentence=sentence, title=title)
    sentence = _("编号“{number}”存在，但校验码不符：此单内容被改动过，或不是本登记点印发的。")
    return SheetVerdict(
        genuine=False, standing="wrong_code", sentence=sentence.format(number=number), title=title
    )


def verify_letter(number: str, code: str, reader: Reader) -> SheetVerdict | None:
    """Return what the store knows of a letter; None when the number is of no letter."""
    written = reader.find(WrittenLetter, number=number)
    if not written:
        return None
    matching = [each for each in written if bare(each.code) == code]
    title = (matching or written)[-1].title
    if not matching:
        sentence = _("编号“{number}”存在，但校验码不符：此单内容被改动过，或不是本登记点印发的。")
        return SheetVerdict(
            genuine=False, standing="wrong_code", sentence=sentence.format(number=number),
            title=title,
        )  # fmt: skip
    when = local_minute(matching[-1].printed_at) if matching[-1].printed_at else ""
    newest = max(each.version or 0 for each in written)
    if (matching[-1].version or 0) < newest:
        sentence = _("此件属实（{when}打印），但已有新版本，请以新版为准。")
        standing = "superseded"
    else:
        sentence, standing = _("此件属实，是现行有效的版本（{when}打印）。"), "current"
    return SheetVerdict(
        genuine=True, standing=standing, sentence=sentence.format(when=when), title=title
    )
