"""The life of a complaint: its states, its steps, and what each step asks before it is taken.

received -> accepted | refused | referred | returned
accepted -> verifying (-> suspended -> verifying)
verifying -> substantiated | partly | unsubstantiated
substantiated, partly -> rectifying -> answered;  unsubstantiated -> answered
answered, refused, referred -> closed;  a closed case may be reopened
received, accepted, verifying -> joined: answered with the case it was joined to
"""

from __future__ import annotations

from typing import Any

from integrity_desk.domain.checks import not_after
from integrity_desk.domain.clock_guards import extended_by_another, may_stop
from integrity_desk.domain.complaint_clocks import DEADLINE
from integrity_desk.domain.firewall import outside
from integrity_desk.domain.life_cycles import LifeCycle, State, Step
from integrity_desk.domain.steps import Facts
from integrity_desk.errors import InvalidInput
from integrity_desk.wording import N_, _

OPEN_STATES = frozenset(
    {
        "received", "accepted", "verifying", "suspended", "substantiated", "partly",
        "unsubstantiated", "rectifying", "joined",
    }
)  # fmt: skip
"""States in which the case still waits for its answer."""

TOLD = N_("已经告知投诉举报人，不能撤销。请用“修改”或后续步骤更正，并另行告知。")
PASSED = N_("材料已经转出，不能撤销。请与收件机关联系后登记退回或更正。")


def _may_be_found(record: Any, facts: Facts) -> None:
    _firewall(record, facts)
    not_after(record, "found_on", facts.today)


def _approved_by_another(record: Any, facts: Facts) -> None:
    _firewall(record, facts)
    _extended(record, facts)


def _clock_may_stop(record: Any, facts: Facts) -> None:
    _firewall(record, facts)
    _may_stop(record, facts)


def _returned_in_time(record: Any, facts: Facts) -> None:
    outside("return")(record, facts)
    late = record.return_by_on and record.returned_on and record.returned_on > record.return_by_on
    if late and not record.return_agreement:
        raise InvalidInput(
            "return_agreement",
            _(
                "应当在{day}前退回（《信访工作条例》第二十三条），现已超过。"
                "转送机关同意退回的，请写明；不同意的，请受理。"
            ).format(day=record.return_by_on),
        )


def _may_be_closed(record: Any, facts: Facts) -> None:
    _firewall(record, facts)
    if record.referred_to and not record.referral_receipt and record.answered_on is None:
        raise InvalidInput("referral_receipt", _("转送件须登记对方回执后才能办结。"))
    _dissatisfaction_is_explained(record, facts)


def _dissatisfaction_is_explained(record: Any, facts: Facts) -> None:
    _firewall(record, facts)
    if record.satisfaction == "dissatisfied" and not record.satisfaction_note:
        raise InvalidInput(
            "satisfaction_note", _("回访不满意的，请写明不满意的原因；确有道理的，请重新办理。")
        )


def _not_to_itself(record: Any, facts: Facts) -> None:
    _firewall(record, facts)
    if record.id and record.joined_to_id == record.id:
        raise InvalidInput("joined_to_id", _("不能并入本件，请另选主办件。"))


_firewall = outside("")
_extended = extended_by_another(DEADLINE, "handler_id", "stand_in_id")
_may_stop = may_stop(DEADLINE)
_HANDLERS = ("handler_unit_id", "handler_id")
_FOUND = ("found_on", "finding")
_ANSWER = ("answered_on", "answer_manner", "answer")
_SECOND_ROUND = (
    "accepted_on", "refusal_reason", "right_channel", "refused_on", "extended_to",
    "extension_reason", "extension_told_on", "extension_told_how", "suspension_ground",
    "suspended_on", "resumed_on", "found_on", "finding", "explanation", "rectification",
    "rectification_order_id", "reported_to", "reported_on", "answered_on", "answer_manner",
    "answer", "closed_on", "called_back_on", "satisfaction", "satisfaction_note",
)  # fmt: skip

