"""When an untrustworthy record that has ended goes into the archive (转入存档).

From then on it is told to nobody who inquires; the whole file and the log keep it. It is read from
the days, like being overdue: no date changes a state by itself. How long is regional
(clock ``record_archiving``).
"""

from __future__ import annotations

from datetime import date

from integrity_desk.domain.clocks import DueDate
from integrity_desk.domain.integrity_files import ENDED, IntegrityRecord, Nature
from integrity_desk.domain.time_rules import TimeRules

ARCHIVING_CLOCK = "record_archiving"


def ended_on(record: IntegrityRecord, today: date) -> date | None:
    """Return the day on which a record ended: by an act, or by its own last day; None if it runs.

    A record whose last day has passed has ended, whether or not somebody has noted that yet.
    """
    run_out = record.expires_on is not None and record.expires_on < today
    if record.state not in ENDED and not (record.state == "effective" and run_out):
        return None
    return end_of(record)


def end_of(record: IntegrityRecord) -> date | None:
    """Return on which day an ended record ended: by an act, off the court's list, by its term."""
    return record.ended_on or record.court_removed_on or record.expires_on


def archiving(record: IntegrityRecord, rules: TimeRules, today: date) -> DueDate | None:
    """Count until when an ended untrustworthy record is still told; None while it runs."""
    if record.nature is not Nature.UNTRUSTWORTHY:
        return None
    end = ended_on(record, today)
    return rules.count(ARCHIVING_CLOCK, end) if end is not None else None


def is_archived(record: IntegrityRecord, rules: TimeRules, today: date) -> bool:
    """Whether the record is in the archive."""
    counted = archiving(record, rules, today)
    return counted is not None and counted.due < today
