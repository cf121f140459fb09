"""What a credit report says (信用报告): one chapter a subject, and a list in front for several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from integrity_desk.domain.archiving import end_of
from integrity_desk.domain.display import words
from integrity_desk.domain.inquiries import Inquiry
from integrity_desk.domain.integrity_files import IntegrityRecord
from integrity_desk.domain.people import AnnualAssessment, Person
from integrity_desk.domain.records import Record, links_of, type_of
from integrity_desk.domain.reports import (
    Ending,
    Lines,
    Paragraph,
    Report,
    Section,
    Table,
)
from integrity_desk.domain.sheets import Align, Column, Row
from integrity_desk.services.standing import Standing
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _

BASICS = {
    "person": ("name", "citizen_id", "unit_id", "post"),
    "unit": ("name", "credit_code", "kind", "principal"),
}
"""Subject type -> the fields that say who it is."""


def credit_report(
    inquiry: Inquiry, standings: Sequence[Standing], version: int, reader: Reader
) -> Report:
    """Return the report that answers an inquiry; texts in the language in force."""
    issuer = issuer_of(reader)
    several = len(standings) > 1
    return Report(
        title=_("信用报告"),
        subtitle=_("查询目的：{purpose}").format(purpose=_purpose(inquiry)),
        number=inquiry.number,
        version=version,
        author=issuer,
        made_on=inquiry.asked_on or reader.today,
        sections=(
            *_head(inquiry, standings),
            *(
                section
                for each in standings
                for section in standing_sections(each, reader, new_page=several)
            ),
            _closing(),
        ),
        ending=Ending(issuer=issuer, issued_on=inquiry.asked_on or reader.today),
    )


def lines_of(record: Record, names: Iterable[str], reader: Reader, *, masked: bool = True) -> Lines:
    """Return fields of a record with their labels; private values masked unless asked otherwise."""
    declared = type_of(record)
    titles = records.titles(reader.database, (linked for _field, linked in links_of(record)))
    fields = [declared.field(name) for name in names]
    return Lines(
        items=tuple(
            (_(field.label), words(field, getattr(record, field.name), titles, masked=masked))
            for field in fields
        )
    )


def issuer_of(reader: Reader) -> str:
    """Return who issues a report: the unit of the account, or else the desk."""
    units = records.titles(reader.database, (reader.actor.unit_id,))
    return units.get(reader.actor.unit_id) or reader.desk_name


def record_table(
    found: Sequence[IntegrityRecord], standing: Standing, *, ended: bool, empty: str
) -> Table:
    """Return integrity records as a table; one under objection says so in its last column."""
    columns = (
        Column(heading=_("类别"), width=2.6),
        Column(heading=_("事由"), width=5),
        Column(heading=_("决定机关和文号"), width=4.4),
        Column(heading=_("决定日期"), width=2.6, align=Align.CENTER),
        Column(heading=_("终止") if ended else _("有效期至"), width=2.6, align=Align.CENTER),
        Column(heading=_("状态"), width=2.6, align=Align.CENTER),
    )
    rows = tuple(
        Row(cells=_cells(each, standing, ended=ended), place=each.number) for each in found
    )
    return Table(columns=columns, rows=rows, empty=empty)


def _head(inquiry: Inquiry, standings: Sequence[Standing]) -> tuple[Section, ...]:
    about = Lines(
        items=(
            (_("查询单位（人）"), inquiry.asked_by),
            (_("查询目的"), _purpose(inquiry)),
            (_("查询依据"), inquiry.authority),
            (_("查询日期"), inquiry.asked_on.isoformat() if inquiry.asked_on else ""),
            (_("查询对象"), _("共{count}个").format(count=len(standings))),
        )
    )
    if len(standings) == 1:
        return (Section(blocks=(about,)),)
    return (
        Section(heading=_("一、查询情况"), blocks=(about,)),
        Section(heading=_("二、查询结果一览"), blocks=(_overview(standings),)),
    )


def _overview(standings: Sequence[Standing]) -> Table:
    columns = (
        Column(heading=_("序号"), width=1.2, align=Align.CENTER),
        Column(heading=_("姓名或名称"), width=4),
        Column(heading=_("有效失信"), width=2, align=Align.CENTER),
        Column(heading=_("其中异议中"), width=2.2, align=Align.CENTER),
        Column(heading=_("已终止失信"), width=2.2, align=Align.CENTER),
        Column(heading=_("守信"), width=1.6, align=Align.CENTER),
    )
    rows = tuple(
        Row(
            cells=(
                str(at), each.name, str(len(each.in_force)), str(each.disputed_in_force),
                str(len(each.ended)), str(len(each.trustworthy)),
            ),
            place=each.name,
        )
        for at, each in enumerate(standings, start=1)
    )  # fmt: skip
    return Table(columns=columns, rows=rows)


def standing_sections(
    standing: Standing, reader: Reader, *, new_page: bool = False
) -> tuple[Section, ...]:
    """Return the chapter of one subject: who it is, what is in force, what ended, what is good."""
    basics = lines_of(standing.subject, BASICS[type_of(standing.subject).name], reader)
    sections = [
        Section(
            heading=standing.name,
            blocks=(basics, Paragraph(text=standing.told())),
            new_page=new_page,
        ),
        Section(
            heading=_("有效的失信记录"), level=1,
            blocks=(
                record_table(
                    standing.in_force, standing, ended=False, empty=_("没有有效的失信记录。")
                ),
            ),
        ),
    ]  # fmt: skip
    if standing.ended:
        told = record_table(standing.ended, standing, ended=True, empty="")
        note = Paragraph(text=_("下列记录已经终止，仅供了解，不得作为限制或惩戒的依据。"))
        sections.append(Section(heading=_("已终止的失信记录"), level=1, blocks=(note, told)))
    if standing.measures:
        heading = _("正在执行的奖惩措施")
        sections.append(Section(heading=heading, level=1, blocks=(_measures(standing, reader),)))
    if standing.trustworthy:
        good = record_table(standing.trustworthy, standing, ended=False, empty="")
        sections.append(Section(heading=_("守信记录"), level=1, blocks=(good,)))
    if isinstance(standing.subject, Person):
        sections += _assessments(standing.subject, reader)
    return tuple(sections)


def _cells(record: IntegrityRecord, standing: Standing, *, ended: bool) -> tuple[str, ...]:
    declared = type_of(record)
    last = end_of(record) if ended else record.expires_on
    state = _("异议处理中") if record.id in standing.disputed else _state(record, ended=ended)
    severity = _(record.severity.label) if record.severity else ""
    kind = words(declared.field("kind"), record.kind)
    return (
        _("{kind}（{severity}）").format(kind=kind, severity=severity) if severity else kind,
        record.subject,
        "\n".join(filter(None, (record.organ, record.document_number))),
        record.decided_on.isoformat() if record.decided_on else "",
        last.isoformat() if last else "—",
        state,
    )


def _state(record: IntegrityRecord, *, ended: bool) -> str:
    life = type_of(record).life
    assert life is not None
    if ended and record.state == "effective":
        return _("有效期已满")
    return _(life.state(record.state).label)


def _measures(standing: Standing, reader: Reader) -> Table:
    columns = (
        Column(heading=_("措施"), width=4.4),
        Column(heading=_("决定文号"), width=4),
        Column(heading=_("执行单位"), width=4),
        Column(heading=_("起止日期"), width=3.6, align=Align.CENTER),
        Column(heading=_("状态"), width=2.4, align=Align.CENTER),
    )
    units = records.titles(reader.database, (each.executed_by_id for each in standing.measures))
    rows = []
    for each in standing.measures:
        life = type_of(each).life
        assert life is not None
        rows.append(
            Row(
                cells=(
                    _(each.kind.label) if each.kind else "",
                    each.decision_document,
                    units.get(each.executed_by_id, ""),
                    "\n".join(str(day) for day in (each.from_on, each.until_on) if day),
                    _(life.state(each.state).label),
                ),
                place=each.number,
            )
        )
    return Table(columns=columns, rows=tuple(rows))


def _assessments(person: Person, reader: Reader) -> list[Section]:
    found = reader.find(AnnualAssessment, person_id=person.id)
    if not found:
        return []
    told = _("；").join(
        _("{year}年度：{grade}").format(year=each.year, grade=_(each.grade.label))
        for each in sorted(found, key=lambda each: each.year or 0)
        if each.grade
    )
    return [Section(heading=_("年度考核"), level=1, blocks=(Paragraph(text=told),))]


def _closing() -> Section:
    return Section(
        heading=_("说明"),
        blocks=(
            Paragraph(
                text=_(
                    "本报告只反映出具之日本登记点已复核生效的记录；经核实撤销、更正的记录，"
                    "以及终止后已满期限转入存档的记录，不列入。"
                    "报告只能用于所载查询目的，不得复制、转借或公开。对内容有异议的，可以向出具单位提出。"
                )
            ),
        ),
    )


def _purpose(inquiry: Inquiry) -> str:
    purpose = _(inquiry.purpose.label) if inquiry.purpose else ""
    if not inquiry.purpose_note:
        return purpose
    return _("{purpose}（{note}）").format(purpose=purpose, note=inquiry.purpose_note)
