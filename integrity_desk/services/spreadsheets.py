"""Registers written out as spreadsheets, in the columns in which they may come back.

The way back is ``spreadsheet_imports``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from integrity_desk.domain.display import local_minute, words
from integrity_desk.domain.fields import Id
from integrity_desk.domain.plain import from_plain
from integrity_desk.domain.records import RecordType, parts_of, type_named
from integrity_desk.errors import InvalidInput
from integrity_desk.services.acts import Command, performs
from integrity_desk.services.handing_out import digest_of, note_handout
from integrity_desk.services.registers import Filter, selection
from integrity_desk.services.spreadsheet_layout import (
    cell_words,
    columns,
    headings,
    linked,
    register,
    sub_tables,
)
from integrity_desk.services.visibility import may_see
from integrity_desk.storage import records, revisions
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _

_PAGE_ROWS = 500


@dataclass(frozen=True, kw_only=True)
class ExportRegister(Command[int]):
    """Write a register to .xlsx or .csv; the outcome is the number of rows.

    Private values are masked unless ``in_full``, which needs its permission and a reason; then
    a complaint's reporters go along for those who may see them. That it was handed out, to whom
    and how much, stays in the store.
    """

    permission: ClassVar[str] = "print"
    filter: Filter
    path: Path
    in_full: bool = False
    reason: str = ""

    @property
    def needs(self) -> str:
        """Showing private values is a permission of its own."""
        return "reveal" if self.in_full else self.permission


@performs(ExportRegister)
def export_register(command: ExportRegister, work: UnitOfWork) -> int:
    """Stream pages of rows into the file, then note that it was handed out."""
    from integrity_desk.documents.spreadsheets import (  # noqa: PLC0415  (lazy: openpyxl)
        Export,
        Table,
        write_csv,
        write_xlsx,
    )

    declared = register(command.filter.type)
    _check(command)
    rows = records.row_numbers(work.database, selection(command.filter, work))
    masked = not command.in_full
    export = Export(
        title=_(declared.label),
        headings=headings(declared),
        rows=_cells(declared, rows, work, masked=masked),
        about=_cover(command, work),
        hidden=2,
        further=[
            Table(
                name=_(part.label),
                headings=headings(part),
                rows=_part_cells(declared, part, rows, work, masked=masked),
                hidden=2,
            )
            for part in _parts(declared, command.in_full)
        ],
    )
    write = write_csv if command.path.suffix.lower() == ".csv" else write_xlsx
    count = write(
        command.path, export, lambda done: work.progress.step(done, max(done, len(rows)), _("导出"))
    )
    _note(command, count, work)
    return count


def _check(command: ExportRegister) -> None:
    if command.in_full and not command.reason.strip():
        raise InvalidInput("reason", _("导出未遮盖的内容，请写明理由。"))
    if command.path.suffix.lower() not in (".xlsx", ".csv"):
        sentence = _("文件“{name}”要以 .xlsx 或 .csv 结尾。")
        raise InvalidInput("path", sentence.format(name=command.path.name))


def filter_words(narrowed: Filter, reader: Reader) -> str:
    """Return what a list is narrowed to, in words; "" when it is not."""
    declared = type_named(narrowed.type)
    said = []
    if narrowed.states and declared.life is not None:
        labels = [_(declared.life.state(each).label) for each in narrowed.states]
        said.append(_("状态：{states}").format(states=_("、").join(labels)))
    for name, plain in narrowed.equals.items():
        field = declared.field(name)
        named = records.titles(reader.database, [str(each) for each in plain if each])
        each_words = [
            named.get(str(each)) or words(field, from_plain(field, each)) or _("未填写")
            for each in plain
        ]
        said.append(f"{_(field.label)}：{_('、').join(each_words)}")
    for name, (first, last) in narrowed.days.items():
        said.append(
            _("{field}：{first} 至 {last}").format(
                field=_(declared.field(name).label), first=first or "…", last=last or "…"
            )
        )
    if narrowed.text.strip():
        said.append(_("含有“{text}”").format(text=narrowed.text.strip()))
    return _("；").join(said)


def _note(command: ExportRegister, count: int, work: UnitOfWork) -> None:
    note_handout(
        work,
        register=command.filter.type,
        narrowed=filter_words(command.filter, work),
        rows=count,
        digest=digest_of(command.path),
        in_full=command.in_full,
        reason=command.reason.strip(),
    )


def _parts(declared: RecordType, in_full: bool) -> Sequence[RecordType]:
    private = tuple(each for each in parts_of(declared.name) if each.restricted and in_full)
    return (*sub_tables(declared), *private)


def _cells(
    declared: RecordType, numbers: Sequence[int], reader: Reader, *, masked: bool
) -> Iterator[list[str]]:
    shown = columns(declared)
    for start in range(0, len(numbers), _PAGE_ROWS):
        found = records.at_rows(reader.database, declared.name, numbers[start : start + _PAGE_ROWS])
        page = [found[row] for row in numbers[start : start + _PAGE_ROWS] if row in found]
        page = [record for record in page if may_see(record, reader)]
        titles = records.titles(reader.database, linked(page, shown), numbered=True)
        dots = revisions.latest_dots(reader.database, [each.id for each in page])
        for record in page:
            yield [
                *(
                    cell_words(declared, field, getattr(record, field.name), titles, masked=masked)
                    for field in shown
                ),
                record.id,
                dots[record.id],
            ]


def _part_cells(
    owner: RecordType, part: RecordType, numbers: Sequence[int], reader: Reader, *, masked: bool
) -> Iterator[list[str]]:
    """Yield the parts of the exported records, page by page, in their owners' order."""
    for start in range(0, len(numbers), _PAGE_ROWS):
        rows = numbers[start : start + _PAGE_ROWS]
        ids = _ids_at(owner, rows, reader)
        of_page = records.Selection(
            type=part.name, equals={f"{owner.name}_id": ids}, descending=False
        )
        found = records.row_numbers(reader.database, of_page)
        yield from _cells(part, found, reader, masked=masked)


def _ids_at(declared: RecordType, rows: Sequence[int], reader: Reader) -> tuple[Id, ...]:
    found = records.at_rows(reader.database, declared.name, rows, only=frozenset())
    return tuple(found[row].id for row in rows if row in found)


def _cover(command: ExportRegister, reader: Reader) -> list[tuple[str, str]]:
    declared = register(command.filter.type)
    return [
        (_("台账"), _(declared.label)),
        (_("登记点"), reader.desk_name),
        (_("导出人"), reader.actor.name),
        (_("导出时间"), local_minute(reader.now)),
        (_("筛选条件"), filter_words(command.filter, reader) or _("全部")),
        (_("隐私内容"), _privacy(command)),
        (
            _("改后导回"),
            _(
                "可以改动各列后导回本机，逐项核对后再采用；“编号”“状态”等由程序管理的列改了不算。"
                "删掉的行不会删除记录。请保留最后两个隐藏列。"
            ),
        ),
    ]


def _privacy(command: ExportRegister) -> str:
    if command.in_full:
        return _("未遮盖，理由：{reason}").format(reason=command.reason.strip())
    return _("已遮盖；导回时遮盖的内容不会改动记录")
