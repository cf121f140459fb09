"""Notices that show what was revoked, corrected, repaired or taken off the court's list since.

Which records these are follows from the records and from what was announced about them; it is
worked out anew after every such act, and each morning for what came from another desk.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from integrity_desk.domain.fields import Id
from integrity_desk.domain.integrity_files import IntegrityRecord
from integrity_desk.domain.notice_recalls import RECALLED_AFTER, RECALLED_IN
from integrity_desk.domain.notices import ABOUT_ANOTHER, WAS_PUBLIC, Notice
from integrity_desk.domain.records import with_values
from integrity_desk.domain.steps import derived
from integrity_desk.services.following import follows
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork


@follows("integrity_record", *RECALLED_AFTER)
def what_shows_it_must_come_down(record: IntegrityRecord, work: UnitOfWork) -> None:
    """Set the day by which each notice that shows the record comes down or is put right."""
    for notice in work.find(Notice, state="posted"):
        if record.id in notice.item_ids:
            _note(notice, work)


@follows("notice", "post")
def announced_is_put_right(notice: Notice, work: UnitOfWork) -> None:
    """A correction or revocation that hangs is what was awaited."""
    about = work.load(Notice, notice.about_id) if notice.kind in ABOUT_ANOTHER else None
    if about is not None and about.state == "posted":
        _note(about, work)


def note_recalls(work: UnitOfWork) -> None:
    """Look through everything that hangs, for what another desk decided."""
    for notice in work.find(Notice, state="posted"):
        _note(notice, work)


def _note(notice: Notice, work: UnitOfWork) -> None:
    """Keep which records must come down and since when; nothing is written when it stands so."""
    awaited = dict(_awaited(notice, work))
    since = min(awaited.values(), default=None)
    if (notice.recall_ids, notice.recall_from_on) != (tuple(awaited), since):
        values = {"recall_ids": tuple(awaited), "recall_from_on": since}
        work.save(derived(with_values(notice, values), work.rules))


def _awaited(notice: Notice, reader: Reader) -> Iterator[tuple[Id, date]]:
    """Yield the records on a notice that ended and of which nothing was announced since."""
    said = [
        each
        for each in reader.find(Notice, about_id=notice.id)
        if each.kind in ABOUT_ANOTHER and each.state in WAS_PUBLIC
    ]
    for rec in notice.item_ids:
        record = reader.load_any(rec)
        if isinstance(record, IntegrityRecord) and record.state in RECALLED_IN:
            day = record.ended_on or record.court_removed_on or reader.today
            if not any(_tells_of(each, record.id, day) for each in said):
                yield record.id, day


def _tells_of(notice: Notice, rec: Id, day: date) -> bool:
    """Whether it is about this record, or about the whole notice and later than the decision."""
    if notice.concerns_id:
        return notice.concerns_id == rec
    return notice.posted_on is not None and notice.posted_on >= day
