"""Which measures the rules ask for, or allow, when a record takes effect.

The rows are ``resources/rules/measures.toml``, each with its clause and days; a person imposes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from integrity_desk.domain.fields import Choice
from integrity_desk.domain.integrity_files import Nature, RecordKind, Severity
from integrity_desk.domain.measures import MeasureKind
from integrity_desk.domain.records import type_named
from integrity_desk.paths import resource
from integrity_desk.wording import _


class Until(Choice):
    """How long a measure lasts."""

    RECORD = "record", "记录有效期满"
    SANCTION = "sanction", "处分期满"
    YEAR = "year", "当年年底"
    ONCE = "once", "办完为止"


@dataclass(frozen=True, kw_only=True)
class MeasureRule:
    """One row; without severities or kinds it is for all of the nature."""

    measure: MeasureKind
    subjects: tuple[str, ...]
    nature: Nature
    until: Until
    clause: str
    effective_from: date
    effective_until: date | None = None
    severities: tuple[Severity, ...] = ()
    kinds: tuple[RecordKind, ...] = ()

    def holds(self, record: Any, subject: str) -> bool:
        """Whether it is for this record of a ``subject`` (unit or person), decided when it was."""
        decided, last = record.decided_on, self.effective_until or date.max
        return (
            subject in self.subjects
            and record.nature is self.nature
            and (not self.severities or record.severity in self.severities)
            and (not self.kinds or record.kind in self.kinds)
            and decided is not None
            and self.effective_from <= decided <= last
        )

    def last_day(self, record: Any) -> date | None:
        """Return the last day of the measure; None where it is over when it is done."""
        ends: dict[Until, date | None] = {
            Until.RECORD: record.expires_on,
            Until.SANCTION: record.sanction_until,
            Until.YEAR: date(record.decided_on.year, 12, 31),
        }
        return ends.get(self.until)

    @property
    def subject_labels(self) -> tuple[str, ...]:
        """Whom it is for, in words."""
        return tuple(_(type_named(each).label) for each in self.subjects)

    @property
    def records_told(self) -> str:
        """What records it is for, in words."""
        told = self.kinds or (self.nature,)
        words = [_("、").join(_(each.label) for each in told)]
        if self.severities:
            words.append(_("、").join(_(each.label) for each in self.severities))
        return _("，").join(words)


def proposed(record: Any, subject: str) -> Iterator[MeasureRule]:
    """Yield the rows that hold for a record, each kind of measure once."""
    seen = set()
    for each in measure_rules():
        if each.measure not in seen and each.holds(record, subject):
            seen.add(each.measure)
            yield each


@lru_cache(maxsize=1)
def measure_rules() -> tuple[MeasureRule, ...]:
    """Return every row, in the order of the file."""
    with resource("rules/measures.toml").open("rb") as file:
        return tuple(_read(each) for each in tomllib.load(file)["measure"])


def _read(entry: dict[str, Any]) -> MeasureRule:
    chosen = {
        "measure": _of(MeasureKind, entry["measure"]),
        "nature": _of(Nature, entry["nature"]),
        "until": _of(Until, entry["until"]),
        "subjects": tuple(entry["subjects"]),
        "severities": tuple(_of(Severity, each) for each in entry.get("severities", ())),
        "kinds": tuple(_of(RecordKind, each) for each in entry.get("kinds", ())),
    }
    return MeasureRule(**{**entry, **chosen})


def _of(choices: type[Choice], code: str) -> Choice:
    return next(each for each in choices if each.value == code)
