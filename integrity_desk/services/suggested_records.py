"""Integrity records and orders that a breach, or a complaint found true, suggests.

City opinions of 2017, 二(三); city notice of 2024, 五: offered for the unit and for the person,
with an order to put it right; a person decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from integrity_desk.domain.commitments import Commitment, CommitmentKind
from integrity_desk.domain.complaints import Complaint, Matter
from integrity_desk.domain.fields import Id
from integrity_desk.domain.plain import to_plain
from integrity_desk.domain.records import Record, type_of
from integrity_desk.domain.rectification import RectificationOrder, is_late
from integrity_desk.services.suggestions import Suggestion, suggests
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import N_

_FOR_UNIT = N_("为责任单位登记诚信记录")
_FOR_PERSON = N_("为责任人登记诚信记录")

_KIND_OF_MATTER = {
    Matter.BREACH: "breach",
    Matter.BROKEN_PROMISE: "breach",
    Matter.OLD_DEBTS_IGNORED: "breach",
    Matter.ARREARS: "arrears",
    Matter.FALSE_STATISTICS: "false_statistics",
}
_FOUND = frozenset({"substantiated", "partly", "rectifying"})


@suggests("commitment")
def after_a_breach(record: Commitment, reader: Reader) -> Iterator[Suggestion]:
    """A breach offers an integrity record for the unit and for the person."""
    if record.state != "breached":
        return
    arrears = record.kind is CommitmentKind.DEBT
    facts = {
        "kind": "arrears" if arrears else "breach",
        "facts": "\n".join(text for text in (record.content, record.judgement) if text),
        "decided_on": _plain(record, "judged_on"),
    }
    yield from _integrity_records(record, record.unit_id, record.person_id, facts)


@suggests("complaint")
def after_a_finding(record: Complaint, reader: Reader) -> Iterator[Suggestion]:
    """A complaint found true offers an order to put it right, and integrity records."""
    if record.state not in _FOUND:
        return
    if record.about_unit_id and not record.rectification_order_id:
        yield Suggestion(
            code="order", type="rectification_order", label=N_("登记限期整改"),
            values={
                "unit_id": record.about_unit_id, "problem": record.subject,
                "key_area": _plain(record, "key_area"), "source_id": record.id,
            },
            known_by=("source_id",),
        )  # fmt: skip
    facts = {
        "kind": _KIND_OF_MATTER.get(record.matter, "other") if record.matter else "other",
        "facts": record.finding,
        "decided_on": _plain(record, "found_on"),
    }
    yield from _integrity_records(record, record.about_unit_id, record.about_person_id, facts)


@suggests("rectification_order")
def after_the_day_has_passed(record: RectificationOrder, reader: Reader) -> Iterator[Suggestion]:
    """An order that is late, or was handed on, offers integrity records: somebody answers."""
    if not is_late(record, reader.today) and record.state != "escalated":
        return
    facts = {
        "kind": "accountability", "decided_on": reader.today.isoformat(),
        "facts": "\n".join(text for text in (record.demand, record.escalation) if text),
    }  # fmt: skip
    for each in _integrity_records(record, record.unit_id, record.person_id, facts):
        values = {**each.values, "source_kind": "own_finding", "document_number": record.number}
        del values["source_id"]
        yield replace(each, values=values, known_by=("subject_id", "document_number"))


def _integrity_records(
    record: Any, unit: Id, person: Id, values: dict[str, Any]
) -> Iterator[Suggestion]:
    """Offer a record of bad faith for each of the two there is."""
    for code, label, subject in (("unit", _FOR_UNIT, unit), ("person", _FOR_PERSON, person)):
        if subject:
            begun = {
                **values, "subject_id": subject, "nature": "untrustworthy",
                "subject": type_of(record).title_of(record)[:200],
                "key_area": _plain(record, "key_area"),
                "source_kind": type_of(record).name, "source_id": record.id,
            }  # fmt: skip
            yield Suggestion(code=code, type="integrity_record", label=label, values=begun)


def _plain(record: Record, name: str) -> Any:
    return to_plain(type_of(record).field(name), getattr(record, name))
