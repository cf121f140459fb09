"""What a letter says of a record: the template's lines with the record's words in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from integrity_desk.domain.attachments import Attachment
from integrity_desk.domain.display import local_minute, long_day, words, yuan
from integrity_desk.domain.fields import Field, Id, Kind
from integrity_desk.domain.letter_templates import (
    ISSUER,
    LetterTemplate,
    Part,
    PartKind,
    field_labelled,
    filled_in,
    parts_of_body,
    paths_in,
)
from integrity_desk.domain.letters import BlankLine, Heading, Letter, LetterBlock, WrittenLetter
from integrity_desk.domain.records import Record, parts_of, type_of
from integrity_desk.domain.reports import Paragraph, Table
from integrity_desk.domain.sheets import Align, Column, Row
from integrity_desk.domain.units import Unit
from integrity_desk.errors import NotFound, StepRefused
from integrity_desk.services.case_dates import LATEST, limits_of
from integrity_desk.services.visibility import may_see
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _


def compose_letter(
    template: LetterTemplate,
    record: Record,
    reader: Reader,
    *,
    number: str = "",
    version: int = 0,
    issued_on: date | None = None,
) -> Letter:
    """Return the letter; StepRefused names the fields that must be filled in first.

    ``issued_on`` is the day of an earlier printing; without it the template's own day, or today.
    """
    parts = parts_of_body(template.body)
    texts = (template.title, template.addressee, *(part.text for part in parts))
    values = {path: value_at(path, record, reader) for text in texts for path in paths_in(text)}
    _require(template, parts, values)
    unit = _issuing_unit(reader)
    dated = getattr(record, template.dated) if template.dated else None
    return Letter(
        title=filled_in(template.title, values),
        number=number,
        version=version,
        issuer=unit.name if unit else reader.desk_name,
        addressee=filled_in(template.addressee, values),
        blocks=blocks_of(template, values, tables_of(parts, record, reader)),
        issued_on=issued_on or dated or reader.today,
        letterhead=template.letterhead,
        sealed=template.sealed,
        place=record.number or type_of(record).title_of(record),
    )


def blocks_of(
    template: LetterTemplate, values: Mapping[str, str], tables: Mapping[str, Table]
) -> tuple[LetterBlock, ...]:
    """Return the lines of a template with these values; lines that may be left out and lack a
    value are."""
    return tuple(_blocks(parts_of_body(template.body), values, tables))


def value_at(path: str, record: Record, reader: Reader) -> str:
    """Return the words a field of a record has on paper; "" when it is not filled in."""
    first, *rest = path.split(".")
    if first == ISSUER:
        unit = _issuing_unit(reader)
        if not rest:
            return unit.name if unit else reader.desk_name
        return value_at(".".join(rest), unit, reader) if unit else ""
    if first in _ABOUT:
        return _ABOUT[first](record, reader)
    field = field_labelled(type_of(record), first)
    if field is None or getattr(record, field.name) == field.empty:
        return ""
    value = getattr(record, field.name)
    if rest:
        linked = _linked(value, reader)
        return value_at(".".join(rest), linked, reader) if linked else ""
    return _on_paper(field, record, value, reader)


def tables_of(parts: Iterable[Part], record: Record, reader: Reader) -> dict[str, Table]:
    """Return the tables that a body asks for."""
    wanted = [part.text for part in parts if part.kind is PartKind.TABLE]
    made = {"附件": _files_table, "卷内文件": _contents_table}
    return {name: made[name](record, reader) for name in wanted}


def files_of(record: Record, reader: Reader) -> list[Attachment]:
    """Return the files of a record and of its parts, oldest first; never what shows who
    complained."""
    owners = [record.id]
    for declared in parts_of(type_of(record).name):
        if not declared.restricted:
            found = reader.find(declared.cls, **{f"{type_of(record).name}_id": record.id})
            owners += [each.id for each in found]
    files = [each for owner in owners for each in reader.find(Attachment, owner_id=owner)]
    seen = [each for each in files if may_see(each, reader)]
    return sorted(seen, key=lambda each: (each.entered_at, each.id))


def _blocks(
    parts: Iterable[Part], values: Mapping[str, str], tables: Mapping[str, Table]
) -> Iterator[LetterBlock]:
    for part in parts:
        if part.kind is PartKind.TABLE:
            yield tables.get(part.text, _SPECIMEN)
            continue
        if part.kind is PartKind.OPTIONAL and not all(values[path] for path in part.paths):
            continue
        text = filled_in(part.text, values)
        if part.kind is PartKind.HEADING:
            yield Heading(text=text)
        elif part.kind is PartKind.BLANK:
            yield BlankLine(label=text)
        else:
            lines = [each for each in text.split("\n") if each.strip()]
            yield from (Paragraph(text=each, indented=part.indented) for each in lines)


def _require(template: LetterTemplate, parts: Iterable[Part], values: Mapping[str, str]) -> None:
    needed = [path for part in parts if part.kind is not PartKind.OPTIONAL for path in part.paths]
    needed += paths_in(template.addressee)
    missing = [path for path in dict.fromkeys(needed) if not values[path]]
    if missing:
        raise StepRefused(
            _("打印“{title}”前请先填写：{fields}。").format(
                title=template.title, fields=_("、").join(_(each) for each in missing)
            )
        )


def _on_paper(field: Field, record: Record, value: Any, reader: Reader) -> str:
    if field.name == "state":
        life = type_of(record).life
        return _(life.state(value).label) if life else ""
    if field.kind is Kind.DAY:
        return long_day(value)
    if field.kind is Kind.MONEY:
        return _("{amount}元").format(amount=yuan(value))
    linked = (value,) if field.kind is Kind.LINK else value if field.kind is Kind.LINKS else ()
    titles = records.titles(reader.database, linked) if linked else {}
    return words(field, value, titles)


def _linked(rec: Id, reader: Reader) -> Record | None:
    try:
        linked = reader.load_any(rec)
    except NotFound:
        return None
    return linked if may_see(linked, reader) else None


def _issuing_unit(reader: Reader) -> Unit | None:
    """The unit of whoever prints; else the unit that is named like the desk."""
    if reader.actor.unit_id:
        found = _linked(reader.actor.unit_id, reader)
        return found if isinstance(found, Unit) else None
    return next(iter(reader.find(Unit, name=reader.desk_name)), None)


def _clause(record: Record, reader: Reader) -> str:
    limits = [each for each in limits_of(record, reader) if each.rule and each.kind != LATEST]
    running = [each for each in limits if each.running] or limits
    return _(running[-1].clause) if running else ""


_ABOUT = {
    "今天": lambda record, reader: long_day(reader.today),
    "登记类别": lambda record, reader: _(type_of(record).label),
    "题名": lambda record, reader: type_of(record).title_of(record),
    "期限依据": _clause,
}

_SPECIMEN = Table(
    columns=(
        Column(heading="序号", width=1.2, align=Align.CENTER),
        Column(heading="材料", width=8),
    ),
    rows=(Row(cells=("1", "〔材料〕")),),
)


def _files_table(record: Record, reader: Reader) -> Table:
    columns = (
        Column(heading=_("序号"), width=1.3, align=Align.CENTER),
        Column(heading=_("材料名称"), width=7),
        Column(heading=_("用途"), width=3, align=Align.CENTER),
        Column(heading=_("说明"), width=4),
    )
    rows = tuple(
        Row(
            cells=(
                str(at),
                each.file_name,
                _purpose(each),
                each.note,
            ),
            place=each.file_name,
        )
        for at, each in enumerate(files_of(record, reader), start=1)
    )
    return Table(columns=columns, rows=rows, empty=_("没有登记附件。"))


def _purpose(file: Attachment) -> str:
    return _(file.purpose.label) if file.purpose else ""


def _contents_table(record: Record, reader: Reader) -> Table:
    columns = (
        Column(heading=_("顺序号"), width=1.8, align=Align.CENTER),
        Column(heading=_("日期"), width=2.8, align=Align.CENTER),
        Column(heading=_("题名"), width=7),
        Column(heading=_("文件编号"), width=4, align=Align.CENTER),
        Column(heading=_("页数"), width=1.6, align=Align.CENTER),
    )
    rows = sorted(_contents(record, reader))
    return Table(
        columns=columns,
        rows=tuple(
            Row(cells=(str(at), *cells), place=cells[1]) for at, cells in enumerate(rows, start=1)
        ),
    )


def _contents(record: Record, reader: Reader) -> Iterator[tuple[str, str, str, str]]:
    label = _("{type}登记表").format(type=_(type_of(record).label))
    yield _day_of(record), label, record.number, ""
    for letter in reader.find(WrittenLetter, record_id=record.id):
        if letter.template != _CONTENTS:
            day = letter.issued_on.isoformat() if letter.issued_on else _day_of(letter)
            yield day, letter.title, letter.number, str(letter.pages or "")
    for file in files_of(record, reader):
        yield _day_of(file), file.file_name, "", ""


_CONTENTS = "contents"


def _day_of(record: Record) -> str:
    return local_minute(record.entered_at)[:10] if record.entered_at else ""
