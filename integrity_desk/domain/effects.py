"""What an act on one record does to measures and records that hang on it, as one table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from integrity_desk.domain.integrity_files import STANDING
from integrity_desk.wording import N_

_IN_FORCE = ("in_force", "suspended")
_EVER_IN_FORCE = (*_IN_FORCE, "ended", "lifted")
DISPUTED = "disputed"
"""The "finding" of a measure imposed while an objection on its record is open."""


@dataclass(frozen=True, kw_only=True)
class Effect:
    """One row: ``cause`` (type.act, or type.act:finding) makes records of ``on`` take ``act``.

    Only those in one of ``states`` are moved; ``why`` is written down with them.
    """

    cause: str
    on: str
    states: tuple[str, ...]
    act: str
    why: str
    clause: str
    effective_from: date


# Where each row rests, and since when.
_PROTECTED: Any = {
    "clause": N_("政务诚信建设城市实施意见（2017年）三（六）：异议处理、核实期间暂不执行惩戒措施"),
    "effective_from": date(2017, 9, 5),
}
_RESTORED: Any = {
    "clause": N_(
        "政务诚信建设城市实施意见（2017年）三（六）：错误实施惩戒措施的，恢复信誉、消除影响"
    ),
    "effective_from": date(2017, 9, 5),
}
_REPAIRED: Any = {
    "clause": N_(
        "政务诚信建设城市实施意见（2017年）三（七）：信用修复结果生效后，惩戒措施应予解除"
    ),
    "effective_from": date(2017, 9, 5),
}
_DELISTED: Any = {
    "clause": N_(
        "县政务诚信实施方案（2019年）二（三）2：履行或者和解履行完毕，从失信被执行人名单中删除"
    ),
    "effective_from": date(2019, 6, 14),
}
_RUN_OUT: Any = {
    "clause": N_("政务诚信建设城市实施意见（2017年）三（七）：确定失信行为惩戒期限"),
    "effective_from": date(2017, 9, 5),
}

EFFECTS: tuple[Effect, ...] = (
    Effect(
        cause="objection.enter", on="measure", states=("in_force",), act="suspend",
        why=N_("异议核实期间暂停执行。"), **_PROTECTED,
    ),
    Effect(
        cause=f"measure.impose:{DISPUTED}", on="measure", states=("in_force",), act="suspend",
        why=N_("决定实施时异议尚在核实，同日起暂停执行。"), **_PROTECTED,
    ),
    Effect(
        cause="objection.withdraw", on="measure", states=("suspended",), act="resume",
        why=N_("异议已撤回，恢复执行。"), **_PROTECTED,
    ),
    Effect(
        cause="objection.decide:maintain", on="measure", states=("suspended",), act="resume",
        why=N_("异议结论为维持，恢复执行。"), **_PROTECTED,
    ),
    Effect(
        cause="objection.decide:revoke", on="integrity_record", states=STANDING,
        act="revoke", why=N_("异议结论为撤销。"), **_RESTORED,
    ),
    Effect(
        cause="repair.take_effect", on="integrity_record", states=("effective",), act="repair",
        why=N_("信用修复已生效。"), **_REPAIRED,
    ),
    Effect(
        cause="integrity_record.revoke", on="measure", states=_EVER_IN_FORCE, act="undo",
        why=N_("所依据的诚信记录已撤销，措施不当，撤销并恢复名誉。"), **_RESTORED,
    ),
    Effect(
        cause="integrity_record.correct", on="measure", states=_IN_FORCE, act="lift",
        why=N_("所依据的诚信记录已更正，由更正后的记录另行决定措施。"), **_RESTORED,
    ),
    Effect(
        cause="integrity_record.repair", on="measure", states=_IN_FORCE, act="lift",
        why=N_("信用修复已生效，措施自同日起解除。"), **_REPAIRED,
    ),
    Effect(
        cause="integrity_record.delist", on="measure", states=_IN_FORCE, act="lift",
        why=N_("已履行法院裁判义务并移出失信被执行人名单，措施自移出之日起解除。"), **_DELISTED,
    ),
    Effect(
        cause="integrity_record.expire", on="measure", states=_IN_FORCE, act="lift",
        why=N_("所依据的诚信记录已到期。"), **_RUN_OUT,
    ),
)  # fmt: skip


def effects_of(type_name: str, act: str, finding: str = "") -> tuple[Effect, ...]:
    """Return the rows an act sets off; ``finding`` tells decisions apart."""
    causes = {f"{type_name}.{act}", f"{type_name}.{act}:{finding}"}
    return tuple(each for each in EFFECTS if each.cause in causes)
