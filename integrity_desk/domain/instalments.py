"""Instalments: the repayment plan of a debt, contract or arrears, and what falls behind."""

from __future__ import annotations

from datetime import date
from typing import Any

from integrity_desk.domain.checks import label_of, not_negative
from integrity_desk.domain.fields import Id, day, link, money, number, text
from integrity_desk.domain.records import Record, record_type
from integrity_desk.errors import InvalidInput
from integrity_desk.wording import _


def arrears_fen(instalment: Instalment, today: date) -> int:
    """Return what should have been paid by ``today`` and is not, in fen."""
    if instalment.due_on is None or today <= instalment.due_on:
        return 0
    return max(0, (instalment.amount_fen or 0) - (instalment.paid_fen or 0))


def _paid_with_a_day(record: Any) -> None:
    if record.paid_fen and record.paid_on is None:
        raise InvalidInput("paid_on", _("已填写实付金额，请填写付款日期。"))
    if (record.paid_fen or 0) > (record.amount_fen or 0):
        raise InvalidInput(
            "paid_fen",
            _("“{paid}”不能大于“{due}”，多付部分请记入下一期。").format(
                paid=label_of(record, "paid_fen"), due=label_of(record, "amount_fen")
            ),
        )


@record_type(
    "instalment", label="分期兑付", title="sequence", part_of="commitment", register=False,
    checks=(not_negative("amount_fen", "paid_fen"), _paid_with_a_day),
)  # fmt: skip
class Instalment(Record):
    """One payment of a plan (分期还款责任书: city plan of 2007, 三(四))."""

    commitment_id: Id = link("承诺", to="commitment", section="应付", required=True)
    sequence: int | None = number("期次", required=True, listed=4)
    due_on: date | None = day("应付日期", required=True, listed=7)
    amount_fen: int | None = money("应付金额", required=True, listed=9)
    paid_fen: int | None = money("实付金额", section="实付", listed=9)
    paid_on: date | None = day("付款日期", listed=7)
    note: str = text("备注", listed=12)
