"""Moving to another post or unit, and leaving: what a person did until then stays in the file."""

from __future__ import annotations

import dataclasses
from datetime import date

from integrity_desk.domain.people import Person, PostHistory
from integrity_desk.domain.records import made, type_of
from integrity_desk.domain.steps import check
from integrity_desk.domain.undoing import restored
from integrity_desk.errors import InvalidInput
from integrity_desk.services.following import follows
from integrity_desk.services.guarding import Guarded, guards
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _


@guards("person")
def a_move_has_its_days(guarded: Guarded[Person], work: UnitOfWork) -> None:
    """The old post needs a first day, and the new one begins after it and is another one."""
    before, after = guarded.before, guarded.after
    if guarded.act != "move" or before is None:
        return
    if before.started_on is None:
        words = _("原职务没有任现职日期，写不出任职经历。请先用“修改”补上原职务的“任现职日期”。")
        raise InvalidInput("started_on", words)
    if (before.unit_id, before.post, before.rank) == (after.unit_id, after.post, after.rank):
        raise InvalidInput("post", _("单位、职务和职级都没有变，请填写新的任职。"))
    if after.started_on is not None and after.started_on <= before.started_on:
        words = _("新任职日期应晚于原任职日期{day}，请核对。")
        raise InvalidInput("started_on", words.format(day=before.started_on))


@follows("person", "move")
def keep_the_post_moved_from(person: Person, work: UnitOfWork) -> None:
    """Write the post held until the new one began."""
    before = dataclasses.replace(person, **restored(type_of(person), work.history(person.id)))
    _keep(before, person.started_on, work)


@follows("person", "transfer", "retire", "depart")
def keep_the_last_post(person: Person, work: UnitOfWork) -> None:
    """Write the post held until the person left; without a first day nothing can be written."""
    if person.started_on is not None:
        _keep(person, person.left_on, work)


def _keep(held: Person, until: date | None, work: UnitOfWork) -> None:
    """Write one line of posts held, unless it stands there."""
    line = made(
        PostHistory, person_id=held.id, unit_id=held.unit_id,
        post=held.post or _("（未写明职务）"), rank=held.rank,
        from_on=held.started_on, until_on=until, basis=held.appointed_by,
    )  # fmt: skip
    there = work.find(PostHistory, person_id=held.id)
    same = [each for each in there if (each.from_on, each.unit_id) == (line.from_on, line.unit_id)]
    if any(each.post == line.post for each in same):
        return
    check(line)
    work.add(line)
