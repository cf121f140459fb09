"""Undoing the last act: what may be taken back, and why the rest may not.

An undo is one more revision that restores what stood before; history keeps both. It is for a slip
of the hand, by whoever slipped, on the same day, while nothing rests on it yet. What bound
somebody, a notice given, a second person's word, a number, is corrected instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from integrity_desk.domain.accounts import Actor
from integrity_desk.domain.life_cycles import Step
from integrity_desk.domain.merging import merged
from integrity_desk.domain.plain import from_plain
from integrity_desk.domain.records import RecordType
from integrity_desk.domain.revisions import VOID, Clock, Revision
from integrity_desk.domain.times import china_day, from_epoch_ms
from integrity_desk.errors import StepRefused
from integrity_desk.wording import N_, _

UNDO = "UndoLast"
"""The name of an undo in the log."""

_AMENDED = "AmendRecord"
_SECOND = N_("这一步是复核决定，不能撤销。有误的，请按程序更正。")
_NUMBERED = N_("这一步已经编号登记，不能撤销。有误的，请用“修改”更正。")


@dataclass(frozen=True, kw_only=True)
class LastAct:
    """The end of a record's history, and what is known around it."""

    revisions: Sequence[Revision]
    replica: str
    """This desk's."""
    sent: bool
    """Whether the last revision lies in a sealed bundle."""
    built_on: bool
    """Whether another record came or changed with it, or came to hang on it since."""


def binds(step: Step) -> str:
    """Return why a step cannot be undone, a sentence of the source language; "" when it can."""
    if step.binding:
        return step.binding
    if step.second_person or step.permission == "approve":
        return _SECOND
    return _NUMBERED if step.numbered else ""


def refuse_undo(declared: RecordType, act: LastAct, actor: Actor, today: date) -> None:
    """Raise StepRefused, with what can be done instead, unless the last act may be undone."""
    last = act.revisions[-1]
    reason = _by_kind(declared, last)
    if not reason and last.by != actor.account_id:
        reason = N_("上一步是别人办理的，只能由本人撤销。有误的，请用“修改”更正。")
    if not reason and last.replica != act.replica:
        reason = N_("上一步是在另一台电脑上办理的，不能在这里撤销。有误的，请用“修改”更正。")
    if not reason and china_day(from_epoch_ms(Clock.at(last.hlc).ms)) != today:
        reason = N_("只能撤销当天办理的事项。有误的，请用“修改”更正，更正会留下记录。")
    if not reason and act.sent:
        reason = N_("上一步已封入上报包，不能撤销。有误的，请用“修改”更正后再次上报。")
    if not reason and act.built_on:
        reason = N_("这一步牵涉或已经带出别的登记，不能撤销。有误的，请用“修改”更正。")
    if reason:
        raise StepRefused(_(reason))


def restored(declared: RecordType, revisions: Sequence[Revision]) -> Mapping[str, Any]:
    """Return the values that the fields written by the last revision held before it."""
    before = merged(revisions[:-1]).values
    return {
        name: from_plain(declared.field(name), before[name])
        if name in before
        else declared.field(name).empty
        for name in revisions[-1].set
        if declared.has(name)
    }


def _by_kind(declared: RecordType, last: Revision) -> str:
    if last.cmd == UNDO:
        return N_("上一步已经是撤销，没有可以再撤销的。")
    if "entered_by" in last.set or VOID in last.set:
        return N_("登记本身不能撤销。内容有误的，请用“修改”更正；草稿可以删除。")
    type_name, _dot, act = last.cmd.partition(".")
    if last.cmd == _AMENDED:
        return ""
    if type_name != declared.name or declared.life is None or not act:
        return N_("这一步牵涉别的登记，不能撤销。有误的，请用“修改”更正。")
    step = next((each for each in declared.life.steps if each.act == act), None)
    return binds(step) if step is not None else _SECOND
