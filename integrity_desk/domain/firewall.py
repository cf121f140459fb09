"""The firewall of a case: nobody complained of, nobody near them, and no unit of theirs handles it.

What a record says by itself is checked wherever it is kept (``handlers_stand_outside``). What
follows from the registers, units under the one complained of, relatives, staff, is looked up by
``services/firewall.py`` and comes here as ``Walls``. Rules: 信访工作条例 30; 公务员法 76;
公务员回避规定 5, 11.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from integrity_desk.domain.accounts import Actor
from integrity_desk.domain.fields import Id
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.wording import _

PASSED_ON = frozenset({"refer", "referral_receipt", "return", "take_back"})
"""Acts by which a unit complained of hands the case to somebody else; it may do nothing more."""

HANDLERS = ("handler_id", "stand_in_id")
"""The fields of a case that name who handles it; an AB stand-in is a handler."""


@dataclass(frozen=True, kw_only=True)
class Walls:
    """Whom a case is kept from.

    ``units`` are those complained of, whatever is under them and whoever took over their duties;
    ``people`` those complained of, withdrawn, or registered as near to them; ``serves`` says in
    which unit each person in question serves.
    """

    units: frozenset[Id] = frozenset()
    people: frozenset[Id] = frozenset()
    serves: Mapping[Id, Id] = field(default_factory=dict)

    def bars_person(self, person: Id) -> bool:
        """Whether this person has to keep out for their own sake."""
        return bool(person) and person in self.people

    def bars_staff(self, person: Id) -> bool:
        """Whether this person serves in a unit that has to keep out."""
        return bool(person) and self.serves.get(person, "") in self.units

    def bars_unit(self, unit: Id) -> bool:
        """Whether this unit has to keep out."""
        return bool(unit) and unit in self.units

    def bars(self, actor: Actor) -> bool:
        """Whether this account has to keep out, by whichever of the three."""
        person = actor.person_id
        return self.bars_person(person) or self.bars_staff(person) or self.bars_unit(actor.unit_id)


def handlers_stand_outside(record: Any) -> None:
    """Refuse handlers that the record itself says are complained of or have withdrawn."""
    refuse_handlers(record, _said_by(record))


def refuse_handlers(record: Any, walls: Walls) -> None:
    """Raise InvalidInput when the case lies with somebody behind the walls."""
    if walls.bars_unit(record.handler_unit_id):
        raise InvalidInput(
            "handler_unit_id",
            _("不得将投诉举报交给被投诉举报的单位或其下属、承继单位办理，请另选承办单位。"),
        )
    for name in HANDLERS:
        person = getattr(record, name)
        if walls.bars_person(person):
            raise InvalidInput(
                name,
                _("此人是被投诉举报人、其亲属或利害关系人，或已回避，不得办理本件，请另选承办人。"),
            )
        if walls.bars_staff(person):
            raise InvalidInput(name, _("此人在被投诉举报的单位任职，不得办理本件，请另选承办人。"))


def refuse_actor(act: str, actor: Actor, walls: Walls) -> None:
    """Raise StepRefused when whoever acts has to keep out; a unit may still pass the case on."""
    if walls.bars_person(actor.person_id):
        raise StepRefused(
            _("您是被投诉举报人、其亲属或利害关系人，或已回避，不得办理本件。请交由他人办理。")
        )
    if act not in PASSED_ON and walls.bars(actor):
        raise StepRefused(_("本件反映的是您所在的单位，应当回避。请转送上级或其他有权处理的机关。"))


def outside(act: str) -> Any:
    """Return the guard of a step: the record's own words are enough to refuse it."""

    def guard(record: Any, facts: Any) -> None:
        refuse_actor(act, facts.actor, _said_by(record))

    return guard


def _said_by(record: Any) -> Walls:
    """The walls that need no look-up."""
    return Walls(
        units=frozenset({record.about_unit_id}) - {""},
        people=frozenset({record.about_person_id, *record.recused_ids}) - {""},
    )
