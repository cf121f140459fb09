"""Pledges of integrity, one for each person or unit that signs (诚信承诺书).

issued -> signed -> void;  issued -> void
"""

from __future__ import annotations

from datetime import date

from integrity_desk.domain.checks import in_order, not_after
from integrity_desk.domain.fields import Choice, Id, choice, day, link, text
from integrity_desk.domain.life_cycles import LifeCycle, State, Step
from integrity_desk.domain.records import Record, record_type
from integrity_desk.domain.steps import Facts


class PledgeTemplate(Choice):
    """Which text is signed; the code is the id of its template."""

    PUBLIC_SERVANT = "public_servant", "公职人员诚信承诺书"
    LEADER = "leader", "领导干部诚信承诺书"
    NEW_POST = "new_post", "新任职人员诚信承诺书"
    WINDOW = "window", "窗口服务诚信承诺书"
    UNIT = "unit", "单位守信践诺承诺书"
    REPAIR = "repair", "信用修复承诺书"


def _signed_by_today(record: Pledge, facts: Facts) -> None:
    not_after(record, "signed_on", facts.today)


LIFE = LifeCycle(
    states=(
        State("issued", "待签署", "amber"),
        State("signed", "已签署", "green"),
        State("void", "已作废", "grey", final=True),
    ),
    steps=(
        Step(
            act="sign", label="登记签署", of=("issued",), to="signed", needs=("signed_on",),
            asks=("witness",), guard=_signed_by_today,
        ),
        Step(
            act="annul", label="作废", of=("issued", "signed"), to="void",
            needs=("void_reason",),
        ),
    ),
)  # fmt: skip


@record_type(
    "pledge", label="诚信承诺书", prefix="书", title="subject_name", life=LIFE,
    numbered_at="entry", checks=(in_order("issued_on", "signed_on"),),
)  # fmt: skip
class Pledge(Record):
    """One letter of pledge; the signed scan is attached to it.

    Sources: city opinions of 2017, 三(一); city notice of 2024, 二(一).
    """

    subject_id: Id = link(
        "承诺人", to=("person", "unit"), section="诚信承诺书", required=True, filtered=True
    )
    subject_name: str = text("承诺人姓名或名称", managed=True, searched=True, listed=9)
    unit_id: Id = link("所在单位", to="unit", managed=True, listed=10)
    template: PledgeTemplate | None = choice(
        "承诺书种类", PledgeTemplate, required=True, filtered=True, listed=9
    )
    occasion: str = text("事由", searched=True, listed=7, help="如：2026年度、任职、评优")
    issued_on: date | None = day("发放日期", required=True, filtered=True, listed=7)
    signed_on: date | None = day("签署日期", listed=7)
    witness: str = text("监督人", help="现场见证签署的人")
    void_reason: str = text("作废理由")
