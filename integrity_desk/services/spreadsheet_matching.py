"""Which record a row of a spreadsheet speaks of, and what was said of it last time."""

from __future__ import annotations

from typing import Any

from integrity_desk.domain.plain import from_plain
from integrity_desk.domain.records import Record
from integrity_desk.domain.revisions import VOID
from integrity_desk.errors import NotFound
from integrity_desk.services.spreadsheet_judging import Judgement
from integrity_desk.services.spreadsheet_layout import ID_HEADING, REVISION_HEADING
from integrity_desk.services.spreadsheet_lines import IMPORTED_BY, PROBLEM, Base
from integrity_desk.storage import revisions
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import _


def recognised(row: Judgement, reader: Reader) -> tuple[Record | None, Base]:
    """Return the record and its base; a row that speaks of one twice becomes a problem."""
    record, base = _by_mark(row, reader)
    if record is None and row.sheet.source.key:
        record, base = _by_source(row, reader)
    if record is None and not row.cells.get(ID_HEADING):
        record = _by_number(row, reader)
    if record is not None:
        first = row.sheet.seen.setdefault(record.id, row.entry.row)
        if first != row.entry.row:
            row.say(PROBLEM, "", _("这一行和第{row}行是同一条记录，请只留一行。").format(row=first))
    return record, base


def _by_mark(row: Judgement, reader: Reader) -> tuple[Record | None, Base]:
    rec = row.cells.get(ID_HEADING, "")
    if not rec:
        return None, None
    try:
        record = reader.load(row.declared.cls, rec)
    except NotFound:
        return None, None
    return record, _exported(record, row, reader)


def _exported(record: Record, row: Judgement, reader: Reader) -> Base:
    """Return the values at the exported revision; None when this store never had it."""
    dot = row.cells.get(REVISION_HEADING, "")
    if revisions.latest_dots(reader.database, [record.id]).get(record.id) == dot:
        return record.__dict__
    values: dict[str, Any] = {}
    for line in reader.history(record.id):
        values |= _known(row, line.set)
        if line.dot == dot:
            return {**row.declared.blank.__dict__, **values}
    return None


def _by_source(row: Judgement, reader: Reader) -> tuple[Record | None, Base]:
    """Return the record that came with this number of its source, and what the list said."""
    key = row.sheet.source.key
    text = row.texts().get(key, ("", ""))[0]
    found = row.sheet.keyed.get(text, []) if text else []
    if not found:
        _refuse_twice(row, key, text)
        return None, None
    record = reader.load(row.declared.cls, found[0])
    values: dict[str, Any] = {}
    for line in reader.history(record.id):
        if line.cmd == IMPORTED_BY:
            values |= _known(row, line.set)
    return record, values


def _refuse_twice(row: Judgement, key: str, text: str) -> None:
    first = row.sheet.seen.setdefault(f"key:{text}", row.entry.row)
    if text and first != row.entry.row:
        sentence = _("“{text}”在第{row}行已经有了，请只留一行。")
        row.say(PROBLEM, key, sentence.format(text=text, row=first))


def _by_number(row: Judgement, reader: Reader) -> Record | None:
    fields = row.sheet.source.fields
    heading = next((each for each, name in fields.items() if name == "number"), "")
    number = row.cells.get(heading, "")
    found = reader.find(row.declared.cls, number=number) if number else []
    return found[0] if len(found) == 1 else None


def _known(row: Judgement, written: Any) -> dict[str, Any]:
    declared = row.declared
    return {
        name: from_plain(declared.field(name), value)
        for name, value in written.items()
        if name != VOID and declared.has(name)
    }
