"""What training and pledges take from others: the name and the unit as they then were."""

from __future__ import annotations

import dataclasses
from typing import Any

from integrity_desk.domain.fields import Id
from integrity_desk.domain.pledges import Pledge
from integrity_desk.domain.records import type_of
from integrity_desk.domain.training import OPEN_STATES, Attendance, Training
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.services.following import ENTER, follows
from integrity_desk.services.guarding import Guarded, guards
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _


@guards("attendance")
def listed_once_while_open(guarded: Guarded[Attendance], work: UnitOfWork) -> None:
    """Nobody stands twice on one list; a list that is closed does not change."""
    line = guarded.after
    require_open_list(work.load(Training, line.training_id))
    twice = work.find(Attendance, training_id=line.training_id, person_id=line.person_id)
    if any(each.id != line.id for each in twice):
        raise InvalidInput("person_id", _("此人已在签到表上，不必重复添加。"))


def require_open_list(training: Training) -> None:
    """Refuse to change who was there once the session is closed or cancelled."""
    if training.state not in OPEN_STATES:
        raise StepRefused(_("该次教育已归档或取消，签到表不能再改。"))


@follows("attendance", ENTER)
def note_whose_line(line: Attendance, work: UnitOfWork) -> None:
    """A line entered by itself gets what the batch writes at once."""
    if not line.person_name:
        work.save(dataclasses.replace(line, **of_person(line.person_id, work)))


@follows("pledge", ENTER)
def note_whose_pledge(pledge: Pledge, work: UnitOfWork) -> None:
    """A pledge entered by itself gets what the batch writes at once."""
    if not pledge.subject_name:
        work.save(dataclasses.replace(pledge, **of_subject(pledge.subject_id, work)))


def of_person(person_id: Id, reader: Reader) -> dict[str, Any]:
    """Return what an attendance takes from its person."""
    person: Any = reader.load_any(person_id)
    return {"person_name": person.name, "unit_id": person.unit_id}


def of_subject(subject_id: Id, reader: Reader) -> dict[str, Any]:
    """Return what a pledge takes from its subject: it counts for the unit of that day."""
    subject: Any = reader.load_any(subject_id)
    own = type_of(subject).name == "unit"
    return {"subject_name": subject.name, "unit_id": subject.id if own else subject.unit_id}
