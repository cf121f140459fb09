"""Pledges for many at once: one record for each who is to sign, signed together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from integrity_desk.domain.attachments import Purpose
from integrity_desk.domain.fields import Id
from integrity_desk.domain.pledges import Pledge, PledgeTemplate
from integrity_desk.domain.records import made, type_of
from integrity_desk.domain.steps import check
from integrity_desk.services.acts import Command, Question, answers, performs
from integrity_desk.services.attachments import AttachFile, attach_file
from integrity_desk.services.records import move
from integrity_desk.services.training_rules import of_subject
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _


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
    """Note that many pledges were signed on the same day, with the signed letters scanned."""

    pledge_ids: tuple[Id, ...]
    signed_on: date
    witness: str = ""
    scans: Mapping[Id, tuple[Path, ...]] = field(default_factory=dict)
    """Files to attach, by pledge; one that was signed before may get its scan as well."""


@dataclass(frozen=True, kw_only=True)
class MatchScans(Question["tuple[Scan, ...]"]):
    """Whose signed letters these files are, by the number or the name in their file names."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, kw_only=True)
class Scan:
    """One file and the pledge it belongs to; ``problem`` says why it belongs to none."""

    path: Path
    pledge_id: Id = ""
    signed: bool = False
    problem: str = ""


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
    """Take the step of each, then attach each one's files."""
    for rec in command.pledge_ids:
        pledge = work.load(Pledge, rec)
        given = {"signed_on": command.signed_on.isoformat(), "witness": command.witness}
        move(pledge, "sign", given, work)
    for rec, paths in command.scans.items():
        for path in paths:
            attach_file(AttachFile(owner_id=rec, path=path, purpose=Purpose.SOURCE.value), work)
    return len(command.pledge_ids)


@answers(MatchScans)
def match_scans(question: MatchScans, reader: Reader) -> tuple[Scan, ...]:
    """Look for each file's pledge among those that are not void."""
    pledges = [each for each in reader.find(Pledge) if each.state != "void"]
    return tuple(_matched(path, pledges) for path in question.paths)


def _matched(path: Path, pledges: Sequence[Pledge]) -> Scan:
    """The number tells for certain; a name only where it stands on one letter still to be signed,
    or else on one that was signed."""
    numbered = [each for each in pledges if each.number and each.number in path.stem]
    named = [each for each in pledges if each.subject_name and each.subject_name in path.stem]
    waiting = [each for each in named if each.state == "issued"]
    found = numbered or waiting or named
    if len(found) == 1:
        return Scan(path=path, pledge_id=found[0].id, signed=found[0].state == "signed")
    several = _("有{count}份承诺书对得上").format(count=len(found))
    return Scan(path=path, problem=several if found else _("没有对应的承诺书"))


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
