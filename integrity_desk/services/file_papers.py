"""The integrity file on paper: in full, or as a short report. Who took which is written down.

Both are for use inside the office; who asks from outside gets a credit report (``inquiries``),
which names the purpose and the authority.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from integrity_desk.domain.fields import Id
from integrity_desk.domain.file_chapters import CHAPTERS
from integrity_desk.domain.records import Record, type_of
from integrity_desk.domain.reports import Ending, Lines, Paragraph, Report, Section, Table
from integrity_desk.domain.sheets import Align, Column, Row
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.credit_reports import BASICS, issuer_of, lines_of, standing_sections
from integrity_desk.services.handing_out import note_handout
from integrity_desk.services.standing import standing_of
from integrity_desk.services.subject_files import FileChapter, SubjectFile, file_of, subject_named
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import N_, _, in_chinese


@dataclass(frozen=True, kw_only=True)
class DrawFile(Question[bytes]):
    """The file as a PDF, in full or short; to be looked at, for nothing is written down."""

    permission: ClassVar[str] = "print"
    subject_id: Id
    short: bool = False
    bundled_fonts: bool = False


@dataclass(frozen=True, kw_only=True)
class PrintFile(Command[bytes]):
    """The same PDF, and a line of who took whose file and when."""

    permission: ClassVar[str] = "print"
    subject_id: Id
    short: bool = False
    bundled_fonts: bool = False


_FULL, _SHORT = N_("打印完整诚信档案"), N_("打印简要诚信报告")


@answers(DrawFile)
def draw_file(question: DrawFile, reader: Reader) -> bytes:
    """Gather, write, draw."""
    subject = subject_named(question.subject_id, reader)
    return _drawn(subject, reader, short=question.short, bundled_fonts=question.bundled_fonts)


@performs(PrintFile)
def print_file(command: PrintFile, work: UnitOfWork) -> bytes:
    """Draw, and keep the digest of what was taken along with who took it."""
    subject = subject_named(command.subject_id, work)
    pdf = _drawn(subject, work, short=command.short, bundled_fonts=command.bundled_fonts)
    note_handout(
        work,
        register=type_of(subject).name,
        narrowed=type_of(subject).title_of(subject),
        digest=hashlib.sha256(pdf).hexdigest(),
        reason=_(_SHORT if command.short else _FULL),
    )
    return pdf


def file_report(subject: Record, reader: Reader) -> Report:
    """Return the whole file: chapters, then the timeline."""
    file = file_of(subject, reader)
    sections = (
        Section(heading=_("基本信息"), blocks=(_basics(subject, reader),)),
        Section(heading=_("诚信状况"), blocks=(Paragraph(text=_told(file)),)),
        *(_chapter(each) for each in file.chapters),
        *_nothing_of(file),
        Section(heading=_("大事记"), blocks=(_timeline(file),)),
        _closing(file),
    )
    return _report(_("诚信档案"), subject, sections, reader)


def short_report(subject: Record, reader: Reader) -> Report:
    """Return how the subject stands: what is in force, what has ended, what is good."""
    sections = (*standing_sections(standing_of(subject, reader), reader), _closing(None))
    return _report(_("诚信情况简要报告"), subject, sections, reader)


def _drawn(subject: Record, reader: Reader, *, short: bool, bundled_fonts: bool) -> bytes:
    from integrity_desk.documents.fonts import Fonts  # noqa: PLC0415  (lazy: reportlab)
    from integrity_desk.documents.reports import render_report  # noqa: PLC0415

    with in_chinese():
        report = short_report(subject, reader) if short else file_report(subject, reader)
        return render_report(report, Fonts(bundled_only=bundled_fonts))


def _report(title: str, subject: Record, sections: tuple[Section, ...], reader: Reader) -> Report:
    issuer = issuer_of(reader)
    return Report(
        title=title,
        subtitle=type_of(subject).title_of(subject),
        author=issuer,
        made_on=reader.today,
        footer=_("{desk}　{name}打印　隐私内容已遮盖").format(
            desk=reader.desk_name, name=reader.actor.name
        ),
        sections=sections,
        ending=Ending(issuer=issuer, issued_on=reader.today, sealed=False),
    )


def _basics(subject: Record, reader: Reader) -> Lines:
    return lines_of(subject, BASICS[type_of(subject).name], reader)


def _told(file: SubjectFile) -> str:
    return _("{told}正在执行（含暂停）的措施{count}项。").format(
        told=file.told, count=file.measures
    )


def _chapter(chapter: FileChapter) -> Section:
    columns = (
        Column(heading=_("日期"), width=2.6, align=Align.CENTER),
        Column(heading=_("编号"), width=3.4),
        Column(heading=_("内容"), width=9),
        Column(heading=_("状态"), width=2.4, align=Align.CENTER),
    )
    rows = tuple(
        Row(cells=(each.when, each.number, each.says, each.state_label), place=each.number)
        for each in chapter.entries
    )
    heading = _("{label}（{count}条）").format(label=_(chapter.label), count=chapter.count)
    return Section(heading=heading, blocks=(Table(columns=columns, rows=rows),))


def _nothing_of(file: SubjectFile) -> Iterator[Section]:
    """Say which chapters are empty, so that nobody takes a missing one for left out."""
    there = {each.type for each in file.chapters}
    lacking = [
        _(each.label)
        for each in CHAPTERS
        if each.type not in there and (each.hangs_on or file.type in each.subject)
    ]
    if lacking:
        sentence = _("没有登记：{chapters}。").format(chapters=_("、").join(lacking))
        yield Section(heading=_("没有登记的部分"), blocks=(Paragraph(text=sentence),))


def _timeline(file: SubjectFile) -> Table:
    columns = (
        Column(heading=_("日期"), width=2.6, align=Align.CENTER),
        Column(heading=_("事项"), width=3.2),
        Column(heading=_("内容"), width=9),
        Column(heading=_("编号"), width=3.4),
    )
    rows = tuple(
        Row(cells=(str(each.day), _(each.what), each.says, each.number), place=each.number)
        for each in reversed(file.events)
    )
    return Table(columns=columns, rows=rows, empty=_("还没有记载。"))


def _closing(file: SubjectFile | None) -> Section:
    sentences = [
        _("本档案供本单位内部查阅；对外提供的，应办理信用查询，出具信用报告。"),
        _("草稿和待复核的登记不列入；投诉举报材料不列入，只列经核实形成的记录。"),
    ]
    if file is not None and file.waiting:
        sentences.append(_("另有{count}条草稿或待复核的登记。").format(count=file.waiting))
    return Section(heading=_("说明"), blocks=tuple(Paragraph(text=each) for each in sentences))
