"""Terms by law: how long a record is published, when it may be repaired, when a sanction ends.

The numbers are ``resources/rules/publication.toml`` and ``sanctions.toml``, each with its clause
and the days it was in force; the record's own dates choose the version.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from integrity_desk.domain.clocks import months_after
from integrity_desk.paths import resource
from integrity_desk.wording import _


@dataclass(frozen=True, kw_only=True)
class PublicationPeriod:
    """One version of the publication period for one severity, in months."""

    name: str
    severity: str
    published: bool
    least_months: int
    most_months: int
    clause: str
    effective_from: date = date.min
    effective_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class SanctionTerm:
    """The terms under one law, in months by sanction; ``by_law`` when they end by themselves."""

    id: str
    name: str
    clause: str
    by_law: bool
    combined_most: int
    effective_from: date
    terms: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Earliest:
    """From which day a repair may be applied for and granted, and why, in a sentence."""

    on: date
    least_until: date
    """The last day of the least publication period, the day before ``on``."""
    sentence: str


def publication_period(record: Any) -> PublicationPeriod | None:
    """Return the period that holds for an untrustworthy record; None for one without severity."""
    if record.severity is None or record.decided_on is None:
        return None
    for each in publication_periods():
        until = each.effective_until or date.max
        in_force = each.effective_from <= record.decided_on <= until
        if in_force and each.severity == record.severity.value:
            return each
    return None


def published_severities() -> tuple[str, ...]:
    """Return the severities of which some rule says that they are published."""
    return tuple(dict.fromkeys(each.severity for each in publication_periods() if each.published))


def publication_days(record: Any) -> tuple[date, date] | None:
    """Return the first day on which publication may end, and the last on which it may stand."""
    period = publication_period(record)
    start = record.published_from or record.effective_on
    if period is None or start is None or not period.published:
        return None
    return months_after(start, period.least_months), months_after(start, period.most_months)


def earliest_repair(record: Any) -> Earliest | None:
    """Return from when a repair of this record may be applied for; None when there is no wait."""
    days, period = publication_days(record), publication_period(record)
    if days is None or period is None:
        return None
    first = day_after_least(days[0])
    sentence = _(
        "最早可于{day}申请信用修复：{name}最短公示期为{months}个月，"
        "自{start}起算，至{last}届满（{clause}）。"
    ).format(
        day=first,
        last=days[0],
        name=_(period.name),
        months=period.least_months,
        start=record.published_from or record.effective_on,
        clause=_(period.clause),
    )
    return Earliest(on=first, least_until=days[0], sentence=sentence)


def day_after_least(last: date) -> date:
    """Return the first day on which a least period that ends on ``last`` is over.

    Applying and granting ask the same: the last day still belongs to the period (民法典 202).
    """
    return last + timedelta(days=1)


def sanction_term(record: Any) -> SanctionTerm | None:
    """Return the law a sanction runs under; None for a record that is no sanction with a term."""
    if record.sanction is None or record.sanction_rule is None:
        return None
    found = (each for each in sanction_terms() if each.id == record.sanction_rule.value)
    return next((each for each in found if record.sanction.value in each.terms), None)


def sanction_end(record: Any, earlier: Iterable[Any] = ()) -> date | None:
    """Return the last day of a sanction.

    What is left of ``earlier`` sanctions of the same person on the day it takes effect is added,
    both together at most 48 months (政务处分法 15).
    """
    term, start = sanction_term(record), record.effective_on
    if term is None or start is None:
        return None
    end = months_after(start, term.terms[record.sanction.value])
    running = [each.sanction_until for each in earlier if _still_runs(each, start)]
    left = (max(running) - start) if running else None
    if left is not None:
        end += left
    return min(end, months_after(start, term.combined_most))


def _still_runs(record: Any, day: date) -> bool:
    return (
        record.sanction_until is not None
        and record.sanction_until > day
        and record.sanction_lifted_on is None
    )


@lru_cache(maxsize=1)
def publication_periods() -> tuple[PublicationPeriod, ...]:
    """Return every version of every publication period, newest first."""
    return tuple(PublicationPeriod(**each) for each in _read("publication", "period"))


@lru_cache(maxsize=1)
def sanction_terms() -> tuple[SanctionTerm, ...]:
    """Return the laws sanctions run under."""
    return tuple(
        SanctionTerm(by_law=each.pop("lifted_by") == "law", **each)
        for each in _read("sanctions", "rule")
    )


def _read(name: str, table: str) -> list[dict[str, Any]]:
    with resource(f"rules/{name}.toml").open("rb") as file:
        entries: list[dict[str, Any]] = tomllib.load(file)[table]
    return entries
