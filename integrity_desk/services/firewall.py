"""The firewall with the registers at hand: units under units, relatives, where people serve.

A case about a unit is kept from that unit, from everything under it, and from whoever took over
its duties; the unit above it may handle it, that is what supervision is for. A commitment that is
complained of brings its own responsible unit and person with it.
"""

from __future__ import annotations

from collections.abc import Iterator

from integrity_desk.domain.commitments import Commitment
from integrity_desk.domain.complaints import Complaint
from integrity_desk.domain.fields import Id
from integrity_desk.domain.firewall import HANDLERS, Walls, refuse_actor, refuse_handlers
from integrity_desk.domain.kinship import Kinship
from integrity_desk.domain.people import Person
from integrity_desk.domain.units import Unit
from integrity_desk.errors import InvalidInput, NotFound
from integrity_desk.services.guarding import Guarded, guards
from integrity_desk.storage.reader import Reader
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _

_MATTERS = frozenset(
    {
        "about_unit_id", "about_person_id", "about_commitment_id", "recused_ids",
        "handler_unit_id", *HANDLERS,
    }
)  # fmt: skip
"""Fields of a case that decide who may handle it."""


@guards("complaint")
def nobody_complained_of_acts(guarded: Guarded[Complaint], work: UnitOfWork) -> None:
    """Refuse whoever has to keep out of the case as it stood, whatever they would make of it.

    A unit complained of may still put right what it registered before it passes the case on; and
    anybody may name themselves as withdrawn.
    """
    before = guarded.before
    if before is not None:
        amended = "refer" if before.state == "received" else ""
        refuse_actor(guarded.act or amended, work.actor, walls_of(before, work))


@guards("complaint")
def handled_from_outside(guarded: Guarded[Complaint], work: UnitOfWork) -> None:
    """Refuse handlers behind the walls of the case as it will stand.

    An amendment that would put its own handler there is refused until the case is reassigned; a
    wall that rises elsewhere (a relative registered, a transfer) is shown and stops every step.
    """
    case, before = guarded.after, guarded.before
    if not any(getattr(case, name) for name in ("handler_unit_id", *HANDLERS)):
        return  # nobody handles it yet
    if guarded.act or before is None or any(_differs(before, case, name) for name in _MATTERS):
        _refuse(case, before, walls_of(case, work), amending=bool(before) and not guarded.act)


@guards("complaint")
def joined_to_a_case_that_may_lead(guarded: Guarded[Complaint], work: UnitOfWork) -> None:
    """A leading case stands for itself, is still open, and its handler is outside both cases."""
    if guarded.act != "join":
        return
    leading = work.load(Complaint, guarded.after.joined_to_id)
    if leading.joined_to_id:
        raise InvalidInput("joined_to_id", _("所选主办件自己已并入他件，请改选它的主办件。"))
    if leading.state not in LEADING:
        raise InvalidInput("joined_to_id", _("所选主办件已经答复或尚未受理，不能并入，请另选。"))
    if work.find(Complaint, joined_to_id=guarded.after.id):
        raise InvalidInput("joined_to_id", _("已有别的件并入本件，请先分案，或把那一件并入本件。"))
    try:
        refuse_handlers(leading, walls_of(guarded.after, work, of=leading))
    except InvalidInput as refusal:
        sentence = _("主办件的承办人须回避本件：{reason}")
        raise InvalidInput("joined_to_id", sentence.format(reason=refusal.sentence)) from refusal


LEADING = frozenset(
    {"accepted", "verifying", "suspended", "substantiated", "partly", "unsubstantiated",
     "rectifying"}
)  # fmt: skip
"""States of a case to which others may be joined: taken up, and not yet answered."""


def walls_of(case: Complaint, reader: Reader, *, of: Complaint | None = None) -> Walls:
    """Return whom a case is kept from; ``of`` is the case whose handlers are in question."""
    units, people = {case.about_unit_id}, {case.about_person_id}
    promised = _commitment(case, reader)
    if promised is not None:
        units.add(promised.unit_id)
        people.add(promised.person_id)
    people -= {""}
    near = {other for person in people for other in _near(person, reader)}
    asked = {reader.actor.person_id, *(getattr(of or case, name) for name in HANDLERS)}
    return Walls(
        units=_with_what_is_under(units - {""}, reader),
        people=frozenset({*people, *near, *case.recused_ids}),
        serves=dict(_serving(asked - {""}, reader)),
    )


def breach_of(case: Complaint, reader: Reader) -> str:
    """Return what is wrong with the handlers as they stand; "" when nothing is."""
    try:
        refuse_handlers(case, walls_of(case, reader))
    except InvalidInput as refusal:
        return refusal.sentence
    return ""


def _refuse(case: Complaint, before: Complaint | None, walls: Walls, *, amending: bool) -> None:
    try:
        refuse_handlers(case, walls)
    except InvalidInput as refusal:
        assigned = before is not None and all(
            getattr(before, name) == getattr(case, name) for name in ("handler_unit_id", *HANDLERS)
        )
        if not (amending and assigned):
            raise
        sentence = _("这样修改后承办人应当回避，请先改派承办单位和承办人，再作修改。（{reason}）")
        raise InvalidInput(refusal.field, sentence.format(reason=refusal.sentence)) from refusal


def _differs(one: Complaint, other: Complaint, name: str) -> bool:
    return bool(getattr(one, name) != getattr(other, name))


def _commitment(case: Complaint, reader: Reader) -> Commitment | None:
    if not case.about_commitment_id:
        return None
    try:
        return reader.load(Commitment, case.about_commitment_id)
    except NotFound:
        return None


def _with_what_is_under(units: set[Id], reader: Reader) -> frozenset[Id]:
    reached: set[Id] = set()
    waiting = set(units)
    while waiting:
        unit = waiting.pop()
        reached.add(unit)
        below = {each.id for each in reader.find(Unit, parent_id=unit)}
        waiting |= {*below, *_successor(unit, reader)} - reached
    return frozenset(reached)


def _successor(unit: Id, reader: Reader) -> set[Id]:
    try:
        return {reader.load(Unit, unit).successor_id} - {""}
    except NotFound:
        return set()


def _near(person: Id, reader: Reader) -> Iterator[Id]:
    """Yield whoever has to withdraw for this person's sake; a tie holds both ways."""
    for each in reader.find(Kinship, person_id=person, withdraws=True):
        yield each.related_id
    for each in reader.find(Kinship, related_id=person, withdraws=True):
        yield each.person_id


def _serving(people: set[Id], reader: Reader) -> Iterator[tuple[Id, Id]]:
    for person in people:
        try:
            yield person, reader.load(Person, person).unit_id
        except NotFound:
            continue
