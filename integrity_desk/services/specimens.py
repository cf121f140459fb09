"""One specimen of every paper this program prints, drawn from the sample township.

To add a kind of document, add a line to ``SOURCES``: a function of a desk that yields Specimens.
A test fails while a renderer of ``documents/``, a kind of notice, a letter or a ledger has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from integrity_desk.domain.catalogue import TYPES
from integrity_desk.domain.fields import Id
from integrity_desk.domain.letter_templates import LetterTemplate
from integrity_desk.domain.notices import NoticeKind
from integrity_desk.domain.records import type_named
from integrity_desk.domain.sheets import Paper, RecoverySheet
from integrity_desk.services.acts import Question, answers
from integrity_desk.services.attachments import ListAttachments
from integrity_desk.services.case_files import DrawCaseFile
from integrity_desk.services.desk import Desk
from integrity_desk.services.file_papers import DrawFile
from integrity_desk.services.ledgers import DrawLedger
from integrity_desk.services.letter_templates import bundled
from integrity_desk.services.letters import CREDIT_REPORT, ListLetters, PreviewLetter, PrintLetters
from integrity_desk.services.record_view import OpenRecord, ReadValues
from integrity_desk.services.registers import FetchRows, Filter, ListRecords
from integrity_desk.services.sheets import PRINTABLE, PreviewSheet
from integrity_desk.services.statistics import DrawStatistics, OfferPeriods
from integrity_desk.services.subject_files import ShowFile
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import N_, _


@dataclass(frozen=True, kw_only=True)
class Specimen:
    """One document that can be drawn; ``name`` is that of its file, ``title`` is for people.

    ``renderer`` names the function of ``documents/`` that draws it.
    """

    name: str
    title: str
    renderer: str
    draw: Callable[[], bytes]


def notices(desk: Desk) -> Iterator[Specimen]:
    """Every kind of notice on every paper; one that is or was on the wall, if there is any."""
    for kind in NoticeKind:
        rows: list[int] = []
        for states in (tuple(PRINTABLE), ("taken_down", "withdrawn"), ("in_review", "draft")):
            shown = Filter(type="notice", states=states, equals={"kind": (kind.value,)})
            found = desk.ask(ListRecords(filter=shown))
            rows += found
        for row in desk.ask(FetchRows(type="notice", rows=tuple(rows[:1]))):
            for paper in Paper:
                question = PreviewSheet(notice_id=row.id, paper=paper, bundled_fonts=True)
                yield Specimen(
                    name=f"notice-{kind.value}-{paper.value}",
                    title=_("{kind}（{paper}）").format(kind=_(kind.label), paper=_(paper.label)),
                    renderer="render_notice",
                    draw=lambda question=question: desk.ask(question),  # type: ignore[misc]
                )


def ledgers(desk: Desk) -> Iterator[Specimen]:
    """The ledger of every register, in the columns of its list."""
    for declared in TYPES:
        if declared.register:
            question = DrawLedger(filter=Filter(type=declared.name), bundled_fonts=True)
            yield Specimen(
                name=f"ledger-{declared.name}",
                title=_("{type}台账").format(type=_(declared.label)),
                renderer="render_register",
                draw=lambda question=question: desk.ask(question).pdf,  # type: ignore[misc]
            )


def letters(desk: Desk) -> Iterator[Specimen]:
    """Every kind of letter, of a record of the sample that it fits, and the pledges of many."""
    for template in bundled().values():
        for record_id in _about(template, desk):
            question = PreviewLetter(record_id=record_id, template=template.id, bundled_fonts=True)
            yield Specimen(
                name=f"letter-{template.id}",
                title=template.title,
                renderer="render_letters",
                draw=lambda question=question: desk.ask(question),  # type: ignore[misc]
            )
    pledges = tuple(_ids(Filter(type="pledge", states=("issued",)), desk, most=100))
    command = PrintLetters(record_ids=pledges, bundled_fonts=True)
    yield Specimen(
        name="letters-pledges", title=_("诚信承诺书（批量）"), renderer="render_letters",
        draw=lambda: desk.perform(command).value.pdf,
    )  # fmt: skip


def credit_reports(desk: Desk) -> Iterator[Specimen]:
    """What answered the newest inquiry."""
    for record_id in _ids(Filter(type="inquiry"), desk, most=1):
        yield Specimen(
            name="credit-report", title=_("信用报告"), renderer="render_report",
            draw=lambda record_id=record_id: desk.ask(  # type: ignore[misc]
                PreviewLetter(record_id=record_id, template=CREDIT_REPORT)
            ),
        )  # fmt: skip


def statistics(desk: Desk) -> Iterator[Specimen]:
    """The report of the last quarter and of the year."""
    for period in desk.ask(OfferPeriods())[:9:8]:
        question = DrawStatistics(period=period.code, bundled_fonts=True)
        yield Specimen(
            name=f"statistics-{'quarter' if 'Q' in period.code else 'year'}",
            title=period.words,
            renderer="render_report",
            draw=lambda question=question: desk.ask(question),  # type: ignore[misc]
        )


def _about(template: LetterTemplate, desk: Desk) -> Iterator[Id]:
    """Yield the first record of the sample that the letter fits and that lacks nothing."""
    for type_name in template.types:
        narrowed = Filter(type=type_name, states=template.states, equals=template.when)
        for record_id in _ids(narrowed, desk, most=_LOOKED_THROUGH):
            offered = desk.ask(ListLetters(record_id=record_id)).offered
            if any(each.template == template.id for each in offered):
                yield record_id
                return


def _ids(narrowed: Filter, desk: Desk, *, most: int) -> Iterator[Id]:
    rows = tuple(desk.ask(ListRecords(filter=narrowed))[:most])
    for row in desk.ask(FetchRows(type=narrowed.type, rows=rows)):
        yield row.id


_LOOKED_THROUGH = 40


def files(desk: Desk) -> Iterator[Specimen]:
    """The integrity file of a person and of a unit that have records, in full and short."""
    for type_name in ("person", "unit"):
        subject = _with_a_record(type_name, desk)
        for short in (False, True) if subject else ():
            question = DrawFile(subject_id=subject, short=short, bundled_fonts=True)
            title = _("简要诚信报告（{type}）") if short else _("完整诚信档案（{type}）")
            yield Specimen(
                name=f"file-{type_name}-{'short' if short else 'full'}",
                title=title.format(type=_(type_named(type_name).label)),
                renderer="render_report",
                draw=lambda question=question: desk.ask(question),  # type: ignore[misc]
            )


def case_files(desk: Desk) -> Iterator[Specimen]:
    """The case files of a complaint and of an integrity record that have most in them."""
    for type_name in ("complaint", "integrity_record"):
        question = DrawCaseFile(record_id=_fullest(type_name, desk), bundled_fonts=True)
        yield Specimen(
            name=f"case-file-{type_name}",
            title=_("{type}卷宗").format(type=_(type_named(type_name).label)),
            renderer="render_case_file",
            draw=lambda question=question: desk.ask(question),  # type: ignore[misc]
        )


def _fullest(type_name: str, desk: Desk) -> Id:
    """Return the record with most attachments and most in its chain."""
    best, most = "", (-1, -1)
    for record_id in _ids(Filter(type=type_name), desk, most=_ALL):
        view = desk.ask(OpenRecord(id=record_id))
        life = type_named(type_name).life
        if life is None or not life.state(view.state).private:
            files = len(desk.ask(ListAttachments(owner_id=record_id)))
            if (files, len(view.chain)) > most:
                best, most = record_id, (files, len(view.chain))
    return best


_ALL = 400


def _with_a_record(type_name: str, desk: Desk) -> Id:
    """Return the one of this type whose file has most chapters among the newest records."""
    rows = desk.ask(ListRecords(filter=Filter(type="integrity_record", states=("effective",))))
    best, chapters = "", 0
    for row in desk.ask(FetchRows(type="integrity_record", rows=tuple(rows[:40]))):
        view = desk.ask(ReadValues(id=row.id))
        file = desk.ask(ShowFile(subject_id=view["subject_id"], most=1))
        if file.type == type_name and len(file.chapters) > chapters:
            best, chapters = file.subject_id, len(file.chapters)
    return best


def recovery(desk: Desk) -> Iterator[Specimen]:
    """The sheet for the safe, with a code that opens nothing."""
    yield Specimen(
        name="recovery-sheet", title=_("恢复码保管单"), renderer="render_recovery_sheet",
        draw=lambda: desk.ask(_DrawRecoverySheet()),
    )  # fmt: skip


SOURCES: tuple[Callable[[Desk], Iterable[Specimen]], ...] = (
    notices,
    letters,
    credit_reports,
    statistics,
    ledgers,
    files,
    case_files,
    recovery,
)
"""A line is a family of documents."""


def specimens(desk: Desk) -> tuple[Specimen, ...]:
    """Return every specimen, in the order of the sources; nothing is drawn yet."""
    return tuple(each for source in SOURCES for each in source(desk))


@dataclass(frozen=True, kw_only=True)
class DrawContactSheet(Question[tuple[bytes, bytes]]):
    """The specimens small on few pages: (PDF, its first page as PNG)."""

    drawn: tuple[tuple[str, bytes], ...]
    """(title, PDF) of each."""


@dataclass(frozen=True, kw_only=True)
class DrawPicture(Question[bytes]):
    """The first page of a PDF as a PNG file."""

    pdf: bytes
    dpi: float = 100


@dataclass(frozen=True, kw_only=True)
class _DrawRecoverySheet(Question[bytes]):
    """A recovery sheet that recovers nothing."""


CONTACT_SHEET = N_("全部印件样张")
_THUMBNAIL_DPI = 60


@answers(DrawContactSheet)
def draw_contact_sheet(question: DrawContactSheet, reader: Reader) -> tuple[bytes, bytes]:
    """Picture the first page of each."""
    from integrity_desk.documents.contact_sheet import (  # noqa: PLC0415  (lazy: reportlab)
        Thumbnail,
        render_contact_sheet,
    )
    from integrity_desk.documents.fonts import Fonts  # noqa: PLC0415
    from integrity_desk.documents.png import png  # noqa: PLC0415
    from integrity_desk.documents.preview import page_count, page_image  # noqa: PLC0415

    shown = [
        Thumbnail(name=title, pages=page_count(pdf), image=png(page_image(pdf, 0, _THUMBNAIL_DPI)))
        for title, pdf in question.drawn
    ]
    fonts = Fonts(bundled_only=True)
    sheet = render_contact_sheet(_(CONTACT_SHEET), shown, fonts, made_on=reader.today)
    return sheet, png(page_image(sheet, 0, 100))


@answers(DrawPicture)
def draw_picture(question: DrawPicture, reader: Reader) -> bytes:
    """Draw and pack."""
    from integrity_desk.documents.png import png  # noqa: PLC0415  (lazy: pdfium)
    from integrity_desk.documents.preview import page_image  # noqa: PLC0415

    return png(page_image(question.pdf, 0, question.dpi))


@answers(_DrawRecoverySheet)
def draw_recovery_sheet(question: _DrawRecoverySheet, reader: Reader) -> bytes:
    """Fill in what a new store would."""
    from integrity_desk.documents.fonts import Fonts  # noqa: PLC0415  (lazy: reportlab)
    from integrity_desk.documents.recovery_sheet import render_recovery_sheet  # noqa: PLC0415

    sheet = RecoverySheet(
        unit=reader.desk_name, desk=f"{reader.identity.org}-{reader.identity.desk}",
        code="-".join(["SHIL"] * 8), made_on=reader.today,
    )  # fmt: skip
    return render_recovery_sheet(sheet, Fonts(bundled_only=True))