LIFE = LifeCycle(
    states=(
        State("received", "已收到", "amber"),
        State("accepted", "已受理", "blue"),
        State("refused", "不予受理", "grey"),
        State("referred", "已转送", "grey"),
        State("returned", "已退回", "grey", final=True),
        State("joined", "已并案", "blue"),
        State("verifying", "核实中", "blue"),
        State("suspended", "已中止计时", "amber"),
        State("substantiated", "属实", "red"),
        State("partly", "部分属实", "red"),
        State("unsubstantiated", "不属实", "grey"),
        State("rectifying", "整改中", "amber"),
        State("answered", "已答复", "green"),
        State("closed", "已办结", "green", final=True),
    ),
    steps=(
        Step(
            act="accept", label="受理", of=("received",), to="accepted", guard=_firewall,
            needs=("accepted_on",),
        ),
        Step(
            act="refuse", label="不予受理", of=("received",), to="refused", guard=_firewall,
            needs=("refusal_reason", "right_channel", "refused_on"), binding=TOLD,
        ),
        Step(
            act="refer", label="转送", of=("received",), to="referred", guard=outside("refer"),
            needs=("referred_to", "referred_on"), asks=("referral_receipt",), binding=PASSED,
        ),
        Step(
            act="referral_receipt", label="登记转送回执", of=("referred",), to="referred",
            guard=outside("referral_receipt"), needs=("referral_receipt",),
            asks=("referral_receipted_on",),
        ),
        Step(
            act="return", label="退回转送机关", of=("received",), to="returned",
            guard=_returned_in_time, needs=("returned_to", "return_reason", "returned_on"),
            asks=("return_agreement",), binding=PASSED,
        ),
        Step(
            act="take_back", label="转送件被退回", of=("referred",), to="received",
            guard=outside("take_back"), needs=("return_reason",),
            clears=("referred_to", "referred_on", "referral_receipt", "referral_receipted_on"),
        ),
        Step(
            act="assign", label="交办", of=("accepted",), to="accepted", guard=_firewall,
            needs=_HANDLERS, asks=("stand_in_id",),
        ),
        Step(
            act="verify", label="开始核实", of=("accepted",), to="verifying", guard=_firewall,
            needs=_HANDLERS,
        ),
        Step(
            act="find_substantiated", label="认定属实", of=("verifying",), to="substantiated",
            guard=_may_be_found, needs=_FOUND,
        ),
        Step(
            act="find_partly", label="认定部分属实", of=("verifying",), to="partly",
            guard=_may_be_found, needs=(*_FOUND, "explanation"),
        ),
        Step(
            act="find_unsubstantiated", label="认定不属实", of=("verifying",),
            to="unsubstantiated", guard=_may_be_found, needs=(*_FOUND, "explanation"),
        ),
        Step(
            act="reassign", label="改派承办人", of=("verifying",), to="verifying",
            guard=_firewall, needs=_HANDLERS, asks=("stand_in_id",),
        ),
        Step(
            act="extend", label="延长期限", of=("verifying",), to="verifying",
            permission="approve", guard=_approved_by_another, binding=TOLD,
            needs=("extended_to", "extension_reason", "extension_told_on"),
            asks=("extension_told_how",),
        ),
        Step(
            act="suspend", label="中止计时", of=("verifying",), to="suspended",
            guard=_clock_may_stop, needs=("suspension_ground", "suspended_on"),
            clears=("resumed_on",),
        ),
        Step(
            act="resume", label="恢复计时", of=("suspended",), to="verifying", guard=_firewall,
            needs=("resumed_on",),
        ),
        Step(
            act="rectify", label="督促整改", of=("substantiated", "partly"), to="rectifying",
            guard=_firewall, needs=("rectification", "reported_to", "reported_on"),
            asks=("rectification_order_id",),
        ),
        Step(
            act="answer", label="答复", of=("unsubstantiated", "rectifying"), to="answered",
            guard=_firewall, needs=_ANSWER, binding=TOLD,
        ),
        Step(
            act="join", label="并案办理", of=("received", "accepted", "verifying"), to="joined",
            guard=_not_to_itself, needs=("joined_to_id", "accepted_on"),
        ),
        Step(
            act="separate", label="分案办理", of=("joined",), to="accepted", guard=_firewall,
            needs=("separation_reason",), clears=("joined_to_id",),
        ),
        Step(
            act="answer_joined", label="随主办件答复", of=("joined",), to="answered",
            guard=_firewall, needs=_ANSWER, binding=TOLD,
        ),
        Step(
            act="close", label="办结", of=("answered", "refused", "referred"), to="closed",
            guard=_may_be_closed, needs=("closed_on",),
            asks=("referral_receipt", "called_back_on", "satisfaction", "satisfaction_note"),
        ),
        Step(
            act="call_back", label="回访", of=("answered",), to="answered",
            guard=_dissatisfaction_is_explained, needs=("called_back_on", "satisfaction"),
            asks=("satisfaction_note",),
        ),
        Step(
            act="reopen", label="重新办理", of=("answered", "refused", "closed"), to="accepted",
            permission="approve", guard=_firewall, needs=("reopening_reason", "accepted_on"),
            clears=_SECOND_ROUND,
        ),
    ),
)  # fmt: skip
