"""What an act suggests to enter next: offered, never made by itself.

A breach of a promise, or a complaint found true, offers an integrity record for the unit and for
the person (city opinions of 2017, 二(三); city notice of 2024, 五), and an order to put it right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from integrity_desk.wording import N_

Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """One offer: the type to enter, the words of its button, and what its form begins with."""

    code: str
    type: str
    words: str
    needs: str
    """The field without which the offer makes no sense."""
    prefill: Callable[[Values], dict[str, Any]]


_SUBJECT_LENGTH = 200

_KIND_OF_COMMITMENT = {"debt": "arrears"}
_KIND_OF_MATTER = {
    "breach": "breach",
    "broken_promise": "breach",
    "old_debts_ignored": "breach",
    "arrears": "arrears",
    "false_statistics": "false_statistics",
}


def _breach_of(subject: str) -> Callable[[Values], dict[str, Any]]:
    def prefill(values: Values) -> dict[str, Any]:
        return {
            "subject_id": values[subject],
            "nature": "untrustworthy",
            "kind": _KIND_OF_COMMITMENT.get(values["kind"], "breach"),
            "subject": values["subject"][:_SUBJECT_LENGTH],
            "facts": _joined(values["content"], values["judgement"]),
            "key_area": values["key_area"],
            "decided_on": values["judged_on"],
            "source_kind": "commitment",
            "source_id": values["id"],
        }

    return prefill


def _finding_against(subject: str) -> Callable[[Values], dict[str, Any]]:
    def prefill(values: Values) -> dict[str, Any]:
        return {
            "subject_id": values[subject],
            "nature": "untrustworthy",
            "kind": _KIND_OF_MATTER.get(values["matter"], "other"),
            "subject": values["subject"][:_SUBJECT_LENGTH],
            "facts": values["finding"],
            "key_area": values["key_area"],
            "decided_on": values["found_on"],
            "source_kind": "complaint",
            "source_id": values["id"],
        }

    return prefill


def _order_about(values: Values) -> dict[str, Any]:
    return {
        "unit_id": values["about_unit_id"],
        "problem": values["subject"][:_SUBJECT_LENGTH],
        "key_area": values["key_area"],
        "source_id": values["id"],
    }


def _joined(*texts: str | None) -> str:
    return "\n".join(text for text in texts if text)


_FOR_UNIT = N_("为责任单位登记诚信记录")
_FOR_PERSON = N_("为责任人登记诚信记录")

_OF_BREACH = (
    FollowUp(
        code="unit", type="integrity_record", words=_FOR_UNIT, needs="unit_id",
        prefill=_breach_of("unit_id"),
    ),
    FollowUp(
        code="person", type="integrity_record", words=_FOR_PERSON, needs="person_id",
        prefill=_breach_of("person_id"),
    ),
)  # fmt: skip
_OF_FINDING = (
    FollowUp(
        code="order", type="rectification_order", words=N_("登记限期整改"), needs="about_unit_id",
        prefill=_order_about,
    ),
    FollowUp(
        code="unit", type="integrity_record", words=_FOR_UNIT, needs="about_unit_id",
        prefill=_finding_against("about_unit_id"),
    ),
    FollowUp(
        code="person", type="integrity_record", words=_FOR_PERSON, needs="about_person_id",
        prefill=_finding_against("about_person_id"),
    ),
)  # fmt: skip

FOLLOW_UPS: Mapping[tuple[str, str], tuple[FollowUp, ...]] = {
    ("commitment", "breach"): _OF_BREACH,
    ("complaint", "find_substantiated"): _OF_FINDING,
    ("complaint", "find_partly"): _OF_FINDING,
}
"""(record type, act) -> offers."""


def offers_after(type_name: str, act: str, values: Values) -> tuple[FollowUp, ...]:
    """Return what to offer after an act; ``values`` are the record's plain ones and its id."""
    offered = FOLLOW_UPS.get((type_name, act), ())
    return tuple(each for each in offered if values.get(each.needs))
