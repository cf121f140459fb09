"""Letters: what one says, apart from how it looks, and how a written one is kept.

A letter is numbered when it is first printed and kept byte for byte. The same content is the same
version; changed content of the same record is the next version of the same number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from integrity_desk.domain.fields import Id, day, link, long_text, moment, number, text
from integrity_desk.domain.records import Record, record_type
from integrity_desk.domain.reports import Ending, Paragraph, Proof, Table, digest_of
from integrity_desk.domain.sheets import code_of, qr_text_of

SUBJECTS = (
    "commitment", "complaint", "sealed_item", "integrity_record", "measure", "objection", "repair",
    "rectification_order", "notice", "pledge", "inquiry", "proposal", "question", "unit", "person",
)  # fmt: skip
"""Types about whose records letters are written."""


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading inside a letter, in black type."""

    text: str


@dataclass(frozen=True, kw_only=True)
class BlankLine:
    """A line to be filled in by hand: its label, and a rule after it."""

    label: str


LetterBlock = Paragraph | Heading | BlankLine | Table


@dataclass(frozen=True, kw_only=True)
class Letter:
    """Everything that one version of a letter says; without a number it is not yet written."""

    title: str
    number: str
    version: int
    issuer: str
    addressee: str
    blocks: tuple[LetterBlock, ...]
    issued_on: date
    letterhead: bool = True
    sealed: bool = True
    place: str = ""
    """The record it is about, for error messages and the outline; not printed."""

    @property
    def ending(self) -> Ending:
        """Who issues it and when."""
        return Ending(issuer=self.issuer, issued_on=self.issued_on, sealed=self.sealed)


def letter_code(letter: Letter) -> str:
    """Return the code printed on the letter, e.g. ``9F3A-6C21-77E0``."""
    return code_of(digest_of(letter))


def letter_proof(letter: Letter) -> Proof | None:
    """Return what proves the letter unchanged; None before it is written."""
    if not letter.number:
        return None
    code = letter_code(letter)
    return Proof(
        number=letter.number, version=letter.version, code=code,
        qr_text=qr_text_of(code, letter.version, letter.number),
    )  # fmt: skip


@record_type(
    "letter", label="文书", prefix="文", title="title", register=False, synced=False,
    handed_out=False, written_once=True,
)  # fmt: skip
class WrittenLetter(Record):
    """One version of a letter as it went out. It stays on this desk."""

    record_id: Id = link("所属登记", to=SUBJECTS, section="文书", required=True)
    template: str = text("模板", managed=True, required=True)
    title: str = text("文书名称", managed=True, required=True, listed=12)
    version: int | None = number("版次", managed=True, required=True, listed=4)
    code: str = text("校验码", managed=True, required=True, listed=14)
    issued_on: date | None = day("成文日期", managed=True, listed=7)
    pages: int | None = number("页数", managed=True)
    together: int | None = number("同一文件中的份数", managed=True)
    fonts: str = text("所用字体", managed=True)
    printed_by: Id = link("打印人", to="account", managed=True)
    printed_at: datetime | None = moment("打印时间", managed=True, listed=9)
    sha256: str = text("文件摘要", managed=True, required=True)


@record_type(
    "letter_template", label="文书模板", title="title", register=False, synced=False,
    handed_out=False, written_once=True,
)  # fmt: skip
class EditedTemplate(Record):
    """An administrator's words for one kind of letter, instead of those that came with it."""

    template: str = text("模板", managed=True, required=True)
    title: str = text("文书名称", managed=True, required=True)
    addressee: str = text("主送", managed=True)
    body: str = long_text("正文", managed=True, required=True)
