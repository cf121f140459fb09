"""What objections, repairs and measures ask of the record they hang on."""

from __future__ import annotations

from integrity_desk.domain.checks import not_after
from integrity_desk.domain.integrity_files import LIFE, STANDING, IntegrityRecord, Nature
from integrity_desk.domain.integrity_terms import earliest_repair
from integrity_desk.domain.measures import Measure
from integrity_desk.domain.objections import Objection
from integrity_desk.domain.repairs import Repair
from integrity_desk.errors import InvalidInput, StepRefused
from integrity_desk.services.guarding import Guarded, guards
from integrity_desk.services.standing import open_objections
from integrity_desk.storage.unit_of_work import UnitOfWork
from integrity_desk.wording import _


@guards("objection")
def against_a_record_that_stands(guarded: Guarded[Objection], work: UnitOfWork) -> None:
    """Refuse an objection against what is not decided yet, or was taken back already."""
    if not _names_another_record(guarded):
        return
    record = work.load(IntegrityRecord, guarded.after.record_id)
    if record.state in STANDING:
        return
    if record.state == "corrected":
        sentence = _("该记录已经更正，不再使用。对更正后的记录有异议的，请选更正后的记录。")
    elif record.state == "revoked":
        sentence = _("该记录已经撤销，不再使用，不必提出异议。")
    else:
        sentence = _("该记录尚未复核生效，不能提出异议。有不同意见的，请告知登记人修改草稿。")
    raise InvalidInput("record_id", sentence)


@guards("repair")
def in_time_for_a_record_in_force(guarded: Guarded[Repair], work: UnitOfWork) -> None:
    """Refuse a repair of what is not in force, from a day to come, or before its time.

    An application is judged by the day it was made, a decision by the day it is taken.
    """
    repair = guarded.after
    not_after(repair, "applied_on", work.today)
    record = work.load(IntegrityRecord, repair.record_id)
    if _names_another_record(guarded):
        _require_repairable(record)
    earliest = earliest_repair(record)
    if earliest is None:
        return
    day = work.today if guarded.act == "grant" else repair.applied_on
    if day is not None and day < earliest.on and _asks_anew(guarded):
        raise StepRefused(earliest.sentence)


@guards("measure")
def imposed_on_a_record_in_force(guarded: Guarded[Measure], work: UnitOfWork) -> None:
    """A measure rests on a record in force, and goes on only when no objection is open."""
    if guarded.act == "impose":
        record = work.load(IntegrityRecord, guarded.after.record_id)
        if record.state != "effective":
            raise StepRefused(_not_in_force(record))
    if guarded.act == "resume" and open_objections(guarded.after.record_id, work):
        raise StepRefused(_("所依据的诚信记录还有异议在核实，作出结论后才能恢复执行。"))


def _not_in_force(record: IntegrityRecord) -> str:
    if LIFE.state(record.state).private:
        return _("所依据的诚信记录尚未复核生效，不能决定实施。")
    return _(
        "所依据的诚信记录{state}，不能再决定实施。请删除这份草稿，或者办理“免予实施”。"
    ).format(state=_(LIFE.state(record.state).label))


def _require_repairable(record: IntegrityRecord) -> None:
    if record.nature is Nature.TRUSTWORTHY:
        raise InvalidInput("record_id", _("守信记录不需要信用修复，请选择失信记录。"))
    if record.state != "effective":
        raise InvalidInput(
            "record_id",
            _("该记录当前为“{state}”，只有有效的失信记录可以申请信用修复。").format(
                state=_(LIFE.state(record.state).label)
            ),
        )


def _names_another_record(guarded: Guarded[Repair] | Guarded[Objection]) -> bool:
    before: Repair | Objection | None = guarded.before
    return before is None or before.record_id != guarded.after.record_id


def _asks_anew(guarded: Guarded[Repair]) -> bool:
    """Whether the day of applying is what is being said, or the repair is about to be granted."""
    before = guarded.before
    if before is None or guarded.act == "grant":
        return True
    after: Repair = guarded.after
    return (before.applied_on, before.record_id) != (after.applied_on, after.record_id)
