"""What a notice says: from the chosen records to the words of its sheet, through the gate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from integrity_desk.domain.commitments import Commitment
from integrity_desk.domain.display import long_day, words
from integrity_desk.domain.fields import Id
from integrity_desk.domain.notices import Notice, NoticeKind
from integrity_desk.domain.publication import Publication
from integrity_desk.domain.records import Record, links_of, type_of
from integrity_desk.domain.sheets import Align, Column, NoticeSheet, Row
from integrity_desk.errors import StepRefused
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import N_, _


@dataclass(frozen=True, kw_only=True)
class ColumnRule:
    """One column of a notice table: its head, width, and the field it shows.

    ``field`` "#" is the running number, "@state" the state in words, "@title" the record's name.
    """

    heading: str
    width: float
    field: str
    align: Align = Align.LEFT


_NUMBER = ColumnRule(heading=N_("序号"), width=1.0, field="#", align=Align.CENTER)
_UNIT = ColumnRule(heading=N_("责任单位"), width=3.2, field="unit_id")

COLUMNS: dict[NoticeKind, tuple[ColumnRule, ...]] = {
    NoticeKind.COMMITMENT: (
        _NUMBER,
        ColumnRule(heading=N_("承诺事项"), width=4.2, field="subject"),
        ColumnRule(heading=N_("具体内容"), width=6.4, field="content"),
        _UNIT,
        ColumnRule(heading=N_("责任人"), width=1.9, field="person_id", align=Align.CENTER),
        ColumnRule(heading=N_("兑现期限"), width=2.7, field="due_on", align=Align.CENTER),
    ),
    NoticeKind.FULFILMENT: (
        _NUMBER,
        ColumnRule(heading=N_("承诺事项"), width=4.6, field="subject"),
        _UNIT,
        ColumnRule(heading=N_("兑现期限"), width=2.7, field="due_on", align=Align.CENTER),
        ColumnRule(heading=N_("履行情况"), width=2.2, field="@state", align=Align.CENTER),
        ColumnRule(heading=N_("核定意见"), width=5.4, field="judgement"),
    ),
}

ITEM_COLUMNS: dict[str, tuple[ColumnRule, ...]] = {
    "commitment": COLUMNS[NoticeKind.COMMITMENT],
    "integrity_record": (
        _NUMBER,
        ColumnRule(heading=N_("单位或人员"), width=3.0, field="subject_id"),
        ColumnRule(heading=N_("事项"), width=3.6, field="subject"),
        ColumnRule(heading=N_("认定的事实"), width=5.6, field="facts"),
        ColumnRule(heading=N_("决定机关"), width=2.8, field="organ"),
        ColumnRule(heading=N_("决定日期"), width=2.7, field="decided_on", align=Align.CENTER),
    ),
    "question": (
        _NUMBER,
        ColumnRule(heading=N_("点题内容"), width=4.6, field="question"),
        ColumnRule(heading=N_("答题单位"), width=3.2, field="answer_unit_id"),
        ColumnRule(heading=N_("答复内容"), width=6.6, field="answer"),
        ColumnRule(heading=N_("答复日期"), width=2.7, field="answered_on", align=Align.CENTER),
    ),
    "proposal": (
        _NUMBER,
        ColumnRule(heading=N_("案由"), width=4.6, field="title"),
        ColumnRule(heading=N_("主办单位"), width=3.2, field="lead_unit_id"),
        ColumnRule(heading=N_("答复内容"), width=6.0, field="answer"),
        ColumnRule(heading=N_("办理结果"), width=2.4, field="settlement", align=Align.CENTER),
    ),
}
"""What is shown of items by their type, for kinds without columns of their own."""

_MIXED = (_NUMBER, ColumnRule(heading=N_("事项"), width=12.0, field="@title"))

_CLOSING = N_("特此公示。")


def compose(notice: Notice, version: int, reader: Reader) -> NoticeSheet:
    """Return the sheet of a notice as it stands; StepRefused when an item may not be shown."""
    items = [_publishable(item_id, reader) for item_id in notice.item_ids]
    issuer = records.titles(reader.database, (notice.issuer_id,))[notice.issuer_id]
    rules = _rules(notice, items)
    issued_on = notice.from_on or reader.today  # so that printing again changes nothing
    return NoticeSheet(
        kind=_(notice.kind.label) if notice.kind else "",
        number=notice.number or _("（未编号）"),
        version=version,
        issuer=issuer,
        title=notice.title,
        lead=_lead(notice),
        columns=tuple(
            Column(heading=_(rule.heading), width=rule.width, align=rule.align) for rule in rules
        )
        if items
        else (),
        rows=_rows(items, rules, reader) if items else (),
        posted_from=notice.from_on or issued_on,
        posted_until=notice.until_on or issued_on,
        place=notice.place,
        contact=notice.contact,
        phone=notice.phone,
        closing=_(_CLOSING),
        issued_on=issued_on,
    )


def _rules(notice: Notice, items: list[Record]) -> tuple[ColumnRule, ...]:
    types = {type_of(item).name for item in items}
    if notice.kind in COLUMNS and types == {"commitment"}:
        return COLUMNS[notice.kind]
    return ITEM_COLUMNS[types.pop()] if len(types) == 1 else _MIXED


def _lead(notice: Notice) -> tuple[str, ...]:
    paragraphs = [each.strip() for each in f"{notice.lead}\n{notice.body}".splitlines()]
    kept = tuple(each for each in paragraphs if each)
    if kept or notice.from_on is None or notice.until_on is None:
        return kept
    return (
        _("根据政务诚信建设有关规定，现将有关事项予以公示，公示期自{first}至{last}。").format(
            first=long_day(notice.from_on), last=long_day(notice.until_on)
        ),
    )


def _publishable(item_id: Id, reader: Reader) -> Record:
    item = reader.load_any(item_id)
    declared = type_of(item)
    withheld = getattr(item, "publication", None) is Publication.WITHHOLD
    private = declared.life is not None and declared.life.state(item.state).private
    if withheld or private:
        raise StepRefused(
            _("“{title}”尚未登记或已决定不公示，不能列入公示单，请移出后再提交。").format(
                title=declared.title_of(item)
            )
        )
    return item


def _rows(items: list[Record], rules: tuple[ColumnRule, ...], reader: Reader) -> tuple[Row, ...]:
    linked = (each for item in items for _field, each in links_of(item))
    titles = records.titles(reader.database, linked)
    return tuple(
        Row(
            cells=tuple(_cell(item, rule.field, number, titles.get) for rule in rules),
            place=item.number or type_of(item).title_of(item),
        )
        for number, item in enumerate(items, 1)
    )


def _cell(item: Record, name: str, number: int, title: Callable[[Id], str | None]) -> str:
    declared = type_of(item)
    if name == "#":
        return str(number)
    if name == "@state":
        return _(declared.life.state(item.state).label) if declared.life else ""
    if name == "@title":
        name = declared.title
    if not declared.has(name) or not declared.field(name).published:
        return ""
    field, value = declared.field(name), getattr(item, name)
    if name == "due_on" and value is None and isinstance(item, Commitment):
        return _("长期")
    return title(value) or "" if field.is_link else words(field, value)
