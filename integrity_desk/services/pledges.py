"""Pledges for many at once: one record for each who is to sign, signed together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from integrity_desk.domain.fields import Id
from integrity_desk.domain.pledges import Pledge, PledgeTemplate
from integrity_desk.domain.records import made, type_of
from integrity_desk.domain.steps import check
from integrity_desk.services.acts import Command, performs
from integrity_desk.services.records import move
from integrity_desk.services.training_rules import of_subject
from integrity_desk.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class IssuePledges(Command["tuple[Id, ...]"]):
    """Make one pledge for each person or unit; who has an open one of this kind and occasion
    gets no second. The outcome carries the new ids."""

    subject_ids: tuple[Id, ...]
    template: PledgeTemplate
    occasion: str = ""
    issued_on: date


@dataclass(frozen=True, kw_only=True)
class SignPledges(Command[int]):
    """Note that many pledges were signed on the same day."""

    pledge_ids: tuple[Id, ...]
    signed_on: date
    witness: str = ""


@performs(IssuePledges)
def issue_pledges(command: IssuePledges, work: UnitOfWork) -> tuple[Id, ...]:
    """Enter one each; a hundred are as quick to make as one."""
    issued = []
    for subject_id in dict.fromkeys(command.subject_ids):
        if not _is_pledged(subject_id, command, work):
            issued.append(_issue(subject_id, command, work))
    return tuple(issued)


@performs(SignPledges)
def sign_pledges(command: SignPledges, work: UnitOfWork) -> int:
    """Take the step of each."""
    for rec in command.pledge_ids:
        pledge = work.load(Pledge, rec)
        given = {"signed_on": command.signed_on.isoformat(), "witness": command.witness}
        move(pledge, "sign", given, work)
    return len(command.pledge_ids)


def _issue(subject_id: Id, command: IssuePledges, work: UnitOfWork) -> Id:
    """Write one pledge with all that belongs to it, so that it is one revision."""
    pledge = made(
        Pledge,
        number=work.next_number(type_of(Pledge).prefix),
        state="issued",
        subject_id=subject_id,
        template=command.template,
        occasion=command.occasion.strip(),
        issued_on=command.issued_on,
        **of_subject(subject_id, work),
    )
    check(pledge)
    return work.add(pledge).id


def _is_pledged(subject_id: Id, command: IssuePledges, work: UnitOfWork) -> bool:
    there = work.find(Pledge, subject_id=subject_id, template=command.template)
    return any(each.occasion == command.occasion and each.state != "void" for each in there)
