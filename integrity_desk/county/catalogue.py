"""The county's catalogue: what it has accepted, in the words of its profile, for the platform.

catalogue/ITEM.csv         a table for each item, UTF-8 with a mark, so that spreadsheets read it
catalogue/ITEM.jsonl       the same, a line for each record, and to the letter: in the table a text
                           that a spreadsheet might run as a formula has an apostrophe in front
catalogue/left-out.csv     what is not in a table, and why; nothing of what it says
catalogue/datapackage.json the tables described: names, codes, and whence each is taken
"""

from __future__ import annotations

import csv
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from integrity_desk.county.ledger import Ledger
from integrity_desk.county.office import Office, opened, stamp
from integrity_desk.domain.csv_cells import harmless
from integrity_desk.domain.profile_checks import check, format_of
from integrity_desk.domain.profile_values import Find, Row, Shown, belongs, row_of
from integrity_desk.domain.profiles import Element, Item, Profile
from integrity_desk.sync import canonical
from integrity_desk.sync.files import Files, sentences, settle, temporary_name
from integrity_desk.wording import N_, _, in_chinese

LEFT_OUT, PACKAGE = "left-out.csv", "datapackage.json"

UNSETTLED = N_("两处改得不同，尚未裁定")

_KEPT_AT_HAND = 20_000


@dataclass(frozen=True, kw_only=True)
class Table:
    """One item's table: how many records are in it, and how many had to be left out."""

    key: str
    name: str
    rows: int
    left_out: int


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """What was written, and by which profile."""

    profile: str
    files: tuple[Path, ...]
    tables: tuple[Table, ...]


def write_catalogue(folder: Path, out: Path, *, passphrase: str, now: datetime) -> Catalogue:
    """Write the tables of everything accepted into ``out``; earlier ones are replaced whole.

    A void record is in no table; one that two desks disagree about, or that does not fit an
    element, is named in ``left-out.csv``. Raises as ``office.opened``, MediaUnavailable.
    """
    with opened(folder, passphrase) as office, sentences(out, writing=True), ExitStack() as files:
        out.mkdir(parents=True, exist_ok=True)
        files.enter_context(in_chinese())  # the platform reads it, whatever the engineer reads
        writing = _Writing(office, out, files)
        for record, unsettled in office.ledger.shown():
            writing.take(record, unsettled=unsettled)
        return writing.finish(stamp(now))


class _Writing:
    """One run over the ledger, all tables open."""

    def __init__(self, office: Office, out: Path, files: ExitStack) -> None:
        self._profile = office.profile
        check(self._profile, complete=False)
        self._given = {"@county": office.code, "@county_name": office.name}
        self._find = _finder(office.ledger)
        self._tables = [_OneTable(item, out, files) for item in self._profile.items]
        self._left_out = _Sheet(out / LEFT_OUT, files)
        self._left_out.write("county_ref", "item", "element", "reason")
        self._out = out

    def take(self, record: Shown, *, unsettled: bool) -> None:
        """Put a record into the tables it belongs to."""
        for table in self._tables:
            if not belongs(table.item, record):
                continue
            row = row_of(table.item, record, self._given, self._find)
            flaws = (("", _(UNSETTLED)),) if unsettled else row.flaws
            if flaws:
                table.counted["left_out"] += 1
                for name, why in flaws:
                    self._left_out.write(record.ref, table.item.name, name, why)
            else:
                table.write(row)

    def finish(self, created: str) -> Catalogue:
        """Give every file its name, the description last."""
        sheets = [self._left_out, *(each for table in self._tables for each in table.sheets)]
        written = [each.place() for each in sheets]
        package = self._out / PACKAGE
        temporary = temporary_name(package)
        temporary.write_bytes(canonical.dumps(describe(self._profile, created)))
        settle(Files(), temporary, package)
        return Catalogue(
            profile=self._profile.label,
            files=(*written, package),
            tables=tuple(each.told for each in self._tables),
        )


class _Sheet:
    """A file that gets its name when it is whole."""

    def __init__(self, path: Path, files: ExitStack) -> None:
        self._path, self._temporary = path, temporary_name(path)
        files.callback(self._temporary.unlink, missing_ok=True)
        encoding = "utf-8-sig" if path.suffix == ".csv" else "utf-8"
        self.file: IO[str] = files.enter_context(
            self._temporary.open("w", encoding=encoding, newline="")
        )
        self._csv = csv.writer(self.file, lineterminator="\r\n")

    def write(self, *cells: str) -> None:
        """Write one line of a table."""
        self._csv.writerow(map(harmless, cells))

    def place(self) -> Path:
        """Flush it to the medium and name it."""
        self.file.close()
        settle(Files(), self._temporary, self._path)
        return self._path


class _OneTable:
    """An item's two files."""

    def __init__(self, item: Item, out: Path, files: ExitStack) -> None:
        self.item = item
        self.sheets = [_Sheet(out / f"{item.key}.{kind}", files) for kind in ("csv", "jsonl")]
        self.counted: Counter[str] = Counter()
        self.sheets[0].write(*(each.code for each in item.elements))

    def write(self, row: Row) -> None:
        """Write one record; both files say the same."""
        self.counted["rows"] += 1
        self.sheets[0].write(*(row.cells[each.code] for each in self.item.elements))
        self.sheets[1].file.write(canonical.dumps(row.cells).decode() + "\n")

    @property
    def told(self) -> Table:
        """What became of it."""
        return Table(
            key=self.item.key, name=self.item.name,
            rows=self.counted["rows"], left_out=self.counted["left_out"],
        )  # fmt: skip


def describe(profile: Profile, created: str) -> dict[str, Any]:
    """Return the Frictionless descriptor: every column with its name and where that is from."""
    return {
        "created": created,
        "name": f"catalogue-{profile.code}",
        "title": profile.label,
        "version": profile.version,
        "mapping": {"code": profile.code, "sha256": profile.sha256},
        "bases": {
            code: {"origin": str(each.origin), "title": each.title}
            for code, each in profile.bases.items()
        },
        "resources": [
            {
                "name": item.key, "path": f"{item.key}.csv", "title": item.name,
                "format": "csv", "mediatype": "text/csv", "encoding": "utf-8-sig",
                "code": item.code, "code_from": item.code_from, "name_from": item.name_from,
                "schema": {"fields": [_column(each) for each in item.elements]},
            }
            for item in profile.items
        ],
    }  # fmt: skip


def _column(element: Element) -> dict[str, Any]:
    form = format_of(element)
    assert form is not None, "a profile is checked before it is used"
    column: dict[str, Any] = {
        "name": element.code, "title": element.name, "type": "string",
        "constraints": {"required": element.required},
        "name_from": element.name_from, "code_from": element.code_from,
        "data_format": element.format,
    }  # fmt: skip
    if form.kind == "day":
        column |= {"type": "date", "format": "%Y%m%d" if form.compact else "%Y-%m-%d"}
    elif form.kind == "number":
        column["type"] = "number" if form.decimals else "integer"
    else:
        column["constraints"] |= {"maxLength": form.length}
    if element.codes is not None:
        column["constraints"]["enum"] = sorted({*element.codes.values()})
    if element.unit:
        column["unit"] = element.unit
    return column


def _finder(ledger: Ledger) -> Find:
    return lru_cache(maxsize=_KEPT_AT_HAND)(ledger.shown_record)
