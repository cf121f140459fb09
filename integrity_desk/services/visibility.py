"""Who sees what: restricted records, and the masks over private values."""

from __future__ import annotations

from typing import Any

from integrity_desk.domain.fields import Field
from integrity_desk.domain.privacy import mask
from integrity_desk.domain.records import Record, type_named, type_of
from integrity_desk.storage.reader import Reader


def may_see(record: Record, reader: Reader) -> bool:
    """Whether this account may see the record at all.

    A restricted record (a reporter) is open to reviewers and to the handler of its case, and to
    whoever entered it while the case has no handler yet (信访条例 on keeping reporters secret).
    """
    declared = type_of(record)
    if not declared.restricted or reader.actor.may("reporter"):
        return True
    owner_id = getattr(record, f"{declared.part_of}_id")
    if not owner_id:
        return True
    case: Any = reader.load(type_named(declared.part_of).cls, owner_id)
    if case.handler_id:
        return reader.actor.person_id in {case.handler_id, case.stand_in_id} - {""}
    return bool(reader.actor.account_id == case.entered_by)


def may_amend(record: Record, reader: Reader) -> bool:
    """Whether this account may change fields of the record outside a step.

    Nothing final is amended; what a second person has judged is amended only by a reviewer who
    did not enter it, or the judgement would be worth nothing.
    """
    if not reader.actor.may("edit"):
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
