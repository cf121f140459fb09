"""Objections, repairs and endings: what they do to records and measures, by ``domain/effects``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from integrity_desk.domain.effects import DISPUTED, Effect, effects_of
from integrity_desk.domain.integrity_files import LIFE, IntegrityRecord
from integrity_desk.domain.integrity_terms import earliest_repair, publication_days, sanction_end
from integrity_desk.domain.measures import Measure
from integrity_desk.domain.objections import Objection
from integrity_desk.domain.publication import Publication
from integrity_desk.domain.records import Record, type_of, with_values
from integrity_desk.domain.repairs import Repair
from integrity_desk.services.following import ENTER, follows
from integrity_desk.services.records import move
from integrity_desk.services.standing import open_objections
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _, in_chinese


@follows("objection", ENTER, "withdraw")
def an_objection_rests_measures(objection: Objection, work: UnitOfWork) -> None:
    """Suspend what hangs on the record on the day the objection was lodged, or let it go on."""
    act = "withdraw" if objection.state == "withdrawn" else ENTER
    on = objection.withdrawn_on or objection.received_on
    _spread(objection, act, "", on or work.today, work)


@follows("objection", "decide")
def a_finding_moves_record_and_measures(objection: Objection, work: UnitOfWork) -> None:
    """Let measures go on, or revoke the record; a correction waits for the corrected record."""
    finding = objection.finding.value if objection.finding else ""
    _spread(objection, "decide", finding, objection.decided_on or work.today, work)


@follows("measure", "impose")
def a_disputed_measure_rests_at_once(measure: Measure, work: UnitOfWork) -> None:
    """Suspend on the day it is imposed what rests on a record under objection."""
    disputed = open_objections(measure.record_id, work)
    for effect in effects_of("measure", "impose", DISPUTED) if disputed else ():
        move(measure, effect.act, _given(effect, disputed[0], work.today), work)


@follows("repair", ENTER)
def a_repair_says_how_long_it_had_to_wait(repair: Repair, work: UnitOfWork) -> None:
    """Note the last day of the least publication period, which granting asks after."""
    earliest = earliest_repair(work.load(IntegrityRecord, repair.record_id))
    if earliest is not None and repair.published_at_least_until is None:
        work.save(with_values(repair, {"published_at_least_until": earliest.least_until}))


@follows("repair", "take_effect")
def a_repair_ends_its_record(repair: Repair, work: UnitOfWork) -> None:
    """The record is repaired on the day the decision takes effect."""
    _spread(repair, "take_effect", "", repair.effective_on or work.today, work)


@follows("integrity_record", "revoke", "correct", "repair", "expire", "delist")
def an_ended_record_ends_its_measures(record: IntegrityRecord, work: UnitOfWork) -> None:
    """Undo or lift what hung on the record."""
    act = next(step.act for step in LIFE.steps if step.to == record.state)
    left = record.court_removed_on if act == "delist" else None
    on = record.ended_on or left or record.expires_on or work.today
    _spread(record, act, "", on, work)


@follows("integrity_record", "approve")
def an_effective_record_has_its_terms(record: IntegrityRecord, work: UnitOfWork) -> None:
    """Reckon by law what the decision leaves open: the ends of sanction, publication and record."""
    reckoned = {"sanction_until": _sanction_end(record, work), **_publication(record)}
    left_open = {
        name: value
        for name, value in reckoned.items()
        if value is not None and getattr(record, name) is None
    }
    if left_open:
        work.save(with_values(record, left_open))


def _sanction_end(record: IntegrityRecord, work: UnitOfWork) -> date | None:
    if record.sanction is None:
        return None
    known = work.find(IntegrityRecord, subject_id=record.subject_id, state="effective")
    return sanction_end(record, [each for each in known if each.id != record.id])


def _publication(record: IntegrityRecord) -> dict[str, date | None]:
    """The longest publication; what is not published any more is no record to be used either."""
    days = publication_days(record)
    if days is None or record.publication is not Publication.PUBLISH:
        return {}
    return {
        "published_from": record.effective_on,
        "published_until": days[1],
        "expires_on": days[1],
    }


def _spread(cause: Record, act: str, finding: str, on: date, work: UnitOfWork) -> None:
    for effect in effects_of(type_of(cause).name, act, finding):
        for record in _affected(cause, effect, work):
            if effect.act == "resume" and _still_objected(record, cause, work):
                continue
            move(record, effect.act, _given(effect, cause, on), work)


def _affected(cause: Record, effect: Effect, work: UnitOfWork) -> Iterator[Record]:
    rec = cause.id if isinstance(cause, IntegrityRecord) else _record_id(cause)
    found: Sequence[Record]
    if effect.on == "integrity_record":
        found = [work.load(IntegrityRecord, rec)]
    else:
        found = work.find(Measure, record_id=rec)
    yield from (each for each in found if each.state in effect.states)


def _record_id(cause: Any) -> str:
    return str(cause.record_id)


def _still_objected(measure: Record, cause: Record, work: UnitOfWork) -> bool:
    """Whether another objection against the same record is still open."""
    return any(each.id != cause.id for each in open_objections(_record_id(measure), work))


def _given(effect: Effect, cause: Record, on: date) -> dict[str, Any]:
    """What the step asks for, from the act that sets it off."""
    with in_chinese():
        why = _(effect.why)
    ended = {"ended_on": on.isoformat(), "ending_reason": why}
    repair = {"repair_id": cause.id} if isinstance(cause, Repair) else {}
    return {
        "suspend": {"objection_id": cause.id, "suspended_on": on.isoformat()},
        "resume": {"resumed_on": on.isoformat()},
        "lift": ended,
        "undo": ended,
        "revoke": ended,
        "repair": {**ended, **repair},
    }[effect.act]
