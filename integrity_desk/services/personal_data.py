"""What the desk holds on one person, for that person (个人信息保护法 45), with who looked.

Shown in full to the person it is about. Left out, and said so: what law keeps from the person
(who complained of them, 信访工作条例 30), and drafts that nobody has decided on.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from integrity_desk.domain.access import Access
from integrity_desk.domain.display import local_minute, words
from integrity_desk.domain.fields import Id
from integrity_desk.domain.inquiries import Inquiry, InquiryResult
from integrity_desk.domain.people import Person
from integrity_desk.domain.records import (
    Record,
    RecordType,
    links_of,
    parts_of,
    record_types,
    type_named,
    type_of,
)
from integrity_desk.domain.reports import Ending, Paragraph, Report, Section, Table
from integrity_desk.domain.sheets import Column, Row
from integrity_desk.services.credit_reports import issuer_of, lines_of
from integrity_desk.services.person_merging import stood_under
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _

_KEPT_BACK = frozenset({"complaint", "reporter", "account", "access", "inquiry_result", "inquiry"})
"""Types told in a chapter of their own, or not at all."""


def personal_data_report(inquiry: Inquiry, person: Person, reader: Reader) -> Report:
    """Return the report; private values stand in full, because they are the reader's own."""
    typed = [field.name for field in type_of(person).typed_fields]
    issuer = issuer_of(reader)
    return Report(
        title=_("本系统处理的个人信息"),
        subtitle=person.name,
        number=inquiry.number,
        author=issuer,
        made_on=reader.today,
        sections=(
            Section(
                heading=_("一、基本信息"),
                blocks=(lines_of(person, typed, reader, masked=False),),
            ),
            *_parts(person, reader),
            Section(heading=_("三、与本人有关的登记"), blocks=(_mentions(person, reader),)),
            Section(heading=_("四、谁查看、查询过"), blocks=(_looks(person, reader),)),
            _explanation(),
        ),
        ending=Ending(issuer=issuer, issued_on=reader.today),
    )


def _parts(person: Person, reader: Reader) -> Iterator[Section]:
    yield Section(heading=_("二、档案各部分"))
    for declared in parts_of("person"):
        found = reader.find(declared.cls, person_id=person.id)
        if found:
            yield Section(
                heading=_(declared.label),
                level=1,
                blocks=(_table_of(declared, found, reader),),
            )


def _table_of(declared: RecordType, found: list[Record], reader: Reader) -> Table:
    fields = declared.listed_fields or declared.typed_fields[1:]
    titles = records.titles(
        reader.database, (linked for each in found for _field, linked in links_of(each))
    )
    columns = tuple(Column(heading=_(field.label), width=max(4, field.listed)) for field in fields)
    rows = tuple(
        Row(cells=tuple(words(field, getattr(each, field.name), titles) for field in fields))
        for each in found
    )
    return Table(columns=columns, rows=rows)


def _mentions(person: Person, reader: Reader) -> Table:
    """Every record that names the person, as whom; drafts and what law keeps back left out."""
    rows = [
        Row(
            cells=(
                _(type_of(each).label), each.number, type_of(each).title_of(each), role,
                _state(each),
            ),
            place=each.number,
        )
        for each, role in _mentioning(person.id, reader)
    ]  # fmt: skip
    columns = (
        Column(heading=_("台账"), width=2.6),
        Column(heading=_("编号"), width=3.6),
        Column(heading=_("名称"), width=6),
        Column(heading=_("本人是"), width=2.6),
        Column(heading=_("状态"), width=2.4),
    )
    return Table(columns=columns, rows=tuple(rows), empty=_("没有其他登记提到本人。"))


def _mentioning(person_id: Id, reader: Reader) -> Iterator[tuple[Record, str]]:
    for declared in record_types():
        if declared.name in _KEPT_BACK or declared.part_of == "person":
            continue
        for field in declared.link_fields:
            if "person" in field.to and not field.managed:
                for each in _linked(declared, field.name, person_id, reader):
                    yield each, _(field.label)


def _linked(declared: RecordType, name: str, person_id: Id, reader: Reader) -> list[Record]:
    many = declared.field(name).empty == ()
    found = reader.find(declared.cls) if many else reader.find(declared.cls, **{name: person_id})
    private = (
        {state.code for state in declared.life.states if state.private} if declared.life else set()
    )
    return [
        each
        for each in found
        if each.state not in private and (not many or person_id in getattr(each, name))
    ]


def _state(record: Record) -> str:
    life = type_of(record).life
    return _(life.state(record.state).label) if life else ""


def _looks(person: Person, reader: Reader) -> Table:
    columns = (
        Column(heading=_("时间"), width=3.4),
        Column(heading=_("查看、查询人"), width=4),
        Column(heading=_("看了什么"), width=3.4),
        Column(heading=_("理由或目的"), width=5),
    )
    rows = sorted((*_unmaskings(person, reader), *_inquiries(person, reader)))
    return Table(
        columns=columns,
        rows=tuple(Row(cells=cells) for cells in rows),
        empty=_("没有人查看或查询过。"),
    )


def _unmaskings(person: Person, reader: Reader) -> Iterator[tuple[str, ...]]:
    found = [
        look
        for rec, until in stood_under(person, reader)
        for look in reader.find(Access, record_id=rec)
        if _before(look, until)
    ]
    names = records.titles(reader.database, (each.seen_by for each in found))
    declared = type_named("person")
    for each in found:
        seen = _(declared.field(each.field).label) if declared.has(each.field) else each.field
        when = local_minute(each.entered_at) if each.entered_at else ""
        yield when, names.get(each.seen_by, ""), seen, each.reason


def _inquiries(person: Person, reader: Reader) -> Iterator[tuple[str, ...]]:
    told = [
        found
        for rec, until in stood_under(person, reader)
        for found in reader.find(InquiryResult, subject_id=rec)
        if _before(found, until)
    ]
    for each in told:
        inquiry = reader.load(Inquiry, each.inquiry_id)
        when = local_minute(inquiry.entered_at) if inquiry.entered_at else ""
        purpose = _(inquiry.purpose.label) if inquiry.purpose else ""
        why = _("，").join(filter(None, (purpose, inquiry.purpose_note, inquiry.authority)))
        yield when, inquiry.asked_by, _("信用报告（{number}）").format(number=inquiry.number), why


def _before(record: Record, until: datetime | None) -> bool:
    return until is None or (record.entered_at is not None and record.entered_at <= until)


def _explanation() -> Section:
    return Section(
        heading=_("五、说明"),
        blocks=(
            Paragraph(
                text=_(
                    "依据《中华人民共和国个人信息保护法》第四十五条提供。"
                    "依法应当保密的内容（如投诉举报材料和投诉举报人信息）以及尚未复核的草稿不在提供范围。"
                    "认为信息不准确、不完整的，可以请求更正、补充。"
                )
            ),
        ),
    )
