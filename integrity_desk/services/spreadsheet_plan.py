"""What a spreadsheet would change here, row by row: the one reading behind review and import.

A row is recognised by the mark it was exported with, by the number of its source, or by its
own number. What it says is held against what was exported or imported then (the base) and what
stands here now: three voices, so that only what the file changed counts as a change, and what
both changed is a conflict for the person to decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from integrity_desk.domain.fields import Id
from integrity_desk.domain.import_sources import SourceMap, own_headings
from integrity_desk.domain.records import RecordType, parts_of
from integrity_desk.domain.sheet_reading import Hints, only_year
from integrity_desk.services.spreadsheet_cells import Links
from integrity_desk.services.spreadsheet_judging import Judgement
from integrity_desk.services.spreadsheet_layout import MARKS
from integrity_desk.services.spreadsheet_lines import Entry, SheetUnderWay
from integrity_desk.services.spreadsheet_matching import recognised
from integrity_desk.storage import records
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _


class Plan:
    """Reads a file once; ``entries`` yields a verdict for every row, in order.

    Without ``judges_new`` the rules of entry are left to the entry of each new row: the same
    rules, once instead of twice.
    """

    def __init__(
        self,
        declared: RecordType,
        path: Path,
        source: SourceMap | None,
        reader: Reader,
        *,
        judges_new: bool = True,
    ) -> None:
        self.declared = declared
        self.path = path
        self.source = source
        self.links = Links(reader)
        self.ignored: tuple[str, ...] = ()
        self.passed_over: Counter[str] = Counter()
        """Headings whose cells in new rows wait for a later step, and how many cells."""
        self.reader = reader
        self.judges_new = judges_new
        self._named_later = False

    def entries(self) -> Iterator[Entry]:
        """Read and judge row by row; nothing is written."""
        from integrity_desk.documents.spreadsheet_reading import (  # noqa: PLC0415  (openpyxl)
            read_tables,
        )

        parts = {word: each for each in parts_of(self.declared.name) for word in _labels(each)}
        for table in read_tables(self.path, parts):
            declared = parts.get(table.name, self.declared)
            sheet = self._sheet(declared, table)
            for number, cells in table.rows:
                yield self._entry(sheet, number, cells)

    def learn(self, entry: Entry, rec: Id = "") -> None:
        """Later rows may name what this row brings; where none can, nothing is remembered."""
        if entry.title and self._named_later:
            self.links.learn(entry.declared, entry.title, rec)

    def _sheet(self, declared: RecordType, table: Any) -> SheetUnderWay:
        own = set(MARKS) <= set(table.headings)
        main = declared is self.declared
        source = self.source if main and self.source and not own else _by_labels(declared, table)
        if main:
            known = {*source.fields, *MARKS, *own_headings(declared)}
            self.ignored = tuple(
                each
                for each in table.headings
                if each and (each not in known or (source.fields.get(each) == "" and not own))
            )
            linked = (f for f in declared.link_fields if f.name in source.fields.values())
            self._named_later = table.followed or any(declared.name in f.to for f in linked)
        keyed = (
            records.ids_by(self.reader.database, declared.name, source.key) if source.key else {}
        )
        hints = Hints(year=only_year(table.lead), from_1904=table.from_1904)
        return SheetUnderWay(
            declared=declared, name=table.name, columns=table.columns, source=source,
            hints=hints, own=own, keyed=keyed,
        )  # fmt: skip

    def _entry(self, sheet: SheetUnderWay, row: int, cells: Mapping[str, str]) -> Entry:
        entry = Entry(declared=sheet.declared, sheet=sheet.name, row=row)
        judge = Judgement(sheet, entry, cells, self)
        record, base = recognised(judge, self.reader)
        if entry.lines:
            return entry
        if record is None:
            judge.as_new()
        else:
            judge.as_known(record, base)
        return entry


def _labels(declared: RecordType) -> set[str]:
    return {declared.label, _(declared.label)}


def _by_labels(declared: RecordType, table: Any) -> SourceMap:
    known = own_headings(declared)
    return SourceMap(fields={each: known[each] for each in table.headings if each in known})
