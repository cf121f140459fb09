"""Until when an ended record is told to those who inquire, with the clause."""

from __future__ import annotations

from collections.abc import Iterator

from integrity_desk.domain.archiving import archiving
from integrity_desk.domain.integrity_files import IntegrityRecord
from integrity_desk.domain.records import Record
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import N_, _

ARCHIVE = N_("存档")


def archive_lines(record: Record, reader: Reader) -> Iterator[tuple[str, str, str]]:
    """Yield (name, label, words); nothing for what runs, or speaks for its subject."""
    if not isinstance(record, IntegrityRecord):
        return
    counted = archiving(record, reader.rules, reader.today)
    if counted is None:
        return
    sentence = _("{day}，已转入存档（{clause}）")
    if counted.due >= reader.today:
        sentence = _("{day}，其后转入存档（{clause}）")
    yield "archived", _("提供查询至"), sentence.format(day=counted.due, clause=_(counted.clause))
