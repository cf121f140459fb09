"""Cells of a notice: which columns show what of which records, and what is left out of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from integrity_desk.domain.commitments import Commitment
from integrity_desk.domain.display import words
from integrity_desk.domain.fields import Id
from integrity_desk.domain.notices import NoticeKind
from integrity_desk.domain.records import Record, links_of, type_of
from integrity_desk.domain.redactions import Hiding
from integrity_desk.domain.sheets import Align, Row
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

STATE = N_("履行情况")
"""The column of the state in words, which is no field."""


def rules_for(kind: NoticeKind | None, items: Sequence[Record]) -> tuple[ColumnRule, ...]:
    """Return the columns for these items on a notice of this kind."""
    types = {type_of(item).name for item in items}
    if kind in COLUMNS and types == {"commitment"}:
        return COLUMNS[kind]
    return ITEM_COLUMNS[types.pop()] if len(types) == 1 else _MIXED


def rows_of(
    items: Sequence[Record],
    rules: Sequence[ColumnRule],
    hiding: Hiding,
    reader: Reader,
) -> tuple[Row, ...]:
    """Return the printed rows; what is hidden of an item is in none of its cells."""
    linked = (each for item in items for _field, each in links_of(item))
    titles = records.titles(reader.database, linked)
    rows = []
    for number, item in enumerate(items, 1):
        mine = hiding.of(item.id)
        cells = tuple(_cell(item, rule.field, number, titles.get, mine) for rule in rules)
        rows.append(Row(cells=cells, place=item.number or type_of(item).title_of(item)))
    return tuple(rows)


def published_words(item: Record, reader: Reader) -> dict[str, str]:
    """Return label -> words of all that may be printed of an item; what is empty is left out."""
    titles = records.titles(reader.database, (each for _field, each in links_of(item)))
    names = [field.name for field in type_of(item).fields if field.published]
    if isinstance(item, Commitment):
        names.append("@state")
    told = {_label(item, name): _words(item, name, titles.get) for name in names}
    return {label: said for label, said in told.items() if said}


def _cell(
    item: Record,
    name: str,
    number: int,
    title: Callable[[Id], str | None],
    hiding: Hiding,
) -> str:
    if name == "#":
        return str(number)
    if name == "@title":
        name = type_of(item).title
    return hiding.over(_words(item, name, title), _label(item, name))


def _label(item: Record, name: str) -> str:
    return STATE if name == "@state" else type_of(item).field(name).label


def _words(item: Record, name: str, title: Callable[[Id], str | None]) -> str:
    declared = type_of(item)
    if name == "@state":
        return _(declared.life.state(item.state).label) if declared.life else ""
    if not declared.has(name) or not declared.field(name).published:
        return ""
    field, value = declared.field(name), getattr(item, name)
    if name == "due_on" and value is None and isinstance(item, Commitment):
        return _("长期")
    return title(value) or "" if field.is_link else words(field, value)
