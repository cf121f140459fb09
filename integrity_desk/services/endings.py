"""The morning act: what has run out by law is ended, once a day, in one logged command.

No date changes a state by itself: on the first sign-in of a day the desk performs ``EndWhatRanOut``
in the name of whoever signed in, and says what it ended. Doing it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from integrity_desk.domain.integrity_files import IntegrityRecord
from integrity_desk.domain.integrity_terms import sanction_term
from integrity_desk.domain.measures import Measure
from integrity_desk.domain.records import type_of, with_values
from integrity_desk.services.acts import Command, performs
from integrity_desk.services.notice_recalls import note_recalls
from integrity_desk.services.records import move
from integrity_desk.storage import records
from integrity_desk.storage.records import Selection
from integrity_desk.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class EndWhatRanOut(Command["Ended"]):
    """End records, measures and sanctions whose last day has passed."""

    permission: ClassVar[str] = "edit"


@dataclass(frozen=True, kw_only=True)
class Ended:
    """What was ended: titles of records, numbers of measures, titles of lifted sanctions."""

    records: tuple[str, ...]
    measures: tuple[str, ...]
    sanctions: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many in all."""
        return len(self.records) + len(self.measures) + len(self.sanctions)


@performs(EndWhatRanOut)
def end_what_ran_out(command: EndWhatRanOut, work: UnitOfWork) -> Ended:
    """Lift sanctions first, for a record that ends takes its measures along."""
    note_recalls(work)
    return Ended(
        sanctions=tuple(_lift_sanctions(work)),
        measures=tuple(_end_all(Measure, "in_force", "until_on", "end", work)),
        records=tuple(_end_all(IntegrityRecord, "effective", "expires_on", "expire", work)),
    )


def _lift_sanctions(work: UnitOfWork) -> Iterator[str]:
    """Under the law a sanction ends with its term; under the regulation of 2007 by decision."""
    for record in _past(IntegrityRecord, "effective", "sanction_until", work):
        term = sanction_term(record)
        if record.sanction_lifted_on is None and term is not None and term.by_law:
            work.save(with_values(record, {"sanction_lifted_on": record.sanction_until}))
            yield record.subject


def _end_all(cls: type[Any], state: str, field: str, act: str, work: UnitOfWork) -> Iterator[str]:
    for record in _past(cls, state, field, work):
        moved = move(record, act, {}, work)
        yield type_of(moved).title_of(moved)


def _past(cls: type[Any], state: str, field: str, work: UnitOfWork) -> list[Any]:
    """Records in this state whose day lies before today."""
    name = type_of(cls).name
    yesterday = (work.today - timedelta(days=1)).isoformat()
    chosen = Selection(
        type=name, equals={"state": (state,)}, ranges={field: (None, yesterday)}, descending=False
    )
    rows = records.row_numbers(work.database, chosen)
    found = records.at_rows(work.database, name, rows) if rows else {}
    return [found[row] for row in rows]
