"""Ledgers on paper (台账): a register's list as it is filtered and ordered, in chosen columns.

Drawing a ledger writes nothing; printing or saving one is noted like an export. Private values
are always masked on paper; what the reader may not see is not in it at all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from integrity_desk.domain.display import local_minute
from integrity_desk.domain.fields import Field, Kind
from integrity_desk.domain.records import RecordType, type_named
from integrity_desk.domain.sheets import Align, Column
from integrity_desk.errors import InvalidInput, NotPermitted
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.handing_out import note_handout
from integrity_desk.services.registers import Filter, selection
from integrity_desk.services.spreadsheet_layout import cell_words, columns, linked
from integrity_desk.services.spreadsheets import filter_words
from integrity_desk.services.visibility import may_see
from integrity_desk.storage import meta, records
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _, in_chinese

_PAGE_ROWS = 500


@dataclass(frozen=True, kw_only=True)
class LedgerColumns:
    """The columns a ledger may have, in order, as (name, label); and those chosen last time."""

    all: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ShowLedgerColumns(Question[LedgerColumns]):
    """What the ledger of a register may show, and what this account chose the last time."""

    permission: ClassVar[str] = "print"
    type: str


@dataclass(frozen=True, kw_only=True)
class ChooseLedgerColumns(Command[None]):
    """Remember an account's columns for a register; none means those of the list."""

    permission: ClassVar[str] = "print"
    type: str
    columns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """A drawn ledger."""

    pdf: bytes
    rows: int


@dataclass(frozen=True, kw_only=True)
class DrawLedger(Question[Ledger]):
    """The filtered list as a PDF; ``columns`` are field names, () for those remembered.

    ``mark_missing`` prints 〔U+XXXX〕 for a character no font here has, instead of refusing.
    """

    permission: ClassVar[str] = "print"
    filter: Filter
    columns: tuple[str, ...] = ()
    bundled_fonts: bool = False
    mark_missing: bool = False


@dataclass(frozen=True, kw_only=True)
class NoteLedger(Command[Ledger]):
    """Note that a drawn ledger goes to the printer or into a file."""

    permission: ClassVar[str] = "print"
    filter: Filter
    ledger: Ledger


@answers(ShowLedgerColumns)
def show_ledger_columns(question: ShowLedgerColumns, reader: Reader) -> LedgerColumns:
    """Read the declaration and what was remembered."""
    declared = _of_a_register(question.type, reader)
    return LedgerColumns(
        all=tuple((field.name, field.label) for field in columns(declared)),
        chosen=tuple(field.name for field in _chosen(declared, (), reader)),
    )


@performs(ChooseLedgerColumns)
def choose_ledger_columns(command: ChooseLedgerColumns, work: UnitOfWork) -> None:
    """Write them down for this account."""
    declared = type_named(command.type)
    _chosen(declared, command.columns, work)
    content = json.dumps(command.columns).encode()
    meta.put(work.database, _remembered_as(declared, work), content)
    work.touch("settings")


@answers(DrawLedger)
def draw_ledger(question: DrawLedger, reader: Reader) -> Ledger:
    """Stream pages of rows into the PDF; Stop is heard every two hundred rows."""
    from integrity_desk.documents.fonts import Fonts  # noqa: PLC0415  (lazy: reportlab)
    from integrity_desk.documents.registers import render_register  # noqa: PLC0415

    declared = _of_a_register(question.filter.type, reader)
    shown = _chosen(declared, question.columns, reader)
    with in_chinese():
        rows = records.row_numbers(reader.database, selection(question.filter, reader))
        cells = _Cells(declared, shown, rows, reader)
        pdf = render_register(
            title=_("{type}台账").format(type=_(declared.label)),
            subtitle=_head(question.filter, len(rows), reader),
            columns=[NUMBER, *(_column(field) for field in shown)],
            rows=cells,
            made_on=reader.today,
            fonts=Fonts(bundled_only=question.bundled_fonts, mark_missing=question.mark_missing),
            author=reader.desk_name,
            footer=foot(reader),
            named_by=1,
            progress=lambda done: reader.progress.step(done, max(done, len(rows)), _("排印台账")),
        )
    return Ledger(pdf=pdf, rows=cells.count)


@performs(NoteLedger)
def note_ledger(command: NoteLedger, work: UnitOfWork) -> Ledger:
    """Keep who took how much of which register, and the digest of the file; return it."""
    note_handout(
        work,
        register=command.filter.type,
        narrowed=filter_words(command.filter, work),
        rows=command.ledger.rows,
        digest=hashlib.sha256(command.ledger.pdf).hexdigest(),
        reason=_("打印台账"),
    )
    return command.ledger


