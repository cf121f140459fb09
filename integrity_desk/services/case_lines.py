"""What a case says beside its fields: its pauses, the day it must go back, its firewall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from integrity_desk.domain.complaints import Complaint
from integrity_desk.domain.firewall import PASSED_ON, Walls
from integrity_desk.domain.life_cycles import Step
from integrity_desk.domain.notices import Notice
from integrity_desk.domain.objections import Objection
from integrity_desk.domain.pauses import CasePause, pauses_of
from integrity_desk.domain.records import Record, type_of
from integrity_desk.services.board import board_warning
from integrity_desk.services.firewall import breach_of, walls_of
from integrity_desk.storage.reader import Reader
from integrity_desk.wording import N_, _

BESIDE_THE_CLOCK = N_("中止和退回")


def lines_beside(record: Record, reader: Reader) -> Iterator[tuple[str, str, str]]:
    """Yield (field name, label, words) of what stands beside a case's time limit."""
    if isinstance(record, Complaint | Objection):
        for each in pauses_of(record):
            yield "pauses", _(each.ground.label), _span(each, reader.today)
    if isinstance(record, Complaint) and record.return_by_on is not None:
        counted = reader.rules.count("petition_return", record.received_on or reader.today)
        words = _("{day}（{clause}）").format(
            day=record.return_by_on, clause=_(counted.clause) if counted else ""
        )
        yield "return_by_on", type_of(record).field("return_by_on").label, words


def warning_of(record: Record, reader: Reader) -> str:
    """Return what is wrong with who handles a case, or that this account has to keep out.

    Of a notice that hangs: what is wrong with its sheet on the wall.
    """
    if isinstance(record, Notice):
        return board_warning(record, reader)
    if not isinstance(record, Complaint) or record.state in ("closed", "returned"):
        return ""
    breach = breach_of(record, reader)
    if breach:
        return _("承办人应当回避，请先改派：{reason}").format(reason=breach)
    return (
        _("您须回避本件，只能登记和转送。") if _keeps_out(walls_of(record, reader), reader) else ""
    )


def within_the_firewall(
    record: Record, steps: tuple[Step, ...], reader: Reader
) -> tuple[Step, ...]:
    """Leave out the steps that the firewall of a case would refuse this account."""
    if not isinstance(record, Complaint):
        return steps
    walls = walls_of(record, reader)
    if walls.bars_person(reader.actor.person_id):
        return ()
    if not walls.bars(reader.actor):
        return steps
    return tuple(each for each in steps if each.act in PASSED_ON)


def _keeps_out(walls: Walls, reader: Reader) -> bool:
    return reader.actor.may("edit") and walls.bars(reader.actor)


def _span(pause: CasePause, today: date) -> str:
    if pause.resumed is None:
        days = max(0, (today - pause.since).days)
        return _("自{since}起，已{days}日，尚未恢复").format(since=pause.since, days=days)
    return _("{since}至{resumed}恢复，{days}日不计入期限").format(
        since=pause.since, resumed=pause.resumed, days=(pause.resumed - pause.since).days
    )
