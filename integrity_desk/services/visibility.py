"""Who sees what: restricted records, and the masks over private values."""

from __future__ import annotations

from typing import Any

from integrity_desk.domain.attachments import Attachment
from integrity_desk.domain.complaints import Complaint
from integrity_desk.domain.fields import Field
from integrity_desk.domain.privacy import mask
from integrity_desk.domain.records import Record, type_of
from integrity_desk.services.firewall import walls_of
from integrity_desk.storage.reader import Reader


def may_see(record: Record, reader: Reader) -> bool:
    """Whether this account may see the record at all.

    A restricted record (a reporter) is open to reviewers and to the handler of its case, and to
    whoever entered it while the case has no handler yet; to nobody complained of, whatever their
    role (信访工作条例 30). What is attached to a record is seen by who may see that record.
    """
    if isinstance(record, Attachment):
        return may_see(reader.load_any(record.owner_id), reader)
    declared = type_of(record)
    owner_id = getattr(record, f"{declared.part_of}_id") if declared.restricted else ""
    if not owner_id:
        return not declared.restricted or reader.actor.may("reporter")
    case = reader.load(Complaint, owner_id)
    return _may_know_who_complained(case, reader)


def _may_know_who_complained(case: Complaint, reader: Reader) -> bool:
    entered = reader.actor.account_id == case.entered_by
    walls = walls_of(case, reader)
    if walls.bars_person(reader.actor.person_id) or (walls.bars(reader.actor) and not entered):
        return False
    if reader.actor.may("reporter"):
        return True
    if case.joined_to_id:
        case = reader.load(Complaint, case.joined_to_id)
    if case.handler_id:
        return reader.actor.person_id in {case.handler_id, case.stand_in_id} - {""}
    return entered


def may_amend(record: Record, reader: Reader) -> bool:
    """Whether this account may change fields of the record outside a step.

    Nothing final is amended, nor what a newer program has written to; what a second person has
    judged is amended only by a reviewer who did not enter it, or the judgement would be worth
    nothing.
    """
    read_only = type_of(record).written_once or reader.is_newer(record.id)
    if read_only or not reader.actor.may("edit"):
        return False
    life = type_of(record).life
    if life is None:
        return True
    if life.state(record.state).final:
        return False
    foreign = record.entered_by != reader.actor.account_id
    return not life.judged(record.state) or (foreign and reader.actor.may("approve"))


def shown(field: Field, value: Any) -> Any:
    """Return a value as it stands on screens and prints by default: private ones masked."""
    return mask(field.kind, value) if field.sensitive and value and field.is_text else value