class _Cells:
    """The rows of a ledger, read page by page as they are drawn; ``count`` of them so far."""

    def __init__(
        self, declared: RecordType, shown: Sequence[Field], rows: Sequence[int], reader: Reader
    ) -> None:
        self._declared, self._shown, self._rows, self._reader = declared, shown, rows, reader
        self.count = 0

    def __iter__(self) -> Iterator[list[str]]:
        reader, declared = self._reader, self._declared
        only = frozenset(field.name for field in self._shown) | {"number"}
        owner = frozenset({f"{declared.part_of}_id"} if declared.restricted else ())
        for start in range(0, len(self._rows), _PAGE_ROWS):
            numbers = self._rows[start : start + _PAGE_ROWS]
            found = records.at_rows(reader.database, declared.name, numbers, only=only | owner)
            page = [found[row] for row in numbers if row in found and may_see(found[row], reader)]
            titles = records.titles(reader.database, linked(page, self._shown))
            for record in page:
                self.count += 1
                yield [
                    str(self.count),
                    *(self._words(record, field, titles) for field in self._shown),
                ]

    def _words(self, record: Any, field: Field, titles: dict[str, str]) -> str:
        value = getattr(record, field.name)
        return cell_words(self._declared, field, value, titles, masked=True)


def _of_a_register(type_name: str, reader: Reader) -> RecordType:
    declared = type_named(type_name)
    if not declared.register or (declared.restricted and not reader.actor.may("reporter")):
        raise NotPermitted(_("“{type}”没有台账。").format(type=_(declared.label)))
    return declared


def _chosen(declared: RecordType, asked: Sequence[str], reader: Reader) -> tuple[Field, ...]:
    """Return the fields asked for, else those remembered, else those of the list."""
    there = {field.name: field for field in columns(declared)}
    for name in asked:
        if name not in there:
            raise InvalidInput("columns", _("台账没有“{name}”这一列。").format(name=name))
    kept = meta.get(reader.database, _remembered_as(declared, reader))
    names = asked or [name for name in json.loads(kept or b"[]") if name in there]
    if names:
        return tuple(there[name] for name in names)
    listed = {field.name for field in declared.listed_fields} | {"state"}
    return tuple(field for name, field in there.items() if name in listed)


def _remembered_as(declared: RecordType, reader: Reader) -> str:
    return f"ledger:{declared.name}:{reader.actor.account_id}"


def _head(narrowed: Filter, count: int, reader: Reader) -> str:
    words = filter_words(narrowed, reader) or _("全部")
    return _("范围：{filter}　　共{count}条　　{day}").format(
        filter=words, count=f"{count:,}", day=reader.today
    )


def foot(reader: Reader) -> str:
    """Return what stands at the foot of a ledger's pages: whose it is, and who printed it."""
    return _("{desk}　{name}　{at}打印　隐私内容已遮盖").format(
        desk=reader.desk_name, name=reader.actor.name, at=local_minute(reader.now)
    )


NUMBER = Column(heading="序号", width=2.4, align=Align.CENTER)
_WIDTHS = {
    Kind.LONG_TEXT: 20.0, Kind.TEXT: 10.0, Kind.MONEY: 7.0, Kind.NUMBER: 4.0, Kind.DAY: 5.6,
    Kind.MOMENT: 8.0, Kind.FLAG: 3.0, Kind.CHOICE: 5.5, Kind.CHOICES: 8.0, Kind.LINK: 9.0,
    Kind.LINKS: 12.0, Kind.CITIZEN_ID: 9.5, Kind.CREDIT_CODE: 9.5, Kind.PHONE: 7.0,
}  # fmt: skip
_CENTRED = frozenset({Kind.DAY, Kind.MOMENT, Kind.FLAG, Kind.CHOICE})


def _column(field: Field) -> Column:
    """Widths are in characters; what lists need of a text field is a good measure of it."""
    width = _WIDTHS[field.kind]
    if field.kind in (Kind.TEXT, Kind.LINK) and field.listed:
        width = float(max(field.listed, 5))
    width = {"number": 8.0, "state": 5.5}.get(field.name, width)
    align = (
        Align.CENTER if field.kind in _CENTRED or field.name in ("number", "state") else Align.LEFT
    )
    if field.kind in (Kind.MONEY, Kind.NUMBER):
        align = Align.RIGHT
    return Column(heading=_(field.label), width=width, align=align)
