"""Unmasking a private value: never silently, always with a reason that stays in the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from integrity_desk.domain.access import Access
from integrity_desk.domain.fields import Id
from integrity_desk.domain.records import type_of
from integrity_desk.domain.steps import check
from integrity_desk.errors import InvalidInput, NotPermitted
from integrity_desk.services.acts import Command, performs
from integrity_desk.services.visibility import may_see
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _


@dataclass(frozen=True, kw_only=True)
class RevealField(Command[str]):
    """Show one masked value in full; the outcome carries it."""

    permission: ClassVar[str] = "reveal"
    id: Id
    field: str
    reason: str


@performs(RevealField)
def reveal_field(command: RevealField, work: UnitOfWork) -> str:
    """Log who looked at what, and why, in the transaction that shows it."""
    record = work.load_any(command.id)
    if not may_see(record, work):
        raise NotPermitted(_("这条内容只对经办人和复核员开放。"))
    declared = type_of(record)
    if not declared.has(command.field) or not declared.field(command.field).sensitive:
        raise InvalidInput(command.field, _("该项没有遮盖，无需申请查看。"))
    access = Access(
        record_id=record.id, field=command.field, reason=command.reason.strip(),
        seen_by=work.actor.account_id,
    )  # fmt: skip
    check(access)
    work.add(access)
    return str(getattr(record, command.field))
