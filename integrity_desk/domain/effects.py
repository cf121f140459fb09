"""What an act on one record does to measures and records that hang on it, as one table.

Sources: city opinions of 2017, 三(六) (measures rest while an objection is open; a wrong one is
undone and the name restored), 三(七) (a repair lifts measures).
"""

from __future__ import annotations

from dataclasses import dataclass

from integrity_desk.wording import N_

_IN_FORCE = ("in_force", "suspended")
_EVER_IN_FORCE = (*_IN_FORCE, "ended", "lifted")
_STANDING = ("effective", "expired", "repaired", "delisted")
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


EFFECTS: tuple[Effect, ...] = (
    Effect(
        cause="objection.enter", on="measure", states=("in_force",), act="suspend",
        why=N_("异议核实期间暂停执行。"),
    ),
    Effect(
        cause=f"measure.impose:{DISPUTED}", on="measure", states=("in_force",), act="suspend",
        why=N_("决定实施时异议尚在核实，同日起暂停执行。"),
    ),
    Effect(
        cause="objection.withdraw", on="measure", states=("suspended",), act="resume",
        why=N_("异议已撤回，恢复执行。"),
    ),
    Effect(
        cause="objection.decide:maintain", on="measure", states=("suspended",), act="resume",
        why=N_("异议结论为维持，恢复执行。"),
    ),
    Effect(
        cause="objection.decide:revoke", on="integrity_record", states=_STANDING,
        act="revoke", why=N_("异议结论为撤销。"),
    ),
    Effect(
        cause="repair.take_effect", on="integrity_record", states=("effective",), act="repair",
        why=N_("信用修复已生效。"),
    ),
    Effect(
        cause="integrity_record.revoke", on="measure", states=_EVER_IN_FORCE, act="undo",
        why=N_("所依据的诚信记录已撤销，措施不当，撤销并恢复名誉。"),
    ),
    Effect(
        cause="integrity_record.correct", on="measure", states=_IN_FORCE, act="lift",
        why=N_("所依据的诚信记录已更正，由更正后的记录另行决定措施。"),
    ),
    Effect(
        cause="integrity_record.repair", on="measure", states=_IN_FORCE, act="lift",
        why=N_("信用修复已生效，措施自同日起解除。"),
    ),
    Effect(
        cause="integrity_record.delist", on="measure", states=_IN_FORCE, act="lift",
        why=N_("已履行法院裁判义务并移出失信被执行人名单，措施自移出之日起解除。"),
    ),
    Effect(
        cause="integrity_record.expire", on="measure", states=_IN_FORCE, act="lift",
        why=N_("所依据的诚信记录已到期。"),
    ),
)  # fmt: skip


def effects_of(type_name: str, act: str, finding: str = "") -> tuple[Effect, ...]:
    """Return the rows an act sets off; ``finding`` tells decisions apart."""
    causes = {f"{type_name}.{act}", f"{type_name}.{act}:{finding}"}
    return tuple(each for each in EFFECTS if each.cause in causes)
